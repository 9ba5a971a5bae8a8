"""A scraped page, text or HTML, read back into the article it was: ``parse_page`` and ``marked``."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from recsys.article import Headline, Injected, Page
from recsys.errors import InputError
from recsys.page_injection import find_cuts
from recsys.page_restore import Gap, gaps
from recsys.page_signs import masked_words, unmask
from recsys.page_text import Draft, read_text

LARGEST = 64_000_000
_MARKUP = re.compile(r"(?i)<!doctype\s+html|<html[\s>]|<body[\s>]|<head[\s>]")
_TAGS = re.compile(r"(?i)<(p|div|a|h[1-6]|li|ul|ol|span|br|article|section|table|td|title|meta|img)(?:\s[^<>]{0,2000})?/?>")


@dataclass(frozen=True, slots=True)
class Marked:
    """The title and the body as pieces ``(text, kept)``: what was pushed in stands where it stood, with ``kept`` false."""

    title: tuple[tuple[str, bool], ...]
    body: tuple[tuple[str, bool], ...]


@dataclass(slots=True)
class _Reading:
    """A page between reading and answering: its text (title, paragraphs, headlines, a line each) and the gaps in it."""

    draft: Draft
    text: str
    gaps: list[Gap]
    title_end: int
    body_end: int


def parse_page(source: str | bytes) -> Page:
    """Read a scraped page, as text or HTML, and take out what was pushed into it.

    HTML is told by its tags. Bytes are read as UTF-8 (with or without a byte order mark), UTF-16 with one, or as the
    page itself declares. An empty page gives an empty ``Page``. Nothing is fetched.

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
    reading = _read(source)
    title, body, related = _restored(reading)
    injected = tuple(
        Injected(reading.text[gap.start : gap.end].strip(), _where(reading, gap.start), gap.cut.why) for gap in reading.gaps
    )
    return Page(title, body, related, injected, bool(injected), reading.draft.published, reading.draft.author)


def marked(source: str | bytes) -> Marked:
    """Return title and body in pieces, what was pushed in still in place, to be shown struck through."""
    reading = _read(source)
    pieces = _pieces(reading, 0, reading.title_end), _pieces(reading, min(reading.title_end + 1, reading.body_end), reading.body_end)
    return Marked(*pieces)


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
    whole, cuts = find_cuts(draft.title, draft.paragraphs, (h.title for h in draft.related), masked=masked_words(text))
    body_end = len(draft.title) + sum(len(p) + 1 for p in draft.paragraphs)
    return _Reading(draft, whole, gaps(whole, cuts, len(draft.title), body_end), len(draft.title), body_end)


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
    declared = re.search(rb"(?i)<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([a-z0-9_-]{2,30})", source[:4096])
    if declared:
        try:
            return source.decode(declared[1].decode("ascii"))
        except (UnicodeDecodeError, LookupError):
            pass
    raise InputError(
        f"page: expected UTF-8 or the encoding that the page declares, got byte 0x{source[problem.start]:02x} at {problem.start}; "
        "decode the page and pass text"
    )


def _restored(reading: _Reading) -> tuple[str, str, tuple[Headline, ...]]:
    lines = "".join(text for text, kept in _pieces(reading, 0, len(reading.text)) if kept)
    rows = lines.split("\n")
    size = len(reading.draft.paragraphs)
    body = "\n".join(row for row in rows[1 : size + 1] if row.strip())
    titles = rows[size + 1 :]
    related = tuple(replace(h, title=title) for h, title in zip(reading.draft.related, titles, strict=True) if title.strip())
    return rows[0], body, related


def _pieces(reading: _Reading, start: int, end: int) -> tuple[tuple[str, bool], ...]:
    pieces, at = [], start
    for gap in reading.gaps:
        if gap.end <= start or gap.start >= end:
            continue
        pieces.append((reading.text[at : gap.start], True))
        pieces.append((reading.text[gap.start : gap.end], False))
        pieces.append((gap.fill, True))
        at = gap.end
    pieces.append((reading.text[at:end], True))
    return tuple(piece for piece in pieces if piece[0])


def _where(reading: _Reading, place: int) -> str:
    return "title" if place <= reading.title_end and reading.title_end else "body" if place <= reading.body_end else "related"
