"""How good are the tags? Counts, F1, intervals and baselines over articles that fitting did not see.

Topics are columns. A topic implies its section, on both sides, before anything is counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True, slots=True)
class Counts:
    """True positives, false positives and false negatives, and what follows from them."""

    tp: int
    fp: int
    fn: int

    @property
    def support(self) -> int:
        """Articles that carry the topic."""
        return self.tp + self.fn

    @property
    def precision(self) -> float:
        """Share of the given tags that are right; 0 where none was given."""
        return self.tp / max(self.tp + self.fp, 1)

    @property
    def recall(self) -> float:
        """Share of the right tags that were given; 0 where there were none."""
        return self.tp / max(self.tp + self.fn, 1)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.tp / max(2 * self.tp + self.fp + self.fn, 1)


@dataclass(frozen=True, slots=True)
class TagFigures:
    """Figures of one tagging run: per topic in the order of the columns, and over all."""

    n: int
    topics: dict[str, Counts]
    micro: Counts
    interval: tuple[float, float]
    intervals: dict[str, tuple[float, float]]  # of each topic's F1

    @property
    def macro_f1(self) -> float:
        """Mean F1 over the topics that occur, in the truth or in the tags."""
        return float(np.mean([c.f1 for c in self.topics.values() if c.tp + c.fp + c.fn] or [0.0]))


@dataclass(frozen=True, slots=True)
class Calibration:
    """Predicted against observed frequency, in bins of equal width."""

    predicted: np.ndarray  # (n_bins,) mean probability of each bin; NaN where it is empty
    observed: np.ndarray  # (n_bins,) share of those predictions that came true
    counts: np.ndarray  # (n_bins,) int

    @property
    def error(self) -> float:
        """Expected calibration error: mean of |predicted - observed| over predictions (Naeini et al., AAAI 2015)."""
        filled = self.counts > 0
        gaps = np.abs(self.predicted - self.observed)[filled]
        return float(np.average(gaps, weights=self.counts[filled])) if filled.any() else 0.0

    @property
    def noise(self) -> float:
        """The error that probabilities without any fault would show on so few predictions, by the normal law."""
        filled = self.counts > 0
        n, p = self.counts[filled], self.predicted[filled]
        return float(np.sqrt(2 / np.pi * p * (1 - p) * n).sum() / max(n.sum(), 1))


@dataclass(frozen=True, slots=True)
class LabelFigures:
    """Figures of single-label articles: the best topic against the one true label."""

    n: int
    labels: tuple[str, ...]
    confusion: np.ndarray  # (n_labels, n_labels) int: rows are true, columns guessed

    @property
    def accuracy(self) -> float:
        """Share of articles whose best topic is the label."""
        return float(np.trace(self.confusion) / max(self.confusion.sum(), 1))

    @property
    def f1(self) -> dict[str, float]:
        """F1 of each label."""
        both = self.confusion.sum(0) + self.confusion.sum(1)
        return {label: float(2 * self.confusion[i, i] / max(both[i], 1)) for i, label in enumerate(self.labels)}

    @property
    def macro_f1(self) -> float:
        """Mean F1 over the labels that occur in the truth."""
        occurs = self.confusion.sum(1) > 0
        return float(np.mean([f for f, o in zip(self.f1.values(), occurs, strict=True) if o] or [0.0]))


def tag_figures(
    truth: np.ndarray, guess: np.ndarray, *, topics: Sequence[str], groups: np.ndarray | None = None, seed: int = 0
) -> TagFigures:
    """Count tags against the truth.

    Parameters
    ----------
    truth, guess : ndarray of shape (n_articles, n_topics), bool
    topics : sequence of str
        Names of the columns.
    groups : ndarray of shape (n_articles,), int, optional
        Stories; the interval resamples whole stories, since articles of one story succeed or fail together.

    Returns
    -------
    TagFigures
        ``interval`` and ``intervals`` are 95 % bootstrap intervals of the micro-F1 and of each topic's F1.
    """
    parts = np.stack([truth & guess, ~truth & guess, truth & ~guess], axis=1).astype(np.int64)
    per_topic = parts.sum(0)
    low, high = _bootstrap_f1(parts, np.arange(len(truth)) if groups is None else groups, seed=seed)
    return TagFigures(
        n=len(truth),
        topics={t: Counts(*map(int, row)) for t, row in zip(topics, per_topic.T, strict=True)},
        micro=Counts(*map(int, per_topic.sum(1))),
        interval=(float(low[-1]), float(high[-1])),
        intervals={t: (float(a), float(b)) for t, a, b in zip(topics, low, high, strict=False)},
    )


def label_figures(truth: Sequence[str], probabilities: np.ndarray, *, topics: Sequence[str]) -> LabelFigures:
    """Take each article's best topic among the labels that occur, and compare it with its one label.

    A label that no column stands for is always missed: it is counted under its own row, in a column nobody can guess.
    """
    labels = tuple(dict.fromkeys([*(t for t in topics if t in set(truth)), *sorted(set(truth) - set(topics))]))
    known = [i for i, t in enumerate(topics) if t in set(truth)]
    confusion = np.zeros((len(labels), len(labels)), np.int64)
    if known and len(truth):
        best = probabilities[:, known].argmax(1)
        np.add.at(confusion, ([labels.index(t) for t in truth], best), 1)
    return LabelFigures(n=len(truth), labels=labels, confusion=confusion)


def calibration(probabilities: np.ndarray, truth: np.ndarray, *, low: float = 0.1, bins: int = 9) -> Calibration:
    """Compare probabilities of ``low`` and more with what came true.

    Parameters
    ----------
    probabilities, truth : ndarray of one shape
        Predictions in [0, 1] and whether each came true; smaller predictions than ``low`` are left out, since the many
        that are near zero and right would hide the error of those that count.
    """
    kept = probabilities >= low
    p, y = probabilities[kept].astype(np.float64), truth[kept].astype(np.float64)
    place = np.minimum(((p - low) / (1 - low) * bins).astype(np.int64), bins - 1)
    counts = np.bincount(place, minlength=bins)
    with np.errstate(invalid="ignore"):
        predicted = np.bincount(place, p, minlength=bins) / counts
        observed = np.bincount(place, y, minlength=bins) / counts
    return Calibration(predicted, observed, counts)


def topic_figures(tags: TagFigures, probabilities: np.ndarray, truth: np.ndarray) -> dict[str, dict[str, Any]]:
    """Return what a model card says of each topic that occurs, JSON-able; arrays are (n_articles, n_topics)."""
    table: dict[str, dict[str, Any]] = {}
    for column, (topic, counts) in enumerate(tags.topics.items()):
        if counts.support:
            curve = calibration(probabilities[:, column], truth[:, column])
            table[topic] = {
                "articles": counts.support,
                "f1": counts.f1,
                "f1_interval": list(tags.intervals[topic]),
                "precision": counts.precision,
                "recall": counts.recall,
                "calibration_error": curve.error,
                "predictions": int(curve.counts.sum()),
            }
    return table


def majority(truth: np.ndarray) -> np.ndarray:
    """Tag every article with the topics that most carry, as many as an article has on average (a floor)."""
    count = max(1, round(float(truth.sum(1).mean())))
    guess = np.zeros_like(truth)
    guess[:, np.argsort(-truth.sum(0), kind="stable")[:count]] = True
    return guess


def at_random(truth: np.ndarray, *, seed: int = 0) -> np.ndarray:
    """Give each topic to as many articles as carry it, drawn by lot (a floor)."""
    rng = np.random.default_rng(seed)
    return np.column_stack([rng.permutation(column) for column in truth.T])


def _bootstrap_f1(parts: np.ndarray, groups: np.ndarray, *, seed: int, rounds: int = 1000) -> np.ndarray:
    """Return the 2.5th and 97.5th percentile of F1 over resampled groups (Efron & Tibshirani 1993, ch. 13).

    ``parts`` (n, 3, n_topics) holds true positives, false positives and false negatives; the result, (2, n_topics + 1),
    has the micro-F1 last.
    """
    width = parts.shape[2]
    sums = np.zeros((int(groups.max(initial=-1)) + 1, 3, width), np.int64)
    np.add.at(sums, groups, parts)
    sums = sums[sums.any(axis=(1, 2))]
    if not len(sums):
        return np.zeros((2, width + 1))
    rng = np.random.default_rng(seed)
    flat = sums.reshape(len(sums), -1).astype(np.float64)
    even = np.full(len(sums), 1 / len(sums))
    drawn = np.concatenate([rng.multinomial(len(sums), even, size=50) @ flat for _ in range(rounds // 50)])
    totals = drawn.reshape(-1, 3, width)
    totals = np.concatenate([totals, totals.sum(axis=2, keepdims=True)], axis=2)
    f1 = 2 * totals[:, 0] / np.maximum(2 * totals[:, 0] + totals[:, 1] + totals[:, 2], 1)
    ends: np.ndarray = np.percentile(f1, [2.5, 97.5], axis=0)
    return ends
