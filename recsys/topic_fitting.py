"""Fitting of the topic classifier: partly labelled rows, folds that keep stories whole, calibration, thresholds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from recsys import calibration, keyterms, svm
from recsys.corpus import grouped_folds
from recsys.errors import InputError
from recsys.tfidf import Tfidf
from recsys.topics import FORMS, LinearTable, TopicModel, children, to_probabilities

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Array = NDArray[Any]
Progress = Callable[[str, float], None]
LARGE = 10_000
OPENING, OPENING_WEIGHT = 15, 0.05  # syllables that stand beside an article as an example of their own, and its weight


@dataclass(frozen=True)
class Fitted:
    """A model, and what its folds said of the rows they had not seen, read with their diacritics.

    ``held_out`` are calibrated probabilities, ``decision`` the values they were made of, both (n, n_topics).
    """

    model: TopicModel
    held_out: NDArray[np.float32]
    decision: NDArray[np.float32]


@dataclass(frozen=True)
class Problem:
    """What is to be learned: answers, what a mistake costs per row and topic, what counts in calibration, folds."""

    Y: Array
    costs: Array
    counts: Array
    folds: Array
    exclusive: bool
    seed: int


@dataclass(frozen=True)
class Examples:
    """Rows to fit on: whose answer each has, and what it weighs. The first ones are the articles themselves."""

    X: csr_matrix
    owner: Array
    weight: Array


def fit(
    texts: Sequence[str],
    Y: Array,
    *,
    topics: Sequence[str],
    parents: Mapping[str, str],
    groups: Array,
    weights: Array | None = None,
    counts: Array | None = None,
    C: float = 1.0,
    balance: float = 1.0,
    max_features: int | None = None,
    n_folds: int | None = None,
    words: bool = False,
    seed: int = 0,
    progress: Progress | None = None,
) -> Fitted:
    """Fit one SVM per topic and form of text on the rows where its answer is known, then calibrate on held-out folds.

    Where every row has exactly one topic the calibration is multinomial over all decision values (it learns which
    topics are taken for which), and the opening of each article is an example too, which teaches to read headlines.
    Else a sigmoid per topic, and no openings: they need not be about all that their article is about.

    Parameters
    ----------
    texts : sequence of str
    Y : int8, (n, n_topics)
        1 yes, 0 no, -1 unknown; a topic's section must be 1 where the topic is.
    topics, parents
        The columns, and the section of each topic that has one.
    groups : (n,)
        Rows of one group (a story) stay in one fold.
    weights : (n,) or (n, n_topics), optional
        What a row counts in fitting, above 0.
    counts : (n,), optional
        What a row counts in calibration and thresholds; 0 keeps it out. Default 1.
    C : float
        What a mistake costs.
    balance : float in [0, 1]
        0: all mistakes of a topic cost the same; 1: its yes and its no weigh the same in total.
    max_features : int, optional
        Keep the terms of most documents only, per form. (Terms chosen by their weights would let folds see what
        they must not, and the calibration would believe too much.)
    n_folds : int, optional
        5, or 3 from 10,000 rows on.
    words : bool
        Fit on words that underthesea segments, not on syllables: slow, and on VNTC no better (docs/words.md).
    seed : int
        The same seed gives the same model.
    progress : callable, optional
        Called with a step's name and how far it is, in [0, 1].

    Raises
    ------
    InputError
        Shapes that do not match, or nothing to fit on.
    """
    Y = _checked(Y, texts, topics)
    n_folds = n_folds or (3 if len(texts) >= LARGE else 5)
    weights = np.ones(len(texts), np.float32) if weights is None else np.asarray(weights, np.float32)
    costs = svm.balanced(Y) ** balance * C * (weights[:, None] if weights.ndim == 1 else weights)
    family = children(topics, parents)
    problem = Problem(
        Y=Y,
        costs=costs.astype(np.float32),
        counts=np.ones(len(texts)) if counts is None else np.asarray(counts, float),
        folds=grouped_folds(groups, n_folds, seed=seed),
        exclusive=not family and len(topics) > 1 and bool((Y.sum(axis=1) == 1).all() and (Y >= 0).all()),
        seed=seed,
    )
    tell = progress or (lambda step, share: None)
    texts = keyterms.segmented_many(texts, progress=tell) if words else texts
    tables, decisions, held_out = {}, {}, {}
    for place, form in enumerate(FORMS):
        tell(f"topics ({form})", place / len(FORMS))
        tables[form], decisions[form], logits = _table(texts, form, problem, max_features=max_features)
        held_out[form] = to_probabilities(logits, family=family, exclusive=problem.exclusive)
    tell("topics", 1.0)
    thresholds = calibration.best_thresholds(held_out["folded"], Y, weights=problem.counts)
    model = TopicModel(
        topics, parents=parents, tables=tables, thresholds=thresholds, exclusive=problem.exclusive, words=words
    )
    return Fitted(model, held_out["folded"], decisions["folded"])


def _table(
    texts: Sequence[str], form: str, problem: Problem, *, max_features: int | None
) -> tuple[LinearTable, Array, Array]:
    """Return the calibrated table of a form; decisions and logits of every row from the fold that had not seen it."""
    tfidf = Tfidf.fit(texts, min_df=2, max_features=max_features, form=form)
    examples = _examples(texts, tfidf, with_openings=problem.exclusive)
    coef, intercept = _fitted(examples, problem, np.ones(len(texts), bool))
    decision = np.zeros(problem.Y.shape, np.float32)
    for fold in range(problem.folds.max() + 1):
        held_out = problem.folds == fold
        w, b = _fitted(examples, problem, ~held_out)
        decision[held_out] = examples.X[np.flatnonzero(held_out)] @ w + b
    M, c = calibrated(decision, problem)
    table = LinearTable(tfidf, (coef @ M).astype(np.float32), (intercept @ M + c).astype(np.float32))
    return table, decision, (decision @ M + c).astype(np.float32)


def _examples(texts: Sequence[str], tfidf: Tfidf, *, with_openings: bool) -> Examples:
    from scipy.sparse import vstack

    X, each = tfidf.transform(texts), np.arange(len(texts))
    if not with_openings:
        return Examples(X, each, np.ones(len(texts), np.float32))
    openings = tfidf.transform(" ".join(text.split(maxsplit=OPENING)[:OPENING]) for text in texts)
    weight = np.repeat(np.array([1.0, OPENING_WEIGHT], np.float32), len(texts))
    return Examples(vstack([X, openings], format="csr"), np.tile(each, 2), weight)


def _fitted(examples: Examples, problem: Problem, seen: Array) -> tuple[Array, Array]:
    """Fit on the examples whose article is among those ``seen``, bool (n,)."""
    chosen = np.flatnonzero(seen[examples.owner])
    owner = examples.owner[chosen]
    costs = problem.costs[owner] * examples.weight[chosen, None]
    return svm.fit(examples.X[chosen], problem.Y[owner], costs, seed=problem.seed)


def calibrated(decision: Array, problem: Problem) -> tuple[Array, Array]:
    """Return (M, c): ``decision @ M + c`` are logits. M is diagonal but where exactly one topic holds."""
    Y, counts = problem.Y, problem.counts
    if problem.exclusive:
        return calibration.multinomial(decision, Y.argmax(axis=1), weights=counts)
    slopes, intercepts = np.ones(Y.shape[1]), np.zeros(Y.shape[1])
    for k in range(Y.shape[1]):
        seen = (Y[:, k] >= 0) & (counts > 0)
        slopes[k], intercepts[k] = calibration.platt(decision[seen, k], Y[seen, k], weights=counts[seen])
    return np.diag(slopes), intercepts


def _checked(Y: Array, texts: Sequence[str], topics: Sequence[str]) -> Array:
    Y = np.asarray(Y, np.int8)
    if Y.shape != (len(texts), len(topics)):
        raise InputError(f"Y must have shape ({len(texts)}, {len(topics)}), rows of texts and topics, got {Y.shape}")
    if not (Y == 1).any():
        raise InputError("no article carries a topic; label some")
    return Y
