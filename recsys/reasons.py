"""Why a headline was judged as it was, in words a reader understands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recsys import pair_kernels
from recsys.article import Article, Headline
from recsys.dates import day
from recsys.features import Headlines, Story, keys_beside
from recsys.kernels import HAS_DIGIT
from recsys.likeness import Likeness

Array = NDArray[Any]

MOST = 4  # reasons given
_LIGHT = 2.2  # idf: lighter syllables hold words together, they are no reason by themselves
_WORD = 2.2  # two syllables are one word if one in e ** 2.2 articles with the rarer holds both, side by side
_JOINING = (" ", ".", ",", "-", "/")  # what may stand within a phrase
_ALONE = 5.5  # weight from which a single syllable is a reason where there are better ones
_LONG_AGO = 30  # days that speak against a headline
_NAME = 1.5  # how much more a name or a number says


@dataclass(frozen=True, slots=True)
class Matches:
    """Where the syllables of many headlines stand in an article: place of each (-1: nowhere) and of each with the next.

    ``idf`` and ``idf_two`` weigh them, ``cosine`` and ``cosine_two`` are what they add to a cosine that is not yet
    normalised, ``special`` are names and numbers, ``bound`` those that make a word with the next.
    """

    one: Array
    two: Array
    idf: Array
    idf_two: Array
    cosine: Array
    cosine_two: Array
    special: Array
    bound: Array


def matched(story: Story, read: Headlines, likeness: Likeness) -> Matches:
    """Look up all headlines at once."""
    keys = keys_beside(story, read)
    pairs = pair_kernels.neighbours(keys)
    one, two = (pair_kernels.looked_up(k, story.slots, story.terms) for k in (keys, pairs))
    idf, idf_two = likeness.idf_of(keys), likeness.idf_of(pairs)
    weights = np.append(story.weights[:, 0], np.float32(0))  # place -1: none
    special = read.names | (read.tokens.flags & HAS_DIGIT != 0)
    apart = idf_two - np.maximum(idf[:-1], idf[1:])
    bound = np.append((idf_two < likeness.unknown_idf) & (apart < _WORD), False)
    ends = np.asarray(read.bounds[1:])
    bound[ends[ends > 0] - 1] = False  # the last syllable of a headline makes no word with the next headline
    return Matches(one, two, idf, idf_two, idf * weights[one], idf_two * weights[two], special, bound)


def because(
    article: Article, headline: Headline | Article, matches: Matches, read: Headlines, h: int
) -> tuple[str, ...]:
    """Return the weightiest phrases that headline ``h`` shares with the article, and facts about both."""
    shared, _ = _phrases(matches, read, h)
    ordered = sorted(shared, key=lambda p: -p[1])
    telling = [p for p in ordered if " " in p[0] or p[1] >= _ALONE] or ordered
    best = list(dict.fromkeys(phrase for phrase, _, _ in telling))[:MOST]
    days = day(article.published), day(headline.published)
    if days[0] is not None and days[1] is not None:
        apart = abs(days[0] - days[1])
        best += ["cùng ngày"] if apart == 0 else [f"cách {apart} ngày"] if apart >= _LONG_AGO else []
    return tuple(best)


def explanation(matches: Matches, read: Headlines, h: int) -> tuple[tuple[tuple[str, float], ...], tuple[str, ...]]:
    """Return shared phrases with their share of the cosine, and missing phrases, weightiest first."""
    shared, missing = _phrases(matches, read, h)
    parts: dict[str, float] = {}
    for phrase, _, cosine in shared:
        parts[phrase] = parts.get(phrase, 0.0) + cosine
    total = sum(parts.values()) or 1.0
    ordered = sorted(parts.items(), key=lambda item: -item[1])
    lacking = sorted(missing, key=lambda item: -item[1])
    return tuple((phrase, part / total) for phrase, part in ordered), tuple(dict.fromkeys(p for p, _, _ in lacking))


def _phrases(
    matches: Matches, read: Headlines, h: int
) -> tuple[list[tuple[str, float, float]], list[tuple[str, float, float]]]:
    """Return the shared and the missing phrases of a headline as (text, weight, part of the cosine)."""
    first, last = int(read.bounds[h]), int(read.bounds[h + 1])
    span, inner = slice(first, last), slice(first, max(last - 1, first))
    found = (matches.one[span] >= 0).tolist()
    linked = (matches.two[inner] >= 0).tolist()
    idf, special, bound = (x[span].tolist() for x in (matches.idf, matches.special, matches.bound))
    starts, ends = read.tokens.starts[span].tolist(), read.tokens.ends[span].tolist()
    digits = (read.tokens.flags[span] & HAS_DIGIT != 0).tolist()
    text = read.tokens.text
    light = [w < _LIGHT and not s for w, s in zip(idf, special, strict=True)]
    shared: list[tuple[str, float, float]] = []
    missing: list[tuple[str, float, float]] = []
    _keep_numbers_whole(found, linked, digits, [text[e:s] for e, s in zip(ends[:-1], starts[1:], strict=True)])
    together = [text[e:s] in _JOINING for e, s in zip(ends[:-1], starts[1:], strict=True)]
    names = read.names[span].tolist()
    _drop_stumps(found, linked, names, digits=digits, together=together)
    for begin, end in _runs(found, linked, names, together):
        cut = _within if found[begin] else _whole
        start, stop = _trimmed(*cut(begin, end, bound, special), light, bound)
        if all(light[start:stop]):
            continue
        pairs = slice(first + start, first + stop - 1)
        weight = sum(idf[i] * (_NAME if special[i] else 1) for i in range(start, stop))
        weight += float(matches.idf_two[pairs].sum())
        cosine = float(matches.cosine[first + start : first + stop].sum() + matches.cosine_two[pairs].sum())
        (shared if found[begin] else missing).append((text[starts[start] : ends[stop - 1]], weight, cosine))
    return shared, missing


def _keep_numbers_whole(found: list[bool], linked: list[bool], digits: list[bool], gaps: list[str]) -> None:
    """Take a number of several parts ("40.000") as missing where the article lacks any of them."""
    start = 0
    for i in range(len(found)):
        if i < len(gaps) and digits[i] and digits[i + 1] and gaps[i] in (".", ","):
            continue
        if not (all(found[start : i + 1]) and all(linked[start:i])):
            found[start : i + 1] = [False] * (i + 1 - start)
        start = i + 1


def _drop_stumps(
    found: list[bool], linked: list[bool], names: list[bool], *, digits: list[bool], together: list[bool]
) -> None:
    """Take the front of a name, or the word before a number, as missing where the article lacks what follows it.

    It lacks a number that stands beside neither neighbour there ("bão số 7" where it has "7/9").
    """
    for i in range(len(found)):
        if digits[i] and found[i] and len(found) > 1 and not any(linked[max(i - 1, 0) : i + 1]):
            found[i] = False
    for i in range(len(found) - 1):
        if not found[i] or found[i + 1] or not together[i]:
            continue
        if digits[i + 1]:
            found[i] = digits[i]
        j = i
        while names[i + 1] and j >= 0 and names[j] and found[j] and (j == i or together[j]):
            found[j] = False
            j -= 1


def _runs(found: list[bool], linked: list[bool], names: list[bool], together: list[bool]) -> list[tuple[int, int]]:
    """Cut a headline into phrases (start, end): neighbours that the article has side by side, or lacks."""
    runs = []
    start = 0
    for i in range(len(found)):
        joined = i + 1 < len(found) and together[i] and found[i] == found[i + 1]
        if not (joined and (linked[i] if found[i] else names[i] == names[i + 1])):
            runs.append((start, i + 1))
            start = i + 1
    return runs


def _within(start: int, end: int, bound: list[bool], special: list[bool]) -> tuple[int, int]:
    """Leave out what is only part of a word that goes on outside the phrase."""
    while start < end and start > 0 and bound[start - 1] and not special[start]:
        start += 1
    while start < end and bound[end - 1] and not special[end - 1]:
        end -= 1
    return start, end


def _whole(start: int, end: int, bound: list[bool], special: list[bool]) -> tuple[int, int]:
    """Take in the rest of a word that goes on outside the phrase."""
    while start > 0 and bound[start - 1]:
        start -= 1
    while bound[end - 1]:
        end += 1
    return start, end


def _trimmed(start: int, end: int, light: list[bool], bound: list[bool]) -> tuple[int, int]:
    """Leave light syllables at both ends of a phrase out, but for those that make a word with the next one."""
    while start < end and light[start] and not (start + 1 < end and bound[start]):
        start += 1
    while start < end and light[end - 1] and not (start < end - 1 and bound[end - 2]):
        end -= 1
    return start, end
