"""Judged headlines to fit on: drawn from articles whose stories are known, or judged by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recsys import features
from recsys.article import Article
from recsys.likeness import Likeness
from recsys.postings import Postings

Array = NDArray[Any]

QUERIES, POOL = 2_000, 4_000  # articles of a corpus that are asked for, and that they are compared with
_NEAREST = (3, 14)  # wrong headlines nearest to the article that a list is drawn with, and ...
_ANY = (3, 20)  # ... wrong ones at random
_EMPTY = 0.4  # how often a list is drawn again with nothing true in it
_ARCHIVE = 30  # nearest, and as many random, wrong headlines of an archive


@dataclass(frozen=True, slots=True)
class JudgedList:
    """A list of headlines beside an article, judged by hand."""

    article: Article
    headlines: tuple[str, ...]
    belongs: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """Judged headlines: features, truth, length of the article, importance; ``weight`` is that of all together."""

    features: Array
    belongs: Array
    words: Array
    importance: Array

    def weighed(self, weight: float) -> Sample:
        """Return the sample with its importance summing up to ``weight``."""
        return Sample(self.features, self.belongs, self.words, self.importance * (weight / self.importance.sum()))


def joined(samples: Sequence[Sample]) -> Sample:
    """Return all ``samples`` as one."""
    return Sample(
        np.concatenate([s.features for s in samples]),
        np.concatenate([s.belongs for s in samples]),
        np.concatenate([s.words for s in samples]),
        np.concatenate([s.importance for s in samples]),
    )


def from_lists(lists: Sequence[JudgedList], likeness: Likeness) -> Sample:
    """Return the headlines of judged lists as they stand."""
    parts = []
    for judged in lists:
        story = features.read_article(judged.article, likeness)
        _, columns = features.listed(story, features.read_headlines(judged.headlines), likeness)
        parts.append(_sample(columns, np.array(judged.belongs, bool), story.words))
    return joined(parts)


def drawn(articles: Sequence[Article], likeness: Likeness, *, seed: int = 0) -> dict[str, Sample]:
    """Draw for every setting from articles whose stories are known."""
    return {**from_stories(articles, likeness, seed=seed), "articles": from_archive(articles, likeness, seed=seed)}


def from_stories(articles: Sequence[Article], likeness: Likeness, *, seed: int = 0) -> dict[str, Sample]:
    """Draw, for the settings "list" and "archive", headlines of the same story and wrong ones, near and far.

    Lists hold the true headlines among some of the nearest wrong ones and some at random; some are drawn again
    without the true ones. An archive's wrong headlines are weighed as if all of them had been taken.
    """
    rng = np.random.default_rng(seed)
    queries, pool = chosen(articles, rng)
    read = features.read_headlines([a.title for a in pool], [a.published for a in pool])
    stories = np.array([a.story for a in pool])
    parts: dict[str, list[Sample]] = {"list": [], "archive": []}
    for query in queries:
        article = pool[query]
        story = features.read_article(article, likeness)
        pairs = features.pair_features(story, read, likeness)
        same = stories == article.story if article.story else np.zeros(len(pool), bool)
        same[query] = False
        wrong = np.flatnonzero(~same & (np.arange(len(pool)) != query))
        wrong = wrong[np.argsort(-pairs[wrong, 0], kind="stable")]
        for listed in _lists(np.flatnonzero(same), wrong, rng):
            few = features.read_headlines([pool[i].title for i in listed], [pool[i].published for i in listed])
            _, columns = features.listed(story, few, likeness)
            parts["list"].append(_sample(columns, same[listed], story.words))
        if same.any():
            parts["archive"].append(_archived(pairs, same, wrong, story.words, rng, query))
    return {setting: joined(drawn) for setting, drawn in parts.items()}


def from_archive(articles: Sequence[Article], likeness: Likeness, *, seed: int = 0) -> Sample:
    """Draw what archives of whole articles, of headlines with leads and of headlines alone find for each article."""
    queries, pool = chosen(articles, np.random.default_rng(seed))
    stories = np.array([a.story for a in pool])
    parts = []
    for records in (pool, [replace(a, body="") for a in pool], [replace(a, lead="", body="") for a in pool]):
        archive = Postings()
        archive.add(*likeness.weighting.rows(features.whole(r) for r in records))
        for query in queries:
            article = pool[query]
            if not article.story:
                continue
            story = features.read_article(article, likeness)
            found, cosines = archive.nearest(story, 2 * _ARCHIVE, without=int(query))
            columns = features.archived(story, cosines, [records[i] for i in found], likeness)
            parts.append(_sample(columns, stories[found] == article.story, story.words))
    return joined(parts)


def chosen(articles: Sequence[Article], rng: np.random.Generator) -> tuple[Array, list[Article]]:
    """Return the places of the articles asked for, and the pool: all articles, or whole stories of a large corpus."""
    pool = list(articles)
    if len(pool) > POOL:
        names = list(dict.fromkeys(a.story or f"\0{i}" for i, a in enumerate(pool)))
        rank = dict(zip(names, rng.permutation(len(names)).tolist(), strict=True))
        order = sorted(range(len(pool)), key=lambda i: rank[pool[i].story or f"\0{i}"])
        pool = [pool[i] for i in sorted(order[:POOL])]
    queries = np.arange(len(pool))
    return (np.sort(rng.choice(queries, QUERIES, replace=False)) if len(pool) > QUERIES else queries), pool


def _lists(true: Array, wrong: Array, rng: np.random.Generator) -> list[Array]:
    def around(kept: Array) -> Array:
        near, far = int(rng.integers(*_NEAREST)), int(rng.integers(*_ANY))
        rest = wrong[near:]
        return np.concatenate([kept, wrong[:near], rng.choice(rest, min(far, len(rest)), replace=False)])

    lists = [around(true)] if len(true) else []
    if rng.random() < _EMPTY:
        lists.append(around(true[:0]))
    return lists


def _archived(pairs: Array, same: Array, wrong: Array, words: int, rng: np.random.Generator, query: int) -> Sample:
    columns = features.widely(np.delete(pairs, query, axis=0))
    columns = np.insert(columns, query, 0, axis=0)
    rest = wrong[_ARCHIVE:]
    far = rng.choice(rest, min(_ARCHIVE, len(rest)), replace=False)
    taken = np.concatenate([np.flatnonzero(same), wrong[:_ARCHIVE], far])
    sample = _sample(columns[taken], same[taken], words)
    if len(far):
        sample.importance[len(taken) - len(far) :] = len(rest) / len(far)
    return sample


def _sample(columns: Array, belongs: Array, words: int) -> Sample:
    return Sample(columns, belongs, np.full(len(belongs), words), np.ones(len(belongs)))
