"""How well a model finds what belongs beside an article, measured on stories, with simpler ways beside it."""

from __future__ import annotations

import importlib.util
import itertools
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recsys import corpus, dates, features, metrics
from recsys.article import Article
from recsys.errors import InputError
from recsys.metrics import Judged, RelatedFigures
from recsys.recommender import Model

Array = NDArray[Any]

MODEL = "recsys"


def related_figures(model: Model, articles: Sequence[Article], *, seed: int = 0) -> dict[str, RelatedFigures]:
    """Return how well headlines of the same story are ranked and chosen, by method: the model first.

    Every article asks for its story among all headlines of the file, then on lists as they stand beside articles
    (``metrics.measure``). Beside the model: its cosine alone, BM25 where bm25s is installed, headlines of the same
    topics, the newest, and a lot.

    Raises
    ------
    InputError
        No story in the file has two articles with headlines.
    """
    titled = [a for a in articles if a.title]
    groups = corpus.groups(titled)
    members = [set(np.flatnonzero(groups == g).tolist()) for g in groups]
    relevant = [members[i] - {i} for i in range(len(titled))]
    if not any(relevant):
        raise InputError("expected articles that share a `story`, got none; without stories nothing can be measured")
    methods = {MODEL: _ranked(model, titled), "cosine": _cosine(model, titled)}
    if importlib.util.find_spec("bm25s"):
        methods["BM25"] = bm25(titled, titled)
    methods |= {"same topic": _same_topic(model, titled), "newest": newest(titled), "random": at_random(seed)}
    return {
        name: metrics.measure(method, relevant, range(len(titled)), size=len(titled), seed=seed)
        for name, method in methods.items()
    }


def table(figures: dict[str, RelatedFigures]) -> dict[str, dict[str, float | None]]:
    """Return the figures by method and name; what only the model decides is None for the others."""
    return {
        name: {
            "nDCG@10": f.ndcg_at_10,
            "MAP": f.mean_average_precision,
            "P@1": f.p_at_1,
            "precision": f.list_precision if name == MODEL else None,
            "recall": f.list_recall if name == MODEL else None,
            "kept where none belongs": f.kept_where_none_belongs if name == MODEL else None,
        }
        for name, f in figures.items()
    }


def bm25(articles: Sequence[Article], headlines: Sequence[Article]) -> Judged:
    """Rank by BM25 over syllables and pairs of them; needs bm25s."""
    import bm25s

    def terms(text: str) -> list[str]:
        words = text.lower().split()
        return words + [f"{a} {b}" for a, b in itertools.pairwise(words)]

    scorer = bm25s.BM25()
    scorer.index([terms(h.title) for h in headlines], show_progress=False)

    def judged(query: int, candidates: Array) -> tuple[Array, Array]:
        return undecided(np.asarray(scorer.get_scores(terms(features.whole(articles[query]))))[candidates])

    return judged


def newest(headlines: Sequence[Article]) -> Judged:
    """Rank the newest first."""
    days = np.array([dates.day(h.published, first=True) or 0 for h in headlines], float)
    return lambda query, candidates: undecided(days[candidates])


def at_random(seed: int) -> Judged:
    """Rank by lot."""
    rng = np.random.default_rng(seed)
    return lambda query, candidates: undecided(rng.random(len(candidates)))


def undecided(scores: Array) -> tuple[Array, Array]:
    """Return scores of a method that only ranks."""
    return scores, np.zeros(len(scores), bool)


def _ranked(model: Model, titled: Sequence[Article]) -> Judged:
    likeness = model.ranker.likeness

    def judged(query: int, candidates: Array) -> tuple[Array, Array]:
        chosen = [titled[i] for i in candidates]
        read = features.read_headlines([h.title for h in chosen], [h.published for h in chosen])
        _, chances, belongs = model.ranker.judged(features.read_article(titled[query], likeness), read)
        return chances, belongs

    return judged


def _cosine(model: Model, titled: Sequence[Article]) -> Judged:
    likeness = model.ranker.likeness
    read = features.read_headlines([h.title for h in titled])

    @cache
    def cosines(query: int) -> Array:
        return features.pair_features(features.read_article(titled[query], likeness), read, likeness)[:, 0]

    return lambda query, candidates: undecided(cosines(query)[candidates])


def _same_topic(model: Model, titled: Sequence[Article]) -> Judged:
    """Rank by the cosine of topic probabilities, of the article and of the headline alone."""
    whole = model.topic_probabilities(titled)
    heads = model.topic_probabilities([Article(h.title) for h in titled])
    whole, heads = (x / np.maximum(np.linalg.norm(x, axis=1, keepdims=True), 1e-12) for x in (whole, heads))
    return lambda query, candidates: undecided(heads[candidates] @ whole[query])
