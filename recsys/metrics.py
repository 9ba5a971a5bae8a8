"""How good rankings, decisions and probabilities are: the textbook's figures, from plain arrays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Judged = Callable[[int, Array], tuple[Array, Array]]  # (query, candidates) -> their scores, whether they belong

_NEAR, _FAR, _EMPTY = 8, 8, 4  # wrong headlines of a list, nearest and at random; every fourth list holds none true


def ndcg(gains: Array, relevant: int, *, k: int = 10) -> float:
    """Return the normalised discounted cumulative gain of 0/1 ``gains`` (best first) where ``relevant`` exist."""
    discount = 1 / np.log2(np.arange(2, k + 2))
    ideal = discount[: min(k, relevant)].sum()
    return float(gains[:k] @ discount[: len(gains[:k])] / ideal) if relevant else 0.0


def average_precision(scores: Array, truth: Array) -> float:
    """Return the mean of the precision at each true item, ordered by score (ties as given); 0 if none is true."""
    hits = np.asarray(truth, float)[np.argsort(-np.asarray(scores), kind="stable")]
    return float((hits * np.cumsum(hits) / np.arange(1, len(hits) + 1)).sum() / max(hits.sum(), 1))


def precision_recall(scores: Array, truth: Array) -> tuple[Array, Array]:
    """Return (precision, recall) of "the n best belong" for n = 1, 2, ..."""
    hits = np.cumsum(np.asarray(truth, float)[np.argsort(-np.asarray(scores), kind="stable")])
    return hits / np.arange(1, len(hits) + 1), hits / max(hits[-1] if len(hits) else 0, 1)


def reliability(chances: Array, truth: Array, *, bins: int = 10) -> tuple[Array, Array, Array]:
    """Return (mean probability, share true, number) of each equal-width bin of probabilities that is not empty."""
    place = np.minimum((np.asarray(chances) * bins).astype(int), bins - 1)
    n = np.bincount(place, minlength=bins)
    some = n > 0
    mean = np.bincount(place, chances, minlength=bins)[some] / n[some]
    return mean, np.bincount(place, truth, minlength=bins)[some] / n[some], n[some]


def calibration_error(chances: Array, truth: Array, *, bins: int = 10) -> float:
    """Return the expected calibration error: the mean gap between probability and share true, weighed by bin."""
    mean, share, n = reliability(chances, truth, bins=bins)
    return float((np.abs(mean - share) * n).sum() / n.sum())


def precision_recall_f1(decided: Array, truth: Array) -> tuple[float, float, float]:
    """Return precision, recall and F1 of decisions."""
    hits = float((decided & truth).sum())
    precision, recall = hits / max(int(decided.sum()), 1), hits / max(int(truth.sum()), 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-12)


@dataclass(frozen=True, slots=True)
class RelatedFigures:
    """What ``measure`` found; ``list_*`` of lists as they stand beside articles, the arrays for pictures."""

    queries: int
    p_at_1: float
    ndcg_at_10: float
    mean_average_precision: float
    pooled_ap: float
    list_precision: float
    list_recall: float
    list_f1: float
    kept_where_none_belongs: float
    list_chances: Array
    list_truth: Array


def measure(
    judged: Judged, relevant: Sequence[AbstractSet[int]], own: Sequence[int], *, size: int, seed: int = 0
) -> RelatedFigures:
    """Rank a pool of ``size`` headlines for each query, then decide on lists drawn from it.

    A list holds the true headlines (none for every fourth query) among the 8 wrong ones nearest by the ranking under
    test and 8 at random.

    Parameters
    ----------
    judged : callable
        ``judged(query, candidates) -> (scores, belongs)`` for the numbers of candidates in the pool.
    relevant : one set of numbers per query
    own : one number per query
        The query's own place in the pool, or -1.
    """
    rng = np.random.default_rng(seed)
    firsts, gains, precisions, pooled, truth = [], [], [], [], []
    chances, belongs, listed_truth, kept = [], [], [], []
    for query, true in enumerate(relevant):
        candidates = np.delete(np.arange(size), own[query]) if own[query] >= 0 else np.arange(size)
        scores, _ = judged(query, candidates)
        order = np.argsort(-scores, kind="stable")
        ranked = candidates[order]
        hits = np.isin(ranked, list(true))
        pooled.append(scores[order])
        truth.append(hits)
        if not true:
            continue
        firsts.append(float(hits[0]))
        gains.append(ndcg(hits.astype(float), len(true)))
        precisions.append(average_precision(scores[order], hits))
        listed = _list(ranked[~hits], sorted(true) if query % _EMPTY else [], rng)
        scores, decided = judged(query, listed)
        chances.append(scores)
        belongs.append(decided)
        listed_truth.append(np.isin(listed, list(true)))
        if not query % _EMPTY:
            kept.append(int(decided.sum()))
    all_truth = np.concatenate(listed_truth)
    precision, recall, f1 = precision_recall_f1(np.concatenate(belongs), all_truth)
    return RelatedFigures(
        queries=len(firsts),
        p_at_1=float(np.mean(firsts)),
        ndcg_at_10=float(np.mean(gains)),
        mean_average_precision=float(np.mean(precisions)),
        pooled_ap=average_precision(np.concatenate(pooled), np.concatenate(truth)),
        list_precision=precision,
        list_recall=recall,
        list_f1=f1,
        kept_where_none_belongs=float(np.mean(kept)) if kept else 0.0,
        list_chances=np.concatenate(chances),
        list_truth=all_truth,
    )


def _list(wrong: Array, true: Sequence[int], rng: np.random.Generator) -> Array:
    near, rest = wrong[:_NEAR], wrong[_NEAR:]
    far = rng.choice(rest, min(_FAR, len(rest)), replace=False) if len(rest) else rest
    return rng.permutation(np.concatenate([np.array(true, int), near, far]).astype(int))
