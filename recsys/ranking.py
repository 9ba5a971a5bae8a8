"""Does this headline belong? Every candidate ranked by a calibrated probability, decided on, and explained."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from . import features, reasons, samples
from .article import Article, Headline, Related
from .errors import InputError, ModelError
from .features import Headlines, Story
from .judging import Judge
from .likeness import Likeness
from .samples import JudgedList

Array = NDArray[Any]
Progress = Callable[[str], None]

SETTINGS = ("list", "archive", "articles")
LONGEST_LIST = 100  # candidates: more never stand beside an article, they are an archive
FEWEST = 40  # pairs of articles of one story that a corpus must hold to fit on
LISTS_WEIGHT = 3.0
THRESHOLDS = {"list": 0.5, "archive": 0.5, "articles": 0.5}
_REASONED = 0.02  # candidates of an archive below this probability get no reasons: nobody reads them


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
        read = features.read_headlines([h.title for h in headlines])
        cosines, chances, belongs = self.judged(story, read, setting=setting)
        order = np.argsort(-chances, kind="stable").tolist()
        told = set(range(len(headlines)) if len(headlines) <= LONGEST_LIST else np.flatnonzero(chances > _REASONED))
        because = {i: reasons.because(article, headlines[i], story, read, i, self.likeness) for i in order if i in told}
        return [
            Related(
                headline=headlines[i].title,
                id=headlines[i].id,
                url=headlines[i].url,
                score=float(cosines[i]),
                probability=float(chances[i]),
                belongs=bool(belongs[i]),
                because=because.get(i, ()),
            )
            for i in order
        ]

    def judged(self, story: Story, read: Headlines, *, setting: str | None = None) -> tuple[Array, Array, Array]:
        """Return (cosine, probability, decision) of each headline, in the order given."""
        if setting is None:
            setting = "list" if len(read) <= LONGEST_LIST else "archive"
        if setting not in ("list", "archive"):
            raise InputError(f'setting must be "list", "archive" or None, got {setting!r}')
        pairs = features.pair_features(story, read, self.likeness)
        judge = self.judges[setting]
        chances = judge.probabilities(features.design(pairs, setting), story.words)
        return np.clip(pairs[:, 0], 0, 1), chances, chances >= judge.threshold

    def explain(self, article: Article, headline: Headline | Article) -> dict[str, list[tuple[str, float]]]:
        """Return what article and headline share, with its part of the cosine, and what the article lacks.

        ``{"shared": [(phrase, share of the score)], "missing": [(phrase, weight)]}``, weightiest first, in words as
        the headline writes them.
        """
        story = features.read_article(article, self.likeness)
        read = features.read_headlines([headline.title])
        return reasons.explanation(story, read, 0, self.likeness)

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
        Importance of each corpus in the setting "list", 1 by default.
    default : Ranker
        Its judges are kept, with its likeness, where too few stories are known to fit others.

    Returns
    -------
    Ranker
    """
    tell = progress or (lambda message: None)
    storied = [c for c in corpora if _true_pairs(c) >= FEWEST]
    if not storied:
        if default is None:
            raise InputError(
                f"expected articles with at least {FEWEST} pairs of the same story, got "
                f"{sum(map(_true_pairs, corpora))}; give articles a `story`, or pass a fitted ranker as default"
            )
        return default
    everything = [a for c in corpora for a in c]
    likeness = likeness or Likeness.fit(background or everything, seed=seed, progress=progress)
    given = dict(zip(map(id, corpora), weights or [1.0] * len(corpora), strict=True))
    drawn = [samples.from_stories(c, likeness, seed=seed) for c in storied]
    parts = {
        "list": [d["list"].weighed(given[id(c)]) for c, d in zip(storied, drawn, strict=True)],
        "archive": [d["archive"].weighed(1.0) for d in drawn],
        "articles": [samples.from_archive(c, likeness, seed=seed).weighed(1.0) for c in storied],
    }
    if lists:
        parts["list"].append(samples.from_lists(lists, likeness).weighed(LISTS_WEIGHT))
    judges = {}
    for setting, found in parts.items():
        sample = samples.joined(found)
        tell(f"{setting}: {len(sample.belongs):,} judged headlines, {int(sample.belongs.sum()):,} of them belong")
        judges[setting] = Judge.fit(
            sample.features, sample.belongs, words=sample.words, weights=sample.importance, threshold=THRESHOLDS[setting]
        )
    return Ranker(likeness, judges)


def _true_pairs(articles: Sequence[Article]) -> int:
    sizes = Counter(a.story for a in articles if a.story)
    return sum(n * (n - 1) for n in sizes.values())
