"""The numba kernel that fits linear support vector machines."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from recsys.jit import inlined, kernel
from recsys.simd import LANES, add_scaled

Array = NDArray[Any]

WIDTH = LANES  # classes solved together: a vector register

_ZERO, _ONE, _HALF = np.float32(0.0), np.float32(1.0), np.float32(0.5)


@inlined
def _shuffle(rows: Array, n: int, state: np.uint64) -> np.uint64:
    """Shuffle the first ``n`` of ``rows``; return the next state of the generator (xorshift)."""
    for s in range(n):
        state ^= state << np.uint64(13)
        state ^= state >> np.uint64(7)
        state ^= state << np.uint64(17)
        t = s + np.int64((state >> np.uint64(32)) * np.uint64(n - s) >> np.uint64(32))
        rows[s], rows[t] = rows[t], rows[s]
    return state


@inlined
def _step(
    y: Array, score: Array, alpha: Array, cost: Array, square: np.float32, bound: np.float32, delta: Array
) -> Any:  # noqa: ANN401
    """Move the dual variables of a row, one per class; write the change of its weight to ``delta``.

    Return (whether anything moved, whether every class may be shrunk, largest violation, largest gradient above 0).
    """
    moved, idle = False, True
    violation = upper = _ZERO
    for c in range(WIDTH):
        delta[c] = _ZERO
        if y[c] == 0:
            continue
        sign = np.float32(y[c])
        diagonal = _HALF / cost[c]
        gradient = sign * score[c] - _ONE + diagonal * alpha[c]
        if alpha[c] == _ZERO and gradient >= _ZERO:
            idle &= gradient > bound
            continue
        idle = False
        violation = max(violation, abs(gradient))
        upper = max(upper, gradient)
        new = max(alpha[c] - gradient / (square + diagonal), _ZERO)
        delta[c] = (new - alpha[c]) * sign
        alpha[c] = new
        moved |= delta[c] != _ZERO
    return moved, idle, violation, upper


@kernel
def descend(
    indptr: Array,
    indices: Array,
    data: Array,
    n_features: int,
    Y: Array,
    cost: Array,
    tolerance: float,
    max_epochs: int,
    seed: int,
) -> Array:
    """Return the weights (n_features + 1, WIDTH), the intercepts last; ``Y`` holds 1, -1 and 0 for unknown."""
    n = len(indptr) - 1
    W = np.zeros((n_features + 1, WIDTH), np.float32)
    alpha = np.zeros((n, WIDTH), np.float32)
    squares = np.ones(n, np.float32)
    everything = np.empty(n, np.int64)
    n_known = 0
    for i in range(n):
        if (Y[i] != 0).any():
            everything[n_known] = i
            n_known += 1
        for k in range(indptr[i], indptr[i + 1]):
            squares[i] += data[k] * data[k]
    active = everything[:n_known].copy()
    m = n_known
    state = np.uint64(seed) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(0x2545F4914F6CDD1D)
    bound = np.float32(np.inf)
    score = np.zeros(WIDTH, np.float32)
    delta = np.zeros(WIDTH, np.float32)
    for _ in range(max_epochs):
        state = _shuffle(active, m, state)
        whole = m == n_known
        largest = upper = _ZERO
        s = 0
        while s < m:
            i = active[s]
            score[:] = W[n_features]
            for k in range(indptr[i], indptr[i + 1]):
                add_scaled(score, 0, data[k], W, WIDTH * np.int64(indices[k]), 1)
            moved, idle, row_violation, row_upper = _step(Y[i], score, alpha[i], cost[i], squares[i], bound, delta)
            if moved:
                for k in range(indptr[i], indptr[i + 1]):
                    add_scaled(W, WIDTH * np.int64(indices[k]), data[k], delta, 0, 1)
                W[n_features] += delta
            largest = max(largest, row_violation)
            upper = max(upper, row_upper)
            if idle:
                m -= 1
                active[s], active[m] = active[m], active[s]
            else:
                s += 1
        if largest > tolerance:
            bound = upper if upper > _ZERO else np.float32(np.inf)
        elif whole:
            break
        else:  # optimal among the active rows: look at all of them once more
            active[:n_known] = everything[:n_known]
            m = n_known
            bound = np.float32(np.inf)
    return W
