"""Decide which strings were pushed into a page: every suspect phrase is weighed over all the places where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from recsys import page_evidence as evidence
from recsys import page_signs as signs
from recsys.page_flow import Flow
from recsys.page_promotion import promotions
from recsys.page_seams import TOKEN, seams
from recsys.page_suspects import (
    BESIDE,
    COPIED,
    CREDITED,
    Suspect,
    copied_titles,
    foreign_lines,
    is_accented,
    is_bare,
    suspects,
)

_COMMON = frozenset(
    {
        "com",
        "net",
        "org",
        "www",
        "https",
        "http",
        "info",
        "html",
        "htm",
        "vao",
        "edu",
        "gov",
        "link",
        "site",
        "vip",
        "win",
        "top",
        "bet",
    }
)
MOST = 1500  # suspects, and places of phrases, that are weighed on one page; an article has some fifty
_SUBJECTS = ("vay", "slot", "bóng")
UNCOMMON = 500  # ids from here on are of words that not every article has
SURE = 6.0
KNOWN = 4.0  # log odds that a phrase pushed in at one place lends to its other places
_LEXICAL = (1.0, 1.0, 0.75, 0.5, 0.25)


@dataclass(slots=True)
class Cut:
    """A stretch of the text that goes, the log odds that it was pushed in, and the main reason."""

    start: int
    end: int
    score: float
    why: str
    rank: float = SURE


@dataclass(slots=True)
class Phrase:
    """A suspect phrase: all its places, and the evidence at each."""

    key: str
    places: list[tuple[int, int]]
    evidence: list[dict[str, float]]


def find_cuts(
    title: str, paragraphs: Iterable[str], related: Iterable[str], *, masked: frozenset[str] = frozenset()
) -> tuple[str, list[Cut]]:
    """Return the text (title, paragraphs and listed headlines, a line each) and what is to be cut from it.

    ``masked`` are words that had invisible characters or look-alike letters in them.
    """
    jury = Jury.of(title, paragraphs, related, masked=masked)
    cuts = [Cut(s.start, s.end, SURE, s.why) for s in jury.fixed]
    cuts += jury.verdict(jury.phrases())
    known = [(c.start, c.end) for c in cuts]
    cuts += [Cut(a, b, SURE, "mục quảng cáo trong danh sách") for a, b in jury.advertised(known)]
    added = promotions(jury.flow, jury.lexical, known, jury.body_end)
    cuts += [Cut(a, b, SURE, "đoạn quảng cáo không liên quan đến bài") for a, b in added]
    cuts += jury.echoes(added)
    return jury.flow.text, cuts


class Jury:
    """Weighs the suspects of one page."""

    def __init__(self, flow: Flow, body_end: int) -> None:
        self.flow, self.body_end = flow, body_end
        self.fixed = [*copied_titles(flow), *(foreign_lines(flow) if flow.sights.foreign else ())]
        self.copies = [(s.start, s.end) for s in self.fixed if s.why == COPIED]
        self.squashed = signs.squash(flow.text)
        copied = [s.title for s in self.fixed if s.why == COPIED]
        self.copied = (min(a for a, _ in copied), max(b for _, b in copied)) if copied else (0, 0)
        self.mixed = {*flow.sights.mixed, *flow.sights.masked}
        self.accented = is_accented(flow)
        self._seen: dict[str, list[tuple[int, int]]] = {}
        self.lexical = _LEXICAL[min(self._natural_lines(), len(_LEXICAL) - 1)]

    @classmethod
    def of(
        cls, title: str, paragraphs: Iterable[str], related: Iterable[str], *, masked: frozenset[str] = frozenset()
    ) -> Jury:
        """Lay a page out: title, paragraphs, headlines, a line each."""
        body = "\n".join((title, *paragraphs))
        return cls(Flow("\n".join((body, *related)), len(title), masked), len(body))

    def _natural_lines(self) -> int:
        """Count the lines where a word of betting or lending stands naturally and was not pushed in elsewhere."""
        places: dict[str, list[tuple[int, float]]] = {}
        for a, b in self.flow.sights.lexical:
            if signs.is_plain(self.flow.text[a:b]):
                continue
            places.setdefault(signs.fold(self.flow.text[a:b]), []).append((a, self.flow.oddness(a, b)))
        natural = [row for rows in places.values() if max(odd for _, odd in rows) < 0.9 for row in rows]
        lines = {self.flow.text.count("\n", 0, at) for at, odd in natural if odd < 0.4}
        article = self.flow.text[: self.body_end].lower()
        return len(lines) + sum(any(word in line for word in signs.ABOUT) for line in article.split("\n"))

    def phrases(self) -> list[Phrase]:
        """Group the suspects into phrases, as found and as grown to their likely ends."""
        found: dict[str, Suspect] = {}
        seen = [clear for s in suspects(self.flow, self.fixed) if (clear := self._clear(s))]
        beside = [s for s in seen if s.why == BESIDE]
        for suspect in seen[:MOST]:
            key = self._key(suspect.start, suspect.end)
            places = self._found(key, suspect)
            if not self._promising(suspect, places):
                continue
            self._add(found, suspect)
            if not suspect.exact or len(places) > 1:
                a, b = self._grown(suspect, beside)
                if grown := self._clear(Suspect(a, b, suspect.why)):
                    self._add(found, grown)
        phrases, room = [], MOST
        for key, suspect in found.items():
            places = self._found(key, suspect)
            if room > 0 and (places[0][0] == suspect.start or self._promising(suspect, places)):
                phrases.append(self._phrase(key, suspect, places))
                room -= len(places)
        return _longest(phrases)

    def _found(self, key: str, suspect: Suspect) -> list[tuple[int, int]]:
        return self._same(suspect, self._places(key)) or [(suspect.start, suspect.end)]

    def _clear(self, suspect: Suspect) -> Suspect | None:
        """Keep of a suspect what does not overlap a copy of the title."""
        for a, b in self.copies:
            if a < suspect.end and suspect.start < b and not (suspect.why == BESIDE and suspect.start >= b - 3):
                if suspect.start < a:
                    suspect.end = a
                else:
                    suspect.start = b + self.flow.text.startswith(" ", b)
        return suspect if suspect.end - suspect.start > 1 else None

    def _grown(self, suspect: Suspect, beside: list[Suspect]) -> tuple[int, int]:
        """Extend a suspect to its likely ends: by what its places share, else by its seams."""
        key = self._key(suspect.start, suspect.end)
        if suspect.why == BESIDE:
            places = [(s.start, s.end) for s in beside if self._key(s.start, s.end) == key]
        else:
            places = self._places(key)
        return self.flow.agree(places) if len(places) > 1 else self.flow.grow(suspect.start, suspect.end)

    def _add(self, found: dict[str, Suspect], suspect: Suspect) -> None:
        key = self._key(suspect.start, suspect.end)
        if key not in found or suspect.why == CREDITED:
            found[key] = suspect

    def _key(self, start: int, end: int) -> str:
        return signs.squash(self.flow.text[start:end]).text or self.flow.text[start:end]

    def _promising(self, suspect: Suspect, places: list[tuple[int, int]]) -> bool:
        """Whether there could be evidence enough: odd words, a place in the title or in brackets, or many places."""
        a, b = suspect.start, suspect.end
        if (
            suspect.why
            or any(place < self.flow.title_end for place, _ in places)
            or self.flow.text[a - 1 : a] in signs.BRACKETS
        ):
            return True
        if any(
            self.flow.shows(kind, a, b)
            for kind in ("lexical", "foreign", "link", "masked", "tag", "picture", "contact", "hashtag")
        ):
            return True
        text = self.flow.text[a:b]
        if text.isascii() and is_bare(TOKEN.findall(text)):
            return True
        if self.flow.shows("mixed", a, b):
            return len(places) > 1
        return len(places) > 2 and sum(self.flow.oddness(*place) for place in places[:3]) > 1.0

    def _phrase(self, key: str, suspect: Suspect, places: list[tuple[int, int]]) -> Phrase:
        text = self.flow.text
        lexical = self.lexical * (0.3 if self._is_subject(suspect.start, suspect.end, len(places)) else 1.0)
        common = evidence.words(self.flow, suspect.start, suspect.end, lexical=lexical, accented=self.accented)
        if suspect.why == CREDITED:
            common["credited"] = 1.0
        common["new words"] = self._novelty(suspect, len(places))
        local = [evidence.place(self.flow, a, b, body_end=self.body_end, copies=self.copies) for a, b in places]
        strange = [min(2.0, max(-1.2, evidence.strangeness(found))) for found in local]
        titled = len(places) > 1 and any("in title" in found for found in local)
        glued = sum(
            ("glued before" in f and not text[a].isupper()) or ("glued after" in f and not text[b].isupper())
            for f, (a, b) in zip(local, places, strict=True)
        )
        edge = any(self.flow.title_end < a < self.body_end for a, _ in places) and any(
            not self.flow.text[:a].strip() or not self.flow.text[b : self.flow.title_end].strip()
            for a, b in places
            if b <= self.flow.title_end
        )
        quoted = any("quoted" in found for found in local)
        if not any(self.flow.title_end < a < self.body_end for a, _ in places) and not evidence.is_odd(common):
            strange = [0.0] * len(places)
            titled = False
            for found in local:
                if "bracket" in found or "bracket round" in found or len(places) > 1:
                    found["label"] = 1.0
        if len(places) > 1 and self._same_company(places):
            for found in local:
                found["same company"] = 1.0
        self._judge_copies(places, local, strange)
        for found in local:
            if "link in sentence" in found:
                found["link in sentence"] = self.lexical * (not any(self._is_own(a, b) for a, b in places))
        for found, own in zip(local, strange, strict=True):
            found.update(common)
            evidence.together(found, strange, own)
            if glued > 1 and 2 * glued >= len(places):
                found["glued again"] = min(glued, 4) - 1.0
            if quoted and "quoted" not in found:
                found["quoted elsewhere"] = 1.0
            if titled:
                found["also in title"] = 1.0
                if edge:
                    found["edge and recurs"] = max(0.0, found["recurs"])
        return Phrase(key, places, local)

    def _same_company(self, places: list[tuple[int, int]]) -> bool:
        """Whether the same word stands before, or behind, all the places of a phrase: then it belongs to that word."""
        beside = [
            self.flow.neighbours(
                a - (self.flow.text[a - 1 : a] in signs.EXOTIC), b + (self.flow.text[b : b + 1] in signs.CLOSING)
            )
            for a, b in places
        ]
        befores, behinds = ({pair[side].lower() for pair in beside} for side in (0, 1))
        return any(len(words) == 1 and words.pop().isalpha() for words in (befores, behinds))

    def _judge_copies(self, places: list[tuple[int, int]], local: list[dict[str, float]], strange: list[float]) -> None:
        """Take what stands beside copies of the title, and otherwise only in strange places, as pushed in with them."""
        others = [
            own
            for found, own in zip(local, strange, strict=True)
            if "beside copy" not in found and "in title" not in found
        ]
        if len(places) > 1 and min(others, default=1.0) > 0.3:
            for found in local:
                if "beside copy" in found:
                    found["beside copy"] = 1.0
        first, last = self.copied
        title = int((self.squashed.places < self.flow.title_end).sum())
        if 2 * (last - first) < title:
            return
        for (a, b), found in zip(places, local, strict=True):
            before, until = ((self.squashed.places < place).sum() for place in (a, b))
            if "in title" in found and (until <= first or before >= last):
                found["outside the copy"] = 1.0

    def _is_subject(self, start: int, end: int, count: int) -> bool:
        """Whether an uncommon word of an accented keyword comes back in the article: then the article is about it."""
        text = self.flow.text[start:end].lower()
        if not self.flow.sights.lexical or signs.is_plain(text):
            return False
        known = seams().vocabulary
        words = [t for t in TOKEN.findall(text) if (t.isalpha() and not t.isascii()) or t in _SUBJECTS]
        return any(
            self.flow.words[word] >= count + 2 and (word in _SUBJECTS or known.get(word, UNCOMMON) >= UNCOMMON)
            for word in words
        )

    def _is_own(self, start: int, end: int) -> bool:
        """Whether the name of an address stands in the article otherwise."""
        spans = [(a, b) for a, b in self.flow.sights.link if a < end and start < b]
        labels = {
            label
            for a, b in spans
            for label in re.split(r"[^a-z0-9]+", signs.fold(self.flow.text[a:b]))
            if len(label) > 2
        }
        linked = " ".join(signs.squash(self.flow.text[a:b]).text for a, b in self.flow.sights.link)
        return any(self.squashed.text.count(label) > linked.count(label) for label in labels - _COMMON)

    def _same(self, suspect: Suspect, places: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Keep the places that spell a short phrase with the same diacritics, and those of an address that are one."""
        text = self.flow.text
        if any(a <= suspect.start and suspect.end <= b for a, b in self.flow.sights.link):
            return [(a, b) for a, b in places if self.flow.shows("link", a, b)]
        letters = "".join(filter(str.isalnum, text[suspect.start : suspect.end].lower()))
        if len(letters) >= 8 and not text[suspect.start : suspect.end].isalnum():
            return [
                (a, b)
                for a, b in places
                if text[a:b].isascii() or "".join(filter(str.isalnum, text[a:b].lower())) == letters
            ]
        spelt = " ".join(text[suspect.start : suspect.end].lower().split())
        return [(a, b) for a, b in places if " ".join(text[a:b].lower().split()) == spelt]

    def _novelty(self, suspect: Suspect, count: int) -> float:
        """Return the share of a phrase's words that stand nowhere else on the page."""
        words = [t.lower() for t in TOKEN.findall(self.flow.text, suspect.start, suspect.end) if t.isalnum()]
        return sum(self.flow.words[word] <= count * words.count(word) for word in words) / len(words) if words else 1.0

    def _places(self, key: str) -> list[tuple[int, int]]:
        """Return every place of a phrase, whatever its case, diacritics and spacing."""
        if key in self._seen:
            return self._seen[key]
        found: list[tuple[int, int]] = []
        letters, places = self.squashed.text, self.squashed.places
        text = self.flow.text
        self._seen[key] = found
        at = letters.find(key) if len(key) >= 2 else -1
        while at >= 0 and len(found) < 200:
            a, b = int(places[at]), int(places[at + len(key) - 1]) + 1
            opens, closes = not a or not text[a - 1].isalnum(), b == len(text) or not text[b].isalnum()
            beside = any(0 <= a - end <= 1 or 0 <= start - b <= 1 for start, end in self.copies)
            if "\n" not in text[a:b] and (
                (opens and closes)
                or beside
                or (len(key) >= 9 and (opens or closes))
                or (a, b) in self.mixed
                or self._glued(a, b)
            ):
                found.append((a, b))
            at = letters.find(key, at + len(key))
        return found

    def _glued(self, start: int, end: int) -> bool:
        """Whether a stretch sticks to the end of a word that the table knows, the two together being none."""
        text, known = self.flow.text, seams().vocabulary
        if end - start < 3 or (end < len(text) and text[end].isalnum()):
            return False
        head = start
        while head and text[head - 1].isalpha():
            head -= 1
        return head < start and text[head:start].lower() in known and text[head:end].lower() not in known

    def verdict(self, phrases: list[Phrase]) -> list[Cut]:
        """Cut where the evidence is enough; of stretches that overlap, the one with the best evidence."""
        cuts = self._guilty(phrases)
        if self.fixed or max((c.score for c in cuts), default=0.0) >= 1.0:
            for found in (
                found
                for phrase in phrases
                for found in phrase.evidence
                if evidence.is_odd(found) and found["strange"] > -0.2
            ):
                found["hijacked page"] = 1.0
            cuts = self._guilty(phrases)
        kept: list[Cut] = []
        for cut in sorted(cuts, key=lambda c: (-c.rank, c.start)):
            if not any(cut.start < other.end and other.start < cut.end for other in kept):
                kept.append(cut)
        return kept + self._satellites(kept)

    def advertised(self, cuts: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Find listed headlines of which nothing is left once what was pushed in is gone, or only more of the same."""
        found = []
        for a, b in {self._line(a) for a, _ in cuts if a > self.body_end}:
            text = self.flow.text[a:b]
            for start, end in sorted(cuts, reverse=True):
                if a <= start and end <= b:
                    text = text[: start - a] + " " + text[end - a :]
            words = [word for word in text.split() if any(map(str.isalnum, word))]
            if len(words) < 4 or signs.lexicon(text) or signs.LINK.search(text) or (self.accented and is_bare(words)):
                found.append((a, b))
        return found

    def echoes(self, added: list[tuple[int, int]]) -> list[Cut]:
        """Find the keywords of a promoting line that also stand, out of place, in sentences."""
        found = []
        for a, b in added:
            pieces = signs.PIECES.split(self.flow.text[a:b])
            if self.flow.text[a:b].rstrip().endswith((".", "!", "?")) or len(pieces) < 3:
                continue
            for piece in pieces:
                if len(piece) > 3 and len(piece.split()) <= 6 and (at := self.flow.text.find(piece, a, b)) >= 0:
                    suspect = Suspect(at, at + len(piece))
                    for start, end in self._same(suspect, self._places(self._key(suspect.start, suspect.end))):
                        if (
                            not a <= start < b
                            and evidence.strangeness(
                                evidence.place(self.flow, start, end, body_end=self.body_end, copies=[])
                            )
                            > 0.4
                        ):
                            found.append(Cut(start, end, 1.0, "lặp lại từ khóa của đoạn quảng cáo"))
        return found

    def _line(self, place: int) -> tuple[int, int]:
        text = self.flow.text
        end = text.find("\n", place)
        return text.rfind("\n", 0, place) + 1, len(text) if end < 0 else end

    def _guilty(self, phrases: list[Phrase]) -> list[Cut]:
        cuts = []
        for phrase in phrases:
            odds = [evidence.score(found) for found in phrase.evidence]
            known = max(odds) >= 1.0
            lent = KNOWN + (len(phrase.key) > 11)
            for (a, b), found, own in zip(phrase.places, phrase.evidence, odds, strict=True):
                if own > 0 or (known and own > -lent and found["strange"] > -0.7):
                    cuts.append(
                        Cut(
                            a,
                            b,
                            max(own, 0.1),
                            evidence.reason(found),
                            own + (1 + 0.01 * (b - a) if len(odds) > 1 else -0.01 * (b - a)),
                        )
                    )
        return cuts

    def _satellites(self, cuts: list[Cut]) -> list[Cut]:
        """Find addresses, numbers, pictures and tags that hang on something cut."""
        if not cuts:
            return []
        text, found = self.flow.text, list(cuts)
        seen = self.flow.sights
        spans = sorted({*seen.contact, *seen.picture, *seen.hashtag, *seen.tag, *seen.link})[:300]
        for order in (spans, spans[::-1]):
            for a, b in order:
                near = (
                    c
                    for c in found
                    if (_hangs(text[c.end : a]) and c.end <= a) or (_hangs(text[b : c.start]) and b <= c.start)
                )
                if not any(c.start <= a and b <= c.end for c in found) and (main := next(near, None)):
                    found.append(Cut(a, b, main.score - 0.1, main.why))
        return found[len(cuts) :]


def _longest(phrases: list[Phrase]) -> list[Phrase]:
    """Drop the phrases that never stand without a longer one around them."""
    phrases.sort(key=lambda p: -len(p.key))
    kept: list[Phrase] = []
    for phrase in phrases:
        if len(phrase.places) < 2 or not any(len(p.places) >= len(phrase.places) and phrase.key in p.key for p in kept):
            kept.append(phrase)
    return kept


def _hangs(between: str) -> bool:
    return len(between) <= 3 and "\n" not in between and not any(map(str.isalnum, between))
