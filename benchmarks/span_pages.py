"""Pages that people wrote, taken apart: what each line is, and which of its characters were pushed in."""

from __future__ import annotations

import json
import lzma
import random
import unicodedata
from pathlib import Path
from typing import Any

import numpy as np

from recsys import line_rules
from recsys.line_signs import headline
from recsys.page_signs import unmask

TITLE, BODY, LIST, FRAME, PUSHED = "title", "body", "list", "frame", "pushed"
BULLET = 8  # letters and figures that a bullet may have
TAIL = 24  # and what stands behind a headline, such as a date
Example = tuple[str, str, np.ndarray, int, np.ndarray]


def lines_of(row: dict[str, Any]) -> list[tuple[str, str, list[str]]] | None:
    """Return each line of a page, what it is, and what was pushed into it; None where that cannot be told."""
    title, body, related = clear(row["title"]), clear(row["body"]).split("\n"), [clear(h) for h in row["related"]]
    pushes = sorted({p for s in row["injected"] for p in map(str.strip, clear(s).split("\n")) if p}, key=len)[::-1]
    wanted, listed = [letters(line) for line in body], {n: letters(h) for n, h in enumerate(related)}
    found: list[tuple[str, str, list[str]]] = []
    titled, at = False, 0
    for line in filter(None, map(str.strip, clear(row["text"]).split("\n"))):
        rest, inside, forms = line, [], [letters(line)]
        for push in pushes:
            if push in rest:
                inside += [push] * rest.count(push)
                rest = rest.replace(push, " ")
                forms.append(letters(rest))
        what = FRAME
        if not forms[-1] and forms[0]:
            what = PUSHED
        elif not titled and letters(title) in forms:
            what, titled = TITLE, True
        elif any(form in wanted[at:] for form in forms):
            what = BODY
            at = next(n + 1 for n in range(at, len(wanted)) if wanted[n] in forms)
        else:
            number = next((n for n, h in listed.items() if any(is_listed(form, h) for form in forms)), None)
            if number is not None:
                what = LIST
                del listed[number]
        found.append((line, what, inside))
    return found if titled and at == len(wanted) and not listed else None


def rows_of(paths: list[Path]) -> list[dict[str, Any]]:
    """Read pages."""
    found = []
    for path in paths:
        with (lzma.open if path.suffix == ".xz" else open)(path, "rt", encoding="utf-8") as lines:
            found += [json.loads(line) for line in lines]
    return found


def is_listed(form: str, title: str) -> bool:
    """Whether the letters of a line are those of a headline and little else."""
    more = len(form) - len(title)
    return bool(title) and ((form.endswith(title) and more <= BULLET) or (form.startswith(title) and more <= TAIL))


def clear(text: str) -> str:
    """Bring a text to the form in which pages are read."""
    return unmask(unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n"))


def letters(text: str) -> str:
    """Return the letters and figures of a text."""
    return "".join(filter(str.isalnum, text))


def written(paths: list[Path]) -> list[Example]:
    """Read pages, what was pushed in marked: title, text, which characters, where the body ends, which are masked."""
    found, lost = [], 0
    for row in rows_of(paths):
        lines = lines_of(row)
        if lines is None:
            lost += 1
            continue
        rows: dict[str, list[tuple[str, list[str]]]] = {TITLE: [], BODY: [], LIST: []}
        last = ""
        doubted = kept_by_rules(lines)
        for n, (shown, what, inside) in enumerate(lines):
            if what == FRAME and n in doubted:  # such are looked at, and dropped afterwards
                rows[BODY].append((shown, inside))
            last = what if what in rows else last
            if what == LIST or (what == PUSHED and last == LIST):
                read = headline(shown)
                rows[LIST].append((read.title if read else shown, inside))
            elif what in rows or (what == PUSHED and last):
                rows[BODY if what == PUSHED else what].append((shown, inside))
        body = rows[TITLE] + rows[BODY]
        text = "\n".join(shown for shown, _ in body + rows[LIST])
        pushed, start = np.zeros(len(text), np.bool_), 0
        for shown, inside in body + rows[LIST]:
            mark(pushed[start : start + len(shown)], shown, inside)
            start += len(shown) + 1
        end = sum(len(shown) + 1 for shown, _ in body) - 1
        found.append((clear(row["title"]), text, pushed, end, np.zeros(len(text), np.bool_)))
    tampered = sum(bool(f[2].any()) for f in found)
    print(len(found), "written pages,", tampered, "of them tampered with,", lost, "not read")
    return found


def kept_by_rules(lines: list[tuple[str, str, list[str]]]) -> set[int]:
    """Return which lines the rules take for a part of the article or of its list."""
    said = line_rules.opinions([shown for shown, _, _ in lines])
    return {n for n, what in enumerate(said) if what in (line_rules.BODY, line_rules.LISTED)}


def mark(pushed: np.ndarray, line: str, inside: list[str]) -> None:
    """Mark what was pushed into a line."""
    for push in inside:
        at = line.find(push)
        while at >= 0 and pushed[at : at + len(push)].all():
            at = line.find(push, at + 1)
        if at >= 0:
            pushed[at : at + len(push)] = True


def shortened(page: Example, r: random.Random) -> Example:
    """Leave out some lines of a written page at random, never the title."""
    title, text, pushed, end, masked = page
    keep = np.ones(len(text), np.bool_)
    at = text.find("\n") + 1
    share = r.choice((0.0, 0.0, 0.2, 0.5))
    while 0 < at < len(text):
        stop = text.find("\n", at) + 1 or len(text)
        keep[at:stop] = r.random() >= share
        at = stop
    short = "".join(c for c, kept in zip(text, keep.tolist(), strict=True) if kept)
    return title, short, pushed[keep], int(keep[:end].sum()), masked[keep]
