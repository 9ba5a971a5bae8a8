"""Cut what was pushed in out of a text so that its sentences are again what they were."""

from __future__ import annotations

import re
from dataclasses import dataclass

from recsys import page_signs as signs
from recsys.page_commas import log_odds
from recsys.page_why import Cut
from recsys.span_text import known

_CLOSING = ",.;:!?…)]}”’»"
_SEPARATORS = " \t|_~:–—-»«•·/★☆→>"
_ORNAMENTS = "=_~*#+|•★☆✅➤"
_DATED = re.compile(r"[ ,–-]*\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?[ ]*[)\]）]")
GLUED = -2.0  # log odds of a comma below which one that was stuck to what was pushed in came with it
BOTH = -3.0  # log odds of a comma below which neither of two around it is kept
_LABEL_ONLY = re.compile(
    r"^[\W_]*(?:[^\W_]+(?:[\s_]+[^\W_]+){0,2}[\s_]*)?[:：][\W_]*$"
    r"|^[\W_]*(?:(?:theo|nguồn|tác giả|ảnh|biên tập)[\W_]*)?$",
    re.I,
)
_SHORTENED = re.compile(r"\d[.,]\|\d|(?<!\w)[A-ZÀ-ỸĐ]\w{0,2}\.\|[A-ZÀ-ỸĐ]")  # 1.|500, T.|N.A., TP.|HCM
_DATELINE = re.compile(r"[\s,]*\d{1,2}/\d{1,2}(?:/\d{2,4})?\s*[-–—]\s*")


@dataclass(slots=True)
class Gap:
    """A stretch to remove and what stands there instead (nothing, or the space that the insertion had swallowed)."""

    start: int
    end: int
    fill: str
    cut: Cut


def gaps(text: str, cuts: list[Cut], title_end: int, body_end: int) -> list[Gap]:
    """Merge the cuts that touch, widen them over their brackets, separators and the space that is too much."""
    found: list[Gap] = []
    for cut in sorted(cuts, key=lambda c: (c.start, -c.end)):
        if (found and cut.start <= found[-1].end) or (
            found and not _letters(text[found[-1].end : cut.start]) and "\n" not in text[found[-1].end : cut.start]
        ):
            last = found[-1]
            last.end = max(last.end, cut.end)
            if cut.score > last.cut.score:
                last.cut = cut
        else:
            found.append(Gap(cut.start, cut.end, "", cut))
    tidied: list[Gap] = []
    for gap in found:
        tidy = _within_line(text, _tidy(text, gap, title_end, body_end), gap.cut.start)
        if tidied and tidy.start < tidied[-1].end:
            tidy.start = tidied[-1].end
        if tidy.start < tidy.end:
            tidied.append(tidy)
    return tidied


def _within_line(text: str, gap: Gap, place: int) -> Gap:
    """Keep a gap on the line of its cut: no line may be swallowed."""
    start, end = text.rfind("\n", 0, place) + 1, text.find("\n", place)
    gap.start = max(gap.start, start)
    gap.end = min(gap.end, len(text) if end < 0 else end)
    return gap


def _letters(between: str) -> bool:
    return len(between) > 4 or any(map(str.isalnum, between)) or bool(re.search(r"[.!?]\s", between))


def _tidy(text: str, gap: Gap, title_end: int, body_end: int) -> Gap:
    a, b = _undress(text, gap.start, gap.end)
    line_start = text.rfind("\n", 0, a) + 1
    line_end = text.find("\n", b)
    line_end = len(text) if line_end < 0 else line_end
    if _LABEL_ONLY.match(text[line_start:a] + text[b:line_end]) and (line_start, line_end) != (0, title_end):
        return Gap(line_start, line_end, "", gap.cut)
    heading = line_start == 0 or line_start > body_end
    before, after = text[line_start:a], text[b:line_end]
    strip = _SEPARATORS
    if not before.strip(" ") or (heading and not before.strip(strip)):
        a = line_start
        dated = _DATELINE.match(after)
        b += dated.end() if dated else len(after) - len(after.lstrip(strip))
        return Gap(a, b, "", gap.cut)
    if not after.strip(" ") or (heading and not after.strip(strip)):
        return Gap(
            line_start
            + len(before.rstrip(strip + "," if not before.rstrip().endswith((":", "/")) or heading else " ")),
            line_end,
            "",
            gap.cut,
        )
    return _inside(text, a, b, gap.cut)


def _undress(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a stretch over the brackets or the ornaments that hold nothing else (a date apart)."""
    while True:
        a, b = start, end
        while a and text[a - 1] in " \u00a0+!":
            a -= 1
        while b < len(text) and text[b] in " \u00a0+!":
            b += 1
        before, after = text[a - 1 : a], text[b : b + 1]
        dated = _DATED.match(text, end) if before in ("(", "[", "（") and before else None
        if dated:
            start, end = a - 1, dated.end()
        elif before in signs.EXOTIC and _lonely(text, a - 1, signs.BRACKETS[before]):
            start, end = a - 1, b
        elif after in _CLOSERS and _lonely(text, b, _CLOSERS[after]):
            start, end = a, b + 1
        elif (
            (before and (signs.BRACKETS.get(before) == after or (before == after and before in _ORNAMENTS)))
            or (
                before == after == "."
                and a == start
                and b == end
                and text[b + 1 : b + 2].isspace()
                and text[a - 2 : a - 1].isalnum()
            )
            or before + after in ("“”", '""')
        ):
            start, end = a - 1, b + 1
        else:
            return start, end


_CLOSERS = {closing: opening for opening, closing in signs.BRACKETS.items() if opening in signs.EXOTIC - {closing}}


def _lonely(text: str, place: int, other: str) -> bool:
    """Whether the other bracket of a pair is nowhere on the line of one."""
    end = text.find("\n", place)
    return other not in text[text.rfind("\n", 0, place) + 1 : len(text) if end < 0 else end]


def _inside(text: str, a: int, b: int, cut: Cut) -> Gap:
    """Close the gap in the middle of a line."""
    b = _without_stop(text, a, b)
    left, right = text[:a].rstrip(" \u00a0"), text[b : b + 40].lstrip(" \u00a0")
    spaces = (a - len(left), len(text[b : b + 40]) - len(right))
    mark, follow = left[-1:], right[:1]
    if mark == "," and left[-2:-1] == " ":  # a comma that came with what was pushed in
        left = left[:-1].rstrip(" ")
        a, spaces, mark = len(left), (0, spaces[1]), left[-1:]
        return Gap(a, b, "" if spaces[1] or not follow.isalnum() else " ", cut)
    if mark and mark == follow and mark in ",;.–—-|/" and not left.endswith(".."):
        b += spaces[1] + 1
        if mark in "–—-|/" or (mark == "," and log_odds(left[:-1], right[1:]) < BOTH):
            a = len(left) - 1
            a -= a - len(text[:a].rstrip(" "))
        else:
            a = len(left)
        right = text[b : b + 40]
        spaces = (0, len(right) - len(right.lstrip(" ")))
        return Gap(a, b, "", cut) if spaces[1] or not right else Gap(a, b, " ", cut)
    if follow and follow in _CLOSING:
        if mark in ",;" and follow in ".,;!?":
            return Gap(len(left) - 1, b + spaces[1], "", cut)
        return Gap(a - spaces[0], b + spaces[1], "", cut)
    if mark in "([“‘{«":
        return Gap(a, b + spaces[1], "", cut)
    if mark == "," and not spaces[0] and follow.isalnum() and log_odds(left[:-1], right) < GLUED:
        return Gap(len(left) - 1, b, "" if spaces[1] else " ", cut)
    if spaces[0] and spaces[1]:
        return Gap(a, b + spaces[1], "", cut)
    if not spaces[0] and not spaces[1] and (mark.isalnum() or mark in ",;:.!?") and follow.isalnum():
        return Gap(a, b, "" if _is_word(left, right) or _SHORTENED.search(f"{left[-5:]}|{follow}") else " ", cut)
    return Gap(a, b, "", cut)


def _is_word(left: str, right: str) -> bool:
    """Whether the letters on either side of a gap are the two parts of one known word."""
    before, after = re.search(r"[^\W\d_]+$", left[-12:]), re.match(r"[^\W\d_]+", right)
    if not before or not after:
        return False
    parts = [known().commonness(part.group()) for part in (before, after)]
    return known().commonness(before.group() + after.group()) > min(parts)


def _without_stop(text: str, a: int, b: int) -> int:
    """Leave the sentence a comma or colon at the end of what goes, where it reads on with one."""
    stop, left = text[b - 1 : b], text[:a].rstrip()
    if b - a < 2 or stop not in (",", ":") or not left[-1:].isalnum():
        return b
    if stop == "," and log_odds(left, text[b : b + 60]) < (BOTH if text[a] != "," or text[a + 1].isalnum() else 2.5):
        return b
    return b - 1
