"""The numba kernels from logits to topics: probabilities, the main section, what passes its threshold."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from recsys.jit import inlined, kernel

Array = NDArray[Any]

BARE_BELOW, ACCENTED_FROM = 0.15, 0.75  # letters with diacritics a word
STRANGE_BELOW, KNOWN_FROM = 0.3, 0.6  # known terms a word
FEWEST = 2  # known terms: fewer say nothing


@inlined
def _ramp(x: float, low: float, high: float) -> np.float32:
    """Return where ``x`` lies between ``low`` (0) and ``high`` (1)."""
    return np.float32(min(max((x - low) / (high - low), 0.0), 1.0))


@kernel
def reading(holds: Array) -> tuple[Array, Array]:
    """Return how far each text is to be read as one without diacritics and how far what is known of it can be trusted.

    ``holds`` is int32 (n, 3): known terms, words, letters with diacritics. No trust where hardly a term is known.
    """
    bare = np.empty(len(holds), np.float32)
    trust = np.empty(len(holds), np.float32)
    for d in range(len(holds)):
        words = max(holds[d, 1], 1)
        bare[d] = np.float32(1.0) - _ramp(holds[d, 2] / words, BARE_BELOW, ACCENTED_FROM)
        trust[d] = _ramp(holds[d, 0] / words, STRANGE_BELOW, KNOWN_FROM) if holds[d, 0] >= FEWEST else np.float32(0.0)
    return bare, trust


@kernel
def probabilities(logits: Array, width: int, family: Array, exclusive: bool) -> Array:
    """Return probabilities of the first ``width`` logits, float32.

    The sigmoid, or the softmax where exactly one topic holds. ``family`` has rows (topic, section): a section is lifted
    to its topics.
    """
    p = np.empty((len(logits), width), np.float32)
    half = np.float32(0.5)
    for d in range(len(logits)):
        if exclusive:
            top = logits[d, :width].max()
            total = np.float32(0.0)
            for k in range(width):
                p[d, k] = np.exp(logits[d, k] - top)
                total += p[d, k]
            p[d] /= total
            continue
        for k in range(width):
            p[d, k] = half + half * np.tanh(half * logits[d, k])
        for f in range(len(family)):
            p[d, family[f, 1]] = max(p[d, family[f, 1]], p[d, family[f, 0]])
    return p


@inlined
def _put_first(p: Array, logits: Array, columns: Array, family: Array) -> None:
    best = -1
    for s in range(len(p)):
        if columns[s] >= 0 and (best < 0 or logits[columns[s]] > logits[columns[best]]):
            best = s
    own = p[best]
    highest = own
    for s in range(len(p)):
        if columns[s] >= 0 and p[s] > own:
            met = (p[s] + own) * np.float32(0.5)
            for f in range(len(family)):
                if family[f, 1] == s:
                    met = max(met, p[family[f, 0]])
            p[s] = met
            highest = max(highest, met)
    p[best] = min(np.nextafter(highest, np.float32(2.0)), np.float32(1.0))


@kernel
def put_main_section_first(p: Array, logits: Array, gates: Array, columns: Array, family: Array) -> None:
    """Put the section first, in ``p``, that the first expert with an open gate takes for the main one.

    Expert e has its gate in column ``gates[e]`` of the logits, open above 0, and its view of section s in column
    ``columns[e, s]``, -1 for none. A likelier section meets the main one half-way, but falls no lower than its topics.
    """
    for d in range(len(p)):
        for e in range(len(gates)):
            if logits[d, gates[e]] > 0:
                _put_first(p[d], logits[d], columns[e], family)
                break


@kernel
def given(p: Array, thresholds: Array, family: Array) -> tuple[Array, Array, Array]:
    """Return (row, column, probability) of what passes its threshold: by row, then best first, ties by column.

    A section is left out where one of its topics is given.
    """
    passed = np.empty(p.shape[1], np.bool_)
    rows = np.empty(p.size, np.int64)
    columns = np.empty(p.size, np.int64)
    n = 0
    for d in range(len(p)):
        for k in range(p.shape[1]):
            passed[k] = p[d, k] >= thresholds[k]
        for f in range(len(family)):
            if p[d, family[f, 0]] >= thresholds[family[f, 0]]:
                passed[family[f, 1]] = False
        first = n
        for k in range(p.shape[1]):
            if not passed[k]:
                continue
            i = n
            while i > first and p[d, columns[i - 1]] < p[d, k]:
                columns[i] = columns[i - 1]
                i -= 1
            columns[i] = k
            rows[n] = d
            n += 1
    found = np.empty(n, np.float64)
    for i in range(n):
        found[i] = p[rows[i], columns[i]]
    return rows[:n].copy(), columns[:n].copy(), found
