"""Model cards: what a model was fitted on, how it was measured, what it is weak at."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from recsys.article import Article
from recsys.protocols import Evaluated, evaluate
from recsys.recommender import Model
from recsys.storage import builtin
from recsys.training import read_all


def local_card(articles: Sequence[Article], evaluated: Evaluated, *, source: str, seed: int) -> dict[str, Any]:
    """Return the card of a model fitted on a corpus of one's own."""
    return {
        "name": "local",
        "about": f"Fitted on {source}: {len(articles):,} articles, {len(evaluated.topics)} topics and sections, "
        f"seed {seed}. The model saved is refitted on all of them; the figures below are of models that had not seen "
        "what they judged.",
        "figures": {"Held-out articles": evaluated.summary()},
    }


def released_card(model: Model, *, test: Path | None) -> dict[str, Any]:
    """Return the card of the released model: what its recipe reached on held-out stories, and on a file if given."""
    measured = json.loads(builtin("data/released-figures.json").read_text("utf-8"))
    card = {
        "name": "released",
        "about": f"Topics ({len(model.topics)}) and related headlines for Vietnamese news. No article text is in it. "
        "The model saved is fitted on everything; the figures are of fits by the same recipe that had not seen what "
        f"they judged (benchmarks/topics.py). Sections of news of December 2024: {measured['news_2024']:.1%} right.",
        "figures": dict(measured["sets"]),
        "notes": json.loads(builtin("data/released.json").read_text("utf-8")),
    }
    if test is not None:
        how = f"measured on {test.name}, which fitting did not see"
        card["figures"][test.name] = evaluate(model, read_all(test), how=how).summary()
    return card


def card_text(card: dict[str, Any]) -> str:
    """Return a model card for people, in Markdown."""
    lines = [f"# Model card: {card['name']}", "", card["about"], ""]
    for title, figures in card["figures"].items():
        lines += [f"## {title}", "", f"{figures['how']}.", "", *_overall(figures), "", *_by_topic(figures), ""]
    lines += [f"## {title}\n\n{text}\n" for title, text in card.get("notes", {}).items()]
    return "\n".join(lines)


def _overall(figures: dict[str, Any]) -> list[str]:
    low, high = figures["micro_f1_interval"]
    return [
        "| | |",
        "|---|---|",
        f"| articles | {figures['articles']:,} |",
        f"| micro-F1 of tags (95 %) | {figures['micro_f1']:.3f} ({low:.3f}-{high:.3f}) |",
        f"| macro-F1 of tags | {figures['macro_f1']:.3f} |",
        f"| calibration error | {figures['calibration_error']:.3f} |",
        *(f"| micro-F1, {name} tags | {f1:.3f} |" for name, f1 in figures.get("micro_f1_floors", {}).items()),
        *(f"| {name} of the best label | {f:.4f} |" for name, f in figures.get("best_label", {}).items()),
        *(f"| same story, {name} | {f:.3f} |" for name, f in figures.get("same_story", {}).items()),
    ]


def _by_topic(figures: dict[str, Any]) -> list[str]:
    lines = [
        "| topic | articles | F1 (95 %) | precision | recall | calibration error (predictions of 0.1 and more) |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for topic, f in figures["topics"].items():
        low, high = f["f1_interval"]
        cells = (
            f"{f['articles']:,}",
            f"{f['f1']:.3f} ({low:.2f}-{high:.2f})",
            f"{f['precision']:.3f}",
            f"{f['recall']:.3f}",
            f"{f['calibration_error']:.3f} ({f['predictions']:,})",
        )
        lines.append(f"| {topic} | {' | '.join(cells)} |")
    return lines
