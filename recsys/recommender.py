"""The facade: an article in, its topics and the headlines that belong beside it out."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from recsys import copies, corpus, storage
from recsys.article import (
    Article,
    Explanation,
    Headline,
    HeadlineReason,
    Page,
    Recommendation,
    Related,
    Tag,
    TopicReason,
)
from recsys.corpus import ArticleLike, as_article, as_text, text_of
from recsys.errors import InputError, ModelError
from recsys.index import HeadlineIndex
from recsys.ranking import Ranker
from recsys.taxonomy import Taxonomy
from recsys.topics import TopicModel

HeadlineLike = Headline | Article | str
MODEL_VARIABLE = "RECSYS_MODEL"
RELEASED = "models/released"
ARCHIVE = "archive"  # in a model directory: an index of the articles fitted on
LOOKED_AT = 10  # archive headlines shown, belonging or not


class Model:
    """A fitted model: topics, ranking and an archive. It never changes, so one model serves many threads.

    Made by :func:`load` or by training; see ``recsys.training``.
    """

    def __init__(
        self,
        topics: TopicModel,
        ranker: Ranker,
        *,
        taxonomy: Taxonomy,
        card: Mapping[str, Any] | None = None,
        archive: Path | None = None,
    ) -> None:
        self._topics = topics
        self._ranker = ranker
        self.taxonomy = taxonomy
        self._names = [(t, taxonomy[t].vi, taxonomy[t].section) for t in topics.topics]
        self.card = dict(card or {})
        self._archive_path = archive
        self._archive: HeadlineIndex | None = None
        self._lock = threading.Lock()

    @property
    def topics(self) -> list[str]:
        """Sections and topics: the columns of :meth:`topic_probabilities`."""
        return list(self._topics.topics)

    @property
    def ranker(self) -> Ranker:
        """What ranks and decides."""
        return self._ranker

    def evidence(self, text: str, topic: str) -> list[tuple[str, float]]:
        """Return the terms of a text that speak most for a topic, with their share of the decision."""
        return self._topics.contributions(text, topic)

    @property
    def archive(self) -> HeadlineIndex:
        """The default archive: the articles that the model was fitted on, where it was saved with them.

        Else the built-in corpus, a demonstration (it is fiction); a real archive is your own index.
        """
        with self._lock:
            if self._archive is None:
                self._archive = self.new_index(self._archive_path)
                if self._archive_path is None:
                    self._archive.add(corpus.starter())
            return self._archive

    def topic_probabilities(self, articles: Sequence[ArticleLike]) -> np.ndarray:
        """Return calibrated probabilities, ndarray of shape (n_articles, n_topics), float32; P(section) >= P(topic)."""
        return self._topics.probabilities([text_of(a) for a in articles])

    def tag(self, article: ArticleLike) -> list[Tag]:
        """Return the topics of one article, best first; see :meth:`tag_many`."""
        return self.tag_many([article])[0]

    def tag_many(self, articles: Sequence[ArticleLike]) -> list[list[Tag]]:
        """Return each article's topics above their thresholds, best first; none is a normal answer.

        The most specific ones: a section stands only where none of its topics passes.
        """
        if isinstance(articles, str):
            raise InputError("expected articles (a sequence of them), got one str; write [text], or tag(text)")
        tags: list[list[Tag]] = []
        for found in self._topics.stream(map(text_of, articles)):
            some: list[list[Tag]] = [[] for _ in range(len(found))]
            for row, column, probability in zip(*self._topics.tags(found), strict=True):
                some[row].append(Tag(*self._names[column], probability))
            tags += some
        return tags

    def rank(self, article: ArticleLike, headlines: Sequence[HeadlineLike]) -> list[Related]:
        """Judge candidate headlines: every one once, best first by probability, ties in the order given."""
        return self._ranker.rank(as_article(article), _candidates(headlines))

    def recommend(
        self,
        article: ArticleLike,
        candidates: Sequence[HeadlineLike] | HeadlineIndex | None = None,
        k: int = 10,
        diversity: float = 0.0,
        half_life: float | None = None,
    ) -> Recommendation:
        """Return an article's topics and the headlines that belong beside it, fewer than ``k`` where fewer belong.

        Parameters
        ----------
        article : Article, Page, mapping with an Article's fields, or str
            Of a string of several lines the first is the title; it is never guessed to be a page (``parse_page``).
        candidates : sequence of headlines, HeadlineIndex or None
            Headlines to judge, or one's own archive to search. None: a Page's own list is judged, and the default
            archive offers more.
        k : int
            At most so many in ``related``.
        diversity : float in [0, 1]
            How much sameness among the chosen costs (maximal marginal relevance); 0 looks at relevance alone.
        half_life : float, optional
            Days after which an archive headline counts half; None looks at relevance alone.

        Returns
        -------
        Recommendation
            ``related`` holds only what belongs, ``rejected`` the other candidates looked at, both by probability unless
            variety or recency was asked for.
        """
        _check_count(k)
        source = as_article(article)
        judged: list[Related] = []
        if candidates is None and isinstance(article, Page):
            judged += [replace(r, source="page") for r in self.rank(source, article.related)]
        if candidates is None or isinstance(candidates, HeadlineIndex):
            archive = self.archive if candidates is None else candidates
            found = archive.search(source, max(k, LOOKED_AT), diversity=diversity, half_life=half_life)
            judged += _not_yet(judged, [r for r in found if r.score < copies.COPY])
        else:
            judged += self.rank(source, candidates)
        if not diversity and half_life is None:
            judged.sort(key=lambda r: -r.probability)
        belonging = [r for r in judged if r.belongs]
        return Recommendation(
            topics=tuple(self.tag(source)),
            related=tuple(belonging[:k]),
            rejected=tuple(r for r in judged if not r.belongs),
            left_out=len(belonging[k:]),
        )

    def explain(self, article: ArticleLike, candidates: Sequence[HeadlineLike] = ()) -> Explanation:
        """Say what speaks for each topic of an article, and for or against each candidate headline."""
        from recsys.keyterms import key_terms

        source = as_article(article)
        text = as_text(source)
        reasons = [
            TopicReason(tag.topic, tag.name, tag.probability, tuple(self._topics.contributions(text, tag.topic)))
            for tag in self.tag(source)
        ]
        headlines = _candidates(candidates)
        return Explanation(
            key_terms=tuple(key_terms(text)),
            topics=tuple(reasons),
            candidates=tuple(
                HeadlineReason(related, *self._ranker.explain(source, related))
                for related in self.rank(source, headlines)
            ),
        )

    def new_index(self, path: str | Path | None = None) -> HeadlineIndex:
        """Return an archive of one's own: in memory, or kept in a directory (made where it is missing)."""
        return HeadlineIndex(self._ranker, None if path is None else Path(path))

    def save(self, path: str | Path, *, texts: Mapping[str, str] | None = None) -> None:
        """Write the model directory atomically: safetensors and JSON, no code, digests over all."""
        topics, ranker = self._topics.state(), self._ranker.state()
        storage.save(
            Path(path),
            {"topics": topics[0], "ranking": ranker[0]},
            documents={"topics": topics[1], "ranking": ranker[1], "taxonomy": self.taxonomy.tree, "card": self.card},
            texts=texts,
        )

    def with_card(self, card: Mapping[str, Any]) -> Model:
        """Return the same model with another card."""
        return Model(self._topics, self._ranker, taxonomy=self.taxonomy, card=card, archive=self._archive_path)

    def decide(self, probabilities: np.ndarray) -> np.ndarray:
        """Return which topics pass their thresholds, bool (n_articles, n_topics); a topic implies its section."""
        passed: np.ndarray = probabilities >= self._topics.thresholds
        for topic, section in self.taxonomy.parents.items():
            passed[:, self.topics.index(section)] |= passed[:, self.topics.index(topic)]
        return passed

    @property
    def is_demonstration(self) -> bool:
        """Whether the default archive is the built-in corpus, which is fiction."""
        return self._archive_path is None


def load(path: str | Path | None = None) -> Model:
    """Load a model directory.

    Parameters
    ----------
    path : path, optional
        None: the directory that the environment variable RECSYS_MODEL names, else the released model.

    Raises
    ------
    ModelError
        Where the directory is missing or damaged; nothing in it is ever executed.
    """
    directory = Path(path or os.environ.get(MODEL_VARIABLE) or storage.builtin(RELEASED))
    bundle = storage.load(directory)
    try:
        return Model(
            TopicModel.from_state(bundle.arrays["topics"], bundle.documents["topics"]),
            Ranker.from_state(bundle.arrays["ranking"], bundle.documents["ranking"]),
            taxonomy=Taxonomy(bundle.documents["taxonomy"]),
            card=bundle.documents["card"],
            archive=directory / ARCHIVE if (directory / ARCHIVE).is_dir() else None,
        )
    except KeyError as missing:
        raise ModelError(f"{directory}: a model must hold {missing}; train again") from None


def released() -> Model:
    """Return the released model, whatever RECSYS_MODEL says."""
    return _default(str(storage.builtin(RELEASED)))


def recommend(
    article: ArticleLike, candidates: Sequence[HeadlineLike] | HeadlineIndex | None = None, k: int = 10
) -> Recommendation:
    r"""Recommend with the default model and archive; see :meth:`Model.recommend`.

    Examples
    --------
    >>> import recsys
    >>> answer = recsys.recommend("Cảnh báo mã độc tống tiền\nTin tặc vừa mã hóa máy chủ của một bệnh viện.")
    >>> [tag.topic for tag in answer.topics]
    ['an-ninh-mang']
    """
    return _default(os.environ.get(MODEL_VARIABLE)).recommend(article, candidates, k)


@cache
def _default(path: str | None) -> Model:
    return load(path)


def _candidates(values: Iterable[HeadlineLike]) -> list[Headline | Article]:
    if isinstance(values, str):
        raise InputError("expected headlines (a sequence of them), got one str; write [headline]")
    return [_candidate(value) for value in values]


def _candidate(value: HeadlineLike) -> Headline | Article:
    if isinstance(value, str):
        return Headline(value)
    if isinstance(value, Headline | Article):
        return value
    raise InputError(f"expected a Headline, an Article or a str, got {type(value).__name__}; write Headline(title)")


def _not_yet(judged: Iterable[Related], found: Iterable[Related]) -> list[Related]:
    """Return what was found in an archive and does not stand in the page's list already."""
    seen = {key for r in judged for key in (r.headline.casefold(), r.id, r.url) if key}
    return [r for r in found if not seen & {r.headline.casefold(), r.id, r.url}]


def _check_count(k: int) -> None:
    if isinstance(k, bool) or not isinstance(k, int) or k < 0:
        raise InputError(f"k must be a whole number, 0 or more, got {k!r}")
