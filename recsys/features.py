"""What an article and a headline have in common, as numbers that can be put in words (``pair_kernels.FEATURES``)."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recsys import pair_kernels, text
from recsys.article import Article
from recsys.likeness import Likeness
from recsys.pair_kernels import FEATURES

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Headlines:
    """Many headlines, read: the syllables of headline ``h`` are ``bounds[h]:bounds[h + 1]`` of ``tokens``."""

    tokens: text.Tokens
    bounds: Array
    names: Array

    def __len__(self) -> int:
        return len(self.bounds) - 1


@dataclass(frozen=True, slots=True)
class Story:
    """An article, read: its distinct terms, their weights by part (whole, title and lead, title), its vectors."""

    tokens: text.Tokens
    parts: Array
    slots: Array
    terms: Array
    weights: Array
    vectors: Array

    @property
    def words(self) -> int:
        """Return the number of syllables."""
        return len(self.tokens)


def read_headlines(titles: Sequence[str]) -> Headlines:
    """Read all ``titles`` in one pass."""
    lines = [title if title.isprintable() else " ".join(title.split()) for title in titles]  # no line breaks within
    joined = "\n".join(lines)
    if not unicodedata.is_normalized("NFC", joined):
        lines = [unicodedata.normalize("NFC", line) for line in lines]
        joined = "\n".join(lines)
    tokens = text.tokens(joined)
    ends = np.cumsum([len(line) + 1 for line in lines])
    bounds = np.zeros(len(lines) + 1, np.int64)
    bounds[1:] = np.searchsorted(tokens.starts, ends)
    return Headlines(tokens, bounds, pair_kernels.named(tokens.flags, bounds))


def read_article(article: Article, likeness: Likeness) -> Story:
    """Read an article once, for all its candidates."""
    title, lead, body = (unicodedata.normalize("NFC", part) for part in (article.title, article.lead, article.body))
    tokens = text.tokens("\n".join((title, lead, body)))
    parts = np.searchsorted([len(title) + 1, len(title) + len(lead) + 2], tokens.starts, side="right").astype(np.uint8)
    slots, terms, counts = pair_kernels.article_terms(tokens.keys, parts)
    idf = likeness.idf_of(terms)
    columns = (counts.sum(1), counts[:, 0] + counts[:, 1], counts[:, 0])
    weights = np.stack([_unit(_sublinear(tf) * idf) for tf in columns], axis=1).astype(np.float32)
    return Story(tokens, parts, slots, terms, weights, likeness.vectors_of(terms, weights[:, :2]))


def pair_features(story: Story, headlines: Headlines, likeness: Likeness) -> Array:
    """Return (n headlines, ``len(FEATURES)``) float32."""
    out = np.empty((len(headlines), len(FEATURES)), np.float32)
    weighting = likeness.weighting
    pair_kernels.pair_features(
        headlines.tokens.keys,
        headlines.tokens.flags,
        headlines.names,
        headlines.bounds,
        story.slots,
        story.terms,
        story.weights,
        weighting.keys,
        likeness.starts,
        weighting.idf,
        likeness.unknown_idf,
        likeness.vectors,
        likeness.scales,
        story.vectors,
        out,
    )
    return out


def design(pairs: Array, setting: str) -> Array:
    """Return the columns that a judge weighs: the features, roots of the cosines and, in an archive, standing.

    Standing is the cosine relative to the best of the archive: small cosines mean more where nothing is nearer.
    """
    columns = [pairs, np.sqrt(np.maximum(pairs[:, :3], 0))]
    if setting == "archive":
        columns.append(pairs[:, :1] / max(float(pairs[:, 0].max(initial=0)), 0.02))
    return np.concatenate(columns, axis=1)


def archived(story: Story, cosines: Array, records: Sequence[Article], likeness: Likeness) -> Array:
    """Return what a judge weighs of archived articles: (n, 21).

    Nine cosines (article, title and lead, title: of the one with those of the other), their roots, the likeness of
    both with title and lead, and the standing (see ``design``). ``cosines`` (n, 3) are those with the whole record.
    """
    leads = pair_features(story, read_headlines([f"{r.title}\n{r.lead}" for r in records]), likeness)
    titles = pair_features(story, read_headlines([r.title for r in records]), likeness)
    nine = np.concatenate([cosines, leads[:, :3], titles[:, :3]], axis=1)
    standing = cosines[:, :1] / max(float(cosines[:, 0].max(initial=0)), 0.02)
    return np.concatenate([nine, np.sqrt(np.maximum(nine, 0)), leads[:, 8:10], standing], axis=1)


def whole(article: Article) -> str:
    """Return the text of an article that is indexed and compared."""
    return "\n".join((article.title, article.lead, article.body))


def _sublinear(tf: Array) -> Array:
    return np.where(tf > 0, 1 + np.log(np.maximum(tf, 1)), 0)


def _unit(x: Array) -> Array:
    return x / (np.sqrt((x * x).sum()) or 1.0)
