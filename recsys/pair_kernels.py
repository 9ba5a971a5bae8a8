"""The numba kernels that know an article by its terms, and look terms up.

A term is a syllable or two neighbouring ones, known by its 64-bit key (see ``kernels``). An article is a small hash
table of its terms.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from recsys.jit import inlined, kernel
from recsys.kernels import ALL_CAPITALS, HAS_DIGIT, INITIAL_CAPITAL, SENTENCE_START, chained

Array = NDArray[Any]

MOSTLY = 0.8  # share of capitals above which they tell no names

SENTENCES = 64  # that are told apart: the 65th counts as the first


@kernel
def article_terms(keys: Array, parts: Array, flags: Array) -> tuple[Array, Array, Array, Array]:
    """Return (slots, terms, counts, sentences): the distinct terms of an article.

    They are counted in title (0), lead (1) and body (2); bit ``i`` of ``sentences`` tells whether the term occurs in
    sentence ``i``. ``slots`` is an open-addressing table of places in ``terms`` plus one.
    """
    size = 16
    while size < 4 * len(keys):
        size *= 2
    mask = np.uint64(size - 1)
    slots = np.zeros(size, np.int32)
    terms = np.empty(2 * len(keys), np.uint64)
    counts = np.zeros((2 * len(keys), 3), np.int32)
    sentences = np.zeros(2 * len(keys), np.uint64)
    n = 0
    sentence = -1
    for i in range(len(keys)):
        sentence += flags[i] & SENTENCE_START != 0
        bit = np.uint64(1) << np.uint64(max(sentence, 0) % SENTENCES)
        for length in range(1, 3):
            key = keys[i]
            if length == 2:
                if i + 1 == len(keys):
                    break
                key = chained(key, keys[i + 1])
            j = key & mask
            while slots[j] != 0 and terms[slots[j] - 1] != key:
                j = (j + np.uint64(1)) & mask
            if slots[j] == 0:
                terms[n] = key
                n += 1
                slots[j] = n
            counts[slots[j] - 1, parts[i]] += 1
            sentences[slots[j] - 1] |= bit
    return slots, terms[:n].copy(), counts[:n].copy(), sentences[:n].copy()


@inlined
def mark_plain(plain: Array, names: Array, flags: Array, start: int, size: int) -> None:
    """Write which of ``size`` syllables from ``start`` on are part of no name and hold no figure."""
    for i in range(size):
        plain[i] = not (names[start + i] or flags[start + i] & HAS_DIGIT != 0)


@inlined
def place_of(key: np.uint64, slots: Array, terms: Array) -> int:
    """Return the place of ``key`` among an article's ``terms``, or -1."""
    mask = np.uint64(len(slots) - 1)
    j = key & mask
    while slots[j] != 0 and terms[slots[j] - 1] != key:
        j = (j + np.uint64(1)) & mask
    return int(slots[j] - 1)


@inlined
def find(key: np.uint64, table: Array, starts: Array, shift: np.uint64) -> int:
    """Return the place of ``key`` in the sorted ``table``, or -1."""
    bucket = np.int64(key >> shift)
    for i in range(starts[bucket], starts[bucket + 1]):
        if table[i] == key:
            return i
    return -1


@inlined
def shift_of(starts: Array) -> np.uint64:
    """Return the shift that leads from a key to its bucket, from where the buckets of a table start."""
    return np.uint64(65 - np.int64(np.log2(len(starts) * 2.0 - 2.0)))


@kernel
def places(keys: Array, table: Array, starts: Array) -> Array:
    """Return the place of each key in the sorted ``table``, or -1."""
    shift = shift_of(starts)
    found = np.empty(len(keys), np.int32)
    for i in range(len(keys)):
        found[i] = find(keys[i], table, starts, shift)
    return found


@kernel
def capitals(flags: Array, bounds: Array) -> Array:
    """Return how many syllables of each text begin with a capital."""
    out = np.zeros(len(bounds) - 1, np.int64)
    for d in range(len(out)):
        for i in range(bounds[d], bounds[d + 1]):
            out[d] += (flags[i] & (INITIAL_CAPITAL | ALL_CAPITALS)) != 0
    return out


@kernel
def named(flags: Array, bounds: Array) -> Array:
    """Return which syllables are written as part of a proper name.

    A capital within a sentence, or at its start when the next syllable has one too; none where nearly all have.
    """
    names = np.zeros(len(flags), np.bool_)
    capital = INITIAL_CAPITAL | ALL_CAPITALS
    many = capitals(flags, bounds)
    for d in range(len(bounds) - 1):
        start, end = bounds[d], bounds[d + 1]
        if MOSTLY * (end - start) < many[d]:
            continue
        for i in range(start, end):
            if flags[i] & capital == 0 or flags[i] & HAS_DIGIT:
                continue
            first = flags[i] & SENTENCE_START
            names[i] = not first or (i + 1 < end and flags[i + 1] & capital != 0)
    return names


@kernel
def counted(keys: Array, flags: Array, numerals: Array) -> Array:
    """Return which syllables are numbers, in digits or in words (one of ``numerals``)."""
    out: Array = flags & HAS_DIGIT != 0
    for i in range(len(keys)):
        for numeral in numerals:
            out[i] |= keys[i] == numeral
    return out


@kernel
def neighbours(keys: Array) -> Array:
    """Return the keys of each two neighbouring syllables."""
    out = np.empty(max(len(keys) - 1, 0), np.uint64)
    for i in range(len(out)):
        out[i] = chained(keys[i], keys[i + 1])
    return out


@kernel
def looked_up(keys: Array, slots: Array, terms: Array) -> Array:
    """Return the place of each key among the terms of an article, or -1."""
    found = np.empty(len(keys), np.int32)
    for i in range(len(keys)):
        found[i] = place_of(keys[i], slots, terms)
    return found
