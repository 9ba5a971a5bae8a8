"""The numba kernels of the archive: postings built from rows, cosine of all documents, the best of them.

Rows of documents (64-bit keys and weights of terms) lie one below the other; a segment of postings covers a range of
them: the sorted terms that occur, and for each the documents with their weights.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from recsys.jit import inlined, kernel
from recsys.pair_kernels import find, place_of, shift_of

Array = NDArray[Any]


@kernel
def pruned(indptr: Array, keys: Array, weights: Array, limit: int) -> tuple[Array, Array, Array]:
    """Return rows that keep their ``limit`` weightiest terms (the first of equal ones)."""
    out = np.zeros(len(indptr), np.int64)
    kept_keys = np.empty(len(keys), np.uint64)
    kept_weights = np.empty(len(keys), np.float32)
    n = 0
    for d in range(len(indptr) - 1):
        start, end = indptr[d], indptr[d + 1]
        spare = limit
        bound = np.float32(-1.0)
        if end - start > limit:
            bound = -np.sort(-weights[start:end])[limit - 1]
            for i in range(start, end):
                spare -= weights[i] > bound
        for i in range(start, end):
            keep = weights[i] > bound
            if not keep and weights[i] == bound and spare > 0:
                spare -= 1
                keep = True
            if keep:
                kept_keys[n] = keys[i]
                kept_weights[n] = weights[i]
                n += 1
        out[d + 1] = n
    return out, kept_keys[:n].copy(), kept_weights[:n].copy()


@kernel
def postings(indptr: Array, keys: Array, first: int, last: int, order: Array) -> tuple[Array, Array, Array]:
    """Return (terms, starts, documents) of rows ``first:last``; ``order`` sorts their keys, stably."""
    base = indptr[first]
    document = np.empty(len(order), np.int32)
    for d in range(first, last):
        for i in range(indptr[d] - base, indptr[d + 1] - base):
            document[i] = d
    terms = np.empty(len(order), np.uint64)
    starts = np.empty(len(order) + 1, np.int64)
    documents = np.empty(len(order), np.int32)
    n = 0
    for i in range(len(order)):
        key = keys[base + order[i]]
        if n == 0 or terms[n - 1] != key:
            terms[n] = key
            starts[n] = i
            n += 1
        documents[i] = document[order[i]]
    starts[n] = len(order)
    return terms[:n].copy(), starts[: n + 1].copy(), documents


@kernel
def add_cosines(
    query: Array,
    query_weights: Array,
    terms: Array,
    buckets: Array,
    starts: Array,
    docs: Array,
    weights: Array,
    out: Array,
) -> None:
    """Add to ``out`` the products of a query's terms with a segment's postings."""
    shift = shift_of(buckets)
    for t in range(len(query)):
        place = find(query[t], terms, buckets, shift)
        if place < 0:
            continue
        w = query_weights[t]
        for i in range(starts[place], starts[place + 1]):
            out[docs[i]] += w * weights[i]


@inlined
def _worse(score: float, doc: int, other: float, other_doc: int) -> bool:
    return score < other or (score == other and doc > other_doc)


@kernel
def best(scores: Array, alive: Array, k: int) -> Array:
    """Return the ``k`` living documents with the highest score above 0, best first, the earlier of equal ones."""
    heap = np.empty(k, np.int32)
    n = 0
    for d in range(len(scores)):
        s = scores[d]
        if s <= 0 or not alive[d]:
            continue
        if n < k:
            i = n
            heap[i] = d
            n += 1
            while i > 0:
                up = (i - 1) // 2
                if not _worse(scores[heap[i]], heap[i], scores[heap[up]], heap[up]):
                    break
                heap[i], heap[up] = heap[up], heap[i]
                i = up
        elif n > 0 and _worse(scores[heap[0]], heap[0], s, d):
            heap[0] = d
            _sink(heap, n, scores)
    for end in range(n - 1, 0, -1):
        heap[0], heap[end] = heap[end], heap[0]
        _sink(heap, end, scores)
    return heap[:n].copy()


@inlined
def _sink(heap: Array, n: int, scores: Array) -> None:
    i = 0
    while 2 * i + 1 < n:
        child = 2 * i + 1
        if child + 1 < n and _worse(scores[heap[child + 1]], heap[child + 1], scores[heap[child]], heap[child]):
            child += 1
        if not _worse(scores[heap[child]], heap[child], scores[heap[i]], heap[i]):
            break
        heap[i], heap[child] = heap[child], heap[i]
        i = child


@kernel
def exact_cosines(
    documents: Array, indptr: Array, keys: Array, weights: Array, slots: Array, terms: Array, query_weights: Array
) -> Array:
    """Return (n documents, columns of ``query_weights``): the products of whole rows with an article's weights."""
    out = np.zeros((len(documents), query_weights.shape[1]), np.float32)
    for n in range(len(documents)):
        d = documents[n]
        for i in range(indptr[d], indptr[d + 1]):
            place = place_of(keys[i], slots, terms)
            if place >= 0:
                for c in range(query_weights.shape[1]):
                    out[n, c] += weights[i] * query_weights[place, c]
    return out
