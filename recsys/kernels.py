"""The numba kernels that read text: UTF-16 code units -> syllables -> 64-bit keys of terms -> counts and rows.

Texts arrive as one array of UTF-16 code units, document ``d`` at ``units[bounds[d]:bounds[d + 1]]``. A table ``fold``
(code point -> code point) says what a character becomes: 0 ends a syllable, ``SKIP`` leaves no trace. A syllable's key
is a hash of its folded code points, a longer term's key a hash of the keys of its syllables; 0 is never a key.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .jit import inlined, kernel

Array = NDArray[Any]

SKIP = np.uint32(0xFFFFFFFF)
LIMIT = np.uint32(0x40000)  # code points from here on are never letters
INITIAL_CAPITAL, ALL_CAPITALS, HAS_DIGIT, SENTENCE_START = 1, 2, 4, 8
UPPER, LOWER, DIGIT, ENDER, SPACE, NEWLINE, COLON, QUOTE = 1, 2, 4, 8, 16, 32, 64, 128  # kinds of characters

_OFFSET = np.uint64(14695981039346656037)
_PRIME = np.uint64(1099511628211)
_CHAIN = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xD6E8FEB86659FD93)
_HALF = np.uint64(32)
_ONE = np.uint64(1)


@inlined
def _mixed(h: np.uint64) -> np.uint64:
    h ^= h >> _HALF
    h *= _MIX
    h ^= h >> _HALF
    return h if h != 0 else _ONE


@inlined
def _step(h: np.uint64, c: np.uint32) -> np.uint64:
    return (h ^ np.uint64(c)) * _PRIME


@inlined
def chained(left: np.uint64, right: np.uint64) -> np.uint64:
    """Return the key of the term that ``left`` and the syllable ``right`` make together."""
    return _mixed(left * _CHAIN + right)


@inlined
def _code_point(units: Array, i: int, end: int) -> np.uint32:
    c = np.uint32(units[i])
    if (c & np.uint32(0xFC00)) == 0xD800 and i + 1 < end:
        low = np.uint32(units[i + 1])
        if (low & np.uint32(0xFC00)) == 0xDC00:
            return np.uint32(0x10000) + ((c - np.uint32(0xD800)) << np.uint32(10)) + (low - np.uint32(0xDC00))
    return c


@inlined
def _folded(fold: Array, c: np.uint32) -> np.uint32:
    return fold[c] if c < LIMIT else np.uint32(0)


@inlined
def _placed(h: np.uint64, before: np.uint64, last: Array, tones: Array) -> np.uint64:
    """Return the hash of a syllable with its tone mark placed the old way (hoà -> hòa, thuý -> thúy, quý stays).

    ``before`` is the hash without the last two letters, ``last`` the last three; ``tones`` has rows
    (toned last letter, plain, letter before it, that letter toned).
    """
    for t in range(len(tones)):
        if tones[t, 0] == last[0]:
            if tones[t, 2] == last[1] and last[2] != ord("q"):
                return _step(_step(before, tones[t, 3]), tones[t, 1])
            return h
    return h


@kernel
def flagged(units: Array, bounds: Array, slow: Array) -> Array:
    """Return, for each document, whether it holds a character that ``slow`` marks (code point -> bool, BMP)."""
    found = np.zeros(len(bounds) - 1, np.bool_)
    for d in range(len(bounds) - 1):
        hit = np.uint8(0)
        for i in range(bounds[d], bounds[d + 1]):
            hit |= slow[units[i]]
        found[d] = hit != 0
    return found


@inlined
def _syllables(units: Array, start: int, end: int, fold: Array, tones: Array, out: Array) -> int:
    """Write the keys of the syllables of ``units[start:end]`` to ``out``; return their number."""
    n = 0
    i = start
    last = np.zeros(3, np.uint32)
    while i < end:
        h = before1 = before2 = _OFFSET
        last[:] = 0
        while i < end:
            c = _code_point(units, i, end)
            i += 1 if c < 0x10000 else 2
            f = _folded(fold, c)
            if f == SKIP:
                continue
            if f == 0:
                break
            before2 = before1
            before1 = h
            last[2] = last[1]
            last[1] = last[0]
            last[0] = f
            h = _step(h, f)
        if last[0] == 0:
            continue
        if last[0] >= 0xE0 and len(tones) > 0:
            h = _placed(h, before2, last, tones)
        out[n] = _mixed(h)
        n += 1
    return n


@inlined
def _distinct(syllables: Array, n: int, low: int, high: int, slots: Array, keys: Array, counts: Array) -> int:
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
def _room(bounds: Array, low: int, high: int) -> tuple[Array, Array, Array, Array]:
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
    syllables, slots, keys, counts = _room(bounds, low, high)
    capacity = ((bounds[-1] - bounds[0]) // 2 + len(bounds)) * (high - low + 1)
    all_keys = np.empty(capacity, np.uint64)
    all_counts = np.empty(capacity, np.int32)
    indptr = np.zeros(len(bounds), np.int64)
    n = 0
    for d in range(len(bounds) - 1):
        s = _syllables(units, bounds[d], bounds[d + 1], fold, tones, syllables)
        m = _distinct(syllables, s, low, high, slots, keys, counts)
        all_keys[n : n + m] = keys[:m]
        all_counts[n : n + m] = counts[:m]
        n += m
        indptr[d + 1] = n
    return indptr, all_keys[:n].copy(), all_counts[:n].copy()


@kernel
def bucket_starts(keys: Array, bits: int) -> Array:
    """Return where each bucket (the top ``bits`` of a key) starts in the sorted ``keys``, and their number last."""
    starts = np.empty((1 << bits) + 1, np.int32)
    shift = np.uint64(64 - bits)
    bucket = 0
    for i in range(len(keys)):
        b = np.int64(keys[i] >> shift)
        while bucket <= b:
            starts[bucket] = i
            bucket += 1
    starts[bucket:] = len(keys)
    return starts


@inlined
def find(key: np.uint64, keys: Array, starts: Array, shift: np.uint64) -> int:
    """Return the place of ``key`` in the sorted ``keys``, or -1."""
    bucket = np.int64(key >> shift)
    for i in range(starts[bucket], starts[bucket + 1]):
        if keys[i] == key:
            return i
    return -1


@kernel
def tfidf_rows(
    units: Array,
    bounds: Array,
    fold: Array,
    tones: Array,
    low: int,
    high: int,
    table: Array,
    starts: Array,
    idf: Array,
    sublinear: bool,
) -> tuple[Array, Array, Array]:
    """Return (indptr, places in ``table``, weights): L2-normalised rows over the terms of the sorted ``table``."""
    syllables, slots, keys, counts = _room(bounds, low, high)
    shift = np.uint64(65 - np.int64(np.log2(len(starts) * 2.0 - 2.0)))
    capacity = ((bounds[-1] - bounds[0]) // 2 + len(bounds)) * (high - low + 1)
    indices = np.empty(capacity, np.int32)
    weights = np.empty(capacity, np.float32)
    indptr = np.zeros(len(bounds), np.int64)
    n = 0
    for d in range(len(bounds) - 1):
        first = n
        s = _syllables(units, bounds[d], bounds[d + 1], fold, tones, syllables)
        squares = np.float32(0.0)
        for k in range(_distinct(syllables, s, low, high, slots, keys, counts)):
            i = find(keys[k], table, starts, shift)
            if i < 0:
                continue
            tf = np.float32(counts[k])
            if sublinear and counts[k] > 1:
                tf = np.log(tf) + np.float32(1.0)
            x = tf * idf[i]
            squares += x * x
            indices[n] = i
            weights[n] = x
            n += 1
        if squares > 0:
            weights[first:n] /= np.sqrt(squares)
        indptr[d + 1] = n
    return indptr, indices[:n].copy(), weights[:n].copy()


@kernel
def open_rows(
    indptr: Array, keys: Array, counts: Array, table: Array, starts: Array, idf: Array, unknown: float, sublinear: bool
) -> Array:
    """Return L2-normalised weights of counted terms; a term outside the sorted ``table`` has the idf ``unknown``."""
    shift = np.uint64(65 - np.int64(np.log2(len(starts) * 2.0 - 2.0)))
    weights = np.empty(len(keys), np.float32)
    for d in range(len(indptr) - 1):
        squares = np.float32(0.0)
        for k in range(indptr[d], indptr[d + 1]):
            i = find(keys[k], table, starts, shift)
            tf = np.float32(counts[k])
            if sublinear and counts[k] > 1:
                tf = np.log(tf) + np.float32(1.0)
            weights[k] = tf * (idf[i] if i >= 0 else np.float32(unknown))
            squares += weights[k] * weights[k]
        if squares > 0:
            weights[indptr[d] : indptr[d + 1]] /= np.sqrt(squares)
    return weights


@kernel
def add_counts(keys: Array, table: Array, counts: Array, part: int, parts: int) -> int:
    """Count ``keys`` in an open-addressing ``table`` (0 is free), only those of ``part``; return how many were new."""
    mask = np.uint64(len(table) - 1)
    new = 0
    for key in keys:
        if np.int64(key >> np.uint64(40)) % parts != part:
            continue
        j = key & mask
        while table[j] != 0 and table[j] != key:
            j = (j + _ONE) & mask
        if table[j] == 0:
            table[j] = key
            new += 1
        counts[j] += 1
    return new


@kernel
def moved_counts(table: Array, counts: Array, new_table: Array, new_counts: Array) -> None:
    """Move the counts of ``table`` to a larger one."""
    mask = np.uint64(len(new_table) - 1)
    for i in range(len(table)):
        if table[i] == 0:
            continue
        j = table[i] & mask
        while new_table[j] != 0:
            j = (j + _ONE) & mask
        new_table[j] = table[i]
        new_counts[j] = counts[i]


@kernel
def read_tokens(
    units: Array, fold: Array, bare: Array, tones: Array, kinds: Array
) -> tuple[Array, Array, Array, Array, Array]:
    """Return (keys, keys without diacritics, starts, ends, flags) of the syllables; offsets count code points."""
    room = len(units) // 2 + 1
    keys = np.empty(room, np.uint64)
    bare_keys = np.empty(room, np.uint64)
    starts = np.empty(room, np.int32)
    ends = np.empty(room, np.int32)
    flags = np.empty(room, np.uint8)
    last = np.zeros(3, np.uint32)
    n = i = 0
    point = 0  # the code point at unit i
    begins = True  # a sentence may begin with the next syllable
    ended = False  # a full stop was seen, and nothing after it
    colon = False
    while i < len(units):
        h = before1 = before2 = b = _OFFSET
        last[:] = 0
        start = end = point
        capitals = letters = 0
        flag = 0
        while i < len(units):
            c = _code_point(units, i, len(units))
            f = _folded(fold, c)
            kind = kinds[c] if c < LIMIT else np.uint8(0)
            if f == 0 and last[0] != 0:
                break
            i += 1 if c < 0x10000 else 2
            point += 1
            if f == SKIP:
                continue
            if f == 0:
                if kind & NEWLINE or (kind & SPACE and ended) or (kind & QUOTE and colon):
                    begins = True
                ended = (kind & ENDER) != 0 or (ended and (kind & QUOTE) != 0)
                colon = (kind & COLON) != 0 or (colon and (kind & SPACE) != 0)
                continue
            if last[0] == 0:
                start = point - 1
                if kind & UPPER:
                    flag |= INITIAL_CAPITAL
            end = point
            letters += (kind & (UPPER | LOWER)) != 0
            capitals += (kind & UPPER) != 0
            if kind & DIGIT:
                flag |= HAS_DIGIT
            before2 = before1
            before1 = h
            last[2] = last[1]
            last[1] = last[0]
            last[0] = f
            h = _step(h, f)
            b = _step(b, bare[c])
        if last[0] == 0:
            break
        if capitals > 1 and capitals == letters:
            flag |= ALL_CAPITALS
        if begins:
            flag |= SENTENCE_START
        begins = ended = colon = False
        if last[0] >= 0xE0 and len(tones) > 0:
            h = _placed(h, before2, last, tones)
        keys[n] = _mixed(h)
        bare_keys[n] = _mixed(b)
        starts[n] = start
        ends[n] = end
        flags[n] = flag
        n += 1
    return keys[:n].copy(), bare_keys[:n].copy(), starts[:n].copy(), ends[:n].copy(), flags[:n].copy()
