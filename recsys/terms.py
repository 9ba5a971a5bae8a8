"""Terms of texts as 64-bit keys: their counts in a text, in how many texts they occur, a table of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from recsys import kernels, kernels_rows, text
from recsys.batches import available_threads, mapped
from recsys.errors import InputError, ModelError

Array = NDArray[Any]


def counted(batch: list[str], *, ngrams: tuple[int, int], form: str) -> tuple[Array, Array, Array]:
    """Return (indptr, keys, counts) of the terms of each text."""
    units, bounds = text.units(batch, form)
    fold, tones, *_ = text.tables(form)
    return kernels.count_terms(units, bounds, fold, tones, *ngrams)


def document_frequencies(
    texts: Iterable[str],
    *,
    ngrams: tuple[int, int],
    form: str,
    min_df: int = 1,
    threads: int | None = None,
    risen: Callable[[list[str], Array], None] | None = None,
) -> tuple[Array, Array, int]:
    """Return the sorted keys of the terms in ``min_df`` texts or more, in how many each occurs, the number of texts.

    ``risen`` is told, once for each such term, the batch in which it reaches ``min_df``, and its key.
    """
    low, high = checked_ngrams(ngrams)
    threads = threads or available_threads()
    parts = [_Counts() for _ in range(threads)]
    n = 0

    def rows(batch: list[str]) -> tuple[list[str], Array]:
        return batch, counted(batch, ngrams=(low, high), form=form)[1]

    with ThreadPoolExecutor(threads) as pool:
        for batch, keys in mapped(rows, texts, threads=threads):
            n += len(batch)

            def add(p: int, keys: Array = keys) -> Array:
                return parts[p].add(keys, part=p, parts=threads, min_df=min_df)

            reached = list(pool.map(add, range(threads)))
            if risen is not None:
                risen(batch, np.sort(np.concatenate(reached)))
    keys = np.concatenate([part.keys[part.counts >= min_df] for part in parts])
    df = np.concatenate([part.counts[part.counts >= min_df] for part in parts])
    order = np.argsort(keys)
    return keys[order], df[order], n


class _Counts:
    """Counts of keys in a hash table that grows."""

    def __init__(self) -> None:
        self.keys = np.zeros(1 << 16, np.uint64)
        self.counts = np.zeros(1 << 16, np.int32)
        self.filled = 0

    def add(self, keys: Array, *, part: int, parts: int, min_df: int) -> Array:
        while 2 * (self.filled + len(keys) // parts) > len(self.keys):
            larger = np.zeros(2 * len(self.keys), np.uint64), np.zeros(2 * len(self.keys), np.int32)
            kernels_rows.moved_counts(self.keys, self.counts, *larger)
            self.keys, self.counts = larger
        new, risen = kernels_rows.add_counts(keys, self.keys, self.counts, part, parts, min_df)
        self.filled += new
        return risen


def smooth_idf(df: Array, n: int) -> Array:
    """Return ``ln((1 + n) / (1 + df)) + 1`` as float32."""
    return (np.log((1.0 + n) / (1.0 + df)) + 1.0).astype(np.float32)


def buckets(keys: Array) -> Array:
    """Return where each bucket of the sorted ``keys`` starts: about one key a bucket."""
    if len(keys) > 1 and not (keys[1:] > keys[:-1]).all():
        raise ModelError("the keys of terms must be sorted and different")
    return frozen(kernels_rows.bucket_starts(keys, max(len(keys).bit_length(), 1)))


def shared(array: Array, dtype: DTypeLike) -> Array:
    """Return ``array`` read-only, aligned and contiguous, copied only if it is not: a memory map stays one."""
    return frozen(np.require(array, dtype, ["C", "A"]).view(np.ndarray)[...])


def frozen(array: Array) -> Array:
    """Return a read-only view."""
    view = array.view()
    view.flags.writeable = False
    return view


def checked_ngrams(ngrams: tuple[int, int]) -> tuple[int, int]:
    """Return ``ngrams`` if it is a range of lengths."""
    low, high = ngrams
    if not 1 <= low <= high:
        raise InputError(f"ngrams must be (low, high) with 1 <= low <= high, got {ngrams!r}")
    return int(low), int(high)
