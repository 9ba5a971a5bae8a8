"""Plain scraped text read line by line: title, paragraphs, date, author and the page's list; the rest is dropped."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import pairwise

from recsys import line_rules as rules
from recsys import line_signs as signs
from recsys.article import Headline
from recsys.line_tagger import tagger

MOSTLY = 0.7  # the share of a list's headlines that begin alike from which what they begin with is no part of them
SPACED = 0.75  # the share of lines with an empty one below from which empty lines mean nothing
_RUNS = re.compile(r"[^\S\n]{3,}")  # longer runs of white space mean no more than two, and patterns stumble over them
_DIGITS = re.compile(r"\d+")
_OPENING = r"\"“‘'(\[{【「『《〈〖［（"
_FRONTS = (
    # an hour, a day of a year or a number, and the mark that divides it from the headline
    re.compile(r"^\W*(?:\d{1,2}[:h]\d\d|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4})(?:\s+|\s*[|–—•·:-]\s*)(?=[^\s\d])"),
    re.compile(rf"^\d{{1,2}}\s*[.):|\]–—-]\s*(?=[^\s\d{_OPENING}%])"),
    re.compile(r"^0\d\s+(?=\S)"),
    re.compile(rf"^[^\w\s$%+{_OPENING}-]+\s*(?=\S)"),
)
_DAY = r"\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?"
_TAILS = (re.compile(rf"(?:\s{{2,}}|\s*[|•·(\[–—-]\s*)(?:\d{{1,2}}[:h]\d\d|{_DAY})(?:\W+\d[\d:/.h-]*)?\W*$"),)


@dataclass(slots=True)
class Draft:
    """A page as it was read, before anything injected is looked for."""

    title: str = ""
    paragraphs: list[str] = field(default_factory=list)
    related: list[Headline] = field(default_factory=list)
    published: str = ""
    author: str = ""
    doubted: set[int] = field(default_factory=set)  # paragraphs that are dropped, yet looked at for what was pushed in


def read_text(text: str) -> Draft:
    """Read scraped text, its lines being the page's blocks."""
    lines = spaced([line.strip() for line in _RUNS.sub("  ", text).split("\n")])
    return drafted(lines, tagger().kinds(lines, rules.opinions(lines)))


def spaced(lines: list[str]) -> list[str]:
    """Leave out empty lines where nearly every line has one below it: they divide nothing there."""
    full = sum(map(bool, lines))
    followed = sum(1 for line, below in pairwise(lines) if line and not below)
    return [line for line in lines if line] if full > 3 and followed > SPACED * full else lines


def drafted(lines: list[str], what: list[int]) -> Draft:
    """Put a page together from its lines and what each of them is."""
    draft, listed = Draft(), list[Headline]()
    for line, kind in zip(lines, what, strict=True):
        if kind == rules.LISTED and (found := signs.headline(line)):
            listed.append(found)
            continue
        if listed and kind != rules.NOTHING:
            draft.related += _without_fronts(listed)
            listed = []
        if kind == rules.TITLE:
            draft.title = line
        elif kind in (rules.BODY, rules.DOUBTED):
            if kind == rules.DOUBTED:
                draft.doubted.add(len(draft.paragraphs))
            draft.paragraphs.append(line)
        elif kind == rules.DATE:
            draft.published = draft.published or signs.date_line(line) or signs.dated_section(line)
    draft.related += _without_fronts(listed)
    draft.author = signs.names_author([p for n, p in enumerate(draft.paragraphs) if n not in draft.doubted])
    return draft


def _without_fronts(headlines: list[Headline]) -> list[Headline]:
    """Take from the headlines of one list what all begin or end with that is no part of any: numbers, hours, marks."""
    titles = [h.title.lstrip(":;|/~=_ ") for h in headlines]
    fronts = [f"{number} " for number in range(1, len(titles) + 1)]
    if len(titles) > 1 and all(map(str.startswith, titles, fronts)):
        titles = [title[len(front) :] for title, front in zip(titles, fronts, strict=True)]
    for pattern in _FRONTS + _TAILS:
        found = [pattern.search(title) for title in titles]
        shapes = Counter(_DIGITS.sub("0", match.group().strip()) for match in found if match)
        shape, count = max(shapes.items(), key=lambda item: item[1], default=("", 0))
        if count >= max(3, MOSTLY * len(titles)):
            same = [match and _DIGITS.sub("0", match.group().strip()) == shape for match in found]
            titles = [pattern.sub("", title) if cut else title for title, cut in zip(titles, same, strict=True)]
    return [
        h if h.title == title.strip() else replace(h, title=title.strip())
        for h, title in zip(headlines, titles, strict=True)
        if title.strip()
    ]
