"""The archive in memory: rows of terms that grow, postings in segments that are merged as they do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from recsys import index_kernels
from recsys.features import Story
from recsys.terms import buckets

Array = NDArray[Any]

ROW = 192  # weightiest terms kept of a document
QUERY = 250  # weightiest terms of an article that a search which need not be exact walks
_GROWTH = 1.5


@dataclass(frozen=True, slots=True)
class _Rows:
    """What a search sees: it never changes, so that searches need not wait for writers."""

    indptr: Array
    keys: Array
    weights: Array
    alive: Array
    segments: tuple[_Segment, ...]


class Postings:
    """Documents as rows of weighted terms, found by cosine.

    Documents are numbered from 0 as they are added and keep their number; a removed one only stops being found.
    Segments of postings cover neighbouring ranges of documents, each at least twice as long as the next. One thread
    may write while others search.
    """

    def __init__(self) -> None:
        nothing = np.empty(0, np.uint64), np.empty(0, np.float32), np.empty(0, np.bool_)
        self._rows = _Rows(np.zeros(1, np.int64), *nothing, ())

    def __len__(self) -> int:
        """Return how many documents were ever added."""
        return len(self._rows.indptr) - 1

    @classmethod
    def restored(cls, arrays: Mapping[str, Array]) -> Self:
        """Build from what ``compact`` returned; arrays may be read-only memory maps."""
        made = cls()
        indptr, keys, weights = (arrays[name] for name in ("indptr", "keys", "weights"))
        documents = len(indptr) - 1
        if documents:
            segment = _Segment.built(0, documents, indptr, keys, weights, order=arrays["order"])
            made._rows = _Rows(indptr, keys, weights, np.ones(documents, np.bool_), (segment,))
        return made

    def compact(self) -> dict[str, Array]:
        """Return the living documents as arrays: their rows, what sorts the rows' keys, and their numbers until now."""
        rows = self._rows
        documents = np.flatnonzero(rows.alive)
        sizes = np.diff(rows.indptr)
        indptr = np.concatenate([[0], np.cumsum(sizes[documents])])
        taken = np.repeat(rows.alive, sizes)
        keys, weights = (x[: len(taken)][taken] for x in (rows.keys, rows.weights))
        order = np.argsort(keys, kind="stable").astype(np.int32)
        return {"indptr": indptr, "keys": keys, "weights": weights, "order": order, "documents": documents}

    def add(self, indptr: Array, keys: Array, weights: Array) -> range:
        """Add documents; return their numbers."""
        indptr, keys, weights = index_kernels.pruned(indptr, keys, weights, ROW)
        old, first, size = self._rows, len(self), int(self._rows.indptr[-1])
        if len(indptr) == 1:
            return range(first, first)
        bounds = np.concatenate([old.indptr, indptr[1:] + size])
        keys, weights = _grown(old.keys, size, keys), _grown(old.weights, size, weights)
        alive = np.concatenate([old.alive, np.ones(len(indptr) - 1, np.bool_)])
        segments, start, last = list(old.segments), first, len(bounds) - 1
        while segments and len(segments[-1]) < 2 * (last - start):
            start = segments.pop().first
        segments.append(_Segment.built(start, last, bounds, keys, weights))
        self._rows = _Rows(bounds, keys, weights, alive, tuple(segments))
        return range(first, last)

    def remove(self, documents: Sequence[int]) -> None:
        """Let documents be found no more."""
        alive = self._rows.alive.copy()
        alive[list(documents)] = False
        self._rows = replace(self._rows, alive=alive)

    def nearest(self, story: Story, k: int, *, exact: bool = False, without: int | None = None) -> tuple[Array, Array]:
        """Return the ``k`` documents of the highest cosine and (k, 3) cosines with the article, title and lead, title.

        Unless ``exact``, they are chosen by the article's 250 weightiest terms. Equal ones stand in the order added.
        """
        rows, alive = self._rows, self._rows.alive
        if without is not None:
            alive = alive.copy()
            alive[without] = False
        weights = story.weights[:, 0]
        chosen = np.arange(len(weights)) if exact else np.sort(np.argsort(-weights, kind="stable")[:QUERY])
        scores = np.zeros(len(alive), np.float32)
        for segment in rows.segments:
            segment.add_cosines(story.terms[chosen], weights[chosen], scores)
        found = index_kernels.best(scores, alive, min(k, len(alive)))
        query = story.slots, story.terms, story.weights
        cosines = index_kernels.exact_cosines(found, rows.indptr, rows.keys, rows.weights, *query)
        order = np.lexsort((found, -cosines[:, 0]))
        return found[order], cosines[order]

    def rows_of(self, documents: Array) -> list[tuple[Array, Array]]:
        """Return the keys and weights of each document."""
        rows = self._rows
        spans = [slice(int(rows.indptr[d]), int(rows.indptr[d + 1])) for d in documents]
        return [(rows.keys[span], rows.weights[span]) for span in spans]


class _Segment:
    """Postings of the documents from ``first`` to before ``last``."""

    def __init__(self, first: int, last: int, arrays: tuple[Array, Array, Array, Array, Array]) -> None:
        self.first = first
        self.last = last
        self._arrays = arrays

    @classmethod
    def built(
        cls, first: int, last: int, indptr: Array, keys: Array, weights: Array, *, order: Array | None = None
    ) -> Self:
        """Turn rows into postings; ``order`` sorts their keys, stably, where that is known."""
        span = slice(int(indptr[first]), int(indptr[last]))
        if order is None:
            order = np.argsort(keys[span], kind="stable")
        terms, starts, documents = index_kernels.postings(indptr, keys, first, last, order)
        return cls(first, last, (terms, np.array(buckets(terms)), starts, documents, weights[span][order]))

    def __len__(self) -> int:
        return self.last - self.first

    def add_cosines(self, terms: Array, weights: Array, scores: Array) -> None:
        """Add to ``scores`` the products of a query's terms with these documents."""
        index_kernels.add_cosines(terms, weights, *self._arrays, scores)


def _grown(array: Array, used: int, more: Array) -> Array:
    """Return ``array`` with ``more`` after its first ``used`` places, moved to a larger one where it must be."""
    if not len(more):
        return array
    if used + len(more) > len(array):
        larger = np.empty(int(_GROWTH * (used + len(more))), array.dtype)
        larger[:used] = array[:used]
        array = larger
    array[used : used + len(more)] = more
    return array
