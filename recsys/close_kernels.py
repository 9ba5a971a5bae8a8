"""The numba kernel that reads the headlines of a list closely: what is near in meaning, or of another time or place.

It costs more than ``headline_kernels``, so only the few headlines that stand beside an article are read like this.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from recsys.headline_kernels import LONGEST
from recsys.jit import inlined, kernel
from recsys.kernels import chained
from recsys.pair_kernels import SENTENCES, find, mark_plain, place_of, shift_of

Array = NDArray[Any]

VERY_NEAR = np.float32(0.55)  # cosine of two terms that mean much the same

CLOSE_FEATURES = (
    "years that the article lacks",
    "name before a colon, in the article (1) or not (-1)",
    "likeness of each word that is no name to the article",
    "share of the headline near terms of the article",
    "share of the headline very near terms of the article",
    "weight of what is near terms of the article",
    "share of the headline in one sentence",
    "likeness of the words that are no names to the article",
    "likeness of what is missing to the article",
)
_PLAIN, _MISSING = 0, 1  # vectors that are summed: of words that are no names, of what the article lacks
_NOTHING_MISSING = np.float32(0.5)  # likeness of what is missing where nothing is


@inlined
def _cosine(x: Array, unit: Array) -> np.float32:
    dot = squares = np.float32(0.0)
    for d in range(len(unit)):
        dot += x[d] * unit[d]
        squares += x[d] * x[d]
    return dot / np.sqrt(squares) if squares > 0 else np.float32(0.0)


@kernel
def close_features(
    syllables: Array,
    flags: Array,
    names: Array,
    years: Array,
    openings: Array,
    bounds: Array,
    slots: Array,
    terms: Array,
    sentences: Array,
    table: Array,
    starts: Array,
    idf: Array,
    unknown: float,
    vectors: Array,
    scales: Array,
    article: Array,
    nearest: Array,
    out: Array,
) -> None:
    """Write the ``CLOSE_FEATURES`` of each headline beside one article to ``out``.

    ``years`` tells which syllables name a time gone by, ``openings`` how many syllables stand before a colon.
    ``sentences`` are the bits of ``article_terms``, ``article`` is the article's unit vector, ``nearest`` those of its
    weightiest terms; the rest is as in ``headline_kernels.pair_features``.
    """
    shift = shift_of(starts)
    dims = vectors.shape[1]
    unit = np.empty(dims, np.float32)
    sums = np.empty((2, dims), np.float32)
    by_sentence = np.empty(SENTENCES, np.float32)
    found = np.empty(LONGEST, np.bool_)
    plain = np.empty(LONGEST, np.bool_)
    for h in range(len(bounds) - 1):
        start = bounds[h]
        size = min(bounds[h + 1] - start, LONGEST)
        mark_plain(plain, names, flags, start, size)
        sums[:] = 0
        by_sentence[:] = 0
        mass = near = very_near = squared = np.float32(0.0)
        like = like_mass = np.float32(0.0)
        lacking = False
        for i in range(size):
            for length in range(1, 3):
                if i + length > size:
                    break
                key = syllables[start + i]
                if length == 2:
                    key = chained(key, syllables[start + i + 1])
                spot = place_of(key, slots, terms)
                shared = spot >= 0
                if length == 1:
                    found[i] = shared
                place = find(key, table, starts, shift)
                w = np.float32(idf[place] if place >= 0 else unknown)
                nearness = np.float32(1.0 if shared else 0.0)
                is_plain = plain[i] and (length == 1 or plain[i + 1])
                if place >= 0 and (is_plain or not shared):
                    squares = dot = np.float32(0.0)
                    for d in range(dims):
                        unit[d] = vectors[place, d]
                        squares += unit[d] * unit[d]
                        dot += unit[d] * article[d]
                        if is_plain:
                            sums[_PLAIN, d] += w * scales[place] * unit[d]
                        if not shared:
                            sums[_MISSING, d] += w * scales[place] * unit[d]
                    norm = np.float32(1.0) / np.sqrt(squares) if squares > 0 else np.float32(0.0)
                    if is_plain:
                        like += w * dot * norm
                        like_mass += w
                    if not shared:
                        for t in range(len(nearest)):
                            dot = np.float32(0.0)
                            for d in range(dims):
                                dot += unit[d] * nearest[t, d]
                            nearness = max(nearness, dot * norm)
                if shared:
                    bits = sentences[spot]
                    for sentence in range(SENTENCES):
                        if bits >> np.uint64(sentence) & np.uint64(1):
                            by_sentence[sentence] += w
                else:
                    lacking = True
                mass += w
                near += w * nearness
                squared += w * nearness * nearness
                very_near += w if nearness > VERY_NEAR else 0
        gone = np.float32(0.0)
        named = False
        known = True
        for i in range(size):
            gone += years[start + i] and not found[i]
            if i < openings[h]:
                named |= names[start + i]
                known &= found[i]
        f = out[h]
        f[0] = gone
        f[1] = np.float32(0.0) if not named else np.float32(1.0) if known else np.float32(-1.0)
        f[2] = like / like_mass if like_mass > 0 else np.float32(0.0)
        f[3] = near / mass if mass > 0 else np.float32(0.0)
        f[4] = very_near / mass if mass > 0 else np.float32(0.0)
        f[5] = np.log1p(squared)
        f[6] = by_sentence.max() / mass if mass > 0 else np.float32(0.0)
        f[7] = _cosine(sums[_PLAIN], article)
        f[8] = _cosine(sums[_MISSING], article) if lacking else _NOTHING_MISSING
