"""The numba kernels that give syllables back as text: their places, what their letters tell, the names of terms."""

from __future__ import annotations

import numpy as np

from recsys.jit import inlined, kernel
from recsys.kernels import (
    ALL_CAPITALS,
    COLON,
    DIGIT,
    ENDER,
    HAS_DIGIT,
    INITIAL_CAPITAL,
    LIMIT,
    LONE,
    LOWER,
    NEWLINE,
    OFFSET,
    PAIR,
    QUOTE,
    SENTENCE_START,
    SKIP,
    SPACE,
    UPPER,
    Array,
    chained,
    mixed,
    pair,
    placed,
    read_syllables,
    room,
    step,
)


@kernel
def read_tokens(
    units: Array, fold: Array, bare: Array, tones: Array, kinds: Array
) -> tuple[Array, Array, Array, Array, Array]:
    """Return (keys, keys without diacritics, starts, ends, flags) of the syllables; offsets count code points."""
    most = len(units) // 2 + 1
    keys = np.empty(most, np.uint64)
    bare_keys = np.empty(most, np.uint64)
    starts = np.empty(most, np.int32)
    ends = np.empty(most, np.int32)
    flags = np.empty(most, np.uint8)
    n = i = 0
    point = 0  # the code point at unit i
    begins = True  # a sentence may begin with the next syllable
    ended = False  # a full stop was seen, and nothing after it
    colon = False
    while i < len(units):
        h = before = before_that = b = OFFSET
        last = second = third = np.uint32(0)
        start = end = point
        capitals = letters = 0
        flag = 0
        while i < len(units):
            c = np.uint32(units[i])
            if (c & np.uint32(0xF800)) == 0xD800:
                both = pair(units, i, len(units))
                c = both if both != LONE else c
            f = fold[c] if c < LIMIT and fold[c] != PAIR else np.uint32(0)
            kind = kinds[c] if c < LIMIT else np.uint8(0)
            if f == 0 and last != 0:
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
            if last == 0:
                start = point - 1
                if kind & UPPER:
                    flag |= INITIAL_CAPITAL
            end = point
            letters += (kind & (UPPER | LOWER)) != 0
            capitals += (kind & UPPER) != 0
            if kind & DIGIT:
                flag |= HAS_DIGIT
            before_that, before = before, h
            third, second, last = second, last, f
            h = step(h, f)
            b = step(b, bare[c])
        if last == 0:
            break
        if capitals > 1 and capitals == letters:
            flag |= ALL_CAPITALS
        if begins:
            flag |= SENTENCE_START
        begins = ended = colon = False
        h = placed(h, before_that, last, second, third, tones)
        keys[n] = mixed(h)
        bare_keys[n] = mixed(b)
        starts[n] = start
        ends[n] = end
        flags[n] = flag
        n += 1
    return keys[:n].copy(), bare_keys[:n].copy(), starts[:n].copy(), ends[:n].copy(), flags[:n].copy()


@inlined
def _letters(units: Array, start: int, end: int, fold: Array, text: Array, starts: Array, ends: Array) -> int:
    """Write the folded letters of a document to ``text`` and where each syllable lies in it; return their number."""
    n = size = 0
    i = start
    starts[0] = 0
    while i <= end:
        f = fold[units[i]] if i < end else np.uint32(0)
        i += 1
        if f == SKIP:
            continue
        if f == PAIR:
            c = pair(units, i - 1, end)
            f = fold[c] if c < LIMIT else np.uint32(0)
            i += c != LONE
        if f != 0:
            text[size] = f
            size += 1
        elif size > starts[n]:
            ends[n] = size
            n += 1
            starts[n] = size
    return n


@kernel
def name_terms(
    units: Array, bounds: Array, fold: Array, tones: Array, low: int, high: int, wanted: Array
) -> tuple[Array, Array]:
    """Return (the places of the ``wanted`` sorted keys in order of appearance, their letters, lines of code points)."""
    syllables, _, _, _ = room(bounds, low, high)
    text = np.empty(2 * len(syllables) + 1, np.uint32)
    starts = np.empty(len(syllables) + 1, np.int64)
    ends = np.empty(len(syllables) + 1, np.int64)
    found = np.zeros(len(wanted), np.bool_)
    order = np.empty(len(wanted), np.int64)
    out = np.empty(1024, np.uint32)
    n = size = 0
    for d in range(len(bounds) - 1):
        m, _, _ = read_syllables(units, bounds[d], bounds[d + 1], fold, tones, syllables)
        _letters(units, bounds[d], bounds[d + 1], fold, text, starts, ends)
        for s in range(m):
            key = syllables[s]
            for length in range(1, min(high, m - s) + 1):
                if length > 1:
                    key = chained(key, syllables[s + length - 1])
                i = np.searchsorted(wanted, key)
                if length < low or i == len(wanted) or wanted[i] != key or found[i]:
                    continue
                found[i] = True
                order[n] = i
                n += 1
                longest = ends[s + length - 1] - starts[s] + length
                if size + longest > len(out):
                    larger = np.empty(2 * len(out) + longest, np.uint32)
                    larger[:size] = out[:size]
                    out = larger
                for t in range(s, s + length):
                    for k in range(starts[t], ends[t]):
                        out[size] = text[k]
                        size += 1
                    out[size] = ord(" ") if t + 1 < s + length else ord("\n")
                    size += 1
    return order[:n].copy(), out[:size].copy()
