"""From features to a probability: logistic regressions that can be read, and what they were fitted on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray

from recsys.errors import ModelError

if TYPE_CHECKING:
    from recsys.samples import Sample

Array = NDArray[Any]

BRIEF = 200.0  # syllables: shorter articles leave much unsaid, so that other weights hold for them
_BRIEF_WIDTH = 0.1  # in logarithms: how gradually one set of weights gives way to the other
_PLAIN = {  # setting: columns, the one that holds the root of the cosine, intercept, coefficient
    "list": (38, 26, -8.4, 25.2),
    "archive": (25, 21, -10.9, 34.0),
    "articles": (23, 9, -10.8, 30.8),
}
_FEWEST = 200  # judged headlines that a set of weights of its own needs


@dataclass(frozen=True, slots=True)
class Judge:
    """Two logistic regressions, for brief articles and for longer ones, mixed by length.

    ``weights`` is float32 (2, 1 + features): intercept and coefficients, first for brief articles. The probability is
    ``b * sigma(w_brief . x) + (1 - b) * sigma(w_long . x)`` with ``b = sigma((ln 200 - ln length) / 0.1)``.
    """

    weights: Array
    thresholds: tuple[float, float]

    def probabilities(self, features: Array, words: int) -> Array:
        """Return the chance that each row of ``features`` belongs beside an article of ``words`` syllables."""
        if features.shape[1] != self.weights.shape[1] - 1:
            raise ModelError(
                f"the model judges by {self.weights.shape[1] - 1} features, this version computes {features.shape[1]}; "
                "fit the model again"
            )
        logits = features @ self.weights[:, 1:].T + self.weights[:, 0]
        chance = 1 / (1 + np.exp(-np.clip(logits, -30, 30)))
        return np.asarray(chance @ _shares(words), np.float64)

    def decided(self, chances: Array, words: int) -> Array:
        """Return whether each probability is high enough: the two ``thresholds`` are mixed as the weights are."""
        return np.asarray(chances >= np.array(self.thresholds) @ _shares(words))

    @classmethod
    def plain(cls, setting: str, *, thresholds: tuple[float, float]) -> Self:
        """Return a judge by the root of the cosine alone, for where no stories are known to fit on.

        Its numbers were fitted on several collections of stories.
        """
        width, root, intercept, coefficient = _PLAIN[setting]
        weights = np.zeros((2, 1 + width), np.float32)
        weights[:, 0], weights[:, 1 + root] = intercept, coefficient
        return cls(weights, thresholds)

    @classmethod
    def fit(cls, sample: Sample, *, thresholds: tuple[float, float], by_length: bool) -> Self:
        """Fit on judged headlines; without ``by_length`` brief and longer articles are judged alike."""
        brief = _brief(sample.words)
        parts = []
        for share in (brief, 1 - brief):
            mine = share > 0.5
            enough = by_length and mine.sum() >= _FEWEST and np.unique(sample.belongs[mine]).size == 2
            parts.append(_logistic(sample.features, sample.belongs, sample.importance * (share if enough else 1.0)))
        return cls(np.stack(parts).astype(np.float32), thresholds)

    def state(self) -> tuple[dict[str, Array], dict[str, Any]]:
        """Return what ``from_state`` needs: arrays, and the rest as JSON would have it."""
        return {"weights": self.weights}, {"thresholds": list(self.thresholds)}

    @classmethod
    def from_state(cls, arrays: Mapping[str, Array], meta: Mapping[str, Any]) -> Self:
        """Build from what ``state`` returned."""
        try:
            brief, longer = map(float, meta["thresholds"])
            return cls(np.asarray(arrays["weights"], np.float32), (brief, longer))
        except KeyError as missing:
            raise ModelError(f"the ranking part of a model must hold {missing}; save the model again") from missing


def _shares(words: int) -> Array:
    """Return how far the two sets of weights hold for an article, summing to 1."""
    brief = _brief(np.array([words]))[0]
    return np.array([brief, 1 - brief])


def _brief(words: Array) -> Array:
    """Return how far an article counts as brief, in [0, 1]."""
    x = (np.log(BRIEF) - np.log(np.maximum(words, 1))) / _BRIEF_WIDTH
    return np.asarray(1 / (1 + np.exp(-np.clip(x, -30, 30))))


def _logistic(features: Array, belongs: Array, weights: Array) -> Array:
    """Return intercept and coefficients of a regularised logistic regression, for features as they are."""
    from sklearn.linear_model import LogisticRegression

    total = weights.sum()
    mean = weights @ features / total
    scale = np.sqrt(weights @ (features - mean) ** 2 / total)
    scale[scale < 1e-6] = 1.0
    model = LogisticRegression(C=1.0, max_iter=3000)
    model.fit((features - mean) / scale, belongs, sample_weight=weights / total * len(weights))
    coefficients = model.coef_[0] / scale
    return np.concatenate([model.intercept_ - coefficients @ mean, coefficients])
