"""Measure the released model on hand-written pages, lists and articles that nothing was tuned on.

``python benchmarks/held_out.py`` prints a Markdown table and writes it to ``benchmarks/results/held-out.md``.
"""

from __future__ import annotations

import json
import pathlib

import numpy as np

import recsys
from recsys import corpus, evaluation, metrics, protocols
from recsys.recommender import Model

ROOT = pathlib.Path(__file__).parents[1]
FOLDER = ROOT / "tests" / "held_out"


def tags(model: Model) -> list[tuple[str, str]]:
    """Return figures of tags."""
    articles = corpus.read(FOLDER / "tags.jsonl")
    found = protocols.evaluate(model, articles, how="held out")
    low, high = found.tags.interval
    cyber = found.tags.topics["an-ninh-mang"]
    error = evaluation.calibration(found.probabilities, found.truth).error
    return [
        (f"tags of {len(articles)} articles: micro-F1", f"{found.tags.micro.f1:.3f} ({low:.3f}-{high:.3f})"),
        (f"an-ninh-mang: F1 ({cyber.support} articles)", f"{cyber.f1:.3f}"),
        ("calibration error of predictions of 0.1 and more", f"{error:.3f}"),
    ]


def belongs(model: Model) -> list[tuple[str, str]]:
    """Return figures of misleading lists."""
    rows = [json.loads(line) for line in (FOLDER / "lists.jsonl").read_text("utf-8").splitlines()]
    decided, truth, kept = [], [], []
    for row in rows:
        found = model.rank(row, [recsys.Headline(c["headline"], id=str(i)) for i, c in enumerate(row["candidates"])])
        chosen = {r.id for r in found if r.belongs}
        decided += [str(i) in chosen for i in range(len(row["candidates"]))]
        truth += [c["belongs"] for c in row["candidates"]]
        if not any(c["belongs"] for c in row["candidates"]):
            kept.append(len(chosen))
    precision, recall, f1 = metrics.precision_recall_f1(np.array(decided), np.array(truth))
    return [
        (f"{len(rows)} misleading lists: precision, recall, F1", f"{precision:.3f}, {recall:.3f}, {f1:.3f}"),
        ("kept on average where none belongs", f"{np.mean(kept):.2f}"),
    ]


def pages(name: str, what: str) -> list[tuple[str, str]]:
    """Return figures of cleaned pages."""
    rows = [json.loads(line) for line in (FOLDER / name).read_text("utf-8").splitlines()]
    read = [recsys.parse_page(row["text"]) for row in rows]
    both = list(zip(read, rows, strict=True))
    shares = {
        "title": [squashed(p.title) == squashed(r["title"]) for p, r in both],
        "body": [squashed(p.body) == squashed(r["body"]) for p, r in both],
        "list": [[squashed(h.title) for h in p.related] == [squashed(h) for h in r["related"]] for p, r in both],
        "verdict": [p.hijacked == r["hijacked"] for p, r in both],
    }
    return [(f"{len(rows)} {what} pages: {name} exact", f"{np.mean(hits):.3f}") for name, hits in shares.items()]


def squashed(text: str) -> str:
    """Return a text with single spaces."""
    return " ".join(text.split())


def main() -> None:
    """Print and write the table."""
    model = recsys.load()
    rows = [*tags(model), *belongs(model), *pages("pages.jsonl", "held-out"), *pages("more-pages.jsonl", "more")]
    table = "\n".join(["| | |", "|---|---|", *(f"| {name} | {figure} |" for name, figure in rows)]) + "\n"
    (ROOT / "benchmarks" / "results" / "held-out.md").write_text("# Held out\n\n" + table, "utf-8")
    print(table)


if __name__ == "__main__":
    main()
