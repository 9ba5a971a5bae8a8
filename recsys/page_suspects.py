"""The suspects of a page: every stretch of its text with something odd about it, before anything is decided."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from recsys import page_signs as signs
from recsys.page_flow import Flow
from recsys.page_seams import LOWER, MARK, NUMBER, RARE, seams

COPIED = "tiêu đề viết liền, mất dấu cách"
BESIDE = "đi kèm bản viết liền của tiêu đề"
CREDITED = "dòng ghi nguồn bằng chữ nước ngoài"
_PLAIN_RUN = re.compile(r"[A-Za-z0-9]+(?:[ _-][A-Za-z0-9]+)+")
_WORD = re.compile(r"[^\W_]+")


@dataclass(slots=True)
class Suspect:
    """A stretch of the text and what caught the eye; where its ends are a guess, ``exact`` is false."""

    start: int
    end: int
    why: str = ""
    exact: bool = True


def copied_titles(flow: Flow, links: list[tuple[int, int]]) -> list[Suspect]:
    """Find copies of the title with their spaces gone, outside addresses and hashtags."""
    text, found = flow.text, []
    for start, end in signs.squashed_titles(text, text[: flow.title_end]):
        run = text[start:end]
        linked = any(a <= start and end <= b for a, b in links) or text[start - 1 : start] in ("#", "@", "/")
        if start < flow.title_end or linked or (not run.isalnum() and len(run) < 14):
            continue
        found.append(Suspect(start, end, COPIED))
    return found


def foreign_lines(flow: Flow) -> list[Suspect]:
    """Find lines in another script: credits above all."""
    found, start = [], 0
    for line in flow.text.split("\n"):
        if start and (runs := [m.end() - m.start() for m in signs.FOREIGN.finditer(line)]):
            if signs.CREDIT.match(line) or sum(runs) * 2 > len(line):
                found.append(Suspect(start, start + len(line), CREDITED))
        start += len(line) + 1
    return found


def suspects(flow: Flow, links: list[tuple[int, int]], fixed: list[Suspect]) -> list[Suspect]:
    """Collect everything that catches the eye beside ``fixed``, which is already decided."""
    found = [*_title_pieces(flow), *_brackets(flow), *_addresses(flow, links), *_recurring(flow)]
    if is_accented(flow):
        found += _plain(flow)
    found += [Suspect(m.start(), m.end(), exact=False) for m in signs.LEXICON.finditer(flow.text)]
    for sure in fixed:
        if sure.why == CREDITED:
            found += _credited(flow, sure)
        else:
            found += _beside(flow, sure)
    found += [Suspect(m.start(), m.end()) for m in signs.FOREIGN.finditer(flow.text)]
    return found


def is_accented(flow: Flow) -> bool:
    """Whether a text is Vietnamese with its diacritics."""
    return sum(not token.isascii() for token in flow.tokens) * 5 > len(flow.tokens)


def is_bare(words: list[str]) -> bool:
    """Whether words are Vietnamese without diacritics: no accent, and pairs that accented text does not have."""
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
    """Find runs of Vietnamese without diacritics."""
    found, table = [], seams()
    for run in _PLAIN_RUN.finditer(flow.text):
        first, last = flow.at(run.start()), flow.at(run.end()) - 1
        ids = table.vocabulary.ids([token.lower() for token in flow.tokens[first : last + 1]]).tolist()
        odd = [i for i in range(first, last + 1) if ids[i - first] == LOWER and signs.is_syllable(flow.tokens[i])]
        for i in range(first, last):
            pair = ids[i - first], ids[i - first + 1]
            if NUMBER not in pair and table.pair(*pair) <= RARE:
                odd += [i, i + 1]
        if not odd:
            continue
        a, b = min(odd), max(odd)
        words = flow.tokens[a : b + 1]
        if not all(word[:1].isupper() and not word.isupper() for word in words) and len(set(odd)) * 2 >= len(words) and signs.is_plain(" ".join(words)):
            found.append(Suspect(flow.starts[a], flow.end(b)))
    return found


def _addresses(flow: Flow, links: list[tuple[int, int]]) -> list[Suspect]:
    patterns = (signs.CONTACT, signs.EMOJI, signs.HASHTAG, signs.TAG)
    framed = [Suspect(*m.span(1)) for m in signs.FRAMED.finditer(flow.text)]
    return framed + [Suspect(a, b) for a, b in links] + [Suspect(m.start(), m.end()) for p in patterns for m in p.finditer(flow.text)]


def _recurring(flow: Flow) -> list[Suspect]:
    """Find pairs of words that come back, and before (or behind) which the seams are odd on the whole."""
    if len(flow.ids) < 8:
        return []
    pair = flow.ids[:-1] * 4096 + flow.ids[1:]
    _, inverse, counts = np.unique(pair, return_inverse=True, return_counts=True)
    words = (flow.ids[:-1] > MARK) & (flow.ids[1:] > MARK)
    before = np.concatenate(([0.0], flow.odd[:-1]))
    behind = np.concatenate((flow.odd[1:], [0.0]))
    found = _rare_words(flow)
    taken: set[int] = set()
    for seam in (before, behind):
        mean = np.bincount(inverse, seam) / counts
        for number in ((counts[inverse] > 1) & (mean[inverse] > 0.2) & words).nonzero()[0].tolist():
            if inverse[number] not in taken and flow.tokens[number].isalpha() and flow.tokens[number + 1].isalpha():
                taken.add(int(inverse[number]))
                found.append(Suspect(flow.starts[number], flow.end(number + 1), exact=False))
    return found


def _rare_words(flow: Flow) -> list[Suspect]:
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
    mixed = (m for m in signs.MIXED.finditer(flow.text) if m.start())
    return found + [Suspect(m.start(), m.end(), exact=False) for m in mixed]
