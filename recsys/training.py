"""Training: fit a model to a labelled corpus, judge it on stories that fitting did not see, save it with its card."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

import recsys
from recsys import corpus, metrics, ranking, storage, topics
from recsys.article import Article, Headline
from recsys.errors import CorpusError
from recsys.evaluation import LabelFigures, TagFigures, at_random, label_figures, majority, tag_figures
from recsys.recommender import Model, as_text
from recsys.taxonomy import Taxonomy

Progress = Callable[[str, float], None]
FOLDS = 5
FOLDS_OF_LARGE = 3
LARGE = 10_000
QUERIES = 200


@dataclass(frozen=True)
class Evaluated:
    """Figures on articles that the model measured had not seen, and what they were computed without."""

    tags: TagFigures
    labels: LabelFigures | None
    baselines: dict[str, float]
    stories: dict[str, float]
    probabilities: np.ndarray
    truth: np.ndarray
    how: str


def fit(articles: Sequence[Article], *, seed: int = 0, progress: Progress | None = None) -> Model:
    """Fit topics and ranking to a labelled corpus.

    Parameters
    ----------
    articles : sequence of Article
        With ``topics``; stories, where known, teach what belongs together (a shipped default serves where none are).
    seed : int
        Two runs with one seed give one model.
    progress : callable, optional
        Called with a step's name and how far it is, in [0, 1].

    Raises
    ------
    CorpusError
        Fewer than two topics, or none that two articles (in two stories) carry.
    """
    taxonomy = Taxonomy.for_labels({t for a in articles for t in a.topics})
    articles = _usable(articles)
    report = progress or (lambda step, share: None)
    model = topics.fit(
        [as_text(a) for a in articles],
        taxonomy.targets(a.topics for a in articles),
        topics=taxonomy.columns,
        parents=taxonomy.parents,
        groups=corpus.groups(articles),
        seed=seed,
        progress=lambda share: report("topics", share),
    )
    ranker = ranking.fit(
        articles, background=map(as_text, articles), seed=seed, progress=lambda share: report("ranking", share)
    )
    return Model(model, ranker, taxonomy=taxonomy)
