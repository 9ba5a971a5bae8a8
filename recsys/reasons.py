"""Why a headline was judged as it was, in words a reader understands."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import pair_kernels
from .article import Article, Headline
from .features import Headlines, Story
from .kernels import HAS_DIGIT
from .likeness import Likeness

Array = NDArray[Any]

MOST = 4  # reasons given
_LIGHT = 3.0  # idf: lighter syllables hold words together, they are no reason by themselves
_NAME = 1.5  # how much more a name or a number says


def because(
    article: Article, headline: Headline | Article, story: Story, read: Headlines, h: int, likeness: Likeness
) -> tuple[str, ...]:
    """Return the weightiest phrases that headline ``h`` shares with the article, and facts about both."""
    shared, _ = _phrases(story, read, h, likeness)
    best = list(dict.fromkeys(phrase for phrase, _, _ in sorted(shared, key=lambda p: -p[1])))[:MOST]
    if len(article.published) >= 10 and article.published[:10] == headline.published[:10]:
        best.append("cùng ngày")
    return tuple(best)


def explanation(
    story: Story, read: Headlines, h: int, likeness: Likeness
) -> tuple[tuple[tuple[str, float], ...], tuple[str, ...]]:
    """Return shared phrases with their share of the cosine, and missing phrases, weightiest first."""
    shared, missing = _phrases(story, read, h, likeness)
    parts: dict[str, float] = {}
    for phrase, _, cosine in shared:
        parts[phrase] = parts.get(phrase, 0.0) + cosine
    total = sum(parts.values()) or 1.0
    ordered = sorted(parts.items(), key=lambda item: -item[1])
    lacking = sorted(missing, key=lambda item: -item[1])
    return tuple((phrase, part / total) for phrase, part in ordered), tuple(dict.fromkeys(p for p, _, _ in lacking))


def _phrases(
    story: Story, read: Headlines, h: int, likeness: Likeness
) -> tuple[list[tuple[str, float, float]], list[tuple[str, float, float]]]:
    """Return the shared and the missing phrases of a headline as (text, weight, part of the cosine)."""
    span = slice(int(read.bounds[h]), int(read.bounds[h + 1]))
    keys = read.tokens.keys[span]
    if not len(keys):
        return [], []
    pairs = pair_kernels.neighbours(keys)
    one, two = _place(keys, story), _place(pairs, story)
    idf, idf_two = likeness.idf_of(keys), likeness.idf_of(pairs)
    special = read.names[span] | (read.tokens.flags[span] & HAS_DIGIT != 0)
    shared: list[tuple[str, float, float]] = []
    missing: list[tuple[str, float, float]] = []
    for start, end, found in _runs(one >= 0, two >= 0, read.names[span], _together(read, span)):
        start, end = _trimmed(start, end, idf, special)
        if start >= end or (idf[start:end].max() < _LIGHT and not special[start:end].any()):
            continue
        inner = slice(start, end - 1)
        weight = float((idf[start:end] * np.where(special[start:end], _NAME, 1.0)).sum() + idf_two[inner].sum())
        cosine = 0.0
        if found:
            cosine = float((idf[start:end] * _weight(one[start:end], story)).sum())
            cosine += float((idf_two[inner] * _weight(two[inner], story)).sum())
        phrase = read.tokens.text[read.tokens.starts[span][start] : read.tokens.ends[span][end - 1]]
        (shared if found else missing).append((phrase, weight, cosine))
    return shared, missing


def _place(keys: Array, story: Story) -> Array:
    return pair_kernels.looked_up(keys, story.slots, story.terms)


def _weight(places: Array, story: Story) -> Array:
    return np.where(places >= 0, story.weights[places, 0], 0.0)


def _together(read: Headlines, span: slice) -> Array:
    """Return, for each syllable but the last, whether only a space stands between it and the next."""
    starts, ends = read.tokens.starts[span], read.tokens.ends[span]
    between = [read.tokens.text[e:s] for e, s in zip(ends[:-1].tolist(), starts[1:].tolist(), strict=True)]
    return np.array([gap == " " or gap in ".,-/" for gap in between], bool)


def _runs(one: Array, two: Array, names: Array, together: Array) -> list[tuple[int, int, bool]]:
    """Cut a headline into phrases (start, end, shared): neighbours that the article has side by side, or lacks."""
    runs = []
    start = 0
    for i in range(len(one)):
        last = i + 1 == len(one)
        joined = not last and together[i] and one[i] == one[i + 1] and (two[i] if one[i] else names[i] == names[i + 1])
        if not joined:
            runs.append((start, i + 1, bool(one[i])))
            start = i + 1
    return runs


def _trimmed(start: int, end: int, idf: Array, special: Array) -> tuple[int, int]:
    """Leave light syllables at both ends of a phrase out."""
    while start < end and idf[start] < _LIGHT and not special[start]:
        start += 1
    while start < end and idf[end - 1] < _LIGHT and not special[end - 1]:
        end -= 1
    return start, end
