"""Page cleaning measured: python benchmarks/pages.py DATA_DIR [--pages 2000] [--seed 0] [--show N] [--honest] [--written FILE].

Honest articles of 12/2024, the half that nothing was fitted on, are hijacked in the manners of ``page_manners``, wrapped
in furniture, and read back: how many titles, bodies and lists come back exactly; how many honest pages stay as they are;
and how fast. ``--honest`` counts the articles of 12/2024, as they are, of which something is cut; ``--written`` measures
pages of a file like ``tests/pages/pages.jsonl``.
"""

# ruff: noqa: E501 (tables read best on one line)

from __future__ import annotations

import argparse
import json
import lzma
import time
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

from page_manners import Case, cases
from span_pages import rows_of

from recsys.article import Page
from recsys.page import parse_page


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--show", type=int, default=0, help="how many failures to print in full")
    parser.add_argument("--honest", action="store_true")
    parser.add_argument("--written", type=Path)
    args = parser.parse_args()
    if args.honest:
        honest_articles(args.data)
    if args.written:
        written(args.written)
    if args.honest or args.written:
        return
    made = cases(args.data, args.pages, args.seed)
    parse_page("Một trang\nĐể nạp bảng.")
    figures: dict[str, Counter[str]] = defaultdict(Counter)
    seconds, shown = 0.0, 0
    for name, case, text in made:
        start = time.perf_counter()
        got = parse_page(text)
        seconds += time.perf_counter() - start
        body = "\n".join(case.body)
        checks = judged(got, case.title, body, case.related, injected=case.injected, hijacked=name != "honest")
        for row in (figures[name], figures["all"]):
            row.update(n=1, **{key: int(value) for key, value in checks.items()})
        if not all(checks.values()) and shown < args.show:
            shown += 1
            report(name, case, got.title, got.body.split("\n"), checks)
    for name, row in figures.items():
        print(
            f"{name:18s} n {row['n']:5d}  "
            + "  ".join(f"{k} {row[k] / row['n']:.3f}" for k in ("title", "body", "related", "clean", "verdict"))
        )
    size = sum(len(text) for _, _, text in made)
    print(
        f"{len(made) / seconds:.0f} pages/s, {size / len(made):.0f} characters a page, {size / seconds / 1e6:.1f} million characters/s"
    )


def honest_articles(data: Path) -> None:
    """Print how many honest articles lose something."""
    with lzma.open(data / "news-2024/dev.jsonl.xz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    touched = 0
    for row in rows:
        body = unicodedata.normalize("NFC", row["body"])
        page = parse_page("\n".join([row["title"], *(squash(p) for p in body.split("\n") if p.strip())]))
        touched += page.hijacked
        if page.hijacked:
            print(f"{row['title'][:60]} | {[item.text[:60] for item in page.injected[:3]]}")
    print(f"{touched} of {len(rows)} honest articles touched")


def written(path: Path) -> None:
    """Print the figures of pages written by hand."""
    figures: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows_of([path]):
        got = parse_page(row["text"])
        checks = judged(
            got, row["title"], row["body"], row["related"], injected=row["injected"], hijacked=row["hijacked"]
        )
        for key in ("hijacked" if row["hijacked"] else "honest", "all"):
            figures[key].update(n=1, **{name: int(value) for name, value in checks.items()})
    for name, count in figures.items():
        print(
            f"{name:9s} n {count['n']:4d}  "
            + "  ".join(f"{k} {count[k] / count['n']:.3f}" for k in ("title", "body", "related", "clean", "verdict"))
        )


def squash(text: str) -> str:
    """Close up white space."""
    return " ".join(text.split())


def judged(
    got: Page, title: str, body: str, related: list[str], *, injected: list[str], hijacked: bool
) -> dict[str, bool]:
    """Return what came back as it should, white space apart."""
    left = squash(got.title + " " + got.body)
    return {
        "title": squash(got.title) == squash(title),
        "body": squash(got.body) == squash(body),
        "related": [squash(h.title) for h in got.related] == [squash(headline) for headline in related],
        "clean": not any(squash(x) and squash(x) in left for x in injected),
        "verdict": got.hijacked == hijacked,
    }


def report(name: str, case: Case, title: str, body: list[str], checks: dict[str, bool]) -> None:
    """Print where one page differs."""
    print(f"--- {name}: {[k for k, v in checks.items() if not v]}  injected {case.injected}")
    if title != case.title:
        print(f"  title    {title}\n  expected {case.title}")
    for line in body:
        if line not in case.body:
            print(f"  + {line[:700]}")
    for line in case.body:
        if line not in body:
            print(f"  - {line[:700]}")


if __name__ == "__main__":
    main()
