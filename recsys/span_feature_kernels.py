"""Numba kernels that describe every token of a page by the numbers of ``span_columns``."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from recsys import span_columns as c
from recsys import span_look_kernels as looks
from recsys.jit import kernel
from recsys.span_kernels import EMOJI, FIRST, NEWLINE, NUMBER, SCRIPT, SIGN, is_alnum
from recsys.span_repeat_kernels import copies, recurrences
from recsys.span_seam_kernels import seams

Array = NDArray[Any]

FREQUENT = 10.0  # words less frequent than this (log of the count) say something


@kernel
def _words(
    x: Array, codes: Array, starts: Array, ends: Array, ids: Array, base: Array
) -> tuple[Array, Array, Array, float]:
    """Write which words have diacritics; return what is a word, its hash, its sentence, the share with diacritics."""
    n = starts.size
    word = np.zeros(n, np.bool_)
    hashes = np.zeros(n, np.uint64)
    sentence = np.zeros(n, np.int32)
    accents = plains = phrase = 0
    for t in range(n):
        q = codes[starts[t]]
        i = ids[t]
        word[t] = i != NEWLINE and i != SIGN and i != EMOJI and (i < FIRST or is_alnum(q))
        ended = (q == 46 or q == 33 or q == 63 or q == 0x2026) and t + 1 < n and starts[t + 1] > ends[t]
        h = np.uint64(7)
        accented = False
        for p in range(starts[t], ends[t]):
            q = codes[p]
            accented = accented or (q > 127)
            h = (h ^ np.uint64(base[q] if q < 65536 else q)) * np.uint64(1099511628211)
        hashes[t] = h
        if word[t] and i != NUMBER and i != SCRIPT:
            accents += accented
            plains += not accented
        sentence[t] = phrase
        phrase += i == NEWLINE or ended
        x[t, c.ACCENTED] = accented and word[t]
        x[t, c.BARE] = word[t] and not accented and i != NUMBER
    return word, hashes, sentence, accents / max(1, accents + plains)


@kernel
def _themes(x: Array, ids: Array, word: Array, starts: Array, topics: Array, body_end: int) -> None:
    """Write how near each word is in meaning to the whole article."""
    mean = np.zeros(topics.shape[1], np.float32)
    for t in range(ids.size):
        if word[t] and ids[t] >= FIRST and ids[t] < topics.shape[0] and starts[t] < body_end:
            mean += topics[ids[t]]
    mean /= np.sqrt((mean * mean).sum()) + 1e-6
    for t in range(ids.size):
        if ids[t] >= FIRST and ids[t] < topics.shape[0]:
            dot = np.float32(0.0)
            for k in range(topics.shape[1]):
                dot += topics[ids[t], k] * mean[k]
            x[t, c.ON_TOPIC] = dot


@kernel
def describe(
    codes: Array,
    starts: Array,
    ends: Array,
    ids: Array,
    base: Array,
    lower: Array,
    masked: Array,
    logs: Array,
    total: float,
    grams: Array,
    topics: Array,
    body_end: int,
    rare: float,
) -> tuple[Array, Array, Array, Array, Array]:
    """Return the numbers of every token; and for pooling its pair, itself where rare, the pair before, its sentence."""
    n = starts.size
    x = np.zeros((n, c.COUNT), np.float32)
    title = 0
    while title < n and ids[title] != NEWLINE:
        title += 1
    word, hashes, sentence, share = _words(x, codes, starts, ends, ids, base)
    seams(x, ids, logs, total, grams)
    _themes(x, ids, word, starts, topics, body_end)
    looks.letters(x, codes, starts, ends, ids, word, lower)
    looks.brackets(x, codes, starts, ids)
    looks.places(x, codes, starts, ids, masked, title, body_end)
    looks.addresses(x, codes, starts, ends, ids)
    looks.bare_runs(x)
    copied, missing = copies(codes, starts, ends, ids, base, title)
    for t in range(n):
        if ids[t] != NEWLINE:
            x[t, c.COPIED] = min(3.0, copied[t] / 10)
            x[t, c.COPY_GAPS] = min(2.0, missing[t] / 3)
            x[t, c.ACCENTED_SHARE] = share * 2
            among = word[t] and share > 0.5 and x[t, c.ACCENTED] == 0
            x[t, c.BARE_AMONG_ACCENTED] = among and logs[ids[t]] < FREQUENT
    pair, single, back = recurrences(x, ids, hashes, word, sentence, logs, title, rare)
    return x, pair, single, back, sentence
