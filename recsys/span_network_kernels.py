"""Numba kernels of the span tagger's network: rows put side by side and pooled, and the best spans by its word."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from recsys.jit import kernel

Array = NDArray[Any]


@kernel
def rectified(h: Array, ids: Array, by_word: Array, by_topic: Array) -> Array:
    """Add to each row what its word brings to the first layer, in place, and cut off what is negative."""
    for t in range(len(h)):
        e = ids[t] if ids[t] < len(by_word) else 1
        k = ids[t] if ids[t] < len(by_topic) else 0
        for j in range(h.shape[1]):
            v = h[t, j] + by_word[e, j] + by_topic[k, j]
            h[t, j] = v if v > 0 else np.float32(0.0)
    return h


def by_row(weights: Array) -> Array:
    """Lay out the weights (5 * inputs, outputs) of a layer over five rows by what one row brings to each."""
    taps = weights.reshape(5, -1, weights.shape[1])
    return np.ascontiguousarray(taps.transpose(1, 0, 2).reshape(taps.shape[1], -1))


@kernel
def convolved(parts: Array, constant: Array, bias: Array, step: int) -> Array:
    """Sum what the rows 2 and 1 steps before each, itself and those after bring it; cut off what is negative.

    ``parts`` (n, 5 * size) holds side by side what each row brings to the one 2 steps after it, 1 step, ...; to that
    every row of the page adds ``constant`` (5, size).
    """
    n, size = parts.shape[0], parts.shape[1] // 5
    found = np.empty((n, size), np.float32)
    whole = bias + constant.sum(0)
    reach = 2 * step
    for t in range(reach, n - reach):
        a, b, c, d, e = parts[t - reach], parts[t - step], parts[t], parts[t + step], parts[t + reach]
        for j in range(size):
            v = whole[j] + a[j] + b[size + j] + c[2 * size + j] + d[3 * size + j] + e[4 * size + j]
            found[t, j] = v if v > 0 else np.float32(0.0)
    for t in range(n):
        if reach <= t < n - reach:
            continue
        row = bias.copy()
        for k in range(5):
            q = t + (k - 2) * step
            if 0 <= q < n:
                row += parts[q, k * size : (k + 1) * size] + constant[k]
        found[t] = np.maximum(row, np.float32(0.0))
    return found


@kernel
def _totals(rows: Array, first: int, last: int, group: Array) -> tuple[Array, Array]:
    """Return the sum of some columns of the rows of each group, and the rows' number; -1 is no group."""
    size = last - first
    most = group.max() + 1 if len(rows) else 0
    total = np.zeros((most, size), np.float32)
    count = np.zeros(most, np.float32)
    for t in range(len(rows)):
        if group[t] >= 0:
            count[group[t]] += 1
            for j in range(size):
                total[group[t], j] += rows[t, first + j]
    return total, count


@kernel
def write_others(to: Array, at: int, rows: Array, columns: int, group: Array) -> None:
    """Write into columns of ``to`` the mean of the other rows of each row's group; zeros where there are none."""
    total, count = _totals(rows, 0, columns, group)
    for t in range(len(rows)):
        g = group[t]
        alone = g < 0 or count[g] < 2
        for j in range(columns):
            to[t, at + j] = np.float32(0.0) if alone else (total[g, j] - rows[t, j]) / (count[g] - np.float32(1.0))


@kernel
def write_averages(to: Array, at: int, rows: Array, first: int, last: int, group: Array) -> None:
    """Write into columns of ``to`` the mean of some columns over each row's group; every row has one."""
    total, count = _totals(rows, first, last, group)
    for t in range(len(rows)):
        for j in range(last - first):
            to[t, at + j] = total[group[t], j] / count[group[t]]


@kernel
def joined(h: Array, more: int) -> Array:
    """Return the rows with columns yet to be written beside them."""
    n, size = h.shape
    found = np.empty((n, size + more), np.float32)
    for t in range(n):
        for j in range(size):
            found[t, j] = h[t, j]
    return found


@kernel
def write_behind(to: Array, at: int, source: int, columns: int, back: Array) -> None:
    """Write into columns of ``to`` what other columns hold a row before, where a pair ends there (``back``)."""
    for t in range(len(to)):
        alive = t > 0 and back[t] >= 0
        for j in range(columns):
            to[t, at + j] = to[t - 1, source + j] if alive else np.float32(0.0)


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
