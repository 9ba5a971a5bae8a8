"""What people pushed into their pages, pushed into other articles in the same way: at such a place, as closely."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

from span_drafts import IN, Draft, mark, spots
from span_pages import BODY, LIST, PUSHED, TITLE, letters, lines_of, rows_of

COPIED = 9  # letters in a row from the title: such a string is a copy of it, and means nothing elsewhere


@dataclass(frozen=True)
class Push:
    """A string, what kind of line it was pushed into, and the characters that stood before it and after."""

    text: str
    what: str
    before: str
    after: str


def campaigns(paths: list[Path]) -> list[list[Push]]:
    """Return what was pushed into each page, copies of its title left out."""
    found = []
    for row in rows_of(paths):
        lines = lines_of(row)
        if lines is None:
            continue
        title = letters(row["title"]).lower()
        pushes, last = [], ""
        for line, what, inside in lines:
            last = what if what in (TITLE, BODY, LIST) else last
            if what == PUSHED:
                pushes.append(Push(line, PUSHED if last != LIST else PUSHED + LIST, "", ""))
                continue
            for text in inside if what in (TITLE, BODY, LIST) else ():
                at = line.find(text)
                after = line[at + len(text) : at + len(text) + 1]
                pushes.append(Push(text, what, line[max(0, at - 2) : at], after))
        pushes = [p for p in pushes if not copied(letters(p.text).lower(), title)]
        if pushes:
            found.append(pushes)
    return found


def copied(text: str, title: str) -> bool:
    """Whether a string holds a piece of the title."""
    return any(text[at : at + COPIED] in title for at in range(len(text) - COPIED + 1))


def transplant(d: Draft, r: random.Random, every: list[list[Push]]) -> None:
    """Push what was pushed into one page, or some of it, into another."""
    pushes = r.choice(every)
    if len(pushes) > 1 and r.random() < 0.4:
        pushes = r.sample(pushes, r.randint(1, len(pushes)))
    for push in pushes:
        if push.what == PUSHED:
            d.lines.insert(r.randint(0, len(d.lines)), mark(push.text))
        elif push.what == PUSHED + LIST and d.listed:
            d.listed.insert(r.randint(0, len(d.listed)), mark(push.text.lstrip("-·•*>»▪+# ")))
        elif push.what == TITLE:
            d.title = joined(d.title, push, r)
        else:
            rows = d.listed if push.what == LIST and d.listed else d.lines
            if rows:
                n = r.randrange(len(rows))
                rows[n] = joined(rows[n], push, r)


def joined(line: str, push: Push, r: random.Random) -> str:
    """Return a line with a string pushed in where one like it stood."""
    left = " " if push.before.endswith(" ") else ""
    right = " " if push.after == " " else ""
    if not push.before:
        return mark(push.text) + right + line
    places = [at for at in spots(line) if line[at + 1] != IN]
    if not push.after or not places:
        return line + left + mark(push.text)
    mark_before, mark_after = push.before.strip()[-1:], push.after.strip()
    if mark_after and mark_after in ".,;!?":  # before a mark, that of the line
        stops = [n for n, c in enumerate(line) if c == mark_after and n > 0 and line[n - 1].isalnum()]
        if stops:
            at = r.choice(stops)
            return line[:at] + left + mark(push.text) + line[at:]
    if mark_before and mark_before in ".,;:!?":
        places = [at for at in places if line[at - 1] == mark_before] or places
    at = r.choice(places)
    return line[:at] + left + mark(push.text) + (right or " ") + line[at + 1 :]
