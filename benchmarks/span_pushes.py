"""Put a string into a page: into sentences, beside the title, dressed up, squashed, as often as one likes."""

# ruff: noqa: D401 (tables and patterns read best on one line)

from __future__ import annotations

import random
import re

from span_drafts import IN, OUT, Draft, mark, name, pair, spots
from span_phrases import (
    bare,
    brand,
    claim,
    domain,
    firm,
    keyword,
    phone,
    phrase,
)

SEPARATORS = (
    " - ",
    " | ",
    "|",
    " _ ",
    "_",
    " – ",
    ": ",
    " » ",
    " ~ ",
    " • ",
    " / ",
    "-",
    " :: ",
    " >> ",
    ", ",
    " ★ ",
    "｜",
    " — ",
    "! ",
    "? ",
    "... ",
    ">",
    " ",
)


COPY = (1, 2, 2, 3, 3, 4, 5, 6, 8)


def decorated(k: str, r: random.Random) -> str:
    """Dress a keyword: bare, in brackets, set off, between pictures, as a link."""
    p = r.random()
    if p < 0.52:
        return k
    if p < 0.78:
        a, b = pair(r)
        space = r.choice(("", "", "", " "))
        return a + space + k + space + b
    if p < 0.84:
        return r.choice(
            (
                "- {} -",
                "| {} |",
                "({})",
                "– {} –",
                ">>{}<<",
                "#{}",
                "*{}*",
                "/{}/",
                "_{}_",
                "...{}...",
                "« {} »",
                "{}!",
                "👉 {}",
                "{} ✅",
                ".{}.",
                "[{}]",
            )
        ).format(k)
    if p < 0.89:
        return k + r.choice((" ", " - ", ": ", " (")) + r.choice((domain(r), phone(r), "Zalo " + phone(r), brand(r)))
    if p < 0.92:
        return r.choice(
            (
                '<a href="http://{d}">{k}</a>',
                "[{k}](https://{d})",
                "[url=http://{d}]{k}[/url]",
                "<b>{k}</b>",
                "<strong>{k}</strong>",
                '<span style="display:none">{k}</span>',
                "{k} (https://{d})",
                "[b]{k}[/b]",
                "&lt;{k}&gt;",
                "{{{k}}}",
            )
        ).format(k=k, d=domain(r).split("//")[-1])
    if p < 0.96:
        return r.choice((", ", "; ", " | ", " / ", " ", ",")).join([k, *(keyword(r) for _ in range(r.randint(1, 3)))])
    return k + r.choice((" ", "  ")) + k


def push(d: Draft, r: random.Random, text: str, *, style: str = "", line: int | None = None) -> None:
    """Push a text into the middle of a line: between spaces, glued to a neighbour, to a comma, inside a word."""
    rows = [i for i, p in enumerate(d.lines) if len(spots(p)) > 5]
    if not rows:
        return
    row = rows[line % len(rows)] if line is not None else r.choice(rows)
    p = d.lines[row]
    style = style or r.choice(
        ("spaced",) * 11 + ("before", "before", "before", "after", "both", "comma", "stop", "inside", "clause", "quote")
    )
    at = r.choice(spots(p))
    if style == "comma" and (c := [i for i in spots(p) if p[i - 1] in ",;"]):
        at = r.choice(c)
        d.lines[row] = p[:at] + r.choice((mark(text), " " + mark(text) + ",", mark(text + ","))) + p[at:]
    elif style == "stop" and (c := [i for i in spots(p) if p[i - 1] in ".!?"]):
        at = r.choice(c)
        d.lines[row] = p[:at] + r.choice((" ", "", " ")) + mark(text + r.choice(("", "", ".", ","))) + p[at:]
    elif style == "clause" and (c := [i for i in spots(p) if p[i - 1] in ",;"]):
        at = r.choice(c)
        d.lines[row] = p[:at] + " " + mark(text) + p[at:]
    elif style == "before":
        d.lines[row] = p[:at] + mark(text) + p[at:]
    elif style == "after":
        d.lines[row] = p[: at + 1] + mark(text) + p[at + 1 :]
    elif style == "both":
        d.lines[row] = p[:at] + mark(text) + p[at + 1 :] if r.random() < 0.3 else p[:at] + mark(text) + p[at:]
    elif style == "inside":
        inner = [m.start() + r.randint(1, 3) for m in re.finditer(r"(?<= )[^\W\d_]{4,}(?= )", p)]
        inner = [i for i in inner if p[:i].count(IN) == p[:i].count(OUT)]
        if inner:
            at = r.choice(inner)
            d.lines[row] = p[:at] + mark(text) + p[at:]
    elif style == "end":
        body, stop = (p[:-1], p[-1]) if p[-1:] in ".!?" else (p, "")
        d.lines[row] = r.choice(
            (
                p + " " + mark(text),
                p + mark(text),
                body + " " + mark(text) + stop,
                body + mark(text) + stop,
                p + " " + mark(text + "."),
            )
        )
    elif style == "start":
        d.lines[row] = mark(text) + r.choice((" ", " ", "", ": ", " - ")) + p
        if d.lines[row][len(text) + 2 :][:2] in (": ", " -"):
            d.lines[row] = mark(text + d.lines[row][len(text) + 2 :].split(p[:1])[0]) + p
    else:
        d.lines[row] = p[:at] + " " + mark(text) + p[at:]


def head(d: Draft, r: random.Random, k: str) -> None:
    """Put a keyword into the title: before, behind, in the middle; in brackets, set apart, or merely there."""
    p = r.random()
    a, b = pair(r)
    sep = r.choice(SEPARATORS)
    if p < 0.28:
        d.title = mark(a + k + b) + r.choice(("", " ")) + d.title
    elif p < 0.46:
        d.title = mark(k + sep) + d.title
    elif p < 0.70:
        d.title = d.title + mark(sep + k)
    elif p < 0.84:
        d.title = d.title + r.choice(("", " ")) + mark(a + k + b)
    elif p < 0.94 and (s := spots(d.title)):
        at = r.choice(s)
        d.title = d.title[:at] + r.choice((" ", "")) + mark(r.choice((k, k, a + k + b))) + d.title[at:]
    else:
        d.title = mark(k + sep) + d.title + mark(sep + k)


def squashed(d: Draft, r: random.Random) -> str:
    """Copy the title without its spaces, its ends cut, its diacritics perhaps lost."""
    title = d.honest
    run = re.sub(r"[^\w:,]", "", title) if r.random() < 0.5 else re.sub(r"\W", "", title)
    p = r.random()
    if p < 0.2:
        run = r.choice("-_.").join(re.findall(r"\w+", title))
    if r.random() < 0.4:
        run = bare(run)
    if r.random() < 0.4:
        run = run.lower()
    a, b = r.randint(0, 3), r.randint(0, 4)
    run = run[a : len(run) - b] or run
    if r.random() < 0.3 and len(run) > 16:
        size = r.randint(12, len(run))
        at = r.randrange(len(run) - size + 1)
        run = run[at : at + size]
    return run


def borrowed(d: Draft, r: random.Random) -> str:
    """Take a few words of another article's title."""
    words = r.choice(d.others)[0].split()
    size = r.randint(2, 5)
    at = r.randrange(max(1, len(words) - size))
    text = " ".join(words[at : at + size]).strip(" ,.:;?!\"“”'()-–")
    return r.choice((text, text.lower(), bare(text).lower()))


def word(d: Draft, r: random.Random) -> str:
    """Draw a keyword, now and then words of another article."""
    return keyword(r, borrowed(d, r)) or keyword(r)


def sprinkled(d: Draft, r: random.Random, k: str = "", *, times: int = 0) -> None:
    """The keyword in several sentences, dressed alike or not."""
    k = k or word(d, r)
    alike, style = r.random() < 0.6, r.choice(("", "spaced", "spaced", "before", "after", "comma", "end"))
    text = decorated(k, r)
    for n in range(times or r.choice(COPY)):
        v = text if alike else decorated(k, r)
        v = r.choice((v.upper(), v.title(), v.lower())) if r.random() < 0.08 else v
        push(d, r, v, style=style if r.random() < 0.7 else "", line=n if r.random() < 0.3 else None)


def pieces(r: random.Random) -> dict[str, str]:
    """Draw what advertising in the voice of news is made of."""
    return {"k": phrase(r), "f": firm(r) if r.random() < 0.7 else brand(r), "y": claim(r), "n": name(r)}
