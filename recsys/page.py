"""A scraped page, text or HTML, read back into the article it was: ``parse_page`` and ``marked``."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from itertools import accumulate

from recsys.article import Injected, Page
from recsys.blas import one_thread
from recsys.errors import InputError
from recsys.page_restore import Gap, gaps
from recsys.page_signs import masked_words, unmask
from recsys.page_tagger import find_cuts
from recsys.page_text import Draft, read_text

LARGEST = 64_000_000
EXAMINED = 200_000  # characters of a page that are searched for injected strings; no article is longer
LONGEST = 10_000  # characters of a line that is searched
_MARKUP = re.compile(r"(?i)<!doctype\s+html|<html[\s>]|<body[\s>]|<head[\s>]")
_TAGS = re.compile(
    r"(?i)<(p|div|a|h[1-6]|li|ul|ol|span|br|article|section|table|td|title|meta|img)(?:\s[^<>]{0,2000})?/?>"
)


@dataclass(frozen=True, slots=True)
class Marked:
    """Title and body as pieces ``(text, kept)``: what was pushed in stands where it stood, ``kept`` false."""

    title: tuple[tuple[str, bool], ...]
    body: tuple[tuple[str, bool], ...]


@dataclass(slots=True)
class _Reading:
    """A page between reading and answering: its lines and, where they were examined, the gaps in them."""

    draft: Draft
    lines: list[str]
    text: str
    gaps: list[Gap]
    starts: list[int]

    def pieces(self, number: int) -> list[tuple[str, bool]]:
        """Return one line in pieces ``(text, kept)``."""
        line = self.lines[number]
        start = self.starts[number]
        if self.text[start : start + len(line)] != line:
            return [(line, True)]
        pieces, at, end = [], start, start + len(line)
        for gap in self.gaps[bisect_left(self.gaps, start, key=lambda g: g.start) :]:
            if gap.start >= end:
                break
            pieces += [(self.text[at : gap.start], True), (self.text[gap.start : gap.end], False), (gap.fill, True)]
            at = gap.end
        return [piece for piece in (*pieces, (self.text[at:end], True)) if piece[0]]


def parse_page(source: str | bytes) -> Page:
    """Read a scraped page, as text or HTML, and take out what was pushed into it.

    HTML is told by its tags. Bytes are read as UTF-8 (with or without a byte order mark), UTF-16 with one, or as the
    page itself declares. An empty page gives an empty ``Page``. Nothing is fetched.

    A text page has its title on a line of its own; where there is none, its first line of up to 500 characters is taken
    for one. Beyond 2,000 lines the lines are told apart by rules alone.

    Parameters
    ----------
    source
        The page: plain text whose lines are its blocks, or HTML.

    Returns
    -------
    Page
        The title and the paragraphs (joined by newlines) as they were before the page was tampered with; its own list
        of headlines; what was taken out, in reading order, and why; ``hijacked`` when something was.

    Raises
    ------
    InputError
        When ``source`` is neither text nor bytes, is larger than 64 MB, or its bytes cannot be decoded.
    """
    with one_thread:
        reading = _read(source)
    draft, size = reading.draft, len(reading.draft.paragraphs)
    rows = ["".join(text for text, kept in reading.pieces(n) if kept) for n in range(len(reading.lines))]
    related = tuple(
        h if h.title == title else replace(h, title=title)
        for h, title in zip(draft.related, rows[size + 1 :], strict=True)
        if title.strip()
    )
    injected = tuple(
        Injected(reading.text[g.start : g.end].strip(), _where(reading, g.start), g.cut.why) for g in reading.gaps
    )
    body = "\n".join(row for n, row in enumerate(rows[1 : size + 1]) if row.strip() and n not in draft.doubted)
    return Page(rows[0], body, related, injected, bool(injected), draft.published, draft.author)


def marked(source: str | bytes) -> Marked:
    """Return title and body in pieces, what was pushed in still in place, to be shown struck through."""
    with one_thread:
        reading = _read(source)
    body: list[tuple[str, bool]] = []
    for number in range(1, len(reading.draft.paragraphs) + 1):
        pieces = reading.pieces(number)
        if number - 1 in reading.draft.doubted and all(kept for _, kept in pieces):
            continue
        gone = all(not kept for text, kept in pieces if text.strip())
        body += [*pieces, ("\n", not gone)]
    return Marked(tuple(reading.pieces(0)), tuple(body[:-1]))


def _read(source: str | bytes) -> _Reading:
    text = _decode(source) if isinstance(source, bytes) else source
    if not isinstance(text, str):
        raise InputError(f"page: expected text or bytes, got {type(source).__name__}; pass the page's content")
    if len(text) > LARGEST:
        raise InputError(f"page: expected at most {LARGEST:,} characters, got {len(text):,}; pass one article's page")
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    if is_html(text):
        from recsys.page_html import read_html

        draft = read_html(text)
    else:
        draft = read_text(unmask(text))
    lines = [draft.title, *draft.paragraphs, *(h.title for h in draft.related)]
    shown, room = [], EXAMINED
    for line in lines:
        fits = len(line) <= LONGEST and len(line) <= room
        room -= len(line) if fits else 0
        shown.append(line if fits else "")
    size = len(draft.paragraphs)
    whole, cuts = find_cuts(shown[0], shown[1 : size + 1], shown[size + 1 :], masked=masked_words(text))
    body_end = sum(map(len, shown[: size + 1])) + size
    starts = list(accumulate((len(line) + 1 for line in shown[:-1]), initial=0))
    return _Reading(draft, lines, whole, gaps(whole, cuts, len(shown[0]), body_end), starts)


def is_html(text: str) -> bool:
    """Whether a page is HTML: it says so, or block tags are all over its beginning."""
    if "<" not in text:
        return False
    if _MARKUP.search(text, 0, 5000):
        return True
    return len(_TAGS.findall(text, 0, 50_000)) >= 3 and text.lstrip()[:1] == "<"


def _decode(source: bytes) -> str:
    if len(source) > LARGEST:
        raise InputError(f"page: expected at most {LARGEST:,} bytes, got {len(source):,}; pass one article's page")
    encoding = "utf-16" if source[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return source.decode(encoding)
    except UnicodeDecodeError as error:
        problem = error
    declared = re.search(
        rb"(?i)<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([a-z0-9_-]{2,30})", source[:4096]
    )
    if declared:
        try:
            return source.decode(declared[1].decode("ascii"))
        except (UnicodeDecodeError, LookupError):
            pass
    raise InputError(
        f"page: expected UTF-8 or the encoding that the page declares, "
        f"got byte 0x{source[problem.start]:02x} at {problem.start}; "
        "decode the page and pass text"
    )


def _where(reading: _Reading, place: int) -> str:
    number = bisect_right(reading.starts, place) - 1
    return "title" if number == 0 else "body" if number <= len(reading.draft.paragraphs) else "related"
