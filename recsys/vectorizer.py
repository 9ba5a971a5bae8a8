"""The scikit-learn transformer over the kernels: the terms can be read, columns are in their alphabetical order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted

from recsys import kernels_tokens, text
from recsys.errors import InputError
from recsys.terms import document_frequencies, smooth_idf
from recsys.tfidf import Tfidf

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Array = NDArray[Any]


class TfidfVectorizer(TransformerMixin, BaseEstimator):  # type: ignore[misc, unused-ignore]
    r"""Turn texts into L2-normalised TF-IDF rows of syllable n-grams.

    With ``normalize=False`` the output is that of scikit-learn's ``TfidfVectorizer`` with the same parameters and
    ``token_pattern=r"(?u)\b\w+\b", dtype=numpy.float32``.

    Parameters
    ----------
    ngram_range : (low, high)
        Length of terms in syllables.
    min_df : int
        Leave out terms that occur in fewer texts.
    max_features : int or None
        Keep only the terms that occur in most texts.
    sublinear_tf : bool
        Use ``1 + ln tf`` instead of ``tf``.
    normalize : bool
        Read NFC and NFD, old and new tone-mark placement as one, and drop characters without width.
    n_jobs : int or None
        Threads; None means all processors.

    Attributes
    ----------
    vocabulary_ : dict of str to int
        The column of each term.
    idf_ : float32 array
        ``ln((1 + n) / (1 + df)) + 1`` by column.

    Notes
    -----
    ``fit`` and ``transform`` take any iterable of texts; fitting a stream needs memory for its terms only, and
    ``transform_stream`` for a few hundred rows.
    """

    def __init__(
        self,
        *,
        ngram_range: tuple[int, int] = (1, 2),
        min_df: int = 1,
        max_features: int | None = None,
        sublinear_tf: bool = True,
        normalize: bool = True,
        n_jobs: int | None = None,
    ) -> None:
        self.ngram_range = ngram_range
        self.min_df = min_df
        self.max_features = max_features
        self.sublinear_tf = sublinear_tf
        self.normalize = normalize
        self.n_jobs = n_jobs

    def fit(self, X: Iterable[str], y: object = None) -> Self:
        """Learn the terms of the texts ``X`` and their idf."""
        if isinstance(self.min_df, bool) or not isinstance(self.min_df, int) or self.min_df < 1:
            raise InputError(f"min_df must be a number of texts, 1 or more, got {self.min_df!r}")
        form = "folded" if self.normalize else "exact"
        names: list[str] = []
        named: list[Array] = []

        def risen(batch: list[str], keys: Array) -> None:
            order, letters = kernels_tokens.name_terms(
                *text.units(batch, form), *text.tables(form)[:2], *self.ngram_range, keys
            )
            names.extend(letters.astype("<u4", copy=False).tobytes().decode("utf-32-le").split("\n")[:-1])
            named.append(keys[order])

        keys, df, n = document_frequencies(
            X, ngrams=self.ngram_range, form=form, min_df=self.min_df, threads=self.n_jobs, risen=risen
        )
        if len(keys) == 0:
            raise InputError("empty vocabulary: no term occurs in min_df texts; give more texts or lower min_df")
        by_key = np.array(names, dtype=object)[np.argsort(np.concatenate(named))]
        terms = [text.normalize(term) for term in by_key] if self.normalize else by_key.tolist()
        kept = self._most_frequent(df, terms)
        keys, df, terms = keys[kept], df[kept], [terms[i] for i in kept]
        alphabetical = sorted(range(len(terms)), key=terms.__getitem__)
        self._columns = np.empty(len(terms), np.int32)
        self._columns[alphabetical] = np.arange(len(terms), dtype=np.int32)
        self._names = np.array([terms[i] for i in alphabetical], dtype=object)
        self._tfidf = Tfidf(keys, smooth_idf(df, n), ngrams=self.ngram_range, form=form, sublinear=self.sublinear_tf)
        self.idf_ = self._tfidf.idf[alphabetical]
        return self

    def transform(self, X: Iterable[str]) -> csr_matrix:
        """Return one float32 row per text, a column per term."""
        check_is_fitted(self, "idf_")
        return self._ordered(self._tfidf.transform(X, threads=self.n_jobs))

    def transform_stream(self, X: Iterable[str]) -> Iterator[csr_matrix]:
        """Yield the rows of ``transform`` some at a time: neither the texts nor the rows need to fit in memory."""
        check_is_fitted(self, "idf_")
        return map(self._ordered, self._tfidf.stream(X, threads=self.n_jobs))

    def _ordered(self, rows: csr_matrix) -> csr_matrix:
        """Put the columns of ``rows`` into the order of the terms."""
        rows.indices = self._columns[rows.indices]
        rows.has_sorted_indices = False
        rows.sort_indices()
        return rows

    @property
    def vocabulary_(self) -> dict[str, int]:
        """The column of each term."""
        check_is_fitted(self, "idf_")
        return {term: column for column, term in enumerate(self._names)}

    def get_feature_names_out(self, input_features: object = None) -> Array:
        """Return the terms, in the order of the columns."""
        check_is_fitted(self, "idf_")
        return self._names.copy()

    def __sklearn_tags__(self) -> Any:  # noqa: ANN401
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        return tags

    def _most_frequent(self, df: Array, terms: list[str]) -> Array:
        """Return the places of the ``max_features`` terms in most texts, ties in alphabetical order, by place."""
        if self.max_features is None or len(df) <= self.max_features:
            return np.arange(len(df))
        order = sorted(range(len(df)), key=lambda i: (-df[i], terms[i]))
        return np.sort(np.array(order[: self.max_features]))
