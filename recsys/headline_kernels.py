"""The numba kernel that compares many headlines with one article, term by term."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from recsys.jit import inlined, kernel
from recsys.kernels import HAS_DIGIT, chained
from recsys.pair_kernels import find, mark_plain, place_of, shift_of

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
    "share of the words that are no names in the article",
    "words shared where no name is",
    "whole names shared",
    "counted things shared",
    "counted things missing",
)


@inlined
def _ratio(part: np.float32, whole: np.float32) -> np.float32:
    return np.float32(part / whole) if whole > 0 else np.float32(0.0)


@kernel
def pair_features(
    syllables: Array,
    flags: Array,
    names: Array,
    numbers: Array,
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

    ``names`` and ``numbers`` tell which syllables are part of a name, or count something. ``weights`` are the
    article's L2-normalised term weights: whole, title and lead, title (columns). ``table``, ``starts``, ``idf`` and
    ``unknown`` are the weighting of terms, whose vectors are ``vectors`` times ``scales``. ``article`` holds the unit
    vectors of the article and of its title and lead.
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
    weight = np.empty(LONGEST, np.float32)
    plain = np.empty(LONGEST, np.bool_)
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
        counted_hit = counted_miss = np.float32(0.0)
        mark_plain(plain, names, flags, start, size)
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
                    weight[i] = term_idf[t]
                    heavy[i] = term_idf[t] > CONTENT
                else:
                    linked[i] = spot[t] >= 0
                    in_title[i] = spot[t] >= 0 and weights[spot[t], 2] > 0
                    if numbers[start + i] and not names[start + i + 1]:
                        counted_hit += term_idf[t] if linked[i] else 0
                        counted_miss += 0 if linked[i] else term_idf[t]
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
        plain_mass = plain_hit = plain_linked = np.float32(0.0)
        whole_names = np.float32(0.0)
        any_name = False
        entire = False
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
            if plain[i]:
                plain_mass += weight[i]
                plain_hit += weight[i] if found[i] else 0
                plain_linked += weight[i] if found[i] and (linked[i] or (i > 0 and linked[i - 1])) else 0
            if names[start + i]:
                begins = i == 0 or not names[start + i - 1]
                any_name = True
                entire = found[i] and (begins or (entire and linked[i - 1]))
                if entire and (i + 1 == size or not names[start + i + 1]):
                    whole_names += 1
        like = like_lead = a = np.float32(0.0)
        for d in range(dims):
            a += whole[d] * whole[d]
            like += whole[d] * article[0, d]
            like_lead += whole[d] * article[1, d]
        scale = np.float32(1.0) / np.sqrt(a) if a > 0 else np.float32(0.0)
        norm = np.float32(1.0) / np.sqrt(squares) if squares > 0 else np.float32(0.0)
        f = out[h]
        f[0] = dot * norm
        f[1] = dot_lead * norm
        f[2] = dot_title * norm
        f[3] = _ratio(hit, mass)
        f[4] = _ratio(hit_lead, mass)
        f[5] = _ratio(hit_title, mass)
        f[6] = np.log1p(hit)
        f[7] = np.log1p(hit_lead)
        f[8] = like * scale
        f[9] = like_lead * scale
        f[10] = np.log1p(name_hit)
        f[11] = np.log1p(name_lead)
        f[12] = np.log1p(name_miss)
        f[13] = np.log1p(number_miss)
        f[14] = rare
        f[15] = rare_lead
        f[16] = missing
        f[17] = np.log1p(np.float32(passages))
        f[18] = longest / np.float32(max(size, 1))
        f[19] = _ratio(plain_hit, plain_mass)
        f[20] = np.float32(0.0) if any_name else np.log1p(plain_linked)
        f[21] = whole_names
        f[22] = np.log1p(counted_hit)
        f[23] = np.log1p(counted_miss)
