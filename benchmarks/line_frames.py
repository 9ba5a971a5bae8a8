"""Frames of news pages, written for this project (``frames.txt``), put around articles.

A frame begins with ``== its kind``; its lines begin with H (above the title), S (between title and lead), M (between
paragraphs), K (odd lines that belong to the article), F (below it), L (heading of the list), B (how an item looks),
X (below the list), each followed by a colon.
"""

from __future__ import annotations

import random
from pathlib import Path

FILE = Path(__file__).with_name("frames.txt")
Frame = dict[str, list[str]]
SECTIONS = ("Xã hội", "Thời sự", "Thế giới", "Kinh tế", "Thể thao", "Giáo dục", "Sức khỏe", "Văn hóa", "Pháp luật")


def frames() -> list[Frame]:
    """Read every frame."""
    found: list[Frame] = []
    for line in FILE.read_text("utf-8").splitlines():
        if line.startswith("=="):
            found.append({part: [] for part in "HSMKFLBX"})
        elif line[1:2] == ":" and line[0] in "HSMKFLBX" and line[2:].strip():
            found[-1][line[0]].append(line[2:].strip())
    return [frame for frame in found if frame["B"]]


def item(form: str, headline: str, number: int, r: random.Random) -> str:
    """Write an item of a list in its form."""
    day, month = r.randint(1, 28), r.randint(1, 12)
    dates = (f"{day}/{month}/20{r.randint(10, 24)}", f"{day:02d}/{month:02d}", f"{day:02d}-{month:02d}-2023")
    values = {
        "{n}": str(number),
        "{nn}": f"{number:02d}",
        "{time}": f"{r.randint(0, 23):02d}:{r.randint(0, 59):02d}",
        "{date}": r.choice(dates),
        "{section}": r.choice(SECTIONS),
        "{views}": str(r.randint(10, 99_999)),
        "{}": headline,
    }
    for name, value in values.items():
        form = form.replace(name, value)
    return form


def around(
    title: str, paragraphs: list[str], headlines: list[str], *, frame: Frame, r: random.Random
) -> list[tuple[str, str]]:
    """Return the lines of a page, each with the letter of its part, T for the title, P for paragraphs."""
    body = [("P", line) for line in paragraphs]
    for line in frame["K"]:
        if r.random() < 0.7:
            at = len(body) if r.random() < 0.6 else r.randint(0, len(body))
            body.insert(at, ("P", line))
    for line in frame["M"]:
        if r.random() < 0.7:
            body.insert(r.randint(1, len(body)), ("M", line))
    form = frame["B"][0] if r.random() < 0.5 else "{}"
    listed = [("B", item(form, headline, n, r)) for n, headline in enumerate(headlines, 1)]
    heading = [("L", line) for line in frame["L"]] if listed and r.random() < 0.6 else []
    page = [*(("H", line) for line in frame["H"]), ("T", title), *(("S", line) for line in frame["S"]), *body]
    foot, end = ([(part, line) for line in frame[part] if r.random() < 0.8] for part in "FX")
    return [*page, *foot, *heading, *listed, *end]
