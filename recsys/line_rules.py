"""What the rules make of each line of a scraped page, from its looks and those of the lines around it."""

from __future__ import annotations

import re

from recsys import line_signs as signs
from recsys import page_frame

NOTHING, TITLE, BODY, LISTED, HEADING, FURNITURE, DATE, ABOVE, BELOW = range(9)
OPINIONS = 9
DOUBTED = 9  # the rules keep it, the network drops it
LONGEST_TITLE = 500  # characters
LOWEST_TITLE = 500  # lines above a title, at most
_SPECK = re.compile(r"\W{1,2}\Z")


def opinions(lines: list[str]) -> list[int]:
    """Say of each line what it seems to be; of an empty one, and one that is dropped for no better reason, NOTHING."""
    found = [NOTHING] * len(lines)
    _body(lines, _title(lines, found), found)
    kept = [n for n, what in enumerate(found) if what == BODY]
    trimmed = iter(page_frame.trim([lines[n] for n in kept], signs.is_prose))
    expected = next(trimmed, None)
    for n in kept:  # the same lines in the same order, some left out
        if lines[n] == expected:
            expected = next(trimmed, None)
        else:
            found[n] = BELOW
    return found


def _title(lines: list[str], found: list[int]) -> int:
    """Skip what stands above the title, find the title, return the position after it."""
    passed = 0
    for position, line in enumerate(lines):
        if not re.search(r"\w", line):
            continue
        passed += 1
        if passed > LOWEST_TITLE:
            return position
        if signs.is_furniture(line) or signs.is_breadcrumb(line):
            found[position] = FURNITURE
        elif signs.is_list_heading(line[: signs.LONGEST_HEADLINE]):
            found[position] = HEADING
        elif signs.date_line(line):
            found[position] = DATE
        elif len(line) > LONGEST_TITLE:
            return position
        elif _is_kicker(line, lines, position) or (signs.STRONG_BULLET.match(line) and len(line.split()) <= 4):
            found[position] = ABOVE
        else:
            found[position] = TITLE
            return position + 1
    return len(lines)


def _is_kicker(line: str, lines: list[str], position: int) -> bool:
    """Whether a line above the title names a section, a path of sections or the paper: a headline follows below it."""
    if not (page_frame.is_path(line) or page_frame.is_frame(line)):
        return False
    if re.search(r"[>»›▸►→⟩❯]", line):
        return True
    below = (later for later in lines[position + 1 : position + 8] if later and not _is_above_title(later))
    follows = next(below, "")
    return 6 <= len(follows.split()) <= 30 and not follows.endswith((".", ":", ";", ","))


def _is_above_title(line: str) -> bool:
    return bool(signs.is_furniture(line) or signs.is_breadcrumb(line) or signs.date_line(line)) or (
        page_frame.is_frame(line) or page_frame.is_path(line)
    )


def _body(lines: list[str], position: int, found: list[int]) -> None:
    """Say what the lines below the title are."""
    title = lines[found.index(TITLE)] if TITLE in found else ""
    kept: list[int] = []
    refused = 0  # bullets up to here were looked at and are no list of headlines
    after: int | None = None
    while position < len(lines):
        line = lines[position]
        if not line:
            position += 1
            continue
        end, refused = _list_end(lines, position, lines[kept[-1]] if kept else "", refused=refused)
        if end > position:
            bulleted = signs.STRONG_BULLET.match(line) or signs.WEAK_BULLET.match(line)
            above = next((n for n in range(position - 1, -1, -1) if lines[n]), -1)
            if bulleted and kept and kept[-1] == above and _heads(lines[above]):
                found[kept.pop()] = HEADING
            for n in range(position, end):
                found[n] = _listed(lines[n])
            position, after = end, len(kept)
            continue
        if (line == title and not kept) or _SPECK.match(line):
            found[position] = ABOVE
        elif signs.is_furniture(line) or signs.is_breadcrumb(line):
            found[position] = FURNITURE
            if signs.TAGS_ALONE.match(line) and position + 1 < len(lines) and signs.is_tags(lines[position + 1]):
                position += 1
                found[position] = FURNITURE
        elif signs.date_line(line) or (not kept and signs.dated_section(line)):
            found[position] = DATE
        else:
            found[position] = BODY
            kept.append(position)
        position += 1
    if after is not None:
        _drop_footer(lines, kept[after:], found)


def _listed(line: str) -> int:
    return (LISTED if signs.headline(line) else HEADING) if line else NOTHING


def _drop_footer(lines: list[str], below: list[int], found: list[int]) -> None:
    """Below the last list only prose, or a line that names its source, still belongs to the article."""
    for n in reversed(below):
        if signs.is_prose(lines[n]) or signs.AUTHOR.match(lines[n]):
            break
        found[n] = BELOW


def _list_end(lines: list[str], position: int, above: str, *, refused: int) -> tuple[int, int]:
    """Where the list of headlines that starts at ``position`` ends (there itself when none does), and ``refused``."""
    line = lines[position]
    if len(line) > signs.LONGEST_HEADLINE:
        return position, refused
    if signs.LIST_HEADING.match(line):
        return _headed_list_end(lines, position + 1), refused
    if signs.INLINE.match(line) or (line.startswith((">>", "»")) and not line.endswith((".", ";"))):
        return position + 1, refused
    if position < refused:
        return position, refused
    end, looked = _bulleted_list_end(lines, position, above)
    return end, max(refused, looked if end == position else end)


def _headed_list_end(lines: list[str], position: int) -> int:
    bulleted: bool | None = None
    gap = False
    start = position
    while position < len(lines):
        line = lines[position]
        if not line:
            gap = gap or (position > start and bulleted is False)
            position += 1
            continue
        bullet = bool(signs.STRONG_BULLET.match(line) or signs.WEAK_BULLET.match(line))
        bulleted = bullet if bulleted is None else bulleted
        if (bulleted and not bullet) or (not bulleted and gap) or not signs.looks_like_headline(line):
            break
        position += 1
    return position


def _bulleted_list_end(lines: list[str], position: int, above: str) -> tuple[int, int]:
    """Find where a run of bullets ends, if it is a list of headlines: no colon introduces it, it is not prose."""
    pattern = signs.STRONG_BULLET if signs.STRONG_BULLET.match(lines[position]) else signs.WEAK_BULLET
    if not pattern.match(lines[position]):
        return position, position
    end = rows = poor = 0
    for end in range(position, len(lines)):
        if not lines[end]:
            continue
        if not pattern.match(lines[end]):
            break
        rows += 1
        poor += not signs.looks_like_headline(lines[end])
    else:
        end = len(lines)
    introduced = above.endswith((":", "：")) and not (rows >= 3 and _heads(above))
    if introduced or poor * 5 > rows or rows < 2:
        return position, end
    tail = not any(signs.is_prose(line) for line in lines[end : end + 12])
    strong = pattern is signs.STRONG_BULLET
    listed = (tail and rows >= (2 if strong else 3)) or (strong and rows >= 3 and lines[position].startswith("- ·"))
    return (end if listed else position), end


def _heads(line: str) -> bool:
    """Whether a line may head a list: short, and it speaks of more or of other articles."""
    return page_frame.is_heading(line) and bool(signs.MORE.search(line))
