"""Terms of texts as 64-bit keys: their counts in a text, in how many texts they occur, a table of them."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from . import kernels, kernels_rows, text
from .batches import available_threads, mapped
from .errors import InputError, ModelError

Array = NDArray[Any]


def counted(batch: list[str], *, ngrams: tuple[int, int], form: str) -> tuple[Array, Array, Array]:
    """Return (indptr, keys, counts) of the terms of each text."""
    units, bounds = text.units(batch, form)
    fold, tones, _ = text.tables(form)
    return kernels.count_terms(units, bounds, fold, tones, *ngrams)


def document_frequencies(
    texts: Iterable[str], *, ngrams: tuple[int, int], form: str, threads: int | None = None
) -> tuple[Array, Array, int]:
    """Return the sorted keys of all terms, in how many texts each occurs, and the number of texts."""
    low, high = checked_ngrams(ngrams)
    threads = threads or available_threads()
    parts = [_Counts() for _ in range(threads)]
    n = 0

    def rows(batch: list[str]) -> tuple[int, Array]:
        indptr, keys, _ = counted(batch, ngrams=(low, high), form=form)
        return len(indptr) - 1, keys

    with ThreadPoolExecutor(threads) as pool:
        for documents, keys in mapped(rows, texts, threads=threads):
            n += documents
            list(pool.map(lambda p, keys=keys: parts[p].add(keys, part=p, parts=threads), range(threads)))
    keys = np.concatenate([part.keys[part.keys != 0] for part in parts])
    df = np.concatenate([part.counts[part.keys != 0] for part in parts])
    order = np.argsort(keys)
    return keys[order], df[order], n


class _Counts:
    """Counts of keys in a hash table that grows."""

    def __init__(self) -> None:
        self.keys = np.zeros(1 << 16, np.uint64)
        self.counts = np.zeros(1 << 16, np.int32)
        self.filled = 0

    def add(self, keys: Array, *, part: int, parts: int) -> None:
        while 2 * (self.filled + len(keys) // parts) > len(self.keys):
            larger = np.zeros(2 * len(self.keys), np.uint64), np.zeros(2 * len(self.keys), np.int32)
            kernels_rows.moved_counts(self.keys, self.counts, *larger)
            self.keys, self.counts = larger
        self.filled += kernels_rows.add_counts(keys, self.keys, self.counts, part, parts)


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
