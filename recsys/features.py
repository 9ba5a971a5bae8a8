"""What an article and a headline have in common, as numbers that can be put in words (``FEATURES``)."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recsys import close_kernels, headline_kernels, pair_kernels, text
from recsys.article import Article
from recsys.dates import day
from recsys.kernels import HAS_DIGIT
from recsys.likeness import Likeness

Array = NDArray[Any]

FEATURES = (*headline_kernels.FEATURES, "same day or the next", "days apart")
_NUMERALS = "một hai ba bốn năm sáu bảy tám chín mười chục trăm nghìn ngàn triệu tỷ tỉ"
_FARTHEST, _USUAL = 3.5, 1.2  # ln(1 + days): more apart is no farther; what counts where a date is not known
_WIDELY = FEATURES.index("share of the words that are no names in the article")  # features that archives use too
_COMPARED = 96  # weightiest terms of an article that what is missing is compared with
_BARE = 5  # syllables without any mark: as many are no chance, they were typed without
_RARE = 7.0  # idf from which a syllable that an article lacks is taken for a name where capitals do not tell


@dataclass(frozen=True, slots=True)
class Headlines:
    """Many headlines, read: the syllables of headline ``h`` are ``bounds[h]:bounds[h + 1]`` of ``tokens``.

    ``names`` tells which are part of a name, ``numbers`` which count something, ``bare`` which headlines are written
    without diacritics, ``cased`` whose capitals tell names (neither all over nor none); ``days`` are those of
    publication, NaN where unknown.
    """

    tokens: text.Tokens
    bounds: Array
    names: Array
    numbers: Array
    bare: Array
    cased: Array
    days: Array

    def __len__(self) -> int:
        return len(self.bounds) - 1


@dataclass(frozen=True, slots=True)
class Story:
    """An article, read: its distinct terms, their weights by part (whole, title and lead, title), its vectors.

    ``sentences`` are the bits of ``pair_kernels.article_terms``; ``day`` that of publication, NaN where unknown.
    """

    tokens: text.Tokens
    parts: Array
    slots: Array
    terms: Array
    weights: Array
    sentences: Array
    vectors: Array
    day: float

    @property
    def words(self) -> int:
        """Return the number of syllables."""
        return len(self.tokens)


def read_headlines(titles: Sequence[str], published: Sequence[str] = ()) -> Headlines:
    """Read all ``titles`` in one pass; ``published`` are their dates, where known."""
    lines = [title if title.isprintable() else " ".join(title.split()) for title in titles]  # no line breaks within
    joined = "\n".join(lines)
    if not unicodedata.is_normalized("NFC", joined):
        lines = [unicodedata.normalize("NFC", line) for line in lines]
        joined = "\n".join(lines)
    tokens = text.tokens(joined)
    ends = np.cumsum([len(line) + 1 for line in lines])
    bounds = np.zeros(len(lines) + 1, np.int64)
    bounds[1:] = np.searchsorted(tokens.starts, ends)
    marked = np.concatenate([[0], np.cumsum(tokens.keys != tokens.bare_keys)])
    capitals = pair_kernels.capitals(tokens.flags, bounds)
    return Headlines(
        tokens,
        bounds,
        pair_kernels.named(tokens.flags, bounds),
        pair_kernels.counted(tokens.keys, tokens.flags, _numerals()),
        (marked[bounds[1:]] == marked[bounds[:-1]]) & (np.diff(bounds) >= _BARE),
        (capitals > 0) & (capitals <= pair_kernels.MOSTLY * np.diff(bounds)),
        _days(published) if len(published) else np.full(len(lines), np.nan),
    )


def read_article(article: Article, likeness: Likeness) -> Story:
    """Read an article once, for all its candidates."""
    title, lead, body = (unicodedata.normalize("NFC", part) for part in (article.title, article.lead, article.body))
    tokens = text.tokens("\n".join((title, lead, body)))
    parts = np.searchsorted([len(title) + 1, len(title) + len(lead) + 2], tokens.starts, side="right").astype(np.uint8)
    slots, terms, counts, sentences = pair_kernels.article_terms(tokens.keys, parts, tokens.flags)
    idf = likeness.idf_of(terms)
    columns = (counts.sum(1), counts[:, 0] + counts[:, 1], counts[:, 0])
    weights = np.stack([_unit(_sublinear(tf) * idf) for tf in columns], axis=1).astype(np.float32)
    vectors = likeness.vectors_of(terms, weights[:, :2])
    return Story(tokens, parts, slots, terms, weights, sentences, vectors, _days([article.published])[0])


def pair_features(story: Story, headlines: Headlines, likeness: Likeness) -> Array:
    """Return (n headlines, ``len(FEATURES)``) float32."""
    out = np.empty((len(headlines), len(FEATURES)), np.float32)
    weighting = likeness.weighting
    keys = keys_beside(story, headlines)
    headline_kernels.pair_features(
        keys,
        headlines.tokens.flags,
        names_beside(story, headlines, keys, likeness),
        headlines.numbers,
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
    out[:, -2:] = _closeness(np.abs(headlines.days - story.day))
    return out


def keys_beside(story: Story, headlines: Headlines) -> Array:
    """Return the keys of the headlines' syllables as the article writes them.

    A syllable of a headline without diacritics is the one that the article writes most often with the same letters;
    beside an article without diacritics, all headlines are read without.
    """
    tokens, read = headlines.tokens, story.tokens
    if len(read) >= _BARE and np.array_equal(read.keys, read.bare_keys):
        return tokens.bare_keys
    if not len(read) or not headlines.bare.any():
        return tokens.keys
    forms, counts = np.unique(read.keys, return_counts=True)
    bare = np.zeros(len(forms), np.uint64)
    bare[np.searchsorted(forms, read.keys)] = read.bare_keys
    order = np.lexsort((counts, bare))
    last = np.append(bare[order][1:] != bare[order][:-1], True)
    letters, written = bare[order][last], forms[order][last]
    keys = tokens.keys.copy()
    inside = np.repeat(headlines.bare, np.diff(headlines.bounds))
    place = np.minimum(np.searchsorted(letters, keys), len(letters) - 1)
    known = inside & (letters[place] == keys)
    keys[known] = written[place[known]]
    return keys


def names_beside(story: Story, headlines: Headlines, keys: Array, likeness: Likeness) -> Array:
    """Return which of the headlines' syllables are part of a name.

    Where capitals do not tell, those are that the article writes as names, and rare ones that it lacks.
    """
    if headlines.cased.all():
        return headlines.names
    read, names = story.tokens, headlines.names.copy()
    untold = np.repeat(~headlines.cased, np.diff(headlines.bounds))
    keys = keys[untold]
    written = read.keys[pair_kernels.named(read.flags, np.array([0, len(read)]))]
    names[untold] = np.isin(keys, written) | (~np.isin(keys, read.keys) & (likeness.idf_of(keys) > _RARE))
    return names


def close_features(story: Story, headlines: Headlines, likeness: Likeness) -> Array:
    """Return (n headlines, ``len(CLOSE_FEATURES)``) float32."""
    out = np.empty((len(headlines), len(close_kernels.CLOSE_FEATURES)), np.float32)
    weighting = likeness.weighting
    keys = keys_beside(story, headlines)
    close_kernels.close_features(
        keys,
        headlines.tokens.flags,
        names_beside(story, headlines, keys, likeness),
        _years(headlines.tokens),
        _openings(headlines),
        headlines.bounds,
        story.slots,
        story.terms,
        story.sentences,
        weighting.keys,
        likeness.starts,
        weighting.idf,
        likeness.unknown_idf,
        likeness.vectors,
        likeness.scales,
        story.vectors[0],
        likeness.units_of(story.terms[np.argsort(-story.weights[:, 0], kind="stable")], _COMPARED),
        out,
    )
    return out


def listed(story: Story, headlines: Headlines, likeness: Likeness) -> tuple[Array, Array]:
    """Return (cosines, what a judge weighs) of headlines as they stand beside an article."""
    pairs = pair_features(story, headlines, likeness)
    close = close_features(story, headlines, likeness)
    return pairs[:, 0], np.concatenate([pairs, _roots(pairs), close], axis=1)


def widely(pairs: Array) -> Array:
    """Return what a judge weighs of headlines picked out of thousands: some features, roots of cosines, standing.

    Standing is the cosine relative to the best of the archive: small cosines mean more where nothing is nearer. What
    only a list needs (headlines of the same names that mean something else) is left out.
    """
    standing = pairs[:, :1] / max(float(pairs[:, 0].max(initial=0)), 0.02)
    return np.concatenate([pairs[:, :_WIDELY], pairs[:, -2:], _roots(pairs), standing], axis=1)


def archived(story: Story, cosines: Array, records: Sequence[Article], likeness: Likeness) -> Array:
    """Return what a judge weighs of archived articles: (n, 23).

    Nine cosines (article, title and lead, title: of the one with those of the other), their roots, the likeness of
    both with title and lead, how close in time, and the standing (see ``widely``). ``cosines`` (n, 3) are those with
    the whole record.
    """
    dates = [r.published for r in records]
    leads = pair_features(story, read_headlines([f"{r.title}\n{r.lead}" for r in records], dates), likeness)
    titles = pair_features(story, read_headlines([r.title for r in records]), likeness)
    nine = np.concatenate([cosines, leads[:, :3], titles[:, :3]], axis=1)
    standing = cosines[:, :1] / max(float(cosines[:, 0].max(initial=0)), 0.02)
    return np.concatenate([nine, np.sqrt(np.maximum(nine, 0)), leads[:, 8:10], leads[:, -2:], standing], axis=1)


def whole(article: Article) -> str:
    """Return the text of an article that is indexed and compared."""
    return "\n".join((article.title, article.lead, article.body))


@functools.cache
def _numerals() -> Array:
    return text.tokens(_NUMERALS).keys


def _days(published: Sequence[str]) -> Array:
    """Return the day of each date, NaN where there is none."""
    found = [day(date) if date else None for date in published]
    return np.array([np.nan if d is None else d for d in found], np.float64)


def _closeness(days: Array) -> Array:
    """Return (same day or the next, days apart), as if a usual time were between where that is not known."""
    known = ~np.isnan(days)
    apart = np.minimum(np.log1p(np.where(known, days, 0)), _FARTHEST) - _USUAL
    return np.stack([np.where(known, days <= 1, 0.5), np.where(known, apart, 0)], axis=1).astype(np.float32)


def _roots(pairs: Array) -> Array:
    return np.sqrt(np.maximum(pairs[:, :3], 0))


def _years(tokens: text.Tokens) -> Array:
    """Return which syllables name a time gone by: a year, or "ngoái" and "xưa" after "năm"."""
    years = np.zeros(len(tokens), np.bool_)
    four = (tokens.flags & HAS_DIGIT != 0) & (tokens.ends - tokens.starts == 4)
    for i in np.flatnonzero(four).tolist():
        years[i] = tokens.text[tokens.starts[i] : tokens.ends[i]].isdecimal() and tokens.text[tokens.starts[i]] in "12"
    year, *ago = _time_words().tolist()
    for key in ago:
        years[1:] |= (tokens.keys[1:] == key) & (tokens.keys[:-1] == year)
    return years


def _openings(headlines: Headlines) -> Array:
    """Return how many syllables of each headline stand before a colon, 0 where there is none."""
    lines = headlines.tokens.text.split("\n")
    starts = np.cumsum([0] + [len(line) + 1 for line in lines[:-1]])
    colons = starts + [max(line.find(":"), 0) for line in lines]
    return np.asarray(np.searchsorted(headlines.tokens.starts, colons) - headlines.bounds[:-1])


@functools.cache
def _time_words() -> Array:
    return text.tokens("năm ngoái xưa").keys


def _sublinear(tf: Array) -> Array:
    return np.where(tf > 0, 1 + np.log(np.maximum(tf, 1)), 0)


def _unit(x: Array) -> Array:
    return x / (np.sqrt((x * x).sum()) or 1.0)
