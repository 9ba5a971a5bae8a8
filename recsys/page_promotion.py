"""Whole sentences of promotion that were added to an article: they call, they link, they share nothing with it."""

from __future__ import annotations

import re
from bisect import bisect_left

from recsys import page_signs as signs
from recsys.page_flow import Flow

ENOUGH = 3.5
_SENTENCE = re.compile(r"[^\n.!?…]*(?:[.!?…]+(?!\s|$)[^\n.!?…]*)*[.!?…]*[\"”)]*", re.M)
_PIECES = re.compile(r"\s*[,|;·•/]\s*|\s[-–]\s")
_FREQUENT = 200  # ids below are the words that any text shares


def promotions(flow: Flow, lexical: float, cuts: list[tuple[int, int]], end: int) -> list[tuple[int, int]]:
    """Find the sentences of the body that only promote.

    ``lexical`` is what a word of betting or lending weighs on this page, ``cuts`` what is cut already, ``end`` the
    end of the body.
    """
    marks = [m.start() for p in (signs.LEXICON, signs.LINK, signs.CONTACT) for m in p.finditer(flow.text, flow.title_end, end)]
    marks = sorted({*marks, *(a for a, _ in cuts if a > flow.title_end)})
    found, at = [], flow.title_end + 1
    letters = signs.squash(flow.text).text if marks else ""
    for sentence in _SENTENCE.finditer(flow.text, at, end) if marks else ():
        a, b = sentence.span()
        a += len(sentence.group()) - len(sentence.group().lstrip())
        near = bisect_left(marks, a)
        if b - a > 3 and near < len(marks) and marks[near] < b and promotes(flow, a, b, lexical=lexical, cuts=cuts, letters=letters):
            found.append((a, b))
    return found


def promotes(flow: Flow, start: int, end: int, *, lexical: float, cuts: list[tuple[int, int]], letters: str) -> bool:
    """Weigh one sentence: keywords, calls and addresses against what it shares with the rest of the page."""
    text = flow.text[start:end]
    inside = [(a - start, b - start) for a, b in cuts if start <= a and b <= end]
    for a, b in sorted(inside, reverse=True):
        text = text[:a] + " | " + text[b:]
    words = {m.lower() for m in signs.LEXICON.findall(text)}
    known = len(inside)
    calls = {m.lower() for m in signs.CALL.findall(text)}
    foreign = [m for m in signs.LINK.findall(text) if letters.count(_owner(m)) < 2] + signs.CONTACT.findall(text)
    if not (words or known or (foreign and len(calls) >= 2)):
        return False
    weight = 1.2 * lexical * min(len(words), 2) + 0.5 * min(len(calls), 4) + 1.2 * bool(foreign) + 1.0 * bool(known)
    pieces = [piece for piece in _PIECES.split(text) if piece]
    if len(pieces) >= 3 and max(len(piece.split()) for piece in pieces) <= 6 and (len(words) >= 2 or known):
        weight += 1.5
    return weight + _distance(flow, start, end, cuts) >= ENOUGH


def _owner(link: str) -> str:
    """Return the name of a site: its longest label."""
    return max(re.split(r"[^a-z0-9]+", signs.fold(link).removeprefix("https").split("/")[0] or link.lower()), key=len)


def _distance(flow: Flow, start: int, end: int, cuts: list[tuple[int, int]]) -> float:
    """Weigh how few of a sentence's words occur elsewhere in the page: 1 where hardly any, -1 where most do."""
    first, last = flow.at(start), flow.at(end)
    own = {t.lower() for t, i in zip(flow.tokens[first:last], flow.ids[first:last].tolist(), strict=True) if t.isalpha() and not 4 < i < _FREQUENT}
    if len(own) < 2:
        return 0.0
    rest = {t.lower() for t in flow.tokens[:first]} | {t.lower() for t in flow.tokens[last:]}
    shared = len(own & rest) / len(own)
    return 1.0 if shared < 0.4 else 0.0 if shared < 0.65 else -1.0
