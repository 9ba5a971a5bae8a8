"""What people pushed into their pages, pushed into other articles in the same way: at such a place, as closely."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

from span_drafts import IN, Draft, mark, spots
from span_pages import BODY, LIST, PUSHED, TITLE, letters, lines_of, rows_of

STRINGS = Path(__file__).with_name("strings.txt")
DRESSES = ("【{}】", "[{}]", "({})", "{},", "#{}", "- {} -", "| {} |", "“{}”", "「{}」", "*{}*", "《{}》", "{}:")
JOINTS = (("x ", " "), ("x, ", " "), ("x ", "."), ("x ", ","), ("", " "), ("x", " "))  # what stands before and after
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


def strings() -> dict[str, dict[str, list[str]]]:
    """Read what spammers of each trade push in (``strings.txt``), by kind.

    k and u are keywords with diacritics and without, b brands, c clauses, s sentences, t tails or fronts of titles,
    h headlines, l lines of their own.
    """
    found: dict[str, dict[str, list[str]]] = {}
    for line in STRINGS.read_text("utf-8").splitlines():
        trade, kind, text = line.split("\t")
        found.setdefault(trade, {}).setdefault(kind, []).append(text.strip())
    return found


def invented(r: random.Random, every: dict[str, dict[str, list[str]]]) -> list[Push]:
    """Return a campaign of one trade: one or two kinds of string, at one or several places."""
    trade = every[r.choice(sorted(every))]
    kinds = r.choices("kubcsthl", (8, 4, 4, 3, 5, 3, 3, 2), k=r.choice((1, 1, 2, 3)))
    return [push for kind in kinds if kind in trade for push in placed(trade[kind], kind, r)]


def placed(texts: list[str], kind: str, r: random.Random) -> list[Push]:
    """Return some strings of a kind, or one several times, at the places where such stand."""
    texts = r.choices(texts, k=r.choice((1, 1, 2, 3))) if r.random() < 0.7 else [r.choice(texts)] * r.choice((2, 3, 5))
    if kind == "l":
        return [Push(text, PUSHED, "", "") for text in texts]
    if kind == "h":
        return [Push(text, PUSHED + LIST, "", "") for text in texts]
    if kind == "t":
        front = texts[0].rstrip().endswith((":", "-", "|", "–", "】", "]"))
        return [Push(texts[0], TITLE if r.random() < 0.6 else LIST, "" if front else "x ", " " if front else "")]
    if kind == "s":
        return [Push(text, BODY, r.choice(("x. ", "x. ", "")), r.choice((" ", " ", ""))) for text in texts]
    if kind == "c":
        return [Push(text, BODY, "x" if text[0] in ",;–-" else "x ", r.choice((" ", " ", ","))) for text in texts]
    around = r.choice(DRESSES) if r.random() < 0.25 else "{}"
    before, after = r.choices(
        (("x ", " "), ("x, ", " "), ("x ", "."), ("x ", ","), ("", " "), ("x", " ")), (8, 2, 2, 2, 1, 1)
    )[0]
    where = r.choices((BODY, LIST, TITLE), (6, 2, 1), k=len(texts))
    return [Push(around.format(text), what, before, after) for text, what in zip(texts, where, strict=True)]


def copied(text: str, title: str) -> bool:
    """Whether a string holds a piece of the title."""
    return any(text[at : at + COPIED] in title for at in range(len(text) - COPIED + 1))


def transplant(d: Draft, r: random.Random, pushes: list[Push]) -> None:
    """Push what was pushed into one page, or some of it, into another."""
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
        after = [at for at in places if line[at - 1] == mark_before]
        if mark_before == "." and not after:  # a sentence goes where one ends
            return line + " " + mark(push.text)
        places = after or places
    at = r.choice(places)
    return line[:at] + left + mark(push.text) + (right or " ") + line[at + 1 :]
