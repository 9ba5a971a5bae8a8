"""The released ranker: collections of stories it is fitted and measured on, the news it learns likeness from."""

from __future__ import annotations

import json
import lzma
import pathlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from recsys import corpus, ranking, samples
from recsys.article import Article
from recsys.likeness import Likeness
from recsys.ranking import Ranker
from recsys.samples import JudgedList, Sample
from recsys.storage import builtin

FICTION = 0.2  # weight of the built-in corpus: made up, and unlike news in style
BACKGROUND = ("headlines-2026.jsonl.xz", "news-2024/dev.jsonl.xz", "news-2020/train.jsonl.xz", "vntc/train.jsonl.xz")


@dataclass(frozen=True)
class Collection:
    """Articles asked for, headlines to rank (``pool``; None: those of the articles), which are right, one's own."""

    name: str
    articles: Sequence[Article]
    pool: Sequence[Article] | None
    relevant: list[set[int]]
    own: list[int]

    @property
    def headlines(self) -> Sequence[Article]:
        """Return the pool."""
        return self.articles if self.pool is None else self.pool


def read_news(data: pathlib.Path) -> Iterator[Article]:
    """Stream the background news."""
    for name in BACKGROUND:
        for row in _rows(data / name):
            yield _article(row)


def read_collections(data: pathlib.Path) -> list[Collection]:
    """Return the collections of stories, the built-in corpus, and the publisher-chosen links."""
    found = [_stories(name, _rows(data / "related" / f"{name}-dev.jsonl.xz")) for name in ("abmusu", "vims", "mds")]
    return [*found, _collection("starter", corpus.starter()), _links(data / "related", "nhandan")]


def fit_released(data: pathlib.Path, *, seed: int = 0) -> Ranker:
    """Fit the released ranker: on all collections of stories, the built-in corpus and the lists judged by hand."""
    stories = [c for c in read_collections(data) if c.pool is None]
    likeness = Likeness.fit(read_news(data), seed=seed)
    return fit_collections(stories, likeness, judged_lists(builtin("data/lists.jsonl")), seed=seed)


def fit_collections(
    collections: Sequence[Collection], likeness: Likeness, lists: Sequence[JudgedList], *, seed: int = 0
) -> Ranker:
    """Fit a ranker on collections, each weighing the same but for fiction."""
    return fit_drawn(drawn(collections, likeness, seed=seed).values(), likeness, lists)


def drawn(collections: Sequence[Collection], likeness: Likeness, *, seed: int = 0) -> dict[str, dict[str, Sample]]:
    """Return samples of each collection by setting, weighed: several rankers can be fitted on them."""
    return {
        c.name: ranking.weighed(samples.drawn(c.articles, likeness, seed=seed), FICTION if c.name == "starter" else 1.0)
        for c in collections
    }


def fit_drawn(parts: Iterable[Mapping[str, Sample]], likeness: Likeness, lists: Sequence[JudgedList]) -> Ranker:
    """Fit a ranker on samples drawn before, and on lists judged by hand."""
    judged = {"list": samples.from_lists(lists, likeness).weighed(ranking.LISTS_WEIGHT)} if lists else {}
    return ranking.judging_by([*parts, judged], likeness)


def judged_lists(path: pathlib.Path) -> list[JudgedList]:
    """Return lists judged by hand."""
    return [
        JudgedList(
            _article(row),
            tuple(c["headline"] for c in row["candidates"]),
            tuple(c["belongs"] for c in row["candidates"]),
        )
        for row in _rows(path)
    ]


def _stories(name: str, rows: Iterator[dict[str, Any]]) -> Collection:
    return _collection(name, [_article(row) for row in rows])


def _collection(name: str, articles: Sequence[Article]) -> Collection:
    members: dict[str, set[int]] = {}
    for i, article in enumerate(articles):
        members.setdefault(article.story or f"alone {i}", set()).add(i)
    relevant = [members[a.story or f"alone {i}"] - {i} for i, a in enumerate(articles)]
    return Collection(name, articles, None, relevant, list(range(len(articles))))


def _links(folder: pathlib.Path, name: str) -> Collection:
    pool = [_article(row) for row in _rows(folder / f"{name}-pool.jsonl.xz")]
    place = {a.id: i for i, a in enumerate(pool)}
    rows = [r for r in _rows(folder / f"{name}-dev.jsonl.xz") if any(x in place for x in r["related"])]
    relevant = [{place[x] for x in row["related"] if x in place} for row in rows]
    return Collection(name, [_article(r) for r in rows], pool, relevant, [place.get(r["id"], -1) for r in rows])


def _article(row: dict[str, Any]) -> Article:
    title, lead, body, own, published, story = (
        row.get(k) or "" for k in ("title", "lead", "body", "id", "published", "story")
    )
    return Article(title, lead, body, own, published=published, story=story)


def _rows(path: pathlib.Path) -> Iterator[dict[str, Any]]:
    opened = lzma.open if path.suffix == ".xz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())
