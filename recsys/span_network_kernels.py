"""Numba kernels of the span tagger's network: rows put side by side and pooled, and the best spans by its word."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from recsys.jit import kernel

Array = NDArray[Any]


@kernel
def gathered(x: Array, ids: Array, embedding: Array, topics: Array) -> Array:
    """Return what is known of each token beside the vectors of its word."""
    n, size = x.shape
    more, most = embedding.shape[1], topics.shape[1]
    found = np.empty((n, size + more + most), np.float32)
    for t in range(n):
        e = ids[t] if ids[t] < embedding.shape[0] else 1
        k = ids[t] if ids[t] < topics.shape[0] else 0
        found[t, :size] = x[t]
        found[t, size : size + more] = embedding[e]
        found[t, size + more :] = topics[k]
    return found


@kernel
def doubtful(early: Array, sentence: Array, doubt: float) -> Array:
    """Return which tokens stand in, or near, a sentence where any token is in doubt, as flags and as numbers."""
    n = sentence.size
    flags = np.zeros(n + 1, np.bool_)
    for t in range(n):
        if early[t, 0] > doubt:
            flags[sentence[t]] = True
    near = np.zeros(n, np.bool_)
    for t in range(n):
        if flags[sentence[t]]:
            for q in range(max(0, t - 6), min(n, t + 7)):
                near[q] = True
    return near.nonzero()[0]


@kernel
def around(h: Array, rows: Array, step: int) -> Array:
    """Return some rows, each with the two before it and the two after, side by side."""
    n, size = h.shape
    found = np.zeros((rows.size, 5 * size), np.float32)
    for i in range(rows.size):
        for k in range(5):
            t = rows[i] + (k - 2) * step
            if 0 <= t < n:
                found[i, k * size : (k + 1) * size] = h[t]
    return found


@kernel
def _totals(rows: Array, group: Array) -> tuple[Array, Array]:
    """Return the sum of the rows of each group and their number; -1 is no group."""
    size = rows.shape[1]
    most = group.max() + 1 if len(rows) else 0
    total = np.zeros((most, size), np.float32)
    count = np.zeros(most, np.float32)
    for i in range(len(rows)):
        if group[i] >= 0:
            count[group[i]] += 1
            for k in range(size):
                total[group[i], k] += rows[i, k]
    return total, count


@kernel
def others(rows: Array, group: Array) -> Array:
    """Return the mean of the other rows of each row's group, zeros where there are none."""
    total, count = _totals(rows, group)
    found = np.zeros(rows.shape, np.float32)
    for i in range(len(rows)):
        g = group[i]
        if g >= 0 and count[g] > 1:
            for k in range(rows.shape[1]):
                found[i, k] = (total[g, k] - rows[i, k]) / (count[g] - 1)
    return found


@kernel
def averages(rows: Array, group: Array) -> Array:
    """Return the mean of each row's group; every row has one."""
    total, count = _totals(rows, group)
    found = np.empty(rows.shape, np.float32)
    for i in range(len(rows)):
        for k in range(rows.shape[1]):
            found[i, k] = total[group[i], k] / count[group[i]]
    return found


@kernel
def spans(z: Array, ids: Array, price: float) -> tuple[Array, Array]:
    """Return the best set of spans (first, last + 1, score): each pays ``price``, none crosses a line."""
    n = ids.size
    out = np.zeros(n + 1, np.float32)  # best up to here, outside
    inside = np.float32(-1e9)
    begun = -1
    begins = np.full(n + 1, -1, np.int32)
    gains = np.zeros(n + 1, np.float32)
    base = np.float32(0.0)
    for t in range(n):
        if ids[t] == 0:
            inside = np.float32(-1e9)
            out[t + 1] = out[t]
            continue
        opened = out[t] + z[t, 1] - price + z[t, 0]
        stayed = inside + z[t, 0]
        if opened > stayed:
            inside, begun, base = opened, t, out[t]
        else:
            inside = stayed
        closed = inside + z[t, 2]
        out[t + 1] = out[t]
        if closed > out[t]:
            out[t + 1] = closed
            begins[t + 1] = begun
            gains[t + 1] = closed - base
    found = np.empty((n, 2), np.int32)
    scores = np.empty(n, np.float32)
    count = 0
    t = n
    while t > 0:
        if begins[t] >= 0:
            found[count, 0], found[count, 1], scores[count] = begins[t], t, gains[t]
            count += 1
            t = begins[t]
        else:
            t -= 1
    return found[:count][::-1].copy(), scores[:count][::-1].copy()
