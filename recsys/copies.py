"""The same text under another headline, variety, and recency: what is left out of a good list, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recsys.dates import day
from recsys.errors import InputError

Array = NDArray[Any]

COPY = 0.95  # cosine of two texts from which they are one text


def cosines(rows: Sequence[tuple[Array, Array]]) -> Array:
    """Return the (n, n) cosines of sparse rows, each given as (keys, weights)."""
    from scipy.sparse import csr_matrix

    keys = np.concatenate([k for k, _ in rows]) if rows else np.empty(0, np.uint64)
    terms, columns = np.unique(keys, return_inverse=True)
    weights = np.concatenate([w for _, w in rows]) if rows else np.empty(0, np.float32)
    indptr = np.concatenate([[0], np.cumsum([len(k) for k, _ in rows])])
    matrix = csr_matrix((weights, columns, indptr), shape=(len(rows), len(terms)))
    norms = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    scaled = np.maximum(norms, 1e-12)
    return np.asarray((matrix @ matrix.T).toarray() / scaled[:, None] / scaled[None, :], np.float32)


def collapsed(similarity: Array) -> list[list[int]]:
    """Group near-copies under the first of them: [[first, its copies...], ...] in order.

    An item joins the first group whose first item it copies (cosine 0.95 or more), so groups never chain.
    """
    groups: list[list[int]] = []
    for i in range(len(similarity)):
        for group in groups:
            if similarity[i, group[0]] >= COPY:
                group.append(i)
                break
        else:
            groups.append([i])
    return groups


def varied(relevance: Array, similarity: Array, *, diversity: float) -> list[int]:
    """Order by maximal marginal relevance: ``(1 - d) * relevance - d * similarity to the nearest one chosen before``.

    With ``diversity`` 0 the order is that of relevance, ties as given.

    References
    ----------
    Carbonell and Goldstein, "The use of MMR", SIGIR 1998, https://doi.org/10.1145/290941.291025
    """
    if not 0 <= diversity <= 1:
        raise InputError(f"diversity must be between 0 (only relevance) and 1 (only variety), got {diversity}")
    left: list[int] = np.argsort(-relevance, kind="stable").tolist()
    if diversity == 0:
        return left
    chosen: list[int] = []
    nearest = np.zeros(len(relevance))
    while left:
        value = (1 - diversity) * relevance[left] - diversity * nearest[left]
        best = left.pop(int(np.argmax(value)))
        chosen.append(best)
        nearest = np.maximum(nearest, similarity[best])
    return chosen


def recency(published: Sequence[str], *, now: str, half_life: float | None) -> Array:
    """Return ``0.5 ** (days apart / half_life)``; 1 where a date is unknown, or for all without a half-life."""
    if half_life is None:
        return np.ones(len(published))
    if half_life <= 0:
        raise InputError(f"half_life must be a positive number of days, or None, got {half_life}")
    today = day(now, first=True)
    days = [0 if today is None or (d := day(p, first=True)) is None else abs(today - d) for p in published]
    return np.asarray(0.5 ** (np.array(days) / half_life))
