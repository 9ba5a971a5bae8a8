"""Training: fit a model to a labelled corpus, judge it on stories that fitting did not see, save it with its card."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

import recsys
from recsys import corpus, metrics, ranking, storage, topics
from recsys.article import Article, Headline
from recsys.errors import CorpusError
from recsys.evaluation import LabelFigures, TagFigures, at_random, calibration, label_figures, majority, tag_figures
from recsys.recommender import Model, as_text
from recsys.taxonomy import Taxonomy

Progress = Callable[[str, float], None]
FOLDS = 5
FOLDS_OF_LARGE = 3
LARGE = 10_000
QUERIES = 300  # held-out articles asked for their story, at most


def _silent(step: str, share: float) -> None:
    pass


@dataclass(frozen=True)
class Evaluated:
    """Figures on articles that the model measured had not seen, and how that was arranged."""

    how: str
    tags: TagFigures
    labels: LabelFigures | None
    floors: dict[str, float]
    stories: dict[str, float]
    topics: list[str]
    probabilities: np.ndarray  # (n_articles, n_topics) float32
    truth: np.ndarray  # (n_articles, n_topics) bool

    def summary(self) -> dict[str, Any]:
        """Return the figures for the model card, JSON-able."""
        low, high = self.tags.interval
        single = {"accuracy": self.labels.accuracy, "macro_f1": self.labels.macro_f1} if self.labels else {}
        return {
            "how": self.how,
            "articles": self.tags.n,
            "micro_f1": self.tags.micro.f1,
            "micro_f1_interval": [low, high],
            "macro_f1": self.tags.macro_f1,
            "calibration_error": calibration(self.probabilities, self.truth).error,
            "topics": {t: {"f1": c.f1, "articles": c.support} for t, c in self.tags.topics.items()},
            "best_label": single,
            "micro_f1_floors": self.floors,
            "same_story": self.stories,
        }


def fit(
    articles: Sequence[Article],
    *,
    stories: Sequence[Article] = (),
    seed: int = 0,
    words: bool = False,
    progress: Progress = _silent,
) -> Model:
    """Fit topics and ranking to a labelled corpus.

    Parameters
    ----------
    articles : sequence of Article
        With ``topics``.
    stories : sequence of Article
        More articles with ``story``, to learn what belongs together; those of ``articles`` always serve, and a shipped
        default does where there are none.
    seed : int
        Two runs with one seed give one model.
    progress : callable
        Called with a step's name and how far it is, in [0, 1].

    Raises
    ------
    CorpusError
        Fewer than two articles, or fewer than two topics that two articles carry.
    """
    _check(articles)
    taxonomy = Taxonomy.for_labels({t for a in articles for t in a.topics})
    classifier = topics.fit(
        [as_text(a) for a in articles],
        taxonomy.targets(a.topics for a in articles),
        topics=taxonomy.columns,
        parents=taxonomy.parents,
        groups=corpus.groups(articles),
        seed=seed,
        progress=lambda share: progress("topics", share),
    )
    ranker = ranking.fit(
        [a for a in (*articles, *stories) if a.story and a.title],
        background=(as_text(a) for a in articles),
        seed=seed,
        progress=lambda share: progress("what belongs", share),
    )
    return Model(classifier, ranker, taxonomy=taxonomy)


def cross_validate(
    articles: Sequence[Article],
    *,
    stories: Sequence[Article] = (),
    seed: int = 0,
    progress: Progress = _silent,
) -> Evaluated:
    """Judge what :func:`fit` makes, each article by a model that saw no article of its story.

    Thresholds are chosen inside the articles fitted, so none has seen the article it is applied to.
    """
    folds = FOLDS if len(articles) < LARGE else FOLDS_OF_LARGE
    fold_of = corpus.story_folds(articles, folds, seed=seed)
    parts = []
    for fold in range(folds):
        kept = [a for a, f in zip(articles, fold_of, strict=True) if f != fold]
        held = [a for a, f in zip(articles, fold_of, strict=True) if f == fold]
        step = f"held-out stories {fold + 1}/{folds}"
        progress(step, 0.0)
        model = fit(kept, stories=stories, seed=seed)
        progress(step, 0.8)
        parts.append(_judge(model, held, pool=articles, seed=seed))
        progress(step, 1.0)
    return _joined(parts, articles, how=f"{folds}-fold cross-validation by story; no fold saw its own stories")
