"""The numba kernels over terms: counting them, finding them in a table, weighing them, scoring classes."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from recsys.jit import inlined, kernel
from recsys.kernels import distinct, read_syllables, room
from recsys.simd import LANES, add_scaled

Array = NDArray[Any]

_ONE = np.uint64(1)


@kernel
def add_counts(keys: Array, table: Array, counts: Array, part: int, parts: int, min_df: int) -> tuple[int, Array]:
    """Count ``keys`` in an open-addressing ``table`` (0 is free), only those of ``part``.

    Return (how many were new, the keys whose count came to ``min_df``).
    """
    mask = np.uint64(len(table) - 1)
    risen = np.empty(len(keys), np.uint64)
    new = n = 0
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
        if counts[j] == min_df:
            risen[n] = key
            n += 1
    return new, risen[:n].copy()


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
def _find(keys: Array, n: int, table: Array, starts: Array, places: Array) -> None:
    """Write the place of each of ``n`` keys in the sorted ``table``, or -1.

    Memory is slow and waits in parallel: each pass asks for what the next one needs, without a branch between.
    """
    buckets = len(starts) - 1
    shift = np.uint64(64)
    while buckets > 1:
        shift -= _ONE
        buckets >>= 1
    for k in range(n):
        places[k] = starts[np.int64(keys[k] >> shift)]
    end = len(table)
    for k in range(n):
        places[k] += places[k] < end and table[places[k]] < keys[k]
    for k in range(n):
        i, key = places[k], keys[k]
        while i < end and table[i] < key:
            i += 1
        places[k] = i if i < end and table[i] == key else -1


@inlined
def _weight(count: int, idf: np.float32, sublinear: bool) -> np.float32:
    tf = np.float32(count)
    if sublinear and count > 1:
        tf = np.log(tf) + np.float32(1.0)
    return tf * idf


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
    syllables, slots, keys, counts = room(bounds, low, high)
    places = np.empty(len(keys), np.int32)
    capacity = ((bounds[-1] - bounds[0]) // 2 + len(bounds)) * (high - low + 1)
    indices = np.empty(capacity, np.int32)
    weights = np.empty(capacity, np.float32)
    indptr = np.zeros(len(bounds), np.int64)
    n = 0
    for d in range(len(bounds) - 1):
        s, _, _ = read_syllables(units, bounds[d], bounds[d + 1], fold, tones, syllables)
        m = distinct(syllables, s, low, high, slots, keys, counts)
        _find(keys, m, table, starts, places)
        squares = np.float32(0.0)
        first = n
        for k in range(m):
            if places[k] < 0:
                continue
            x = _weight(counts[k], idf[places[k]], sublinear)
            squares += x * x
            indices[n] = places[k]
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
    places = np.empty(len(keys), np.int32)
    _find(keys, len(keys), table, starts, places)
    weights = np.empty(len(keys), np.float32)
    for d in range(len(indptr) - 1):
        squares = np.float32(0.0)
        for k in range(indptr[d], indptr[d + 1]):
            i = places[k]
            weights[k] = _weight(counts[k], idf[i] if i >= 0 else np.float32(unknown), sublinear)
            squares += weights[k] * weights[k]
        if squares > 0:
            weights[indptr[d] : indptr[d + 1]] /= np.sqrt(squares)
    return weights


@kernel
def scores(
    units: Array,
    bounds: Array,
    fold: Array,
    tones: Array,
    low: int,
    high: int,
    table: Array,
    starts: Array,
    idf: Array,
    coef: Array,
    scale: Array,
    intercept: Array,
) -> tuple[Array, Array, bool]:
    """Return (``row @ (coef * scale) + intercept`` of each document, what it holds, whether any is late).

    What it holds is int32 (n, 3): known terms, words (gaps between them and one), letters with diacritics. The rows
    are never made.

    A document with a character that ``fold`` calls late is left for another call: its scores are not numbers.
    """
    syllables, slots, keys, counts = room(bounds, low, high)
    places = np.empty(len(keys), np.int32)
    weights = np.empty(len(keys), np.float32)
    classes = len(intercept)
    blocks = -(-classes // LANES)
    out = np.empty((len(bounds) - 1, classes), np.float32)
    holds = np.zeros((len(bounds) - 1, 3), np.int32)
    total = np.empty(blocks * LANES, np.float32)
    late = False
    for d in range(len(bounds) - 1):
        s, holds[d, 1], holds[d, 2] = read_syllables(units, bounds[d], bounds[d + 1], fold, tones, syllables)
        if s < 0:
            late = True
            out[d] = np.nan
            continue
        m = distinct(syllables, s, low, high, slots, keys, counts)
        _find(keys, m, table, starts, places)
        known = 0
        for k in range(m):  # keep the known ones, without a branch
            places[known] = places[k]
            counts[known] = counts[k]
            known += places[k] >= 0
        holds[d, 0] = known
        squares = np.float32(0.0)
        for k in range(known):
            weights[k] = _weight(counts[k], idf[places[k]], True)
            squares += weights[k] * weights[k]
        total[:] = 0
        for k in range(known):
            start = np.int64(places[k]) * classes
            if start + blocks * LANES <= coef.size:
                add_scaled(total, 0, weights[k], coef, start, blocks)
            else:  # the last rows: eight lanes would read beyond the end
                for c in range(classes):
                    total[c] += weights[k] * np.float32(coef[places[k], c])
        length = np.sqrt(squares) if squares > 0 else np.float32(1.0)
        for c in range(classes):
            out[d, c] = total[c] / length * scale[c] + intercept[c]
    return out, holds, late
