"""The suspects of a page: every stretch of its text with something odd about it, before anything is decided."""

# ruff: noqa: E501 (tables and patterns read best on one line)

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from recsys import page_signs as signs
from recsys.page_flow import Flow
from recsys.page_seams import BREAK, LOWER, MARK, NUMBER, RARE, seams

COPIED = "tiêu đề viết liền, mất dấu cách"
BESIDE = "đi kèm bản viết liền của tiêu đề"
CREDITED = "dòng ghi nguồn bằng chữ nước ngoài"
_SPACED = re.compile(r"[^\s|_【】\[\]()<>]+")
_CLOSE = re.compile(r"[)\]）]")
_HEAD = re.compile(r"[^\W\d_]+\Z")
_WORD = re.compile(r"[^\W_]+")


@dataclass(slots=True)
class Suspect:
    """A stretch of the text and what caught the eye; where its ends are a guess, ``exact`` is false.

    ``title``: which letters of the squashed title a copy repeats.
    """

    start: int
    end: int
    why: str = ""
    exact: bool = True
    title: tuple[int, int] = (0, 0)


def copied_titles(flow: Flow) -> list[Suspect]:
    """Find copies of the title with their spaces gone, outside addresses and hashtags."""
    text, found = flow.text, []
    for start, end, first, last in signs.squashed_titles(text, text[: flow.title_end]):
        run = text[start:end]
        linked = any(a <= start and end <= b for a, b in flow.sights.link) or text[start - 1 : start] in ("#", "@", "/")
        if start < flow.title_end or linked or (not run.isalnum() and len(run) < 14):
            continue
        start, end = _trimmed(text, start, end)
        found.append(Suspect(start, end, COPIED, title=(first, last)))
    return found


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Give back letters at the ends of a copy that complete a word beside it."""
    known = seams().vocabulary
    head, tail = _HEAD.search(text, max(0, start - 12), start), _WORD.match(text, end)
    before, after = head.group().lower() if head else "", tail.group().lower() if tail else ""
    for n in (1, 2, 3):
        if before and before not in known and before + text[start : start + n].lower() in known:
            start += n
            break
    for n in (1, 2, 3):
        if after and after not in known and text[end - n : end].lower() + after in known:
            end -= n
            break
    return start, end


def foreign_lines(flow: Flow) -> list[Suspect]:
    """Find lines in another script: credits above all."""
    found, start = [], 0
    for line in flow.text.split("\n"):
        runs = [m.end() - m.start() for m in signs.FOREIGN.finditer(line)] if start else []
        if runs and (signs.CREDIT.match(line) or sum(runs) * 2 > len(line)):
            found.append(Suspect(start, start + len(line), CREDITED))
        start += len(line) + 1
    return found


def suspects(flow: Flow, fixed: list[Suspect]) -> list[Suspect]:
    """Collect everything that catches the eye beside ``fixed``, which is already decided."""
    found = [*_title_pieces(flow), *_title_edges(flow), *_brackets(flow), *_addresses(flow), *_recurring(flow, fixed)]
    if is_accented(flow):
        found += _plain(flow)
    found += [Suspect(a, b, exact=False) for a, b in flow.sights.lexical]
    for sure in fixed:
        if sure.why == CREDITED:
            found += _credited(flow, sure)
        else:
            found += _beside(flow, sure)
    found += [Suspect(a, b) for a, b in flow.sights.foreign]
    return found


def is_accented(flow: Flow) -> bool:
    """Whether a text is Vietnamese with its diacritics."""
    return (len(flow.text.encode("utf-8", "replace")) - len(flow.text)) * 12 > len(flow.text)


def is_bare(words: list[str]) -> bool:
    """Whether words are Vietnamese without diacritics: no accent, and pairs that accented text does not have."""
    words = [word for word in words if word.isalnum()]
    if not signs.is_plain(" ".join(words)):
        return False
    table = seams()
    ids = table.vocabulary.ids([word.lower() for word in words]).tolist()
    odd = sum(LOWER in (a, b) or table.pair(a, b) <= RARE for a, b in itertools.pairwise(ids))
    return odd * 2 >= len(words) - 1


def _credited(flow: Flow, line: Suspect) -> list[Suspect]:
    name = re.split("[:：]", flow.text[line.start : line.end], maxsplit=1)[-1].strip(" )）】]」》>")
    at = flow.text.find(name, line.start)
    return [Suspect(at, at + len(name), CREDITED)] if 3 < len(name) < 60 else []


def _beside(flow: Flow, copy: Suspect) -> list[Suspect]:
    """Return the words on either side of a copy of the title."""
    after = _WORD.match(flow.text, copy.end + flow.text.startswith(" ", copy.end))
    found = [Suspect(after.start(), after.end(), BESIDE, exact=False)] if after else []
    number = flow.at(copy.start) - 1
    if number > 0 and flow.tokens[number].isalnum() and flow.end(number) >= copy.start - 1:
        found.append(Suspect(flow.starts[number], min(flow.end(number), copy.start), BESIDE, exact=False))
    return found


def _title_pieces(flow: Flow) -> list[Suspect]:
    """Return the first and the last piece of the title where a separator sets them apart."""
    title = flow.text[: flow.title_end]
    cuts = [m.span() for m in signs.SEPARATOR.finditer(title)]
    if not cuts:
        return []
    pieces = [(0, cuts[0][0]), (cuts[-1][1], len(title))]
    return [Suspect(a, b) for a, b in pieces if 3 <= b - a <= min(60, 0.7 * len(title))]


def _title_edges(flow: Flow) -> list[Suspect]:
    """Return the longest beginning and the longest end of the title that the page says again."""
    words = [m.span() for m in _SPACED.finditer(flow.text, 0, flow.title_end)]
    lower, found = flow.text.lower(), []
    if len(lower) != len(flow.text):
        return []
    for spans in (
        ([(words[0][0], end) for _, end in words[:8]], [(start, words[-1][1]) for start, _ in words[:-9:-1]])
        if len(words) > 3
        else ()
    ):
        longest = None
        for a, b in spans:
            if lower.find(lower[a:b].strip(" :|-–"), flow.title_end) < 0:
                break
            longest = (a, b)
        if longest and longest[1] - longest[0] > 3:
            found.append(Suspect(*longest))
    return found


def _brackets(flow: Flow) -> list[Suspect]:
    found = []
    pairs = [*signs.BRACKETED.finditer(flow.text, 0, flow.title_end)]
    pairs += signs.EXOTIC_BRACKETED.finditer(flow.text, flow.title_end)
    for pair in pairs:
        inner = pair.group()[1:-1]
        if not signs.LABEL.match(inner) and any(map(str.isalnum, inner)):
            a = pair.start() + 1 + len(inner) - len(inner.lstrip())
            found.append(Suspect(a, a + len(inner.strip())))
    return found


def _plain(flow: Flow) -> list[Suspect]:
    """Find runs of Vietnamese without diacritics: plain words that accented text does not put side by side."""
    ids, tokens = flow.ids, flow.tokens
    left, right = ids[:-1], ids[1:]
    odd = (flow.levels <= RARE) & (left != NUMBER) & (right != NUMBER) & (left != BREAK) & (right != BREAK) | (
        left == LOWER
    ) & (right > BREAK)
    pairs = [
        i
        for i in odd.nonzero()[0].tolist()
        if tokens[i].isascii() and tokens[i + 1].isascii() and tokens[i].isalpha() and tokens[i + 1].isalpha()
    ]
    found, at = [], 0
    while at < len(pairs):
        first, last = pairs[at], pairs[at] + 1
        at += 1
        while at < len(pairs) and pairs[at] <= last + 1 and tokens[last].isascii() and tokens[pairs[at]].isalnum():
            last = pairs[at] + 1
            at += 1
        words = tokens[first : last + 1]
        names = all(word[:1].isupper() and not word.isupper() for word in words)
        if not names and is_bare(words) and not any(map(str.isspace, words)):
            found.append(Suspect(flow.starts[first], flow.end(last)))
    return found


def _addresses(flow: Flow) -> list[Suspect]:
    seen = flow.sights
    joined = [(a, b) for a, b in seen.joined if not any(x <= a and b <= y for x, y in seen.link)]
    masked = [(a, b) for a, b in seen.masked if flow.text[a:b].lower() not in seams().vocabulary]
    groups = (seen.link, seen.contact, seen.picture, seen.hashtag, seen.tag, seen.framed, masked, joined)
    enclosed = [_enclosing(flow.text, a, b) for spans in (seen.lexical, seen.mixed, seen.link) for a, b in spans]
    return [Suspect(a, b) for spans in (*groups, [e for e in enclosed if e]) for a, b in spans]


def _enclosing(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return what a pair of brackets holds around a stretch, when that is little more."""
    left, right = (
        max(text.rfind(mark, max(0, start - 30), start) for mark in "([（"),
        _CLOSE.search(text, end, end + 30),
    )
    if left < 0 or not right or any(mark in text[left + 1 : right.start()] for mark in "()[]（）\n!?"):
        return None
    return (left + 1, right.start()) if len(text[left + 1 : right.start()].split()) <= 6 else None


def _recurring(flow: Flow, copies: list[Suspect]) -> list[Suspect]:
    """Find pairs of words that come back, and before (or behind) which the seams are odd on the whole."""
    if len(flow.ids) < 8:
        return []
    pair = flow.ids[:-1] * 4096 + flow.ids[1:]
    words = (flow.ids[:-1] > MARK) & (flow.ids[1:] > MARK)
    found = _rare_words(flow, copies)
    taken: set[int] = set()
    for seam in (np.concatenate(([0.0], flow.odd[:-1])), np.concatenate((flow.odd[1:], [0.0]))):
        strange = (words & (seam > 0.1)).nonzero()[0]
        codes, counts = np.unique(pair[strange], return_counts=True)
        for code in codes[counts > 1].tolist():
            places = (pair == code).nonzero()[0]
            number = int(places[0])
            if (
                code not in taken
                and seam[places].mean() > 0.08
                and flow.tokens[number].isalpha()
                and flow.tokens[number + 1].isalpha()
            ):
                taken.add(code)
                found.append(Suspect(flow.starts[number], flow.end(number + 1), exact=False))
    return found


def _rare_words(flow: Flow, copies: list[Suspect]) -> list[Suspect]:
    """Find words in small letters that the table does not know and that come back, and names made of letters and digits."""
    places: dict[str, list[int]] = defaultdict(list)
    for number in (flow.ids == LOWER).nonzero()[0].tolist():
        if len(token := flow.tokens[number]) > 1:
            places[token].append(number)
    found = [
        Suspect(flow.starts[p[0]], flow.end(p[0]), exact=False)
        for p in places.values()
        if len(p) > 1 and len({flow.tokens[i - 1] for i in p}) > 1
    ]
    return found + [
        Suspect(a, b, exact=False) for a, b in flow.sights.mixed if not any(c.start < b and a < c.end for c in copies)
    ]
