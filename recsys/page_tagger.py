"""Cut what was pushed into a page by the word of the span tagger: its spans, made whole, and their like elsewhere."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from recsys import page_signs as signs
from recsys import span_tagger
from recsys.page_why import Cut, reason
from recsys.span_columns import COPIED, FREQUENCY, IN_LINK, MARK
from recsys.span_kernels import FIRST
from recsys.span_network_kernels import spans as best_spans
from recsys.span_text import known

PRICE = 5.0  # log odds that every span pays
LEAST = 9.0  # what a page's best span must reach for the page to be touched at all
LENT = 4.0  # how unlikely, in log odds, another place of a string that was pushed in may be
EDGE = 3.0  # and more at either end of the title
PARTLY = 0.3  # and one of which more was cut, where the rest is in doubt as well
SURELY = 4.5  # log odds below which what is left of a sentence is honest
MOSTLY = 0.6  # a sentence of which more was cut goes whole
_SENTENCE = re.compile(r"[^\n.!?…]*(?:[.!?…]+(?!\s|$)[^\n.!?…]*)*[.!?…]*[\"”)]*", re.M)
_LINE = re.compile(r"[^\n]+")
_RUN = re.compile(r"[^\W_]{1,12}")
_HEAD = re.compile(r"[^\W_]+\Z")


@dataclass(slots=True)
class Span:
    """A stretch of the text and the log odds that it was pushed in."""

    start: int
    end: int
    score: float


@dataclass(slots=True)
class Read:
    """A page as the network read it."""

    text: str
    starts: npt.NDArray[np.int32]
    ends: npt.NDArray[np.int32]
    x: npt.NDArray[np.float32]
    totals: npt.NDArray[np.float64]  # of the log odds of being inside, before each token and at the end

    def odds(self, start: int, end: int) -> float:
        """Return the mean log odds of being inside over the tokens of a stretch."""
        first, last = int(self.ends.searchsorted(start, side="right")), int(self.starts.searchsorted(end))
        return float(self.totals[last] - self.totals[first]) / (last - first) if last > first else span_tagger.NEVER


def find_cuts(
    title: str, paragraphs: Iterable[str], related: Iterable[str], *, masked: frozenset[str] = frozenset()
) -> tuple[str, list[Cut]]:
    """Return the text (title, paragraphs and listed headlines, a line each) and what is to be cut from it."""
    body = "\n".join((title, *paragraphs))
    text = "\n".join((body, *related))
    spans = tagged(text, len(title), len(body), masked)
    squashed = signs.squash(text).text if spans else ""
    return text, [
        Cut(s.start, s.end, s.score, reason(text, s.start, s.end, title_end=len(title), squashed=squashed))
        for s in spans
    ]


def tagged(text: str, title_end: int, body_end: int, masked: frozenset[str] = frozenset()) -> list[Span]:
    """Return the stretches that were pushed in."""
    tokens = known().tokens(text)
    starts, ends, ids = tokens
    if not starts.size:
        return []
    x, *groups = span_tagger.described(known(), text, tokens, hidden(text, masked, starts, ends), body_end)
    z = span_tagger.tagger().logits(ids, x, tuple(groups))
    found, scores = best_spans(z, ids, PRICE)
    if not scores.size or scores.max() < LEAST:
        return []
    read = Read(text, starts, ends, x, np.concatenate(([0.0], z[:, 0].cumsum(dtype=np.float64))))
    spans = [
        Span(int(starts[a]), int(ends[b - 1]), float(s))
        for (a, b), s in zip(found.tolist(), scores.tolist(), strict=True)
    ]
    spans = alike([whole(s, text, links_beside(s, text)) for s in spans], text)
    if all(by_right(s, text) for s in spans):
        return []
    wanted = keys(read, found, [text[s.start : s.end] for s in spans if s.start >= title_end], title_end)
    spans += echoes(read, spans, wanted, title_end=title_end)
    return [trimmed(balanced(s, text), text) for s in sentences(spans, read, title_end)]


def keys(read: Read, found: npt.NDArray[np.int32], cut: list[str], title_end: int) -> list[str]:
    """Return the strings that were pushed in, and their words between marks and copies of the title, longest first."""
    text, starts, ends, x = read.text, read.starts, read.ends, read.x
    title = signs.squash(text[:title_end]).text
    texts = {signs.squash(string).text for string in cut[:100]}
    for a, b in found[:100].tolist():
        run = a
        for t in range(a, b + 1):
            if t == b or x[t, MARK] or x[t, COPIED] or x[t, IN_LINK]:
                if t > run and (t - run > 1 or x[run, FREQUENCY] < 0.5):
                    texts.add(signs.squash(text[starts[run] : ends[t - 1]]).text)
                run = t + 1
    return sorted(
        (k for k in texts if 5 <= len(k) <= 80 and (k not in title or len(k) < 0.6 * len(title))), key=len, reverse=True
    )[:60]


def links_beside(span: Span, text: str) -> list[tuple[int, int]]:
    """Return where the addresses on the lines of a span begin and end."""
    start, end = text.rfind("\n", 0, span.start) + 1, text.find("\n", span.end)
    end = len(text) if end < 0 else end
    if text.find(".", start, end) < 0:
        return []
    return [m.span() for m in signs.LINK.finditer(text, start, end)]


def whole(span: Span, text: str, links: list[tuple[int, int]]) -> Span:
    """Widen a span over the address that it is part of, and over letters beside it that are no word of their own."""
    for a, b in links:
        if a < span.end and span.start < b:
            span.start, span.end = min(a, span.start), max(b, span.end)
    return settled(span, text)


def settled(span: Span, text: str) -> Span:
    """Move ends that lie among letters by up to three, to where words are whole beside it, or joined without it."""
    head, tail = _HEAD.search(text, max(0, span.start - 12), span.start), _RUN.match(text, span.end)
    if not (head and text[span.start].isalnum()) and not (tail and text[span.end - 1].isalnum()):
        return span
    best, found = 99, (span.start, span.end)
    first = head.start() if head and text[span.start].isalnum() else span.start
    last = tail.end() if tail and text[span.end - 1].isalnum() else span.end
    reach = range(-3, 4)
    for left in reach if first < span.start else (0,):
        for right in reach if last > span.end else (0,):
            a, b = span.start + left, span.end + right
            if not (first <= a < b <= last) or abs(left) + abs(right) >= best:
                continue
            before, after = text[first:a], text[b:last]
            if _is_word(before + after) or ((not before or _is_word(before)) and (not after or _is_word(after))):
                best, found = abs(left) + abs(right), (a, b)
    if best == 99:  # nothing fits: what is glued on belongs to it unless it begins or ends with a word
        found = (span.start, last if tail and tail.group().isascii() and last > span.end else span.end)
    span.start, span.end = found
    return span


def _is_word(text: str) -> bool:
    """Whether letters are one known word, and no rare one."""
    ids = known().tokens(text)[2]
    return ids.size == 1 and bool(ids[0] >= FIRST) and bool(known().words.logs[ids[0]] > 4.5)


def echoes(read: Read, sure: list[Span], wanted: list[str], *, title_end: int) -> list[Span]:
    """Find where else the strings that were pushed in stand: where one was pushed in, less is enough for the others."""
    text, letters = read.text, signs.squash(read.text)
    more: list[Span] = []
    taken = [(s.start, s.end) for s in sure]
    for key in wanted:
        places, at = [], letters.text.find(key)
        while at >= 0:
            a, b = int(letters.places[at]), int(letters.places[at + len(key) - 1]) + 1
            if "\n" not in text[a:b]:
                places.append((a, b))
            at = letters.text.find(key, at + len(key))
        left, right = shared(text, places) if len(places) > 2 else (0, 0)
        for a, b in places:
            a, b = a - left, b + right
            near = [(x, y) for x, y in taken if x < b and a < y]
            if any(x <= a and b <= y for x, y in near):
                continue
            lent = LENT + EDGE * (b == title_end or (a == 0 and b < title_end))
            if near or (own := read.odds(a, b)) > -lent:
                more.append(Span(a, b, 0.5 if near else own))
                taken.append((a, b))
    return more


def shared(text: str, places: list[tuple[int, int]]) -> tuple[int, int]:
    """Return how many letters before and after several places are the same at all of them, without a space between."""
    left = right = 0
    while (
        len({text[a - left - 1 : a - left] for a, _ in places}) == 1
        and text[places[0][0] - left - 1 : places[0][0] - left].isalnum()
    ):
        left += 1
    while (
        len({text[b + right : b + right + 1] for _, b in places}) == 1
        and text[places[0][1] + right : places[0][1] + right + 1].isalnum()
    ):
        right += 1
    return left, right


def sentences(spans: list[Span], read: Read, title_end: int) -> list[Span]:
    """Widen the spans that are most of a sentence, or of a line, to all of it, where the rest looks no better."""
    text = read.text
    for pattern in (_SENTENCE, _LINE):
        spans.sort(key=lambda s: (s.start, -s.end))
        rows = [s.start for s in spans]
        more: list[Span] = []
        seen = title_end
        for span in spans:
            if span.start < seen:
                continue
            for m in pattern.finditer(text, text.rfind("\n", 0, span.start) + 1):
                a, b = m.span()
                if a > span.end or a == len(text) or (a == b and text[a : a + 1] == "\n"):
                    break
                a += len(m.group()) - len(m.group().lstrip())
                if b <= span.start or a >= b:
                    continue
                seen = b
                inside = [
                    s
                    for s in spans[max(0, bisect_right(rows, a) - 3) : bisect_right(rows, b)]
                    if s.end > a and s.start < b
                ]
                if hopeless(read, a, b, inside):
                    more.append(Span(a, b, max(s.score for s in inside)))
        spans = spans + more
    return spans


def hopeless(read: Read, start: int, end: int, inside: list[Span]) -> bool:
    """Whether what a sentence keeps is little, or itself in doubt."""
    covered, at, rest = 0, start, []
    for s in inside:
        if s.start > at:
            rest.append(read.odds(at, s.start))
        covered += max(0, min(s.end, end) - max(s.start, at))
        at = max(at, s.end)
    if at < end and any(map(str.isalnum, read.text[at:end])):
        rest.append(read.odds(at, end))
    share = covered / (end - start)
    return share < 1 and bool(rest) and max(rest) > (-SURELY if share > MOSTLY else -3.0 if share > PARTLY else 99.0)


_LABELLED = re.compile(
    r"(?i)[\W_]*(?:hotline|website|web|điện thoại|đt|sđt|tổng đài|fanpage|facebook|zalo|email|địa chỉ|liên hệ|tham khảo"
    r"|xem|chi tiết|đăng ký|link|nguồn|trụ sở|cửa hàng)\b"
)


def by_right(span: Span, text: str) -> bool:
    """Whether a span is a line of addresses and numbers such as a publisher's own notices end with."""
    string = text[span.start : span.end]
    if span.end < len(text) and text[span.end] != "\n" and text[span.end :].split("\n", 1)[0].strip(" .;)!"):
        return False
    addressed = bool(signs.LINK.search(string) or signs.CONTACT.search(string) or _SHORT_NUMBER.search(string))
    return addressed and bool(_LABELLED.match(string)) and len(string) < 160 and not signs.lexicon(string)


_SHORT_NUMBER = re.compile(r"\d(?:[ .-]?\d){6,10}")


def alike(spans: list[Span], text: str) -> list[Span]:
    """Cut spans back to the string that was pushed in twice elsewhere, where they hold little more than it."""
    forms = Counter(signs.squash(text[s.start : s.end]).text for s in spans)
    firm = sorted((form for form, count in forms.items() if count > 1 and len(form) > 3), key=len, reverse=True)[:20]
    for span in spans if firm else ():
        letters = signs.squash(text[span.start : span.end])
        if letters.text in firm:
            continue
        for form in firm:
            at = letters.text.find(form)
            if at >= 0 and len(letters.text) - len(form) <= 8:
                span.end = span.start + int(letters.places[at + len(form) - 1]) + 1
                span.start += int(letters.places[at])
                break
    return spans


def balanced(span: Span, text: str) -> Span:
    """Take the other bracket of a pair along, or leave the one that has none."""
    inside = text[span.start : span.end]
    closing = signs.BRACKETS.get(inside[:1])
    if closing and closing != inside[:1] and closing not in inside:
        after = text[span.end : span.end + 2].lstrip()
        if after.startswith(closing):
            span.end = text.index(closing, span.end) + 1
        else:
            span.start += 1
    opening = _OPENING.get(inside[-1:])
    if opening and opening not in inside:
        before = text[max(0, span.start - 2) : span.start].rstrip()
        if before.endswith(opening):
            span.start = text.rindex(opening, 0, span.start)
        elif span.end - span.start > 1:
            span.end -= 1
    return span


_OPENING = {b: a for a, b in signs.BRACKETS.items() if a != b}
_JOINS = re.compile(r"\s*(?:[,.;!?]|và\b|hoặc\b|hay\b|cùng\b)")


def trimmed(span: Span, text: str) -> Span:
    """Give a sentence back the stop that ends it where only its last words go, the comma where it goes on."""
    if text[span.start] == "," and text[span.end - 1] != "," and not _JOINS.match(text, span.end):
        span.start += 1
    if text[span.end - 1] in ".!?…" and span.end - span.start > 1:
        before = text[: span.start].rstrip(" ([{“\"'【|–-")[-1:]
        after = text[span.end : span.end + 1]
        if before and before not in ".!?…\n:" and not after.isalnum():
            span.end -= 1
    return span


def hidden(
    text: str, masked: frozenset[str], starts: npt.NDArray[np.int32], ends: npt.NDArray[np.int32]
) -> npt.NDArray[np.bool_]:
    """Return which tokens lie in words that had invisible characters or letters of other scripts in them."""
    found = np.zeros(starts.size, np.bool_)
    for word in sorted(masked)[:50]:
        at = text.find(word)
        while at >= 0:
            found |= (starts < at + len(word)) & (ends > at)
            at = text.find(word, at + len(word))
    return found
