"""The numba kernels of ranking: an article's terms, and what it shares with each of many headlines.

A term is a syllable or two neighbouring ones, known by its 64-bit key (see ``kernels``). An article is a small hash
table of its terms; a headline is looked up in it term by term.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from recsys.jit import inlined, kernel
from recsys.kernels import ALL_CAPITALS, HAS_DIGIT, INITIAL_CAPITAL, SENTENCE_START, chained

Array = NDArray[Any]

LONGEST = 96  # syllables of a headline that are read; the longest real ones have some 40
CONTENT = np.float32(4.5)  # idf from which a syllable says what a headline is about

FEATURES = (
    "cosine with the article",
    "cosine with title and lead",
    "cosine with the title",
    "share of the headline in the article",
    "share of the headline in title and lead",
    "share of the headline in the title",
    "weight of what is shared",
    "weight of what title and lead share",
    "likeness to the article",
    "likeness to title and lead",
    "names shared",
    "names shared with title and lead",
    "names missing",
    "numbers missing",
    "rarest term shared",
    "rarest term shared with title and lead",
    "rarest syllable missing",
    "passages shared",
    "longest passage from the title",
)


@kernel
def article_terms(keys: Array, parts: Array) -> tuple[Array, Array, Array]:
    """Return (slots, terms, counts): the distinct terms of an article, counted in title (0), lead (1) and body (2).

    ``slots`` is an open-addressing table of places in ``terms`` plus one.
    """
    size = 16
    while size < 4 * len(keys):
        size *= 2
    mask = np.uint64(size - 1)
    slots = np.zeros(size, np.int32)
    terms = np.empty(2 * len(keys), np.uint64)
    counts = np.zeros((2 * len(keys), 3), np.int32)
    n = 0
    for i in range(len(keys)):
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
    return slots, terms[:n].copy(), counts[:n].copy()


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
def named(flags: Array, bounds: Array) -> Array:
    """Return which syllables are written as part of a proper name.

    A capital within a sentence, or at its start when the next syllable has one too; none where nearly all have.
    """
    names = np.zeros(len(flags), np.bool_)
    capital = INITIAL_CAPITAL | ALL_CAPITALS
    for d in range(len(bounds) - 1):
        start, end = bounds[d], bounds[d + 1]
        capitals = 0
        for i in range(start, end):
            capitals += (flags[i] & capital) != 0
        if 10 * capitals > 8 * (end - start):
            continue
        for i in range(start, end):
            if flags[i] & capital == 0 or flags[i] & HAS_DIGIT:
                continue
            first = flags[i] & SENTENCE_START
            names[i] = not first or (i + 1 < end and flags[i + 1] & capital != 0)
    return names


@kernel
def pair_features(
    syllables: Array,
    flags: Array,
    names: Array,
    bounds: Array,
    slots: Array,
    terms: Array,
    weights: Array,
    table: Array,
    starts: Array,
    idf: Array,
    unknown: float,
    vectors: Array,
    scales: Array,
    article: Array,
    out: Array,
) -> None:
    """Write the ``FEATURES`` of each headline (``syllables[bounds[h]:bounds[h + 1]]``) beside one article to ``out``.

    ``weights`` are the article's L2-normalised term weights: whole, title and lead, title (columns). ``table``,
    ``starts``, ``idf`` and ``unknown`` are the weighting of terms, whose vectors are ``vectors`` times ``scales``.
    ``article`` holds the unit vectors of the article and of its title and lead.
    """
    shift = shift_of(starts)
    dims = vectors.shape[1]
    keys = np.empty(2 * LONGEST, np.uint64)
    tf = np.empty(2 * LONGEST, np.int32)
    term_idf = np.empty(2 * LONGEST, np.float32)
    spot = np.empty(2 * LONGEST, np.int32)
    single = np.empty(2 * LONGEST, np.int32)  # the syllable of a one-syllable term, else -1
    linked = np.empty(LONGEST, np.bool_)
    in_title = np.empty(LONGEST, np.bool_)
    found = np.empty(LONGEST, np.bool_)
    heavy = np.empty(LONGEST, np.bool_)
    whole = np.empty(dims, np.float32)
    for h in range(len(bounds) - 1):
        start = bounds[h]
        end = min(bounds[h + 1], start + LONGEST)
        size = end - start
        whole[:] = 0
        linked[:] = False
        in_title[:] = False
        found[:] = False
        heavy[:] = False
        n = 0
        for i in range(size):
            for length in range(1, 3):
                if i + length > size:
                    break
                key = syllables[start + i]
                if length == 2:
                    key = chained(key, syllables[start + i + 1])
                t = 0
                while t < n and keys[t] != key:
                    t += 1
                if t < n:
                    tf[t] += 1
                else:
                    n += 1
                    keys[t] = key
                    tf[t] = 1
                    single[t] = i if length == 1 else -1
                    place = find(key, table, starts, shift)
                    term_idf[t] = idf[place] if place >= 0 else unknown
                    spot[t] = place_of(key, slots, terms)
                    if place >= 0:
                        w = scales[place] * term_idf[t]
                        for d in range(dims):
                            whole[d] += w * vectors[place, d]
                if length == 1:
                    found[i] = spot[t] >= 0
                    heavy[i] = term_idf[t] > CONTENT
                else:
                    linked[i] = spot[t] >= 0
                    in_title[i] = spot[t] >= 0 and weights[spot[t], 2] > 0
        squares = np.float32(0.0)
        mass = hit = hit_lead = hit_title = np.float32(0.0)
        dot = dot_lead = dot_title = np.float32(0.0)
        rare = rare_lead = missing = np.float32(0.0)
        name_hit = name_miss = name_lead = number_miss = np.float32(0.0)
        for t in range(n):
            w = term_idf[t]
            x = w * (np.float32(1.0) + np.log(np.float32(tf[t]))) if tf[t] > 1 else w
            squares += x * x
            mass += w
            s = spot[t]
            i = single[t]
            is_name = i >= 0 and names[start + i]
            is_number = i >= 0 and flags[start + i] & HAS_DIGIT != 0
            if s < 0:
                if i >= 0:
                    missing = max(missing, w)
                    name_miss += w if is_name else 0
                    number_miss += w if is_number else 0
                continue
            dot += x * weights[s, 0]
            dot_lead += x * weights[s, 1]
            dot_title += x * weights[s, 2]
            hit += w
            rare = max(rare, w)
            if is_name:
                name_hit += w
            if weights[s, 1] > 0:
                hit_lead += w
                rare_lead = max(rare_lead, w)
                name_lead += w if is_name else 0
            if weights[s, 2] > 0:
                hit_title += w
        passages = 0
        longest = run = 0
        open_run = False
        counted = False
        for i in range(size):
            if found[i] and not open_run:
                open_run = True
                counted = False
            if open_run and found[i] and heavy[i] and not counted:
                passages += 1
                counted = True
            if not linked[i]:
                open_run = False
            run = run + 1 if in_title[i] else 0
            longest = max(longest, run)
        like = like_lead = a = np.float32(0.0)
        for d in range(dims):
            a += whole[d] * whole[d]
            like += whole[d] * article[0, d]
            like_lead += whole[d] * article[1, d]
        a = np.float32(1.0) / np.sqrt(a) if a > 0 else np.float32(0.0)
        norm = np.float32(1.0) / np.sqrt(squares) if squares > 0 else np.float32(0.0)
        part = np.float32(1.0) / mass if mass > 0 else np.float32(0.0)
        f = out[h]
        f[0] = dot * norm
        f[1] = dot_lead * norm
        f[2] = dot_title * norm
        f[3] = hit * part
        f[4] = hit_lead * part
        f[5] = hit_title * part
        f[6] = np.log1p(hit)
        f[7] = np.log1p(hit_lead)
        f[8] = like * a
        f[9] = like_lead * a
        f[10] = np.log1p(name_hit)
        f[11] = np.log1p(name_lead)
        f[12] = np.log1p(name_miss)
        f[13] = np.log1p(number_miss)
        f[14] = rare
        f[15] = rare_lead
        f[16] = missing
        f[17] = np.log1p(np.float32(passages))
        f[18] = longest / np.float32(max(size, 1))


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
