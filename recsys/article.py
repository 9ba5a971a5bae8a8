"""The records that travel through recsys: frozen, comparable, without logic."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Article:
    """A news article. Dates are ISO 8601 strings, possibly partial (``"2024-12"``); unknown fields are ``""``."""

    title: str
    lead: str = ""
    body: str = ""
    id: str = ""
    url: str = ""
    published: str = ""
    topics: tuple[str, ...] = ()
    story: str = ""


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline that may stand beside an article."""

    title: str
    id: str = ""
    url: str = ""
    published: str = ""


@dataclass(frozen=True, slots=True)
class Tag:
    """A topic that an article carries: ``probability`` is calibrated; ``section`` is "" in a flat corpus."""

    topic: str
    name: str
    section: str
    probability: float


@dataclass(frozen=True, slots=True)
class Related:
    """A candidate headline, judged.

    ``score`` is the cosine in [0, 1], ``probability`` the calibrated chance that it belongs, ``belongs`` the decision.
    ``source`` is "page", "given" or "archive"; ``copies`` are near-copies of it that were collapsed into it.
    """

    headline: str
    id: str = ""
    url: str = ""
    source: str = "given"
    score: float = 0.0
    probability: float = 0.0
    belongs: bool = False
    because: tuple[str, ...] = ()
    copies: tuple[Headline, ...] = ()


@dataclass(frozen=True, slots=True)
class Recommendation:
    """The answer of ``recommend``: the tags, the headlines that belong, and the other candidates looked at.

    ``left_out`` counts those that belong and are not in ``related``, there being more than were asked for.
    """

    topics: tuple[Tag, ...] = ()
    related: tuple[Related, ...] = ()
    rejected: tuple[Related, ...] = ()
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Injected:
    """A string that did not belong to a page: what it was, where it stood ("title", "body", "related"), and why."""

    text: str
    where: str
    why: str


@dataclass(frozen=True, slots=True)
class Page:
    """A scraped page, read: the article restored, its own list of headlines, and what had been injected."""

    title: str
    body: str
    related: tuple[Headline, ...] = ()
    injected: tuple[Injected, ...] = ()
    hijacked: bool = False
    published: str = ""
    author: str = ""


@dataclass(frozen=True, slots=True)
class TopicReason:
    """Why an article has a topic: its terms with what each adds to the decision value, weightiest first."""

    topic: str
    name: str
    probability: float
    terms: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class HeadlineReason:
    """Why a headline belongs or not: the terms it shares (with their part of the score, summing to 1) and lacks."""

    related: Related
    shared: tuple[tuple[str, float], ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """The answer of ``explain``: an article's key terms as words, a reason per topic, a reason per candidate."""

    key_terms: tuple[str, ...]
    topics: tuple[TopicReason, ...]
    candidates: tuple[HeadlineReason, ...]
