"""Held-out protocols: what a model is asked, on which articles, and how the answers become figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from recsys import corpus, keyterms, metrics
from recsys.article import Article
from recsys.corpus import as_text
from recsys.evaluation import (
    LabelFigures,
    TagFigures,
    at_random,
    calibration,
    label_figures,
    majority,
    tag_figures,
    topic_figures,
)
from recsys.recommender import Model
from recsys.taxonomy import Taxonomy
from recsys.training import Progress, check, fit, silent

FOLDS = 5
FOLDS_OF_LARGE = 3
LARGE = 10_000
QUERIES = 400  # held-out articles asked for their story, at most
POOL = 2_000  # headlines they are looked for among, at most


@dataclass(frozen=True)
class Evaluated:
    """Figures on articles that the model measured had not seen, and how that was arranged."""

    how: str
    topics: list[str]
    tags: TagFigures
    labels: LabelFigures | None
    floors: dict[str, float]
    stories: dict[str, float]
    probabilities: np.ndarray  # (n_articles, n_topics) float32
    truth: np.ndarray  # (n_articles, n_topics) bool

    def summary(self) -> dict[str, Any]:
        """Return the figures for the model card, JSON-able."""
        best = {"accuracy": self.labels.accuracy, "macro_f1": self.labels.macro_f1} if self.labels else {}
        return {
            "how": self.how,
            "articles": self.tags.n,
            "micro_f1": self.tags.micro.f1,
            "micro_f1_interval": list(self.tags.interval),
            "macro_f1": self.tags.macro_f1,
            "calibration_error": calibration(self.probabilities, self.truth).error,
            "topics": topic_figures(self.tags, self.probabilities, self.truth),
            "best_label": best,
            "micro_f1_floors": self.floors,
            "same_story": self.stories,
        }


def cross_validate(
    articles: Sequence[Article],
    *,
    stories: Sequence[Article] = (),
    words: bool = False,
    seed: int = 0,
    progress: Progress = silent,
) -> Evaluated:
    """Judge what :func:`fit` makes, each article by a model that saw no article of its story.

    Thresholds are chosen inside the articles fitted, so none has seen the article it is applied to.
    """
    check(articles)
    folds = min(FOLDS if len(articles) < LARGE else FOLDS_OF_LARGE, len(set(corpus.groups(articles))))
    if words:
        keyterms.segmented_many([as_text(a) for a in articles], progress=progress)  # the folds find them remembered
    fold_of = corpus.story_folds(articles, folds, seed=seed)
    taxonomy = Taxonomy.for_labels({t for a in articles for t in a.topics})
    columns = taxonomy.columns
    probabilities = np.zeros((len(articles), len(columns)), np.float32)
    decided = np.zeros(probabilities.shape, bool)
    asked = []
    for fold in range(folds):
        step = f"held-out stories {fold + 1}/{folds}"
        progress(step, 0.0)
        seen = [a for a, f in zip(articles, fold_of, strict=True) if f != fold]
        model = fit(seen, stories=stories, words=words, seed=seed)
        held = [int(i) for i in np.flatnonzero(fold_of == fold)]
        here = [columns.index(t) for t in model.topics]
        found = model.topic_probabilities([articles[i] for i in held])
        probabilities[np.array(held)[:, None], here] = found
        decided[np.array(held)[:, None], here] = model.decide(found)
        progress(step, 0.7)
        asked += _same_story(model, articles, held, seed=seed)
        progress(step, 1.0)
    how = f"{folds}-fold cross-validation that keeps stories whole: no article was judged by a model that saw its story"
    return _evaluated(articles, taxonomy, probabilities, decided, asked=asked, how=how, seed=seed)


def evaluate(model: Model, articles: Sequence[Article], *, how: str, seed: int = 0) -> Evaluated:
    """Judge a model on a labelled file; topics that the model does not know are always missed."""
    known = set(model.taxonomy.columns)
    labels = {t for a in articles for t in a.topics}
    taxonomy = model.taxonomy if labels <= known else Taxonomy({"labels": sorted(labels | known)})
    probabilities = np.zeros((len(articles), len(taxonomy.columns)), np.float32)
    decided = np.zeros(probabilities.shape, bool)
    here = [taxonomy.columns.index(t) for t in model.topics]
    found = model.topic_probabilities(articles)
    probabilities[:, here] = found
    decided[:, here] = model.decide(found)
    asked = _same_story(model, articles, range(len(articles)), seed=seed)
    return _evaluated(articles, taxonomy, probabilities, decided, asked=asked, how=how, seed=seed)


def _same_story(
    model: Model, articles: Sequence[Article], asked: Sequence[int], *, seed: int
) -> list[tuple[float, ...]]:
    """Return (nDCG@10 by probability, by cosine, by lot) of held-out articles with siblings among the headlines."""
    members: dict[str, list[int]] = {}
    for place, article in enumerate(articles):
        if article.story and article.title:
            members.setdefault(article.story, []).append(place)
    rng = np.random.default_rng(seed)
    queries = [i for i in asked if articles[i].title and len(members.get(articles[i].story, ())) > 1]
    if len(queries) > QUERIES:
        queries = sorted(rng.choice(queries, QUERIES, replace=False))
    titled = [i for i, a in enumerate(articles) if a.title]
    figures = []
    for query in queries:
        siblings = [i for i in members[articles[query].story] if i != query]
        others = [i for i in titled if i != query and articles[i].story != articles[query].story]
        if len(others) > POOL:
            others = list(rng.choice(others, POOL, replace=False))
        pool = [*siblings, *others]
        ranked = model.rank(articles[query], [articles[i] for i in pool])
        true = {articles[i].title for i in siblings}
        gains = np.array([r.headline in true for r in ranked], float)
        by_cosine = gains[np.argsort([-r.score for r in ranked], kind="stable")]
        figures.append(tuple(metrics.ndcg(g, len(siblings)) for g in (gains, by_cosine, rng.permutation(gains))))
    return figures


def _evaluated(
    articles: Sequence[Article],
    taxonomy: Taxonomy,
    probabilities: np.ndarray,
    decided: np.ndarray,
    *,
    asked: list[tuple[float, ...]],
    how: str,
    seed: int,
) -> Evaluated:
    truth = taxonomy.targets(a.topics for a in articles) > 0
    columns = taxonomy.columns
    floors = {
        name: tag_figures(truth, guess, topics=columns).micro.f1
        for name, guess in (("majority", majority(truth)), ("random", at_random(truth, seed=seed)))
    }
    single = all(len(a.topics) == 1 for a in articles)
    stories = (
        dict(zip(("ndcg_at_10", "by_cosine", "random"), np.mean(asked, axis=0).tolist(), strict=True)) if asked else {}
    )
    return Evaluated(
        how=how,
        topics=columns,
        tags=tag_figures(truth, decided, topics=columns, groups=corpus.groups(articles), seed=seed),
        labels=label_figures([a.topics[0] for a in articles], probabilities, topics=columns) if single else None,
        floors=floors,
        stories=stories,
        probabilities=probabilities,
        truth=truth,
    )


def worst_errors(
    model: Model, articles: Sequence[Article], evaluated: Evaluated, *, n: int = 20
) -> list[tuple[str, ...]]:
    """Return the surest wrong tags: (headline, true topics, topic given, the terms that misled)."""
    wrong = np.where(evaluated.truth, 0.0, evaluated.probabilities)
    rows: list[tuple[str, ...]] = []
    for place in np.argsort(-wrong, axis=None, kind="stable")[: 3 * n]:
        row, column = np.unravel_index(place, wrong.shape)
        topic = evaluated.topics[column]
        if wrong[row, column] < 0.5 or topic not in model.topics or len(rows) == n:
            break
        text = as_text(articles[row])
        terms = ", ".join(term for term, _ in model.evidence(text, topic))
        given = f"{topic} ({wrong[row, column]:.0%})"
        rows.append((articles[row].title or text.strip()[:80], ", ".join(articles[row].topics), given, terms))
    return rows
