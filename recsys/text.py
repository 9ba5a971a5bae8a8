"""Text: Unicode and tone-mark normalisation, code units for the kernels, the stream of syllables.

Three forms of a text give keys to its syllables: ``exact`` (lower case only, as scikit-learn reads it), ``folded``
(lower case, NFC, one tone-mark placement, nothing that has no width) and ``bare`` (folded, without diacritics).
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from recsys.errors import InputError

Array = NDArray[Any]

FORMS = ("exact", "folded", "bare")
_POINTS = 0x40000  # the planes that hold letters
_SKIP, _PAIR, _LATE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFC  # as in ``kernels``
_FREE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u180e"  # characters without width, dropped
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_NEW_STYLE = {  # a toned last letter and the letter before it: the tone belongs on the latter
    first + unicodedata.normalize("NFC", second + tone): unicodedata.normalize("NFC", first + tone) + second
    for first, second in (("o", "a"), ("o", "e"), ("u", "y"))
    for tone in _TONES
}
_CASED = {
    new: old
    for n, o in _NEW_STYLE.items()
    for new, old in (
        (n, o),
        (n.upper(), o.upper()),
        (n.capitalize(), o.capitalize()),
        (n[0] + n[1].upper(), o[0] + o[1].upper()),
    )
}
_NEW_STYLE_END = re.compile(rf"(?<![qQ])(?:{'|'.join(_CASED)})(?!\w)")


def normalize(text: str) -> str:
    """Return ``text`` in NFC, with one tone-mark placement and without characters of no width; case is kept.

    The tone mark of an open oa, oe, uy stands on its first letter: "hoà" becomes "hòa", "thuý" becomes "thúy";
    "quý" (u belongs to the consonant) and "hoàn" stay. The tokens of ``text`` and ``normalize(text)`` have equal keys.

    >>> normalize("Hoà thuý quý")
    'Hòa thúy quý'
    """
    text = unicodedata.normalize("NFC", text.translate(dict.fromkeys(map(ord, _FREE))))
    return _NEW_STYLE_END.sub(lambda match: _CASED[match.group()], text)


def strip_diacritics(text: str) -> str:
    """Return ``text`` as it is written without marks: "Đường phố" becomes "Duong pho"."""
    decomposed = unicodedata.normalize("NFD", text)
    return decomposed.translate(_MARKS_AND_D)


class Tables(NamedTuple):
    """What a character becomes in one form (0: ends a syllable), the tone marks to move, what needs preparation.

    ``watch`` is ``fold`` where what needs preparation is marked.
    """

    fold: Array
    tones: Array
    slow: Array
    watch: Array


class _Marks(dict[int, int | None]):
    """A translation table that drops combining marks, found as they are met."""

    def __missing__(self, point: int) -> int | None:
        kept = None if unicodedata.category(chr(point)) == "Mn" else point
        self[point] = kept
        return kept


_MARKS_AND_D = _Marks({0x110: ord("D"), 0x111: ord("d")})


@functools.cache
def _exact() -> tuple[Array, list[tuple[int, int]]]:
    """Return the lower-case letter of every code point (0: not a letter), and the ranges of letters."""
    points = np.arange(_POINTS, dtype="<u4")
    everything = points.tobytes().decode("utf-32-le", "surrogatepass")
    lower = everything.replace("İ", "i").replace("Σ", "σ").lower()  # the two whose lower case is not one letter
    spans = [match.span() for match in re.finditer(r"\w+", lower)]
    fold = np.zeros(_POINTS, np.uint32)
    lowered = np.frombuffer(lower.encode("utf-32-le", "surrogatepass"), "<u4")
    for start, end in spans:
        fold[start:end] = lowered[start:end]
    fold[0xD800:0xE000] = _PAIR
    return fold, spans


@functools.cache
def tables(form: str) -> Tables:
    """Return the tables of a form, one of ``FORMS``; they are built once per process, in milliseconds."""
    if form not in FORMS:
        raise InputError(f"form must be one of {', '.join(FORMS)}, got {form!r}")
    fold, _ = _exact()
    fold = fold.copy()
    tones = np.zeros((0, 4), np.uint32)
    if form == "exact":
        slow_units = np.array([ord("İ"), ord("Σ")])
    else:
        marks, slow_units = _marks_and_unstable()
        fold[ord("ς")] = ord("σ")
        fold[marks] = _SKIP
        fold[[ord(c) for c in _FREE]] = _SKIP
    if form == "folded":
        rows = [(ord(new[1]), ord(old[1]), ord(new[0]), ord(old[0])) for new, old in _NEW_STYLE.items()]
        tones = np.array(rows, np.uint32)
    elif form == "bare":
        fold = _without_diacritics(fold)
    slow = np.zeros(0x10000, np.uint8)
    slow[slow_units] = 1
    watch = fold.copy()
    watch[slow_units] = _LATE
    return Tables(*map(_frozen, (fold, tones, slow, watch)))


def _frozen(array: Array) -> Array:
    """Return ``array`` read-only: kernels are compiled once, for arrays that nobody writes to."""
    array.flags.writeable = False
    return array


def _marks_and_unstable() -> tuple[Array, Array]:
    """Return the combining marks, and the UTF-16 units that may change or join another one under NFC."""
    marks, unstable = [], [*range(0x1161, 0x1176), *range(0x11A8, 0x11C3)]  # parts of Hangul syllables
    unstable += set(range(0xD800, 0xDC00)) - {0xD835, 0xD83C, 0xD83D, 0xD83E}  # lead units but of emoji and maths
    for point in (*range(0x300, 0x3400), *range(0xA600, 0xAC00), *range(0xF900, 0x10000)):
        character = chr(point)
        decomposed = unicodedata.normalize("NFD", character)
        unstable += map(ord, decomposed[1:])
        if unicodedata.combining(character) or unicodedata.normalize("NFC", decomposed) != character:
            unstable.append(point)
        if unicodedata.category(character) == "Mn":
            marks.append(point)
    return np.array(marks), np.array(unstable)


def _without_diacritics(fold: Array) -> Array:
    """Return ``fold`` with every letter that is a letter and marks mapped to the letter."""
    bare = fold.copy()
    for point in np.flatnonzero(fold[:0x2200]):
        if fold[point] >= _POINTS:
            continue
        letter = chr(fold[point])
        bare[point] = ord("d") if letter == "đ" else ord(unicodedata.normalize("NFD", letter)[0])
    return bare


def units(texts: Sequence[str], form: str) -> tuple[Array, Array]:
    """Return (UTF-16 code units of all texts, bounds of each), prepared for the kernels that read ``form``.

    Only texts with a character that needs it are lower-cased or composed by Python (İ and Σ, combining marks).
    """
    from recsys.kernels import flagged

    read, bounds = encoded(texts)
    slow = flagged(read, bounds, tables(form).slow)
    if not slow.any():
        return read, bounds
    return encoded([prepared(text, form) if late else text for text, late in zip(texts, slow, strict=True)])


def prepared(text: str, form: str) -> str:
    """Return ``text`` as Python must prepare it where a kernel cannot: in lower case for "exact", else in NFC."""
    return text.lower() if form == "exact" else unicodedata.normalize("NFC", text)


def encoded(texts: Sequence[str]) -> tuple[Array, Array]:
    """Return (UTF-16 code units of all texts, bounds of each)."""
    if len(texts) == 1:
        read = np.frombuffer(texts[0].encode("utf-16-le", "surrogatepass"), "<u2")
        return read, np.array((0, len(read)), np.int64)
    parts = [text.encode("utf-16-le", "surrogatepass") for text in texts]
    bounds = np.zeros(len(parts) + 1, np.int64)
    np.cumsum([len(part) for part in parts], out=bounds[1:])
    bounds //= 2
    return np.frombuffer(b"".join(parts), "<u2"), bounds


@dataclass(frozen=True, slots=True)
class Tokens:
    """The syllables of a text.

    ``keys`` are of the folded syllables, ``bare_keys`` of the same without diacritics; syllable ``i`` is
    ``text[starts[i]:ends[i]]``, where ``text`` is what was given, in NFC. ``flags`` are ``INITIAL_CAPITAL``,
    ``ALL_CAPITALS``, ``HAS_DIGIT``, ``SENTENCE_START`` of ``kernels``, added.
    """

    text: str
    keys: Array
    bare_keys: Array
    starts: Array
    ends: Array
    flags: Array

    def __len__(self) -> int:
        return len(self.keys)

    def words(self) -> list[str]:
        """Return the syllables as they are written."""
        return [self.text[start:end] for start, end in zip(self.starts.tolist(), self.ends.tolist(), strict=True)]


def tokens(text: str) -> Tokens:
    """Return the syllables of ``text``: keys, places and what their letters tell, in one pass.

    >>> tokens("Giá vàng SJC tăng 2%").words()
    ['Giá', 'vàng', 'SJC', 'tăng', '2']
    """
    from recsys.kernels_tokens import read_tokens

    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    read, _ = encoded([text])
    fold, tones, *_ = tables("folded")
    return Tokens(text, *read_tokens(read, fold, tables("bare").fold, tones, _kinds()))


@functools.cache
def _kinds() -> Array:
    """Return what each code point is: the kinds of ``kernels``, added."""
    from recsys import kernels

    kinds = np.zeros(_POINTS, np.uint8)
    for start, end in _exact()[1]:
        for point in range(start, min(end, 0x2C00)):
            c = chr(point)
            kinds[point] = (c.isupper() or c.istitle()) * kernels.UPPER + c.islower() * kernels.LOWER
            kinds[point] += c.isdigit() * kernels.DIGIT
    for characters, kind in (
        (".!?…", kernels.ENDER),
        (" \t\u00a0\u3000", kernels.SPACE),
        ("\n\r\u2028\u2029", kernels.NEWLINE),
        (":", kernels.COLON),
        ("\"'“”‘’«»()[]", kernels.QUOTE),
    ):
        kinds[[ord(c) for c in characters]] = kind
    return _frozen(kinds)
