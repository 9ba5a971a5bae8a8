"""HeadlineIndex: an archive, in memory or on disk, that finds what belongs beside an article."""

from __future__ import annotations

import hashlib
import pathlib
import threading
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recsys import copies, features, reasons, vector_cache
from recsys.article import Article, Headline, Related
from recsys.corpus import OPTIONAL_FIELDS, TEXT_FIELDS, ArticleLike, as_article, encodable
from recsys.errors import InputError
from recsys.postings import Postings
from recsys.ranking import Ranker
from recsys.records import Records

Array = NDArray[Any]

FILE = "articles.sqlite"
CANDIDATES = 64  # nearest articles that are judged, or three times as many as asked for
_BATCH = 20_000
_FEW = 1_000  # articles that are read again faster than kept
_LISTED = 8  # unknown ids that an error names


class HeadlineIndex:
    """An archive: add, remove and search articles; ``ranker`` judges what a search finds.

    Parameters
    ----------
    ranker : Ranker
    path : directory or None
        Where the archive is kept, made when missing; None: in memory. What ``add`` and ``remove`` did is on disk when
        they return. Several processes may open one directory; each sees what the others have written.
    """

    def __init__(self, ranker: Ranker, path: str | pathlib.Path | None = None) -> None:
        self.ranker = ranker
        self._lock = threading.RLock()
        folder = pathlib.Path(path) if path is not None else None
        if folder is not None:
            if folder.exists() and not folder.is_dir():
                raise InputError(f"{folder}: expected a directory for the archive, got a file; choose another path")
            folder.mkdir(parents=True, exist_ok=True)
        self._records = Records(folder / FILE if folder else None)
        self._postings = Postings()
        self._documents: dict[str, int] = {}  # id -> document
        self._numbers: list[int] = []  # document -> number of its record
        self._last = 0
        self._unkept = 0  # articles whose vectors are not on disk
        self._vectors = folder / vector_cache.FOLDER if folder else None
        self._label = vector_cache.label(ranker.likeness.weighting, self._records.own_number) if folder else {}
        self._restore()
        self._catch_up()
        self._keep(at_least=_FEW)

    def __len__(self) -> int:
        """Return how many articles can be found."""
        self._refresh()
        return len(self._documents)

    @property
    def ids(self) -> list[str]:
        """Return the ids of all articles, in the order added."""
        self._refresh()
        with self._lock:
            return sorted(self._documents, key=self._documents.__getitem__)

    def add(self, articles: Iterable[ArticleLike | Headline]) -> list[str]:
        """Add articles and return their ids; one whose id is there already is replaced.

        An article without an id gets one made from its content. Of several with one id the last counts.
        """
        if isinstance(articles, str):
            raise InputError(f"expected articles (an iterable of them), got one str; write [{articles[:40]!r}]")
        self._refresh()
        ids = []
        batch: list[Article] = []
        for given in articles:
            article = _identified(given if isinstance(given, Headline) else as_article(given))
            ids.append(article.id)
            batch.append(article)
            if len(batch) == _BATCH:
                self._put(batch)
                batch = []
        self._put(batch)
        self._keep(at_least=max(_BATCH // 2, len(self._documents) // 2))
        return ids

    def remove(self, ids: Iterable[str]) -> None:
        """Remove articles; if any id is unknown, say which and remove nothing."""
        if isinstance(ids, str):
            raise InputError(f"expected ids (an iterable of str), got one str; write [{ids!r}]")
        self._refresh()
        wanted = list(dict.fromkeys(ids))
        with self._lock:
            unknown = [i for i in wanted if i not in self._documents]
            if unknown:
                named = ", ".join(map(repr, unknown[:_LISTED])) + (", ..." if len(unknown) > _LISTED else "")
                raise InputError(
                    f"{len(unknown)} of {len(wanted)} ids are not in the archive: {named}; nothing was removed"
                )
            self._records.delete(wanted)
            self._forget(wanted)

    def search(
        self,
        article: ArticleLike,
        k: int = 10,
        *,
        exact: bool = False,
        diversity: float = 0.0,
        half_life: float | None = None,
    ) -> list[Related]:
        """Return up to ``k`` archived articles, most probable first; never the one with the article's own id.

        The nearest by cosine are judged: 64, or three times ``k``. Near-copies (cosine 0.95 or more) stand once, the
        others under ``copies``. ``exact`` walks every term of the article, not only the 250 weightiest.

        Parameters
        ----------
        diversity : float in [0, 1]
            How much variety counts against relevance.
        half_life : float, days
            After how many days between article and headline relevance counts half; None: never.
        """
        if k < 0:
            raise InputError(f"k must be 0 or more, got {k}")
        self._refresh()
        article = as_article(article)
        story = features.read_article(article, self.ranker.likeness)
        with self._lock:
            postings, numbers = self._postings, self._numbers
            own = self._documents.get(article.id) if article.id else None
            found, cosines = postings.nearest(story, max(CANDIDATES, 3 * k), exact=exact, without=own)
        records = self._records.brief([numbers[d] for d in found])
        there = [i for i, record in enumerate(records) if record is not None]
        kept = [record for record in records if record is not None]
        if not kept:
            return []
        columns = features.archived(story, cosines[there], kept, self.ranker.likeness)
        judge = self.ranker.judges["articles"]
        chances = judge.probabilities(columns, story.words)
        decided = judge.decided(chances, story.words)
        order = self._ordered(article, kept, found[there], chances, k=k, diversity=diversity, half_life=half_life)
        read = features.read_headlines([record.title for record in kept])
        matches = reasons.matched(story, read, self.ranker.likeness)
        related = []
        for first, *others in order[:k]:
            because = reasons.because(article, kept[first], matches, read, first)
            related.append(
                Related(
                    headline=kept[first].title,
                    id=kept[first].id,
                    url=kept[first].url,
                    source="archive",
                    score=float(np.clip(cosines[there][first, 0], 0, 1)),
                    probability=float(chances[first]),
                    belongs=bool(decided[first]),
                    because=because,
                    copies=tuple(_headline(kept[i]) for i in others),
                )
            )
        return related

    def close(self) -> None:
        """Close the files of the archive."""
        self._keep(at_least=_FEW)
        self._records.close()

    def _ordered(
        self,
        article: Article,
        records: Sequence[Article],
        documents: Array,
        chances: Array,
        *,
        k: int,
        diversity: float,
        half_life: float | None,
    ) -> list[list[int]]:
        """Return groups of near-copies, the best group first; only as many as ``k`` of them need be right."""
        fresh = copies.recency([r.published for r in records], now=article.published, half_life=half_life)
        relevance = chances * fresh
        top = np.argsort(-relevance, kind="stable")[: max(2 * k, 20)]
        similarity = copies.cosines(self._postings.rows_of(documents[top]))
        groups = copies.collapsed(similarity)
        firsts = [group[0] for group in groups]
        order = copies.varied(relevance[top][firsts], similarity[np.ix_(firsts, firsts)], diversity=diversity)
        return [[int(top[i]) for i in groups[g]] for g in order]

    def _put(self, batch: Sequence[Article]) -> None:
        if not batch:
            return
        articles = list({a.id: a for a in batch}.values())
        rows = self.ranker.likeness.weighting.rows(map(features.whole, articles))
        with self._lock:
            numbers = self._records.put(articles)
            self._forget([a.id for a in articles if a.id in self._documents])
            self._enter(articles, numbers, rows)
            if min(numbers) == self._last + 1:  # else others wrote in between: their articles are still to be read
                self._last = max(numbers)

    def _enter(self, articles: Sequence[Article], numbers: Sequence[int], rows: tuple[Array, Array, Array]) -> None:
        self._numbers.extend(numbers)
        documents = self._postings.add(*rows)
        self._documents.update(zip((a.id for a in articles), documents, strict=True))
        self._unkept += len(articles)

    def _forget(self, ids: Sequence[str]) -> None:
        if ids:
            self._postings.remove([self._documents.pop(key) for key in ids])

    def _refresh(self) -> None:
        """Take over what other processes have written."""
        if self._records.changed():
            with self._lock:
                there = self._records.numbers()
                self._forget([key for key, d in self._documents.items() if self._numbers[d] not in there])
                self._catch_up()

    def _catch_up(self) -> None:
        for part in self._records.stream(self._last):
            known = {self._numbers[d] for d in self._documents.values()} if self._documents else set()
            new = [(number, article) for number, article in part if number not in known]
            if new:
                articles = [article for _, article in new]
                rows = self.ranker.likeness.weighting.rows(map(features.whole, articles))
                self._enter(articles, [number for number, _ in new], rows)
            self._last = part[-1][0]

    def _restore(self) -> None:
        """Take over the vectors kept on disk, if all articles up to the last of them are there."""
        arrays = vector_cache.read(self._vectors, self._label) if self._vectors else None
        if not arrays or not len(arrays["numbers"]):
            return
        numbers, there = arrays["numbers"].tolist(), self._records.numbers()
        last = max(numbers)
        documents = {there[number]: d for d, number in enumerate(numbers) if number in there}
        if len(documents) < sum(number <= last for number in there):
            return
        self._postings, self._documents, self._numbers = Postings.restored(arrays), documents, numbers
        self._postings.remove([d for d, number in enumerate(numbers) if number not in there])
        self._last = last

    def _keep(self, *, at_least: int) -> None:
        """Keep all vectors on disk where so many are not."""
        if self._vectors is None or self._unkept < at_least:
            return
        with self._lock:
            arrays = self._postings.compact()
            numbers = np.array(self._numbers, np.int64)[arrays.pop("documents")]
            self._unkept = 0
        vector_cache.keep(self._vectors, self._label, {**arrays, "numbers": numbers})


def _identified(given: Article | Headline) -> Article:
    if isinstance(given, Headline):
        given = Article(given.title, id=given.id, url=given.url, published=given.published)
    kept = {name: encodable(getattr(given, name)) for name in (*TEXT_FIELDS, *OPTIONAL_FIELDS)}
    given = Article(**kept, topics=given.topics)
    if given.id:
        return given
    content = "\0".join((given.title, given.lead, given.body, given.url, given.published))
    return replace(given, id=hashlib.sha256(content.encode()).hexdigest()[:16])


def _headline(record: Article) -> Headline:
    return Headline(record.title, record.id, record.url, record.published)
