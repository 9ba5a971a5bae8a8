"""Numba kernels over the seams of a page: how well each token, and each after it, goes on from the one before."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from recsys import span_columns as c
from recsys.jit import kernel
from recsys.span_columns import REACH
from recsys.span_kernels import NEWLINE, levels, three, two

Array = NDArray[Any]

BLOCK = 256  # tokens whose n-grams are looked up together: the memory of all is asked for before any is needed


@kernel
def _surprise(seen: int, a: int, b: int, logs: Array, total: float) -> float:
    """Return how much more often than chance a pair of words is seen at this level (log, clipped)."""
    expected: float = logs[a] + logs[b] - total
    if seen == 0:
        return max(-3.0, -0.2 - max(expected, -0.2))
    return min(6.0, max(-3.0, 1.48 + 0.765 * (seen - 1) - expected))


@kernel
def _id(ids: Array, t: int) -> int:
    """Return the id of a token, the end of a line outside the page."""
    return ids[t] if 0 <= t < ids.size else NEWLINE


@kernel
def _joins(ids: Array, first: int, last: int, grams: Array) -> tuple[Array, Array]:
    """Return, for some tokens, how often news goes on from the one before each to it and to the next ``REACH``.

    The levels of these pairs; and of the triples that they end and begin, where the pair was seen at all.
    """
    n = last - first
    keys = np.empty(n * (REACH + 1), np.uint64)
    for i in range(n):
        p = _id(ids, first + i - 1)
        for k in range(REACH + 1):
            keys[i * (REACH + 1) + k] = two(p, _id(ids, first + i + k))
    pairs = levels(keys, grams)
    triples = np.empty(2 * np.count_nonzero(pairs), np.uint64)
    m = 0
    for i in range(n):
        t = first + i
        p = _id(ids, t - 1)
        pp = _id(ids, t - 2) if p != NEWLINE else NEWLINE
        for k in range(REACH + 1):
            if pairs[i * (REACH + 1) + k] > 0:
                q = _id(ids, t + k)
                triples[m] = three(pp, p, q)
                triples[m + 1] = three(p, q, _id(ids, t + k + 1) if q != NEWLINE else NEWLINE)
                m += 2
    return pairs.reshape(n, REACH + 1), levels(triples, grams)


@kernel
def seams(x: Array, ids: Array, logs: Array, total: float, grams: Array) -> None:
    """Write how each token goes on from the one before, and how that one would go on if some were taken out."""
    n = ids.size
    for first in range(0, n, BLOCK):
        pairs, triples = _joins(ids, first, min(n, first + BLOCK), grams)
        m = 0
        for t in range(first, min(n, first + BLOCK)):
            p = _id(ids, t - 1)
            alive = ids[t] != NEWLINE
            for size in range(REACH + 1):
                seen = pairs[t - first, size]
                before = after = 0
                if seen > 0:
                    before, after = triples[m], triples[m + 1]
                    m += 2
                e = t + size
                alive = alive and e <= n and (size < 2 or ids[e - 1] != NEWLINE)
                if not alive:
                    continue
                q = _id(ids, e)
                v = _surprise(seen, p, q, logs, total) / 4
                if size == 0:
                    x[t, c.SURPRISE] = v
                    x[t, c.SEEN] = seen / 7
                    x[t, c.SEEN_BEFORE] = before / 7
                    x[t, c.SEEN_AFTER] = after / 7
                    x[t, c.FREQUENCY] = logs[q] / 16
                else:
                    best = v + (before + after) / 6 if p != NEWLINE or q != NEWLINE else 0.0
                    x[t, c.JOIN_FROM + size - 1] = best
                    x[e - 1, c.JOIN_TO + size - 1] = best
