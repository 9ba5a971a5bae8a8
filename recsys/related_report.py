"""One HTML page with the figures of ``related_figures``: a table, precision against recall, and reliability."""

from __future__ import annotations

import html
from pathlib import Path

from recsys import report
from recsys.evaluation import calibration
from recsys.metrics import RelatedFigures
from recsys.related_figures import MODEL, table

NOTE = (
    "Every article asks for its story among all headlines of the file; precision, recall and both pictures are of "
    "lists as they stand beside articles: the true headlines (none for every fourth article) among the eight nearest "
    "wrong ones and eight at random."
)


def write(path: Path, figures: dict[str, RelatedFigures], *, title: str) -> None:
    """Write the page, self-contained and atomically."""
    rows = table(figures)
    columns = list(next(iter(rows.values())))
    head = "".join(f"<th>{html.escape(c)}</th>" for c in ("", *columns))
    body = "".join(
        f"<tr><td>{html.escape(name)}</td>{''.join(f'<td>{_number(row[c])}</td>' for c in columns)}</tr>"
        for name, row in rows.items()
    )
    own = figures[MODEL]
    curves = {name: (f.list_chances, f.list_truth) for name, f in figures.items()}
    parts = [
        f"<table><tr>{head}</tr>{body}</table>",
        "<h2>Precision against recall</h2>",
        report.svg(report.precision_recall(curves)),
        "<p class=note>Each method's lists hold the wrong headlines that come nearest by that method.</p>",
        "<h2>Does a probability mean what it says?</h2>",
        report.svg(report.reliability({MODEL: calibration(own.list_chances, own.list_truth)})),
    ]
    report.write_page(path, parts, title=title, note=NOTE)


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
