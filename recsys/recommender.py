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

from recsys import corpus, legacy, storage
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
from recsys.errors import InputError
from recsys.index import HeadlineIndex
from recsys.ranking import Ranker
from recsys.taxonomy import Taxonomy
from recsys.topics import TopicModel

ArticleLike = Article | Page | Mapping[str, Any] | str
HeadlineLike = Headline | Article | str
MODEL_VARIABLE = "RECSYS_MODEL"


class Model:
    """A fitted model: topics, ranking and an archive. It never changes, so one model serves many threads.

    Made by :func:`load` or by training; see ``recsys.training``.
    """

    def __init__(
        self, topics: TopicModel, ranker: Ranker, *, taxonomy: Taxonomy, card: Mapping[str, Any] | None = None
    ) -> None:
        self._topics = topics
        self._ranker = ranker
        self.taxonomy = taxonomy
        self.card = dict(card or {})
        self._archive: HeadlineIndex | None = None
        self._lock = threading.Lock()

    @property
    def topics(self) -> list[str]:
        """Sections and topics: the columns of :meth:`topic_probabilities`."""
        return list(self._topics.topics)

    @property
    def archive(self) -> HeadlineIndex:
        """The default archive: the built-in corpus, a demonstration (it is fiction); a real one is your own index."""
        with self._lock:
            if self._archive is None:
                archive = self.new_index()
                archive.add(corpus.starter())
                self._archive = archive
            return self._archive

    def topic_probabilities(self, articles: Sequence[ArticleLike]) -> np.ndarray:
        """Return calibrated probabilities, ndarray of shape (n_articles, n_topics), float32; P(section) >= P(topic)."""
        return self._topics.probabilities([_text(as_article(a)) for a in articles])

    def tag(self, article: ArticleLike) -> list[Tag]:
        """Return the topics of one article, best first; see :meth:`tag_many`."""
        return self.tag_many([article])[0]

    def tag_many(self, articles: Sequence[ArticleLike]) -> list[list[Tag]]:
        """Return each article's topics above their thresholds, best first; none is a normal answer.

        The most specific ones: a section stands only where none of its topics passes.
        """
        return [self._tags(row) for row in self.topic_probabilities(articles)]

    def rank(self, article: ArticleLike, headlines: Sequence[HeadlineLike]) -> list[Related]:
        """Judge candidate headlines: every one once, best first by probability, ties in the order given."""
        return self._ranker.rank(as_article(article), [_candidate(h) for h in headlines])

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
            ``related`` holds only what belongs, ``rejected`` the other candidates looked at, both by probability.
        """
        _check_count(k)
        source = as_article(article)
        judged: list[Related] = []
        if candidates is None and isinstance(article, Page):
            judged += [replace(r, source="page") for r in self.rank(source, article.related)]
        if candidates is None or isinstance(candidates, HeadlineIndex):
            archive = self.archive if candidates is None else candidates
            found = archive.search(source, k=max(k, 10), diversity=diversity, half_life=half_life)
            judged += _not_yet(judged, found)
        else:
            judged += self.rank(source, candidates)
        judged.sort(key=lambda r: -r.probability)
        related = [r for r in judged if r.belongs][:k]
        chosen = set(map(id, related))
        return Recommendation(
            topics=tuple(self.tag(source)),
            related=tuple(related),
            rejected=tuple(r for r in judged if id(r) not in chosen and not r.belongs),
        )

    def explain(self, article: ArticleLike, candidates: Sequence[HeadlineLike] = ()) -> Explanation:
        """Say what speaks for each topic of an article, and for or against each candidate headline."""
        from recsys.keyterms import key_terms

        source = as_article(article)
        text = _text(source)
        reasons = [
            TopicReason(tag.topic, tag.name, tag.probability, tuple(self._topics.contributions(text, tag.topic)))
            for tag in self.tag(source)
        ]
        headlines = [_candidate(h) for h in candidates]
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

    def _tags(self, row: np.ndarray) -> list[Tag]:
        passed = {t: float(p) for t, p, low in zip(self.topics, row, self._topics.thresholds, strict=True) if p >= low}
        covered = {self.taxonomy.section_of(t) for t in passed}
        tags = [
            Tag(t, self.taxonomy.name(t), self.taxonomy.section_of(t), p) for t, p in passed.items() if t not in covered
        ]
        return sorted(tags, key=lambda tag: -tag.probability)


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
    directory = Path(path or os.environ.get(MODEL_VARIABLE) or storage.builtin("models/released"))
    bundle = storage.load(directory)
    return Model(
        TopicModel.from_state(bundle.arrays["topics"], bundle.documents["topics"]),
        Ranker.from_state(bundle.arrays["ranking"], bundle.documents["ranking"]),
        taxonomy=Taxonomy(bundle.documents["taxonomy"]),
        card=bundle.documents["card"],
    )


def recommend(
    article: ArticleLike, candidates: Sequence[HeadlineLike] | HeadlineIndex | None = None, k: int = 10
) -> Recommendation:
    """Recommend with the default model and archive; see :meth:`Model.recommend`.

    Examples
    --------
    >>> import recsys
    >>> answer = recsys.recommend("Cảnh báo mã độc tống tiền\\nTin tặc vừa mã hóa máy chủ của một bệnh viện.")
    >>> [tag.topic for tag in answer.topics]
    ['an-ninh-mang']
    """
    return _default(os.environ.get(MODEL_VARIABLE)).recommend(article, candidates, k)


@cache
def _default(path: str | None) -> Model:
    return load(path)


def as_article(value: ArticleLike) -> Article:
    """Return the Article that a value stands for, in Unicode (legacy encodings decoded).

    Raises
    ------
    InputError
        A value of another type, or a field that is not a string.
    """
    if isinstance(value, str):
        title, newline, body = value.strip().partition("\n")
        value = Article(title, body=body) if newline else Article("", body=title)
    elif isinstance(value, Page):
        value = Article(value.title, body=value.body, published=value.published)
    elif isinstance(value, Mapping):
        value = corpus.article_from(dict(value))
    elif not isinstance(value, Article):
        raise InputError(
            f"expected an Article, a Page, a dict or a str, got {type(value).__name__}; wrap it in Article"
        )
    for name in corpus.TEXT_FIELDS:
        if not isinstance(getattr(value, name), str):
            raise InputError(f"Article.{name} must be a string, got {getattr(value, name)!r}")
    return replace(value, **{name: legacy.decode(getattr(value, name)) for name in corpus.TEXT_FIELDS})


def _text(article: Article) -> str:
    return "\n".join((article.title, article.lead, article.body))


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
