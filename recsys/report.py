"""Pictures of figures: reliability, precision against recall, confusion; and one HTML page that holds them.

Needs matplotlib (``pip install 'recsys[report]'``).
"""

from __future__ import annotations

import html
import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from recsys import storage
from recsys.errors import InputError
from recsys.evaluation import Calibration, LabelFigures, TagFigures, calibration

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

STYLE = """body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222}
table{border-collapse:collapse;margin:1rem 0}td,th{padding:.2rem .8rem;border-bottom:1px solid #ddd;text-align:right}
td:first-child,th:first-child{text-align:left}svg{max-width:100%;height:auto}h2{margin-top:2.5rem}
td.bar{text-align:left;min-width:10rem}td.bar div{background:#2b7a78;height:.7rem}p.note{color:#666}"""


def figure(width: float = 5.0, height: float = 4.5) -> tuple[Figure, Axes]:
    """Return an empty picture and its axes; sizes in inches.

    Raises
    ------
    InputError
        Where matplotlib is not installed.
    """
    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise InputError("pictures need matplotlib; pip install 'recsys[report]'") from None
    picture = Figure((width, height), layout="constrained")
    axes = picture.add_subplot()
    axes.spines[["top", "right"]].set_visible(False)
    return picture, axes


def reliability(curves: dict[str, Calibration]) -> Figure:
    """Draw predicted against observed frequency; on the diagonal a probability means what it says.

    Upright lines are what chance allows, 95 % by the normal law.
    """
    picture, axes = figure()
    axes.plot([0, 1], [0, 1], color="#bbb", linewidth=1)
    for name, curve in curves.items():
        filled = curve.counts > 0
        axes.plot(
            curve.predicted[filled], curve.observed[filled], marker="o", label=f"{name} (error {curve.error:.3f})"
        )
        chance = 1.96 * np.sqrt(curve.observed * (1 - curve.observed) / np.maximum(curve.counts, 1))[filled]
        axes.vlines(
            curve.predicted[filled], curve.observed[filled] - chance, curve.observed[filled] + chance, color="#bbb"
        )
        for x, y, n in zip(curve.predicted[filled], curve.observed[filled], curve.counts[filled], strict=True):
            axes.annotate(f"{n:,}", (x, y), xytext=(4, -11), textcoords="offset points", fontsize=7, color="#666")
    axes.set(xlabel="predicted probability", ylabel="share that came true", xlim=(0, 1), ylim=(0, 1))
    axes.legend(frameon=False, fontsize=8)
    return picture


def precision_recall(curves: dict[str, tuple[np.ndarray, np.ndarray]]) -> Figure:
    """Draw precision against recall: each curve from (scores, truth), both of shape (n,)."""
    picture, axes = figure()
    for name, (scores, truth) in curves.items():
        hits = truth[np.argsort(-scores, kind="stable")].cumsum()
        axes.plot(hits / max(truth.sum(), 1), hits / np.arange(1, len(hits) + 1), label=name)
    axes.set(xlabel="recall", ylabel="precision", xlim=(0, 1.01), ylim=(0, 1.01))
    axes.legend(frameon=False, fontsize=8)
    return picture


def confusion(figures: LabelFigures) -> Figure:
    """Draw which label is taken for which: rows are true and sum to 100 %."""
    size = 2.5 + 0.42 * len(figures.labels)
    picture, axes = figure(size + 0.6, size)
    shares = figures.confusion / np.maximum(figures.confusion.sum(1, keepdims=True), 1)
    axes.imshow(shares, cmap="Greens", vmin=0, vmax=1)
    ticks = range(len(figures.labels))
    axes.set_xticks(ticks, figures.labels, rotation=60, ha="right", rotation_mode="anchor")
    axes.set_yticks(ticks, figures.labels)
    for (row, column), share in np.ndenumerate(shares):
        if share >= 0.005:
            color = "white" if share > 0.5 else "#222"
            axes.text(column, row, f"{100 * share:.0f}", ha="center", va="center", fontsize=8, color=color)
    axes.set(xlabel="best topic", ylabel="label")
    return picture


def write(
    path: Path,
    *,
    title: str,
    note: str,
    tags: TagFigures | None = None,
    labels: LabelFigures | None = None,
    probabilities: np.ndarray | None = None,
    truth: np.ndarray | None = None,
    errors: Sequence[tuple[str, ...]] = (),
) -> None:
    """Write one self-contained HTML page with tables and pictures, atomically.

    Parameters
    ----------
    probabilities, truth : ndarray of shape (n_articles, n_topics)
        For the reliability diagram and the calibration error of each topic of ``tags``.
    errors : sequence of (headline, truth, guess, misleading terms)
        The worst first.
    """
    parts = []
    if tags is not None:
        parts.append(_tag_section(tags, probabilities, truth))
    if probabilities is not None and truth is not None:
        parts.append("<h2>Does a probability mean what it says?</h2>")
        curve = calibration(probabilities, truth)
        parts.append(svg(reliability({"all topics": curve})))
        parts.append(
            "<p class=note>Predictions of 0.1 and more; the small figures are how many there are, upright lines what "
            f"chance allows. Faultless probabilities would show an error of {curve.noise:.3f}.</p>"
        )
    if labels is not None:
        parts.append(f"<h2>Best label: accuracy {labels.accuracy:.4f}, macro-F1 {labels.macro_f1:.4f}</h2>")
        parts.append(svg(confusion(labels)))
    if errors:
        rows = "".join(f"<tr>{''.join(f'<td>{html.escape(c)}</td>' for c in row)}</tr>" for row in errors)
        head = "<tr><th>headline</th><th>true</th><th>given</th><th>what misled</th></tr>"
        parts.append(f"<h2>Worst errors</h2><table>{head}{rows}</table>")
    write_page(path, parts, title=title, note=note)


def write_page(path: Path, parts: Sequence[str], *, title: str, note: str) -> None:
    """Write parts of HTML as one self-contained page, atomically."""
    page = f"<!doctype html><html lang=vi><meta charset=utf-8><title>{html.escape(title)}</title><style>{STYLE}</style>"
    page += f"<h1>{html.escape(title)}</h1><p class=note>{html.escape(note)}</p>\n"
    storage.write_atomic(path, (page + "\n".join(parts) + "</html>\n").encode())


def _tag_section(tags: TagFigures, probabilities: np.ndarray | None, truth: np.ndarray | None) -> str:
    rows = []
    for column, (topic, counts) in enumerate(tags.topics.items()):
        if not counts.tp + counts.fp + counts.fn:
            continue
        cells: tuple[str, ...] = (
            f"{counts.support:,}",
            f"{counts.precision:.3f}",
            f"{counts.recall:.3f}",
            f"{counts.f1:.3f} ({tags.intervals[topic][0]:.2f}-{tags.intervals[topic][1]:.2f})",
        )
        if probabilities is not None and truth is not None:
            curve = calibration(probabilities[:, column], truth[:, column])
            cells = *cells, f"{curve.error:.3f} ({curve.counts.sum():,})"
        bar = f"<td class=bar><div style='width:{100 * counts.f1:.0f}%'></div></td>"
        rows.append(f"<tr><td>{html.escape(topic)}</td>{''.join(f'<td>{c}</td>' for c in cells)}{bar}</tr>")
    low, high = tags.interval
    names = ("topic", "articles", "precision", "recall", "F1 (95 %)", "calibration error (n)")
    head = "".join(f"<th>{name}</th>" for name in names)
    return (
        f"<h2>Tags: micro-F1 {tags.micro.f1:.3f} ({low:.3f}-{high:.3f}), macro-F1 {tags.macro_f1:.3f}</h2>"
        f"<table><tr>{head}</tr>{''.join(rows)}</table>"
    )


def svg(picture: Figure) -> str:
    """Return the picture as inline SVG, the same bytes for the same figures."""
    import matplotlib

    buffer = io.StringIO()
    with matplotlib.rc_context({"svg.hashsalt": "recsys"}):
        picture.savefig(buffer, format="svg", metadata={"Date": None})
    text = buffer.getvalue()
    return text[text.index("<svg") :]
