"""Likeness: how much terms weigh, and short vectors that bring terms of the same stories together.

A headline and a text that share no word may still tell of one thing ("treo còi", "trọng tài"). Each common term gets a
vector, learned so that a headline lies near its own text and far from texts of the same kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray

from recsys import pair_kernels
from recsys.article import Article
from recsys.errors import InputError, ModelError
from recsys.terms import buckets, document_frequencies, shared
from recsys.tfidf import Tfidf

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Array = NDArray[Any]
Progress = Callable[[float], None]

_TEMPERATURE = 0.05
_RATE = 0.03
_BLOCK, _BLOCKS = 128, 4  # texts alike in a batch, to tell apart; batches hold several such blocks
_SMALL = 50  # texts: of so few, every term is kept
_LONGEST_TITLE = 40
_HEADLINE = (9, 18)  # syllables of a passage that stands for the headline of a text without one


class Likeness:
    """Weights and vectors of the common terms; all other terms weigh as much as the rarest of these.

    Parameters
    ----------
    weighting : Tfidf
        The common terms with their idf, its vocabulary open.
    vectors, scales : int8 (n terms, dims), float32 (n terms,)
        A term's vector is its row times its scale.
    """

    def __init__(self, weighting: Tfidf, vectors: Array, scales: Array) -> None:
        if not len(weighting.keys) == len(vectors) == len(scales):
            sizes = len(weighting.keys), len(vectors), len(scales)
            raise ModelError(f"terms, vectors and scales must be equally many, got {sizes}")
        if weighting.unknown_idf is None:
            raise ModelError("the weighting of terms must have an open vocabulary; fit it with open_vocabulary=True")
        self.weighting = weighting
        self.unknown_idf = float(weighting.unknown_idf)
        self.starts = buckets(weighting.keys)
        self.vectors = shared(vectors, np.int8)
        self.scales = shared(scales, np.float32)

    def idf_of(self, keys: Array) -> Array:
        """Return the idf of each key."""
        places = pair_kernels.places(keys, self.weighting.keys, self.starts)
        return np.where(places >= 0, self.weighting.idf[places], self.unknown_idf)

    def vectors_of(self, keys: Array, weights: Array) -> Array:
        """Return one unit vector (or zero) for each column of ``weights`` (n keys, m), float32 (m, dims)."""
        places = pair_kernels.places(keys, self.weighting.keys, self.starts)
        known = places >= 0
        rows = places[known]
        return _unit_rows(weights[known].T.astype(np.float32) @ (self.vectors[rows] * self.scales[rows, None]))

    def units_of(self, keys: Array, limit: int) -> Array:
        """Return the directions of the first ``limit`` of ``keys`` that are known, float32 (n, dims)."""
        places = pair_kernels.places(keys, self.weighting.keys, self.starts)
        return _unit_rows(self.vectors[places[places >= 0][:limit]].astype(np.float32))

    def state(self) -> tuple[dict[str, Array], dict[str, Any]]:
        """Return what ``from_state`` needs: arrays, and the rest as JSON would have it."""
        arrays, meta = self.weighting.state()
        return {**arrays, "vectors": self.vectors, "scales": self.scales}, meta

    @classmethod
    def from_state(cls, arrays: Mapping[str, Array], meta: Mapping[str, Any]) -> Self:
        """Build from what ``state`` returned; arrays may be read-only memory maps."""
        try:
            return cls(Tfidf.from_state(arrays, meta), arrays["vectors"], arrays["scales"])
        except KeyError as missing:
            raise ModelError(f"the ranking part of a model must hold {missing}; save the model again") from missing

    @classmethod
    def fit(
        cls,
        background: Iterable[Article | str],
        *,
        terms: int = 64_000,
        dims: int = 64,
        epochs: int = 3,
        seed: int = 0,
        progress: Progress | None = None,
    ) -> Self:
        """Learn idf from all texts, and vectors from each headline and its text.

        The idf is ``ln((1 + n) / df)``, the most frequent terms are kept and all others weigh as the rarest of them:
        an idf that grows on for ever rarer terms ranks worse. Vectors maximise the softmax probability of a
        headline's own text among the texts of a batch, where the score is the TF-IDF cosine plus the cosine of the
        vectors (so that these learn what words alone miss), as in supervised semantic indexing. Texts of a batch are
        near neighbours by the vectors so far.

        Parameters
        ----------
        background : iterable of Article or str
            Any news; the first line of a str is its title. A text without one lends a passage of its own.
        terms, dims : int
            The number of terms known, the length of their vectors.

        References
        ----------
        Bai et al., "Supervised semantic indexing", CIKM 2009, https://doi.org/10.1145/1645953.1645979
        """
        tell = progress or (lambda share: None)
        rng = np.random.default_rng(seed)
        heads, texts = _pairs(background, rng)
        if not heads:
            raise InputError("background must hold texts, got none; pass articles of any kind")
        weighting = _weighting(heads, texts, terms)
        tell(0.1)
        h, t = weighting.transform(heads), weighting.transform(texts)
        vectors = _learned(h, t, dims=dims, epochs=epochs, rng=rng, tell=tell)
        scales = np.maximum(np.abs(vectors).max(axis=1), 1e-12).astype(np.float32) / 127
        return cls(weighting, np.rint(vectors / scales[:, None]).astype(np.int8), scales)


def _weighting(heads: Sequence[str], texts: Sequence[str], terms: int) -> Tfidf:
    """Return the weighting of the most frequent terms, the vocabulary open."""
    whole = (f"{head}\n{text}" for head, text in zip(heads, texts, strict=True))
    keys, df, n = document_frequencies(whole, ngrams=(1, 2), form="folded", min_df=3 if len(heads) > _SMALL else 1)
    kept = np.sort(np.argsort(-df, kind="stable")[:terms])
    idf = np.log((1.0 + n) / df[kept]).astype(np.float32)
    return Tfidf(keys[kept], idf, unknown_idf=float(idf.max(initial=np.float32(1.0))))


def _pairs(background: Iterable[Article | str], rng: np.random.Generator) -> tuple[list[str], list[str]]:
    """Return headlines and the texts they stand over; where no text is long enough, each text over itself."""
    heads, texts, short = [], [], []
    for item in background:
        if isinstance(item, str):
            first, newline, rest = item.partition("\n")
            title, body = (first, rest) if newline and len(first.split()) <= _LONGEST_TITLE else ("", item)
        else:
            title, body = item.title, f"{item.lead}\n{item.body}"
        if len(title.split()) < 4:
            title, body = _passage(f"{title} {body}".split(), rng)
        if title and len(body.split()) >= 10:
            heads.append(title)
            texts.append(body)
        elif not heads and (text := f"{title} {body}".strip()):
            short.append(text)
    return (heads, texts) if heads else (short, short)


def _passage(words: list[str], rng: np.random.Generator) -> tuple[str, str]:
    """Return a passage of a long text and the rest of it; a short text is all rest."""
    if len(words) < 80:
        return "", " ".join(words)
    size = int(rng.integers(*_HEADLINE))
    start = 0 if rng.random() < 0.5 else int(rng.integers(0, len(words) - size))
    return " ".join(words[start : start + size]), " ".join(words[:start] + words[start + size :])


def _learned(
    heads: csr_matrix, texts: csr_matrix, *, dims: int, epochs: int, rng: np.random.Generator, tell: Progress
) -> Array:
    """Return float32 (terms, dims) by stochastic gradient descent with one adaptive step size per term."""
    from scipy.sparse import vstack

    vectors = _started(texts, dims, rng)
    squares = np.full((len(vectors), 1), 1e-8, np.float32)
    for epoch in range(epochs):
        for chosen in _batches(_unit_rows(texts @ vectors), rng):
            h, t = heads[chosen], texts[chosen]
            gradient_h, gradient_t = _contrast(h, t, vectors)
            both = vstack([h, t]).tocsc()
            rows = np.flatnonzero(np.diff(both.indptr))
            gradient = both[:, rows].T @ np.vstack([gradient_h, gradient_t])
            squares[rows, 0] += (gradient * gradient).mean(axis=1)
            vectors[rows] -= _RATE * gradient / np.sqrt(squares[rows])
        tell(0.2 + 0.8 * (epoch + 1) / epochs)
    return vectors


def _started(texts: csr_matrix, dims: int, rng: np.random.Generator) -> Array:
    """Return the right singular vectors of a sample of ``texts``: latent semantic analysis, where learning begins."""
    from sklearn.utils.extmath import randomized_svd

    sample = texts[np.sort(rng.permutation(texts.shape[0])[:60_000])]
    rank = min(dims, min(sample.shape) - 1)
    vectors = np.zeros((texts.shape[1], dims), np.float32)
    if rank > 0:
        _, _, right = randomized_svd(sample, rank, n_iter=3, random_state=int(rng.integers(2**31)))
        vectors[:, :rank] = right.T
    return vectors * np.float32(0.1 * np.sqrt(len(vectors) / dims))


def _batches(texts: Array, rng: np.random.Generator) -> Iterable[Array]:
    """Yield batches of several blocks, each of texts that fall on the same side of most of twelve random planes."""
    side = texts @ rng.standard_normal((texts.shape[1], 12)).astype(np.float32) > 0
    order = np.lexsort((rng.random(len(texts)), side @ (1 << np.arange(12))))
    size = min(_BLOCK, len(order))
    blocks = [order[i : i + size] for i in range(0, len(order) - size + 1, size)]
    blocks = [blocks[i] for i in rng.permutation(len(blocks))]
    for i in range(0, len(blocks), _BLOCKS):
        yield np.concatenate(blocks[i : i + _BLOCKS])


def _contrast(heads: csr_matrix, texts: csr_matrix, vectors: Array) -> tuple[Array, Array]:
    """Return the gradients of the loss with respect to the summed vectors of headlines and of texts."""
    u, u_norm = _normed(heads @ vectors)
    v, v_norm = _normed(texts @ vectors)
    score = (u @ v.T + (heads @ texts.T).toarray()) / _TEMPERATURE
    p = np.exp(score - score.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    n = np.arange(len(p))
    p[n, n] -= 1
    p /= _TEMPERATURE * len(p)
    return _tangent(p @ v, u, u_norm), _tangent(p.T @ u, v, v_norm)


def _tangent(gradient: Array, unit: Array, norm: Array) -> Array:
    """Return the gradient with respect to a vector from the one with respect to its direction ``unit``."""
    return np.asarray((gradient - unit * (gradient * unit).sum(axis=1, keepdims=True)) / norm)


def _normed(x: Array) -> tuple[Array, Array]:
    norm = np.sqrt((x * x).sum(axis=1, keepdims=True)) + np.float32(1e-6)
    return x / norm, norm


def _unit_rows(x: Array) -> Array:
    norm = np.sqrt((x * x).sum(axis=1, keepdims=True))
    return np.asarray(x / np.maximum(norm, 1e-12), np.float32)
