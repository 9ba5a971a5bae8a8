"""A page's text as a flow of tokens, and what its seams say for or against a stretch of it having been pushed in."""

from __future__ import annotations

import bisect
import functools
import re
from collections import Counter
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from recsys import page_signs as signs
from recsys.page_seams import BREAK, LOWER, TOKEN, Ids, Levels, seams

ENDS = ".!?…:;"


@dataclass(slots=True)
class Flow:
    """The text of a page (title first, a line each) as tokens: ids, and the level of the seam after each token."""

    text: str
    title_end: int
    masked: frozenset[str] = frozenset()
    tokens: list[str] = field(init=False)
    ids: Ids = field(init=False)
    levels: Levels = field(init=False)
    odd: npt.NDArray[np.float64] = field(init=False)
    sights: signs.Sights = field(init=False)
    _starts: list[int] = field(default_factory=list)
    _words: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        table = seams()
        self.sights = signs.sights(self.text, self.masked)
        self.tokens = TOKEN.findall(self.text)
        self.ids = table.vocabulary.ids(self.tokens)
        if hidden := self._hidden():
            self.sights = self.sights._replace(masked=sorted({*self.sights.masked, *hidden}))
        left, right = self.ids[:-1], self.ids[1:]
        self.levels = table.between(left, right)
        self.odd = table.oddities(left, right, self.levels)
        self.odd[(left == BREAK) | (right == BREAK)] = 0.0

    def _hidden(self) -> list[tuple[int, int]]:
        """Find a plain string that recurs inside different words which read on, or are words, without it."""
        hosts = [t for t, i in zip(self.tokens, self.ids.tolist(), strict=True) if i == LOWER and len(t) > 7][:300]
        grams: dict[str, list[str]] = {}
        for host in set(hosts):
            for gram in {host[i : i + 6] for i in range(len(host) - 5)}:
                if gram.isascii():
                    grams.setdefault(gram, []).append(host)
        known = seams().vocabulary
        spans: list[tuple[int, int]] = []
        for gram, words in grams.items():
            if len(words) < 2 or any(gram in self.text[a:b] for a, b in spans):
                continue
            first, second = words[0], words[1]
            a, b = first.index(gram), second.index(gram)
            size = 6
            while a and b and first[a - 1] == second[b - 1] and first[a - 1].isascii():
                a, b, size = a - 1, b - 1, size + 1
            while (
                a + size < len(first)
                and b + size < len(second)
                and first[a + size] == second[b + size]
                and first[a + size].isascii()
            ):
                size += 1
            core = first[a : a + size]
            rests = [word.replace(core, "", 1) for word in words]
            told = {rest.lower() for rest in rests if rest.lower() in known and (len(rest) > 2 or not rest.isascii())}
            if len(told) > 1 and 2 * len(told) >= len(words):
                spans += [m.span() for m in re.finditer(re.escape(core), self.text)]
        return spans

    @property
    def starts(self) -> list[int]:
        """Where each token starts."""
        if not self._starts:
            self._starts = _token_starts(self.text)
        return self._starts

    @property
    def words(self) -> Counter[str]:
        """How often each token stands on the page, in small letters."""
        if not self._words:
            self._words = Counter(token.lower() for token in self.tokens)
        return self._words

    def shows(self, kind: str, start: int, end: int) -> bool:
        """Whether something conspicuous of a kind lies in a stretch, wholly or in part."""
        spans: list[tuple[int, int]] = getattr(self.sights, kind)
        last = bisect.bisect_left(spans, (end, 0))
        return any(start < b for _, b in spans[max(0, last - 3) : last])

    def at(self, place: int) -> int:
        """Return the number of the first token that starts at ``place`` or later."""
        return bisect.bisect_left(self.starts, place)

    def end(self, number: int) -> int:
        """Return where a token ends."""
        return self.starts[number] + len(self.tokens[number])

    def neighbours(self, start: int, end: int) -> tuple[str, str]:
        """Return the tokens just before and after a stretch, on its own line; ``""`` at the line's ends."""
        floor = max(0, start - 40)
        floor = max(floor, self.text.rfind("\n", floor, start) + 1)
        before = TOKEN.findall(self.text, floor, start)
        after = TOKEN.search(self.text, end, end + 40)
        right = after.group() if after else ""
        return (before[-1] if before else ""), ("" if right == "\n" else right)

    def oddity(self, left: str, right: str) -> float:
        """Return how odd it is that one token follows another."""
        table = seams()
        return table.oddity(table.vocabulary[left], table.vocabulary[right])

    def oddness(self, start: int, end: int) -> float:
        """Weigh the two seams of a stretch, and how well its neighbours join once it is gone.

        Odd seams and a good join speak for an insertion (some 3 at most), natural seams against it.
        """
        inside = TOKEN.findall(self.text, start, end)
        if not inside:
            return 0.0
        left, right = self.neighbours(start, end)
        return weigh(left, inside[0], inside[-1], right) + self.glue(start, end)

    def glue(self, start: int, end: int) -> float:
        """Weigh a stretch that sticks to the words beside it without a space."""
        text, weight = self.text, 0.0
        if start and text[start - 1].isalpha() and text[start].isalnum():
            weight += 1.0
        elif start > 1 and text[start - 1] in ",;." and text[start].isalpha() and text[start - 2].isalpha():
            weight += 0.6
        if end < len(text) and text[end].isalpha() and text[end - 1].isalnum():
            weight += 1.0
        return weight

    def grow(self, start: int, end: int, *, reach: int = 6) -> tuple[int, int]:
        """Extend a stretch, word by word on its own line, to where its seams are oddest and what is left joins best."""
        while end < len(self.text) and self.text[end].isalnum():
            end += 1
        first, last = self.at(start), self.at(end) - 1
        lefts, rights = [start], [end]
        if first < len(self.tokens) and self.starts[first] == start:
            lefts += [a for i in self._run(first, -1, reach) if not self.text[(a := self.starts[i]) - 1 : a].isalnum()]
        rights += [b for i in self._run(last, 1, reach) if not self.text[(b := self.end(i)) : b + 1].isalnum()]
        best, found = -9.0, (start, end)
        for a in lefts:
            for b in rights:
                inside = TOKEN.findall(self.text, a, b)
                weight = weigh(*self.neighbours_of(a, b, inside)) + self.glue(a, b)
                weight -= 0.2 * (a < start) + 0.2 * (b > end) + 0.15 * len(inside)
                if weight > best:
                    best, found = weight, (a, b)
        return found

    def agree(self, places: list[tuple[int, int]], *, reach: int = 8) -> tuple[int, int]:
        """Extend one of several equal stretches by the words that most of them share on either side."""
        alive, right = _common([self._beside(b, 1, reach) for _, b in places], list(range(len(places))))
        alive, left = _common([self._beside(a, -1, reach) for a, _ in places], alive)
        start, end = places[alive[0]]
        if left:
            start = self.starts[self.at(start) - left]
        return start, self.end(self.at(end) - 1 + right) if right else end

    def _beside(self, place: int, step: int, reach: int) -> list[str]:
        """Return the words that follow (or, going back, precede) a place without a mark between them."""
        if self.text[place - 1 : place].isalnum() and self.text[place : place + 1].isalnum():
            return []
        number = self.at(place) - (step < 0)
        words: list[str] = []
        while len(words) < reach and 0 <= number < len(self.tokens) and self.tokens[number].isalnum():
            words.append(self.tokens[number].lower())
            number += step
        return words

    def neighbours_of(self, start: int, end: int, inside: list[str]) -> tuple[str, str, str, str]:
        """Return the four tokens at the two seams of a stretch."""
        left, right = self.neighbours(start, end)
        return left, inside[0], inside[-1], right

    def _run(self, number: int, step: int, reach: int) -> list[int]:
        """Return the words beside a token that may belong to the same stretch."""
        found = []
        for _ in range(reach):
            number += step
            if not 0 <= number < len(self.tokens) or not (
                self.tokens[number].isalnum() or self.tokens[number] in "-/&+%"
            ):
                break
            found.append(number)
        return found


@functools.cache
def _kinds() -> npt.NDArray[np.uint8]:
    """Return the kind of each code point of the basic plane: 0 space, 1 letter, 2 digit, 3 a token of its own."""
    kinds = np.full(0x10000, 3, np.uint8)
    for code in range(0x10000):
        char = chr(code)
        kinds[code] = 2 if char.isdecimal() else 1 if char.isalnum() else 0 if char.isspace() and char != "\n" else 3
    return kinds


def _token_starts(text: str) -> list[int]:
    """Return where the tokens of a text start: where the kind of character changes, and at every mark."""
    if not text or max(text) > "\uffff":
        return [m.start() for m in TOKEN.finditer(text)]
    kinds = _kinds()[np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)]
    starts: list[int] = (
        ((kinds > 0) & ((kinds == 3) | (kinds != np.concatenate(([0], kinds[:-1]))))).nonzero()[0].tolist()
    )
    return starts


def _common(rows: list[list[str]], alive: list[int]) -> tuple[list[int], int]:
    """Return the rows of most that begin with the same words, and how many words."""
    size = 0
    while True:
        following: dict[str, list[int]] = {}
        for i in alive:
            if len(rows[i]) > size:
                following.setdefault(rows[i][size], []).append(i)
        agreed = max(following.values(), key=len, default=[])
        if len(agreed) < 2 or len(agreed) * 5 < len(rows) * 3:
            return alive, size
        alive, size = agreed, size + 1


def weigh(left: str, first: str, last: str, right: str) -> float:
    """Weigh two seams: ``left`` | ``first`` … ``last`` | ``right``; ``""`` is the end of a line."""
    table = seams()
    ids = table.vocabulary
    opens, closes = not left or left in ENDS, not right or right in ENDS
    weight = 0.0
    if not opens:
        weight += table.oddity(ids[left], ids[first])
    if not closes:
        weight += table.oddity(ids[last], ids[right])
    if left and right and not opens:
        joined = table.oddity(ids[left], ids[right])
        weight += 0.5 - joined if joined < 0 else 0.2 - joined
    if opens and right[:1].isupper():
        weight += 0.8
    if opens and first[:1].islower():
        weight += 0.6
    if left and opens and not right and last not in ENDS:
        weight += 0.8
    return weight
