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
from recsys.page_seams import TOKEN
from recsys.page_suspects import COPIED, PLAIN, Suspect, copied_titles, foreign_lines, is_accented, is_bare, suspects

ENOUGH = 3.5
_CUE = re.compile(r"(?i)(?:website|web|trang|chỉ|tại|link|fanpage|email|hotline|theo|số|qua|vào|gọi|zalo|[:/@(])$")
_LEXICAL = (1.6, 1.6, 1.2, 0.8, 0.4)


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
    body = "\n".join((title, *paragraphs))
    text = "\n".join((body, *related))
    flow = Flow(text, len(title))
    links = [m.span() for m in signs.LINK.finditer(text)]
    fixed = [*copied_titles(flow, links), *(foreign_lines(flow) if signs.FOREIGN.search(text) else ())]
    found = suspects(flow, links, fixed)
    cuts = [Cut(s.start, s.end, s.weight, s.why) for s in fixed]
    if found:
        jury = Jury(flow, fixed, len(body))
        cuts += jury.judge(found)
        cuts += [Cut(a, b, ENOUGH, "đoạn quảng cáo không liên quan đến bài") for a, b in promotions(flow, jury.lexical, [(c.start, c.end) for c in cuts], len(body))]
    return text, cuts


class Jury:
    """Weighs the suspects of one page."""

    def __init__(self, flow: Flow, fixed: list[Suspect], body_end: int) -> None:
        self.body_end = body_end
        self.flow = flow
        self.copies = [s for s in fixed if s.why == COPIED]
        self.fixed = fixed
        self.is_accented = is_accented(flow)
        self.squashed = signs.squash(flow.text)
        self.lexical = _LEXICAL[min(self._natural_lines(), len(_LEXICAL) - 1)]

    def _natural_lines(self) -> int:
        """Count the lines where a word of betting or lending stands naturally, unless it was also pushed in elsewhere."""
        places: dict[str, list[tuple[int, float]]] = {}
        for found in signs.LEXICON.finditer(self.flow.text):
            places.setdefault(signs.fold(found.group()), []).append((found.start(), self.flow.oddness(*found.span())))
        natural = [row for rows in places.values() if max(odd for _, odd in rows) < 0.9 for row in rows]
        return len({self.flow.text.count("\n", 0, at) for at, odd in natural if odd < 0})

    def judge(self, found: list[Suspect]) -> list[Cut]:
        """Group the suspects into phrases, weigh every place of each, keep the best of those that overlap."""
        phrases: dict[str, Suspect] = {}
        for suspect in found:
            self._add(phrases, suspect)
            if not suspect.exact:
                places = self._places(self._key(suspect.start, suspect.end))
                a, b = self.flow.agree(places) if len(places) > 1 else self.flow.grow(suspect.start, suspect.end)
                self._add(phrases, Suspect(a, b, suspect.weight, suspect.why))
        cuts = [cut for key, suspect in phrases.items() for cut in self._weigh(key, suspect)]
        kept: list[Cut] = []
        for cut in sorted(cuts, key=lambda c: (-c.rank, c.start)):
            if not any(cut.start < other.end and other.start < cut.end for other in kept):
                kept.append(cut)
        return kept

    def _add(self, phrases: dict[str, Suspect], suspect: Suspect) -> None:
        key = self._key(suspect.start, suspect.end)
        if key not in phrases or phrases[key].weight < suspect.weight:
            phrases[key] = suspect

    def _key(self, start: int, end: int) -> str:
        return signs.squash(self.flow.text[start:end]).text or self.flow.text[start:end]

    def _weigh(self, key: str, suspect: Suspect) -> list[Cut]:
        places = self._places(key) or [(suspect.start, suspect.end)]
        local = [self._local(a, b) for a, b in places]
        bounded = [min(2.0, max(-1.2, weight)) for weight in local]
        worth = self._worth(suspect)
        common = worth + self._novelty(key, len(places))
        enough = ENOUGH + 0.8 * (worth <= 0)
        total = sum(bounded)
        scores = [common + weight + min(3.0, max(-3.0, 0.5 * (total - own))) for weight, own in zip(local, bounded, strict=True)]
        confirmed = len(places) > 1 and max(scores) >= enough + 0.5 and total >= 0.4 * len(places)
        return [
            Cut(a, b, max(score, ENOUGH), suspect.why, score + min(2.0, 0.7 * total) + 0.01 * (b - a))
            for (a, b), weight, score in zip(places, local, scores, strict=True)
            if score >= enough or (confirmed and weight > -1.0)
        ]

    def _worth(self, suspect: Suspect) -> float:
        """Weigh the words of a phrase by themselves."""
        text = self.flow.text[suspect.start : suspect.end]
        words = TOKEN.findall(text)
        weight = suspect.weight + (self.lexical if signs.LEXICON.search(text) else 0.0)
        if suspect.weight < PLAIN and self.is_accented and is_bare(words):
            weight += PLAIN if not words[0][:1].isupper() or text.isupper() else PLAIN - 0.8
        if len(words) > 1 and text.isupper() and not self.flow.text[: self.flow.title_end].isupper():
            weight += 0.6
        elif len(words) > 1 and all(w[:1].isupper() or w.isdigit() for w in words):
            weight -= 0.5
        return weight

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
        if weight := dress(self.flow, start, end):
            return weight
        weight = self.flow.oddness(start, end) - 1.0 * (start > self.body_end)
        left, _ = self.flow.neighbours(start, end)
        return weight - 2.0 * bool(_CUE.match(left))

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
