"""Decide which strings were pushed into a page: no sign decides alone, the evidence for a phrase adds up.

A phrase is weighed over all the places where it stands: its seams there and how the text reads on without it, how it
is dressed (brackets, separators), whether it recurs in places that have nothing in common, whether its words occur
in the article otherwise. Words of betting and lending weigh something only where the article is not about them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from recsys import page_signs as signs
from recsys.page_flow import Flow
from recsys.page_promotion import promotions
from recsys.page_suspects import COPIED, Suspect, copied_titles, foreign_lines, suspects

ENOUGH = 3.5
_LEXICAL = (1.6, 1.3, 0.9, 0.4)


@dataclass(slots=True)
class Cut:
    """A stretch of the text that goes, how strong the evidence is, and the main reason."""

    start: int
    end: int
    score: float
    why: str
    rank: float = 0.0


def find_cuts(title: str, paragraphs: Iterable[str], related: Iterable[str]) -> tuple[str, list[Cut]]:
    """Return the text (title, paragraphs and listed headlines, a line each) and what is to be cut from it."""
    text = "\n".join((title, *paragraphs, *related))
    flow = Flow(text, len(title))
    links = [m.span() for m in signs.LINK.finditer(text)]
    fixed = [*copied_titles(flow, links), *(foreign_lines(flow) if signs.FOREIGN.search(text) else ())]
    found = suspects(flow, links, fixed)
    cuts = [Cut(s.start, s.end, s.weight, s.why) for s in fixed]
    if found:
        cuts += Jury(flow, fixed).judge(found)
        cuts += [Cut(a, b, ENOUGH, "đoạn quảng cáo không liên quan đến bài") for a, b in promotions(flow, [(c.start, c.end) for c in cuts])]
    return text, cuts


class Jury:
    """Weighs the suspects of one page."""

    def __init__(self, flow: Flow, fixed: list[Suspect]) -> None:
        self.flow = flow
        self.copies = [s for s in fixed if s.why == COPIED]
        self.fixed = fixed
        self.squashed = signs.squash(flow.text)
        natural = {flow.text.count("\n", 0, m.start()) for m in signs.LEXICON.finditer(flow.text) if flow.oddness(*m.span()) < 0}
        self.lexical = _LEXICAL[min(len(natural), 3)]

    def judge(self, found: list[Suspect]) -> list[Cut]:
        """Group the suspects into phrases, weigh every place of each, keep the best of those that overlap."""
        phrases: dict[str, Suspect] = {}
        for suspect in found:
            if not suspect.exact:
                suspect.start, suspect.end = self.flow.grow(suspect.start, suspect.end)
            key = signs.squash(self.flow.text[suspect.start : suspect.end]).text or self.flow.text[suspect.start : suspect.end]
            if key not in phrases or phrases[key].weight < suspect.weight:
                phrases[key] = suspect
        cuts = [cut for key, suspect in phrases.items() for cut in self._weigh(key, suspect)]
        kept: list[Cut] = []
        for cut in sorted(cuts, key=lambda c: (-c.rank, c.start)):
            if not any(cut.start < other.end and other.start < cut.end for other in kept):
                kept.append(cut)
        return kept

    def _weigh(self, key: str, suspect: Suspect) -> list[Cut]:
        places = self._places(key) or [(suspect.start, suspect.end)]
        local = [self._local(a, b) for a, b in places]
        odd = sum(weight >= 1.0 for weight in local)
        common = suspect.weight + 0.7 * min(max(odd - 1, 0), 3) + self._novelty(key, len(places))
        if signs.LEXICON.search(self.flow.text, suspect.start, suspect.end):
            common += self.lexical
        if self.flow.text[suspect.start : suspect.end].istitle():
            common -= 0.8
        return [
            Cut(a, b, common + weight, suspect.why, common + weight + 2.0 * (odd >= 2))
            for (a, b), weight in zip(places, local, strict=True)
            if common + weight >= ENOUGH
        ]

    def _places(self, key: str) -> list[tuple[int, int]]:
        """Return every place of a phrase, whatever its case, diacritics and spacing."""
        found, letters, places = [], self.squashed.text, self.squashed.places
        text = self.flow.text
        at = letters.find(key) if len(key) >= 3 else -1
        while at >= 0 and len(found) < 200:
            a, b = places[at], places[at + len(key) - 1] + 1
            whole = (not a or not text[a - 1].isalnum()) and (b == len(text) or not text[b].isalnum())
            beside = any(c.end == a for c in self.copies)
            if "\n" not in text[a:b] and (whole or beside or len(key) >= 9):
                found.append((a, b))
            at = letters.find(key, at + len(key))
        return found

    def _local(self, start: int, end: int) -> float:
        """Weigh one place: seams, dress, and what it sticks to."""
        for copy in self.copies:
            if 0 <= start - copy.end <= 2:
                return 2.0 + max(0.0, self.flow.oddness(copy.start, end))
            if 0 <= copy.start - end <= 2:
                return 2.0 + max(0.0, self.flow.oddness(start, copy.end))
        for sure in self.fixed:
            if sure.start <= start and end <= sure.end:
                return 2.0
        return dress(self.flow, start, end) or self.flow.oddness(start, end)

    def _novelty(self, key: str, count: int) -> float:
        """Weigh whether the words of a phrase occur elsewhere in the page."""
        return 0.3 if self.squashed.text.count(key[: max(4, len(key) // 2)]) <= count else 0.0


def dress(flow: Flow, start: int, end: int) -> float:
    """Weigh the brackets or separators around a stretch; 0 where there are none."""
    text = flow.text
    a, b = start, end
    while a and text[a - 1] == " ":
        a -= 1
    while b < len(text) and text[b] == " ":
        b += 1
    before, after = text[a - 1 : a] or "\n", text[b : b + 1] or "\n"
    heading = a <= flow.title_end
    if before != "\n" and signs.BRACKETS.get(before) == after and before not in "*=~|":
        weight = 2.5 if before in signs.EXOTIC else 1.2 if before not in "(（" else 0.5
        left, right = flow.neighbours(a - 1, b + 1)
        if (left and right) or heading:
            weight += 0.5
        return weight
    line = "\n" in (before, after)
    marked = re.compile(r"[|_~:–—\-»•·/★☆]")
    if heading and line and marked.match(after if before == "\n" else before):
        return 1.0
    return 0.0
