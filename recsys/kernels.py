"""The numba kernels that read text: UTF-16 code units -> syllables -> 64-bit keys of terms -> counts and rows.

Texts arrive as one array of UTF-16 code units, document ``d`` at ``units[bounds[d]:bounds[d + 1]]``. A table ``fold``
(code point -> code point) says what a character becomes: 0 ends a syllable, ``SKIP`` leaves no trace. A syllable's key
is a hash of its folded code points, a longer term's key a hash of the keys of its syllables; 0 is never a key.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from recsys.jit import inlined, kernel

Array = NDArray[Any]

SKIP = np.uint32(0xFFFFFFFF)
PAIR = np.uint32(0xFFFFFFFE)  # what half of a surrogate pair becomes
LATE = np.uint32(0xFFFFFFFC)  # what a character becomes that Python must prepare
LONE = np.uint32(0xFFFFFFFD)  # the code point of half a pair
LIMIT = np.uint32(0x40000)  # code points from here on are never letters
O, U, Q = ord("o"), ord("u"), ord("q")  # noqa: E741
INITIAL_CAPITAL, ALL_CAPITALS, HAS_DIGIT, SENTENCE_START = 1, 2, 4, 8
UPPER, LOWER, DIGIT, ENDER, SPACE, NEWLINE, COLON, QUOTE = 1, 2, 4, 8, 16, 32, 64, 128  # kinds of characters

OFFSET = np.uint64(14695981039346656037)
_PRIME = np.uint64(1099511628211)
_CHAIN = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xD6E8FEB86659FD93)
_HALF = np.uint64(32)
_ONE = np.uint64(1)


@inlined
def mixed(h: np.uint64) -> np.uint64:
    """Return a key from a hash: every bit depends on every bit, and it is not 0."""
    h ^= h >> _HALF
    h *= _MIX
    h ^= h >> _HALF
    return h if h != 0 else _ONE


@inlined
def step(h: np.uint64, c: np.uint32) -> np.uint64:
    """Return the hash (FNV-1a, a code point at a time) after one more code point."""
    return (h ^ np.uint64(c)) * _PRIME


@inlined
def chained(left: np.uint64, right: np.uint64) -> np.uint64:
    """Return the key of the term that ``left`` and the syllable ``right`` make together."""
    return mixed(left * _CHAIN + right)


@inlined
def pair(units: Array, i: int, end: int) -> np.uint32:
    """Return the code point that units ``i`` and ``i + 1`` make, or ``LONE``."""
    if i + 1 < end:
        high, low = np.uint32(units[i]), np.uint32(units[i + 1])
        if high < 0xDC00 and (low & np.uint32(0xFC00)) == 0xDC00:
            return np.uint32(0x10000) + ((high - np.uint32(0xD800)) << np.uint32(10)) + (low - np.uint32(0xDC00))
    return LONE


@inlined
def placed(h: np.uint64, before: np.uint64, last: np.uint32, second: np.uint32, third: np.uint32, tones: Array) -> Any:  # noqa: ANN401
    """Return the hash of a syllable with its tone mark placed the old way (hoà -> hòa, thuý -> thúy, quý stays).

    ``last``, ``second``, ``third`` are its letters from the end, ``before`` its hash without two of them; ``tones``
    has rows (toned last letter, plain, letter before it, that letter toned).
    """
    for t in range(len(tones)):
        if tones[t, 0] == last and tones[t, 2] == second and third != Q:
            return step(step(before, tones[t, 3]), tones[t, 1])
    return h


@kernel
def flagged(units: Array, bounds: Array, slow: Array) -> Array:
    """Return, for each document, whether it holds a unit that ``slow`` marks.

    Such units are U+0130 or lie in ranges that Vietnamese hardly uses, which is seen many units at a time.
    """
    found = np.zeros(len(bounds) - 1, np.bool_)
    for d in range(len(bounds) - 1):
        rare = False
        for u in units[bounds[d] : bounds[d + 1]]:
            rare |= (u == 0x130) | ((u >= 0x300) & (u < 0x1E00)) | ((u >= 0x1F00) & (u < 0x2002)) | (u >= 0x2126)
        if rare:
            for u in units[bounds[d] : bounds[d + 1]]:
                found[d] |= slow[u]
    return found


@inlined
def read_syllables(units: Array, start: int, end: int, fold: Array, tones: Array, out: Array) -> tuple[int, int, int]:
    """Write the keys of the syllables of ``units[start:end]`` to ``out``.

    Return (their number, or -1 if one is late; words, that is gaps between them and one; letters with diacritics).
    """
    n = 0
    words: Any = 1
    marks: Any = 0
    apart = False
    i = start
    h = before = before_that = OFFSET
    last = second = third = np.uint32(0)
    while i <= end:
        u = units[i] if i < end else np.uint16(0)
        f = fold[u]
        marks += (u >= 0xC0) & (u < 0x1F00)
        gap = (u == 32) | ((u >= 9) & (u <= 13)) | (u == 0xA0)
        words += gap & ~apart
        apart = gap
        i += 1
        if f >= LIMIT:
            if f == SKIP:
                continue
            if f == LATE:
                return -1, words, marks
            c = pair(units, i - 1, end)
            f = fold[c] if c < LIMIT else np.uint32(0)
            i += c != LONE
        if f != 0:
            before_that, before = before, h
            third, second, last = second, last, f
            h = step(h, f)
            continue
        if last == 0:
            continue
        if last >= 0xE0 and second in (O, U):
            h = placed(h, before_that, last, second, third, tones)
        out[n] = mixed(h)
        n += 1
        h = OFFSET
        last = second = third = np.uint32(0)
    return n, words, marks


@inlined
def distinct(syllables: Array, n: int, low: int, high: int, slots: Array, keys: Array, counts: Array) -> int:
    """Count the terms of ``low`` to ``high`` syllables; write each once, in order of appearance; return their number.

    ``slots`` is room for a hash table, at least twice as many places as there are terms.
    """
    size = 16
    while size < 2 * n * (high - low + 1):
        size *= 2
    mask = np.uint64(size - 1)
    slots[:size] = 0
    m = 0
    for i in range(n):
        key = syllables[i]
        for length in range(1, high + 1):
            if length > 1:
                if i + length > n:
                    break
                key = chained(key, syllables[i + length - 1])
            if length < low:
                continue
            j = key & mask
            while slots[j] != 0 and keys[slots[j] - 1] != key:
                j = (j + _ONE) & mask
            if slots[j] == 0:
                keys[m] = key
                counts[m] = 1
                m += 1
                slots[j] = m
            else:
                counts[slots[j] - 1] += 1
    return m


@inlined
def _longest(bounds: Array) -> int:
    longest = 0
    for d in range(len(bounds) - 1):
        longest = max(longest, bounds[d + 1] - bounds[d])
    return longest


@inlined
def room(bounds: Array, low: int, high: int) -> tuple[Array, Array, Array, Array]:
    """Return room for the syllables, hash table, keys and counts of the longest document."""
    syllables = _longest(bounds) // 2 + 1
    terms = syllables * (high - low + 1)
    size = 16
    while size < 2 * terms:
        size *= 2
    return (
        np.empty(syllables, np.uint64),
        np.empty(size, np.int32),
        np.empty(terms, np.uint64),
        np.empty(terms, np.int32),
    )


@kernel
def count_terms(
    units: Array, bounds: Array, fold: Array, tones: Array, low: int, high: int
) -> tuple[Array, Array, Array]:
    """Return (indptr, keys, counts): the distinct terms of each document, in order of appearance."""
    syllables, slots, keys, counts = room(bounds, low, high)
    capacity = ((bounds[-1] - bounds[0]) // 2 + len(bounds)) * (high - low + 1)
    all_keys = np.empty(capacity, np.uint64)
    all_counts = np.empty(capacity, np.int32)
    indptr = np.zeros(len(bounds), np.int64)
    n = 0
    for d in range(len(bounds) - 1):
        s, _, _ = read_syllables(units, bounds[d], bounds[d + 1], fold, tones, syllables)
        m = distinct(syllables, s, low, high, slots, keys, counts)
        all_keys[n : n + m] = keys[:m]
        all_counts[n : n + m] = counts[:m]
        n += m
        indptr[d + 1] = n
    return indptr, all_keys[:n].copy(), all_counts[:n].copy()
