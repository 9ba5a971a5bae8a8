"""Does this headline belong? Every candidate ranked by a calibrated probability, decided on, and explained."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from recsys import features, reasons, samples
from recsys.article import Article, Headline, Related
from recsys.errors import InputError, ModelError
from recsys.features import Headlines, Story
from recsys.judging import Judge
from recsys.likeness import Likeness
from recsys.samples import JudgedList, Sample

Array = NDArray[Any]
Shared = tuple[tuple[str, float], ...]
Progress = Callable[[float], None]

SETTINGS = ("list", "archive", "articles")
LONGEST_LIST = 100  # candidates: more never stand beside an article, they are an archive
FEWEST = 40  # pairs of articles of one story that a corpus must hold to fit on
LISTS_WEIGHT = 3.0
THRESHOLDS = {"list": (0.4, 0.7), "archive": (0.5, 0.5), "articles": (0.5, 0.5)}  # brief articles, longer ones
_REASONED = 20  # best candidates of an archive that get reasons: nobody reads those of the others


@dataclass(frozen=True, slots=True)
class Ranker:
    """Ranks headlines for an article.

    ``judges`` decide by setting: "list" for headlines as they stand beside an article, "archive" for those picked out
    of thousands, "articles" for archived articles whose text is known too.
    """

    likeness: Likeness
    judges: Mapping[str, Judge]

    def rank(
        self, article: Article, headlines: Sequence[Headline | Article], *, setting: str | None = None
    ) -> list[Related]:
        """Return every candidate once, best first by probability, ties in the order given.

        Parameters
        ----------
        setting : {"list", "archive"} or None
            Where the candidates come from; None: a list, when there are at most 100 of them.
        """
        if not headlines:
            return []
        story = features.read_article(article, self.likeness)
        read = features.read_headlines([h.title for h in headlines], [h.published for h in headlines])
        cosines, chances, belongs = self.judged(story, read, setting=setting)
        order = np.argsort(-chances, kind="stable").tolist()
        told = order if len(headlines) <= LONGEST_LIST else order[:_REASONED]
        read = features.read_headlines([headlines[i].title for i in told])
        matches = reasons.matched(story, read, self.likeness)
        because = {i: reasons.because(article, headlines[i], matches, read, n) for n, i in enumerate(told)}
        ordered = [headlines[i] for i in order]
        return list(
            map(
                Related,  # by position: half the time of keywords
                [h.title for h in ordered],
                [h.id for h in ordered],
                [h.url for h in ordered],
                itertools.repeat("given"),
                cosines[order].tolist(),
                chances[order].tolist(),
                belongs[order].tolist(),
                [because.get(i, ()) for i in order],
            )
        )

    def judged(self, story: Story, read: Headlines, *, setting: str | None = None) -> tuple[Array, Array, Array]:
        """Return (cosine, probability, decision) of each headline, in the order given."""
        if setting is None:
            setting = "list" if len(read) <= LONGEST_LIST else "archive"
        if setting not in ("list", "archive"):
            raise InputError(f'setting must be "list", "archive" or None, got {setting!r}')
        if setting == "list":
            cosines, columns = features.listed(story, read, self.likeness)
        else:
            pairs = features.pair_features(story, read, self.likeness)
            cosines, columns = pairs[:, 0], features.widely(pairs)
        judge = self.judges[setting]
        chances = judge.probabilities(columns, story.words)
        return np.clip(cosines, 0, 1), chances, judge.decided(chances, story.words)

    def explain(self, article: Article, headline: Headline | Article | Related) -> tuple[Shared, tuple[str, ...]]:
        """Return (what both share, what the article lacks): phrases as the headline writes them, weightiest first.

        Shared phrases come with their part of the cosine; the parts sum to 1.
        """
        title = headline.headline if isinstance(headline, Related) else headline.title
        story, read = features.read_article(article, self.likeness), features.read_headlines([title])
        return reasons.explanation(reasons.matched(story, read, self.likeness), read, 0)

    def state(self) -> tuple[dict[str, Array], dict[str, Any]]:
        """Return what ``from_state`` needs: arrays, and the rest as JSON would have it. No text is in it."""
        arrays, meta = self.likeness.state()
        arrays = {f"likeness.{name}": array for name, array in arrays.items()}
        judges: dict[str, Any] = {}
        for setting, judge in self.judges.items():
            mine, judges[setting] = judge.state()
            arrays |= {f"{setting}.{name}": array for name, array in mine.items()}
        return arrays, {"likeness": meta, "judges": judges}

    @classmethod
    def from_state(cls, arrays: Mapping[str, Array], meta: Mapping[str, Any]) -> Self:
        """Build from what ``state`` returned; arrays may be read-only memory maps."""
        try:
            likeness = Likeness.from_state(_under("likeness", arrays), meta["likeness"])
            judges = {s: Judge.from_state(_under(s, arrays), meta["judges"][s]) for s in SETTINGS}
        except KeyError as missing:
            raise ModelError(f"the ranking part of a model must hold {missing}; save the model again") from missing
        return cls(likeness, judges)


def _under(prefix: str, arrays: Mapping[str, Array]) -> dict[str, Array]:
    return {name.removeprefix(prefix + "."): a for name, a in arrays.items() if name.startswith(prefix + ".")}


def fit(
    *corpora: Sequence[Article],
    background: Iterable[Article | str] = (),
    likeness: Likeness | None = None,
    lists: Sequence[JudgedList] = (),
    weights: Sequence[float] | None = None,
    default: Ranker | None = None,
    seed: int = 0,
    progress: Progress | None = None,
) -> Ranker:
    """Fit a ranker on articles whose ``story`` is known, and on lists judged by hand.

    Parameters
    ----------
    corpora : sequences of Article
        Each weighs the same, however large. Articles without a story are wrong for all others.
    background : iterable of Article or str
        News of any kind, for idf and likeness; without any, the articles themselves.
    likeness : Likeness
        Instead of learning one from ``background``.
    lists : sequence of JudgedList
        They count for the setting "list", three times as much as a corpus.
    weights : sequence of float
        Importance of each corpus, 1 by default.
    default : Ranker
        Returned where too few stories are known to fit on; without it, a judge by the cosine alone is.

    Returns
    -------
    Ranker
    """
    tell = progress or (lambda share: None)
    storied = [c for c in corpora if _true_pairs(c) >= FEWEST]
    if not storied and default is not None:
        return default
    everything = [a for c in corpora for a in c]
    likeness = likeness or Likeness.fit(background or everything, seed=seed, progress=lambda share: tell(0.6 * share))
    given = dict(zip(map(id, corpora), weights or [1.0] * len(corpora), strict=True))
    tell(0.6)
    parts = []
    for n, corpus in enumerate(storied):
        parts.append(weighed(samples.drawn(corpus, likeness, seed=seed), given[id(corpus)]))
        tell(0.6 + 0.3 * (n + 1) / len(storied))
    if lists:
        parts.append({"list": samples.from_lists(lists, likeness).weighed(LISTS_WEIGHT)})
    return judging_by(parts, likeness)


def weighed(drawn: Mapping[str, Sample], weight: float) -> dict[str, Sample]:
    """Return samples by setting, the importance of each summing up to ``weight``."""
    return {setting: sample.weighed(weight) for setting, sample in drawn.items()}


def judging_by(parts: Sequence[Mapping[str, Sample]], likeness: Likeness) -> Ranker:
    """Return the ranker whose judges are fitted on samples by setting; by the cosine where there are none."""
    judges = {}
    for setting in SETTINGS:
        found = [part[setting] for part in parts if setting in part]
        judges[setting] = (
            Judge.fit(samples.joined(found), thresholds=THRESHOLDS[setting], by_length=setting == "list")
            if found
            else Judge.plain(setting, thresholds=THRESHOLDS[setting])
        )
    return Ranker(likeness, judges)


def _true_pairs(articles: Sequence[Article]) -> int:
    sizes = Counter(a.story for a in articles if a.story)
    return sum(n * (n - 1) for n in sizes.values())
