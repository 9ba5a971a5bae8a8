"""Numba kernels of the span tagger: a page's characters become tokens, n-grams are looked up."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from recsys import simd
from recsys.jit import kernel

Array = NDArray[Any]

SPACE, LETTER, DIGIT, MARK, BREAK, FOREIGN, PICTURE = range(7)
NEWLINE, SMALL, CAPITAL, UPPER, NUMBER, SIGN, SCRIPT, EMOJI, FIRST = range(9)  # ids of classes, then of words
LONGEST_PIECE = 9
UNKNOWN = 15.0  # what a letter outside any known word costs when a run is split
PROBES = 12


@kernel
def is_alnum(c: int) -> bool:
    """Return whether a code point is a letter or a figure, as far as its block tells."""
    return (
        48 <= c < 58
        or 65 <= c < 91
        or 97 <= c < 123
        or (
            c >= 0xC0
            and c != 0xD7
            and c != 0xF7
            and not (0x2000 <= c < 0x2C00 or 0x3000 <= c < 0x3040 or 0xFF00 <= c < 0xFF10)
        )
    )


@kernel
def mixed(key: np.uint64) -> np.uint64:
    """Scramble 64 bits (the finisher of MurmurHash3)."""
    key ^= key >> np.uint64(33)
    key *= np.uint64(0xFF51AFD7ED558CCD)
    key ^= key >> np.uint64(33)
    key *= np.uint64(0xC4CEB9FE1A85EC53)
    return key ^ (key >> np.uint64(33))


@kernel
def hashed(codes: Array, start: int, end: int, fold: Array) -> np.uint64:
    """Hash the characters of a word, folded by a table."""
    h = np.uint64(1469598103934665603)
    for i in range(start, end):
        c = codes[i]
        if c < 65536:
            c = fold[c]
        h = (h ^ np.uint64(c)) * np.uint64(1099511628211)
    return mixed(h)


@kernel
def word_id(h: np.uint64, keys: Array, ids: Array) -> int:
    """Return the id of a known word, -1 of any other."""
    size = np.uint64(keys.size - 1)
    short = np.uint32(h >> np.uint64(32)) | np.uint32(1)
    at = h & size
    while keys[at]:
        if keys[at] == short:
            return int(ids[at])
        at = (at + np.uint64(1)) & size
    return -1


@kernel
def tokens(
    codes: Array, kinds: Array, lower: Array, keys: Array, ids: Array, logs: Array
) -> tuple[Array, Array, Array]:
    """Split characters into tokens: words (a run of letters that is no word is split into known ones), numbers, marks.

    Returns starts, ends and ids; ids below FIRST are those of classes.
    """
    n = codes.size
    starts = np.empty(n + 1, np.int32)
    ends = np.empty(n + 1, np.int32)
    words = np.empty(n + 1, np.int32)
    count = 0
    best = np.empty(201, np.float32)
    back = np.empty(201, np.int32)
    stack = np.empty(201, np.int32)
    i = 0
    while i < n:
        kind = kinds[codes[i]] if codes[i] < 65536 else (FOREIGN if 0x1D400 <= codes[i] < 0x1D800 else PICTURE)
        if kind == SPACE:
            i += 1
            continue
        j = i + 1
        if kind in (LETTER, DIGIT, FOREIGN, PICTURE):
            while j < n and j - i < 200:
                c = codes[j]
                k = kinds[c] if c < 65536 else (FOREIGN if 0x1D400 <= c < 0x1D800 else PICTURE)
                if k != kind:
                    break
                if kind == LETTER and lower[codes[j - 1]] == codes[j - 1] and lower[c] != c:
                    break
                j += 1
        if kind == LETTER:
            found = word_id(hashed(codes, i, j, lower), keys, ids)
            size = j - i
            accented = False
            for p in range(i, j):
                if codes[p] > 127:
                    accented = True
            name = size < 10 and lower[codes[i]] != codes[i] and not accented
            if found < 0 and size >= 4 and not name:
                best[0] = 0.0
                for p in range(1, size + 1):
                    best[p] = best[p - 1] + UNKNOWN
                    back[p] = p - 1
                    for q in range(max(0, p - LONGEST_PIECE), p):
                        w = word_id(hashed(codes, i + q, i + p, lower), keys, ids)
                        if w >= 0 and (p - q > 1 or codes[i + q] > 127):
                            cost = best[q] + 14.0 - logs[w]
                            if cost < best[p]:
                                best[p] = cost
                                back[p] = q
                depth = 0
                p = size
                while p > 0:
                    stack[depth] = p
                    depth += 1
                    p = back[p]
                p = 0
                for d in range(depth - 1, -1, -1):
                    q = stack[d]
                    w = word_id(hashed(codes, i + p, i + q, lower), keys, ids)
                    starts[count] = i + p
                    ends[count] = i + q
                    words[count] = w if w >= 0 else SMALL
                    count += 1
                    p = q
                i = j
                continue
            if found < 0:
                first = lower[codes[i]] != codes[i]
                last = lower[codes[j - 1]] != codes[j - 1]
                found = UPPER if first and last and size > 1 else CAPITAL if first else SMALL
        elif kind == DIGIT:
            found = NUMBER
        elif kind == BREAK:
            found = NEWLINE
        elif kind == FOREIGN:
            found = SCRIPT
        elif kind == PICTURE:
            found = EMOJI
        else:
            found = word_id(hashed(codes, i, j, lower), keys, ids)
            if found < 0:
                found = SIGN
        starts[count] = i
        ends[count] = j
        words[count] = found
        count += 1
        i = j
    return starts[:count].copy(), ends[:count].copy(), words[:count].copy()


@kernel
def levels(keys: Array, grams: Array) -> Array:
    """Return how often n-grams were seen, as levels from 0 (never) to 7; the table's first cells follow its last."""
    found = np.empty(keys.size, np.uint8)
    size = np.uint64(grams.size - simd.CELLS - 1)
    for i in range(keys.size):
        h = mixed(keys[i])
        mark = np.uint16((h >> np.uint64(48)) | np.uint64(8)) & np.uint16(0xFFF8)
        found[i] = simd.find_cell(grams, np.int64(h & size), np.uint16(mark), PROBES) & np.uint16(7)
    return found


@kernel
def fill(keys: Array, levels: Array, grams: Array) -> int:
    """Put n-grams (most frequent first) into the table; returns how many found no place."""
    size = np.uint64(grams.size - 1)
    lost = 0
    for i in range(keys.size):
        h = mixed(keys[i])
        mark = np.uint16((h >> np.uint64(48)) | np.uint64(8)) & np.uint16(0xFFF8)
        at = h & size
        placed = False
        for _ in range(PROBES):
            if grams[at] == 0 or grams[at] & np.uint16(0xFFF8) == mark:
                if grams[at] == 0:
                    grams[at] = mark | np.uint16(levels[i])
                placed = True
                break
            at = (at + np.uint64(1)) & size
        lost += not placed
    return lost


@kernel
def two(a: int, b: int) -> np.uint64:
    """Return the key of a pair."""
    return (np.uint64(a) << np.uint64(16) | np.uint64(b)) + np.uint64(1)


@kernel
def three(a: int, b: int, c: int) -> np.uint64:
    """Return the key of a triple."""
    return (np.uint64(a) << np.uint64(32) | np.uint64(b) << np.uint64(16) | np.uint64(c)) + np.uint64(1 << 60)
