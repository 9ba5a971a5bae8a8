"""Whole sentences of promotion that were added to an article: they call, they link, they share nothing with it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter

from recsys import page_signs as signs
from recsys.page_flow import Flow
from recsys.page_suspects import is_bare

ENOUGH = 4.0
_MIXED_LOWER = re.compile(r"(?<![^\W_])[a-z]{2,12}\d{2,4}(?![^\W_])")
AGAIN = 0.8  # less is enough on a page that promotes elsewhere
NEIGHBOUR = 1.5  # enough for a sentence beside one that promotes
_SENTENCE = re.compile(r"[^\n.!?…]*(?:[.!?…]+(?!\s|$)[^\n.!?…]*)*[.!?…]*[\"”)]*", re.M)
_QUOTED = re.compile(r"“[^”\n]{1,60}”|\"[^\"\n]{1,60}\"")
_FREQUENT = 200  # ids below are the words that any text shares


def promotions(flow: Flow, lexical: float, cuts: list[tuple[int, int]], end: int) -> list[tuple[int, int]]:
    """Find the sentences of the body that only promote.

    ``lexical`` is what a word of betting or lending weighs on this page, ``cuts`` what is cut already, ``end`` the
    end of the body.
    """
    seen, cuts = flow.sights, sorted(cuts)
    marks = sorted(
        {
            a
            for spans in (seen.lexical, seen.link, seen.contact, seen.mixed, cuts)
            for a, _ in spans
            if flow.title_end < a < end
        }
    )
    if not marks:
        return []
    letters = signs.squash(flow.text).text
    sentences = []
    for sentence in _SENTENCE.finditer(flow.text, flow.title_end + 1, end):
        a, b = sentence.span()
        a += len(sentence.group()) - len(sentence.group().lstrip())
        near = bisect_left(marks, a)
        marked = near < len(marks) and marks[near] < b
        if b - a >= 4 and (marked or signs.CALL.search(flow.text, a, b)):
            sentences.append((a, b, marked))
    weights: dict[int, float] = {}

    def weigh(number: int) -> float:
        if number not in weights:
            a, b, _ = sentences[number]
            weights[number] = promotion(flow, a, b, lexical=lexical, cuts=cuts, letters=letters)
        return weights[number]

    guilty = {i for i, (_, _, marked) in enumerate(sentences) if marked and weigh(i) >= ENOUGH}
    if guilty:
        guilty |= {i for i, (_, _, marked) in enumerate(sentences) if marked and weigh(i) >= ENOUGH - AGAIN}
    for step in (1, -1):
        for i in range(len(sentences))[::step]:
            if (
                i not in guilty
                and i - step in guilty
                and weigh(i) >= NEIGHBOUR
                and _adjoin(flow.text, sentences[min(i, i - step)], sentences[max(i, i - step)])
            ):
                guilty.add(i)
    return [sentences[i][:2] for i in sorted(guilty)]


def _adjoin(text: str, first: tuple[int, int, bool], second: tuple[int, int, bool]) -> bool:
    return not text[first[1] : second[0]].strip(" ")


def promotion(flow: Flow, start: int, end: int, *, lexical: float, cuts: list[tuple[int, int]], letters: str) -> float:
    """Weigh one sentence: keywords, calls and addresses against what it shares with the rest of the page."""
    title = signs.squash(flow.text[: flow.title_end]).text
    text = flow.text[start:end]
    near = cuts[bisect_left(cuts, (start, 0)) : bisect_left(cuts, (end, 0))]
    inside = [(a - start, b - start) for a, b in near if b <= end]
    for a, b in sorted(inside, reverse=True):
        text = text[:a] + "\0" + text[b:]
    text = _QUOTED.sub(" ", text)
    if _is_tail(signs.LINK.sub("\0", text)):
        return ENOUGH
    words = {signs.fold(text[a:b]) for a, b in signs.lexicon(text)}
    calls = {m.lower() for m in signs.CALL.findall(text)}
    links = [m.group() for m in signs.LINK.finditer(text)]
    foreign = [link for link in links if letters.count(_owner(link)) < 5 and _owner(link) not in title] or (
        signs.CONTACT.findall(text) if not links else []
    )
    mixed = bool(signs.MIXED.search(signs.LINK.sub(" ", text))) and flow.shows("mixed", start, end)
    weight = (
        1.2 * lexical * min(len(words), 2)
        + 0.5 * min(len(calls), 5)
        + 1.2 * bool(foreign)
        + 1.0 * bool(inside)
        + 0.6 * mixed
    )
    if not words and not inside and not mixed:
        weight = min(weight, 0.7 * len(calls) + 1.5 if foreign and links else 0.5 * len(calls))
    return weight + _distance(flow, start, end)


def _is_tail(text: str) -> bool:
    """Whether a line is a string of keywords: three short pieces or more, half of them keywords."""
    pieces = [piece for piece in signs.PIECES.split(text.strip(" .")) if piece]
    if len(pieces) < 3 or max(len(piece.split()) for piece in pieces) > 6:
        return False
    hits = sum(
        "\0" in p or bool(signs.lexicon(p) or _MIXED_LOWER.search(p) or signs.LINK.search(p) or is_bare(p.split()))
        for p in pieces
    )
    small = len(pieces) >= 4 and not any(piece[:1].isupper() for piece in pieces)
    return hits >= 2 and hits * (3 if small else 2) >= len(pieces)


def _owner(link: str) -> str:
    """Return the name of a site: its longest label."""
    return max(re.split(r"[^a-z0-9]+", signs.fold(link).removeprefix("https").split("/")[0] or link.lower()), key=len)


def _distance(flow: Flow, start: int, end: int) -> float:
    """Weigh how few of a sentence's words occur elsewhere in the page: 1 where hardly any, -1 where most do."""
    first, last = flow.at(start), flow.at(end)
    own = Counter(
        t.lower()
        for t, i in zip(flow.tokens[first:last], flow.ids[first:last].tolist(), strict=True)
        if t.isalpha() and not 4 < i < _FREQUENT
    )
    if len(own) < 2:
        return 0.0
    shared = sum(flow.words[word] > count for word, count in own.items()) / len(own)
    return 1.0 if shared < 0.4 else 0.0 if shared < 0.65 else -1.0
