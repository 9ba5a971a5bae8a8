"""TF-IDF without a vocabulary of strings: texts -> keys of syllable n-grams -> L2-normalised sparse rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import DTypeLike, NDArray

from recsys import kernels_rows, text
from recsys.batches import mapped
from recsys.errors import InputError, ModelError
from recsys.terms import buckets, checked_ngrams, counted, document_frequencies, shared, smooth_idf

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Array = NDArray[Any]

_FEW = 64  # texts scored by one call: they and the weights share the processor's cache


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
        if min_df < 1:
            raise InputError(f"min_df must be a number of texts, 1 or more, got {min_df}")
        keys, df, n = document_frequencies(texts, ngrams=ngrams, form=form, min_df=min_df, threads=threads)
        if max_features is not None and len(keys) > max_features:
            kept = np.sort(np.argsort(-df, kind="stable")[:max_features])
            keys, df = keys[kept], df[kept]
        idf = smooth_idf(df, n)
        unknown = (float(idf.max()) if len(idf) else 1.0) if open_vocabulary else None
        return cls(keys, idf, ngrams=ngrams, form=form, sublinear=sublinear, unknown_idf=unknown)

    def transform(self, texts: Iterable[str], *, threads: int | None = None) -> csr_matrix:
        """Return one L2-normalised float32 row per text over the known terms (columns within a row: as they appear)."""
        return self._matrix(_joined(list(mapped(self._known, texts, threads=threads)), np.int32))

    def stream(self, texts: Iterable[str], *, threads: int | None = None) -> Iterator[csr_matrix]:
        """Yield the rows of ``transform`` some at a time: neither the texts nor the rows need to fit in memory."""
        return map(self._matrix, mapped(self._known, texts, threads=threads))

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

    def _matrix(self, rows: tuple[Array, Array, Array]) -> csr_matrix:
        from scipy.sparse import csr_matrix

        indptr, indices, weights = rows
        if indptr[-1] < 2**31:
            indptr = indptr.astype(np.int32)
        return csr_matrix((weights, indices, indptr), shape=(len(indptr) - 1, len(self.keys)))

    def _known(self, batch: list[str]) -> tuple[Array, Array, Array]:
        units, bounds = text.units(batch, self.form)
        fold, tones, *_ = self._tables
        return kernels_rows.tfidf_rows(
            units, bounds, fold, tones, *self.ngrams, self.keys, self._starts, self.idf, self.sublinear
        )

    def _open(self, batch: list[str]) -> tuple[Array, Array, Array]:
        if self.unknown_idf is None:
            indptr, indices, weights = self._known(batch)
            return indptr, self.keys[indices], weights
        indptr, keys, counts = counted(batch, ngrams=self.ngrams, form=self.form)
        weights = kernels_rows.open_rows(
            indptr, keys, counts, self.keys, self._starts, self.idf, self.unknown_idf, self.sublinear
        )
        return indptr, keys, weights


class Scorer:
    """A linear classifier fused with its TF-IDF: text in, ``row @ coef + intercept`` out, no row in between.

    Parameters
    ----------
    keys, idf, ngrams, form
        The weighting, as of ``Tfidf`` (sublinear).
    coef : float32, int16 or int8, (n_terms, n_classes)
        Weights, in units of ``scale`` where they are integers.
    intercept : float32, (n_classes,)
    scale : float32, (n_classes,), default 1

    Reading a memory map touches only the rows of the terms that occur.
    """

    def __init__(
        self,
        keys: Array,
        idf: Array,
        coef: Array,
        intercept: Array,
        *,
        scale: Array | None = None,
        ngrams: tuple[int, int] = (1, 2),
        form: str = "folded",
    ) -> None:
        if coef.shape != (len(keys), len(intercept)) or len(idf) != len(keys):
            raise ModelError(f"coef must have shape {(len(keys), len(intercept))}, got {coef.shape}")
        if coef.dtype not in (np.float32, np.int16, np.int8):
            raise ModelError(f"coef must be float32, int16 or int8, got {coef.dtype}")
        self.keys = shared(keys, np.uint64)
        self.idf = shared(idf, np.float32)
        self.coef = shared(coef, coef.dtype)
        self.intercept = shared(intercept, np.float32)
        self.scale = shared(np.ones(len(intercept), np.float32) if scale is None else scale, np.float32)
        self.ngrams = checked_ngrams(ngrams)
        self.form = form
        self._starts = buckets(self.keys)
        self._tables = text.tables(form)

    @classmethod
    def narrow(
        cls,
        weighting: Tfidf,
        coef: Array,
        intercept: Array,
        *,
        dtype: DTypeLike = np.int8,
        max_features: int | None = None,
    ) -> Self:
        """Build from float weights, rounded to integers (the largest of a class is the largest integer).

        Kept are the ``max_features`` terms that can move a score most, ``idf * max |weight|``, those that round to 0 in
        every class only as far as there is room: they still count in the length of a row.
        """
        scale = np.maximum(np.abs(coef).max(axis=0, initial=0), 1e-12).astype(np.float32) / np.iinfo(dtype).max
        kept = np.arange(len(coef))
        if max_features is not None and len(coef) > max_features:
            influence = np.abs(coef).max(axis=1) * weighting.idf
            kept = np.sort(np.argsort(-influence, kind="stable")[:max_features])
        whole = np.rint(coef[kept] / scale).astype(dtype)
        return cls(
            weighting.keys[kept],
            weighting.idf[kept],
            whole,
            intercept,
            scale=scale,
            ngrams=weighting.ngrams,
            form=weighting.form,
        )

    def decision(self, texts: Iterable[str], *, threads: int | None = None) -> Array:
        """Return the scores of all classes, float32 (n, n_classes)."""
        if isinstance(texts, list) and len(texts) == 1 and isinstance(texts[0], str):  # the shortest way for one
            return self.scores(texts)[0]
        parts = [part[0] for part in mapped(self.scores, texts, threads=threads, size=_FEW)]
        return np.concatenate(parts) if parts else np.zeros((0, len(self.intercept)), np.float32)

    def state(self) -> tuple[dict[str, Array], dict[str, Any]]:
        """Return what ``from_state`` needs: arrays, and the rest as JSON would have it."""
        names = ("keys", "idf", "coef", "intercept", "scale")
        return {name: getattr(self, name) for name in names}, {"ngrams": list(self.ngrams), "form": self.form}

    @classmethod
    def from_state(cls, arrays: Mapping[str, Array], meta: Mapping[str, Any]) -> Self:
        """Build from what ``state`` returned; arrays may be read-only memory maps."""
        try:
            low, high = meta["ngrams"]
            weights = (arrays["keys"], arrays["idf"], arrays["coef"], arrays["intercept"])
            return cls(*weights, scale=arrays["scale"], ngrams=(low, high), form=meta["form"])
        except KeyError as missing:
            raise ModelError(f"the classifier of a model must hold {missing}; save the model again") from missing

    def scores(self, batch: list[str]) -> tuple[Array, Array]:
        """Return (scores float32 (n, n_classes), what each text holds) of a small batch, on this thread.

        What it holds is int32 (n, 3): known terms, words, letters with diacritics.
        """
        out, holds, late = self._run(*text.encoded(batch), self._tables.watch)
        if late:
            again = np.flatnonzero(np.isnan(out).any(axis=1))
            prepared = [text.prepared(batch[d], self.form) for d in again]
            out[again], holds[again], _ = self._run(*text.encoded(prepared), self._tables.fold)
        return out, holds

    def _run(self, units: Array, bounds: Array, fold: Array) -> tuple[Array, Array, bool]:
        return kernels_rows.scores(
            units,
            bounds,
            fold,
            self._tables.tones,
            *self.ngrams,
            self.keys,
            self._starts,
            self.idf,
            self.coef,
            self.scale,
            self.intercept,
        )


def _joined(parts: list[tuple[Array, Array, Array]], dtype: DTypeLike) -> tuple[Array, Array, Array]:
    """Put the rows of batches one below the other."""
    if not parts:
        return np.zeros(1, np.int64), np.zeros(0, dtype), np.zeros(0, np.float32)
    if len(parts) == 1:
        return parts[0]
    indptr = np.zeros(sum(len(part[0]) - 1 for part in parts) + 1, np.int64)
    np.cumsum(np.concatenate([np.diff(part[0]) for part in parts]), out=indptr[1:])
    return indptr, np.concatenate([part[1] for part in parts]), np.concatenate([part[2] for part in parts])
