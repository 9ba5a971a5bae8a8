"""TF-IDF without a vocabulary of strings: texts -> keys of syllable n-grams -> L2-normalised sparse rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import DTypeLike, NDArray

from . import kernels, text
from .batches import available_threads, mapped
from .errors import InputError, ModelError

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Array = NDArray[Any]


class Tfidf:
    """A fitted TF-IDF weighting of syllable n-grams.

    The weight of term t in document d is ``(1 + ln tf) * idf(t)`` with ``idf(t) = ln((1 + n) / (1 + df)) + 1``, rows
    have length 1: scikit-learn's ``TfidfVectorizer(sublinear_tf=True)``, to which the form "exact" is equal.

    Parameters
    ----------
    keys : uint64, sorted
        The terms known, as ``kernels`` hashes them; a term's column is its place.
    idf : float32
        Inverse document frequency of each.
    ngrams : (low, high)
        Length of terms in syllables.
    form : {"folded", "exact", "bare"}
        How a text is read, see ``text``.
    sublinear : bool
        Whether the term frequency is ``1 + ln tf`` or ``tf`` itself.
    unknown_idf : float or None
        With a number the vocabulary of ``rows`` is open: other terms are kept, at this idf.
    """

    def __init__(
        self,
        keys: Array,
        idf: Array,
        *,
        ngrams: tuple[int, int] = (1, 2),
        form: str = "folded",
        sublinear: bool = True,
        unknown_idf: float | None = None,
    ) -> None:
        if len(keys) != len(idf):
            raise ModelError(f"keys and idf must have one length, got {len(keys)} and {len(idf)}")
        self.keys = shared(keys, np.uint64)
        self.idf = shared(idf, np.float32)
        self.ngrams = checked_ngrams(ngrams)
        self.form = form
        self.sublinear = sublinear
        self.unknown_idf = unknown_idf
        self._starts = buckets(self.keys)
        self._tables = text.tables(form)

    @classmethod
    def fit(
        cls,
        texts: Iterable[str],
        *,
        min_df: int = 2,
        max_features: int | None = None,
        ngrams: tuple[int, int] = (1, 2),
        form: str = "folded",
        sublinear: bool = True,
        open_vocabulary: bool = False,
        threads: int | None = None,
    ) -> Self:
        """Learn terms and idf from a stream of texts, in memory bounded by the number of different terms.

        Terms in fewer than ``min_df`` documents are left out, then all but the ``max_features`` most frequent (ties
        by key). With ``open_vocabulary``, terms left out or never seen weigh as much as the rarest known one.
        """
        keys, df, n = document_frequencies(texts, ngrams=ngrams, form=form, threads=threads)
        kept = df >= min_df
        keys, df = keys[kept], df[kept]
        if max_features is not None and len(keys) > max_features:
            kept = np.sort(np.argsort(-df, kind="stable")[:max_features])
            keys, df = keys[kept], df[kept]
        idf = smooth_idf(df, n)
        unknown = (float(idf.max()) if len(idf) else 1.0) if open_vocabulary else None
        return cls(keys, idf, ngrams=ngrams, form=form, sublinear=sublinear, unknown_idf=unknown)

    def transform(self, texts: Iterable[str], *, threads: int | None = None) -> csr_matrix:
        """Return one L2-normalised float32 row per text over the known terms (columns within a row: as they appear)."""
        from scipy.sparse import csr_matrix

        parts = list(mapped(self._known, texts, threads=threads))
        indptr, indices, weights = _joined(parts, np.int32)
        if indptr[-1] < 2**31:
            indptr = indptr.astype(np.int32)
        return csr_matrix((weights, indices, indptr), shape=(len(indptr) - 1, len(self.keys)))

    def rows(self, texts: Iterable[str], *, threads: int | None = None) -> tuple[Array, Array, Array]:
        """Return (indptr int64, keys uint64, weights float32) of L2-normalised rows.

        With ``unknown_idf`` every term of a text is there; without, only the known ones.
        """
        return _joined(list(mapped(self._open, texts, threads=threads)), np.uint64)

    def state(self) -> tuple[dict[str, Array], dict[str, Any]]:
        """Return what ``from_state`` needs: arrays, and the rest as JSON would have it."""
        meta = {"ngrams": list(self.ngrams), "form": self.form, "sublinear": self.sublinear}
        return {"keys": self.keys, "idf": self.idf}, meta | {"unknown_idf": self.unknown_idf}

    @classmethod
    def from_state(cls, arrays: Mapping[str, Array], meta: Mapping[str, Any]) -> Self:
        """Build from what ``state`` returned; arrays may be read-only memory maps."""
        try:
            low, high = meta["ngrams"]
            return cls(
                arrays["keys"],
                arrays["idf"],
                ngrams=(low, high),
                form=meta["form"],
                sublinear=meta["sublinear"],
                unknown_idf=meta["unknown_idf"],
            )
        except KeyError as missing:
            raise ModelError(f"the TF-IDF part of a model must hold {missing}; save the model again") from missing

    def _known(self, batch: list[str]) -> tuple[Array, Array, Array]:
        units, bounds = text.units(batch, self.form)
        fold, tones, _ = self._tables
        return kernels.tfidf_rows(
            units, bounds, fold, tones, *self.ngrams, self.keys, self._starts, self.idf, self.sublinear
        )

    def _open(self, batch: list[str]) -> tuple[Array, Array, Array]:
        if self.unknown_idf is None:
            indptr, indices, weights = self._known(batch)
            return indptr, self.keys[indices], weights
        indptr, keys, counts = counted(batch, ngrams=self.ngrams, form=self.form)
        weights = kernels.open_rows(
            indptr, keys, counts, self.keys, self._starts, self.idf, self.unknown_idf, self.sublinear
        )
        return indptr, keys, weights


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
            kernels.moved_counts(self.keys, self.counts, *larger)
            self.keys, self.counts = larger
        self.filled += kernels.add_counts(keys, self.keys, self.counts, part, parts)


def smooth_idf(df: Array, n: int) -> Array:
    """Return ``ln((1 + n) / (1 + df)) + 1`` as float32."""
    return (np.log((1.0 + n) / (1.0 + df)) + 1.0).astype(np.float32)


def buckets(keys: Array) -> Array:
    """Return where each bucket of the sorted ``keys`` starts: about one key a bucket."""
    if len(keys) > 1 and not (keys[1:] > keys[:-1]).all():
        raise ModelError("the keys of terms must be sorted and different")
    return frozen(kernels.bucket_starts(keys, max(len(keys).bit_length(), 1)))


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


def _joined(parts: list[tuple[Array, Array, Array]], dtype: DTypeLike) -> tuple[Array, Array, Array]:
    """Put the rows of batches one below the other."""
    if not parts:
        return np.zeros(1, np.int64), np.zeros(0, dtype), np.zeros(0, np.float32)
    if len(parts) == 1:
        return parts[0]
    indptr = np.zeros(sum(len(part[0]) - 1 for part in parts) + 1, np.int64)
    np.cumsum(np.concatenate([np.diff(part[0]) for part in parts]), out=indptr[1:])
    return indptr, np.concatenate([part[1] for part in parts]), np.concatenate([part[2] for part in parts])
