"""The recipe of the released model, held out: one part of ``topics.py``, with the tables they share."""

from __future__ import annotations

import json
import pathlib
import sys
from collections.abc import Sequence
from typing import Any

import numpy as np

import recsys
from recsys import corpus, evaluation, released, svm, topic_fitting
from recsys.calibration import sigmoid
from recsys.evaluation import Calibration, TagFigures
from recsys.recommender import Model
from recsys.taxonomy import YES, LabelMapping, Taxonomy
from recsys.text import strip_diacritics
from recsys.tfidf import Tfidf

FIGURES = pathlib.Path(__file__).parents[1] / "data" / "released-figures.json"
FOLDS = 5
TREE = Taxonomy.from_file()
NAMES = {"starter": "built-in corpus", "extra": "its second part", "annotated": "real articles annotated"}


def say(message: str) -> None:
    """Tell how far the run is, on standard error."""
    print(message, file=sys.stderr, flush=True)


def row(*cells: object) -> str:
    """Return one line of a Markdown table."""
    return f"| {' | '.join(str(c) for c in cells)} |"


def head(*cells: str) -> list[str]:
    """Return the first two lines of a Markdown table."""
    return [row(*cells), "|---|" + "---:|" * (len(cells) - 1)]


def shown(curve: Calibration) -> str:
    """Return the calibration error with the number of predictions and what faultless ones would show."""
    return f"{curve.error:.3f} ({int(curve.counts.sum()):,} predictions; a faultless model: {curve.noise:.3f})"


def sections_of(name: str, labels: Sequence[str]) -> np.ndarray:
    """Return the column of the section that each label of a corpus stands for."""
    mapping = LabelMapping.from_file(name, taxonomy=TREE)
    return np.array([int((mapping.targets([[label]])[0] == YES).argmax()) for label in labels])


def best_of(p: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """Return the likeliest of the columns that occur in ``columns``."""
    allowed = np.unique(columns)
    best: np.ndarray = allowed[p[:, allowed].argmax(axis=1)]
    return best


def held_out(data: pathlib.Path) -> tuple[released.Rows, dict[str, np.ndarray], list[topic_fitting.Fitted]]:
    """Refit the recipe in folds; return the rows, what was said of those held out, and what was fitted."""
    rows = released.gather(data, taxonomy=TREE)
    guided = (rows.guide >= 0).all(axis=1)
    judged = guided | (rows.source == "news-2024")
    folds = corpus.grouped_folds(rows.group, FOLDS, seed=11)
    width = len(TREE.columns)
    said = {"p": np.zeros((len(guided), width), np.float32), "given": np.zeros((len(guided), width), bool)}
    said |= {"bare": said["p"].copy(), "fold": folds, "judged": judged}
    fits = []
    for fold in range(FOLDS):
        say(f"released: fold {fold + 1}/{FOLDS}")
        here = np.flatnonzero(judged & (folds == fold))
        fitted = released.fit(rows[~(judged & (folds == fold))], taxonomy=TREE)
        model = Model(fitted.model, recsys.load().ranker, taxonomy=TREE)
        texts = [rows.texts[i] for i in here]
        said["p"][here] = fitted.model.probabilities(texts)
        said["bare"][here] = fitted.model.probabilities([strip_diacritics(t) for t in texts])
        said["given"][here] = model.decide(said["p"][here])
        fits.append(fitted)
    return rows, said, fits


def alone(rows: released.Rows, folds: np.ndarray, truth: np.ndarray) -> float:
    """Return the accuracy of a plain classifier fitted on news-2024 alone, in the same folds."""
    here = np.flatnonzero(rows.source == "news-2024")
    texts, right = [rows.texts[i] for i in here], 0
    for fold in range(FOLDS):
        seen = folds[here] != fold
        weighting = Tfidf.fit([t for t, s in zip(texts, seen, strict=True) if s], min_df=2)
        X, Y = weighting.transform(texts), (truth[:, None] == np.unique(truth)).astype(np.int8)
        coef, intercept = svm.fit(X[seen], Y[seen], svm.balanced(Y[seen]))
        right += int((np.unique(truth)[(X[~seen] @ coef + intercept).argmax(axis=1)] == truth[~seen]).sum())
    return right / len(here)


def recipe(data: pathlib.Path, sample: int) -> list[str]:
    """Judge the recipe of the released model on stories it had not seen."""
    rows, said, fits = held_out(data)
    news = rows.source == "news-2024"
    truth = sections_of("news-2024", _labels(data / "news-2024/dev.jsonl.xz", rows, news))
    accuracy, bare = (float((best_of(said[which][news], truth) == truth).mean()) for which in ("p", "bare"))
    lines = head(f"sections of news-2024, {int(news.sum()):,} articles", "accuracy")
    lines += [row("the recipe", f"{100 * accuracy:.2f}"), row("stripped of diacritics", f"{100 * bare:.2f}")]
    lines += [row("fitted on news-2024 alone, the same folds", f"{100 * alone(rows, said['fold'], truth):.2f}"), ""]
    sets = _sets(rows)
    joined = released.calibration_set(rows, taxonomy=TREE)[0]
    figures, curves = {}, {}
    for name, chosen in sets.items():
        y, groups = joined[chosen] == YES, np.unique(rows.group[chosen], return_inverse=True)[1]
        figures[name] = evaluation.tag_figures(y, said["given"][chosen], topics=TREE.columns, groups=groups)
        curves[name] = evaluation.calibration(said["p"][chosen], y)
    lines += head("multi-label, stories held out", "articles", "micro-F1", "macro-F1", "calibration error")
    for name, found in figures.items():
        low, high = found.interval
        micro = f"{found.micro.f1:.3f} ({low:.3f}-{high:.3f})"
        lines.append(row(NAMES[name], f"{found.n:,}", micro, f"{found.macro_f1:.3f}", shown(curves[name])))
    per_topic = {
        name: evaluation.topic_figures(found, said["p"][sets[name]], joined[sets[name]] == YES)
        for name, found in figures.items()
    }
    lines += ["", *_topic_table(per_topic), "", *_before_and_after(rows, said, fits, sets)]
    _write_figures(figures, curves, per_topic, news_2024=accuracy)
    return lines


def _labels(path: pathlib.Path, rows: released.Rows, chosen: np.ndarray) -> list[str]:
    given: dict[str, str] = {}
    for article in corpus.stream(path):
        given.setdefault("\n".join((article.title, article.lead, article.body)), article.topics[0])
    return [given[rows.texts[i]] for i in np.flatnonzero(chosen)]


def _sets(rows: released.Rows) -> dict[str, np.ndarray]:
    guided, own = (rows.guide >= 0).all(axis=1), rows.source == "starter"
    starter = np.zeros(len(own), bool)
    starter[: len(corpus.starter())] = True  # they come first
    return {"starter": own & starter, "extra": own & ~starter, "annotated": guided & ~own}


def _topic_table(per_topic: dict[str, dict[str, dict[str, Any]]]) -> list[str]:
    columns = [f"{NAMES[name]}: {what}" for name in per_topic for what in ("F1 (95 %; articles)", "calibration (n)")]
    lines = head("topic", *columns)
    for topic in TREE.columns:
        cells = []
        for table in per_topic.values():
            if topic not in table:
                cells += ["-", "-"]
                continue
            t = table[topic]
            low, high = t["f1_interval"]
            cells.append(f"{t['f1']:.2f} ({low:.2f}-{high:.2f}; {t['articles']})")
            cells.append(f"{t['calibration_error']:.2f} ({t['predictions']})")
        lines.append(row(topic, *cells))
    return lines


def _before_and_after(
    rows: released.Rows, said: dict[str, np.ndarray], fits: list[topic_fitting.Fitted], sets: dict[str, np.ndarray]
) -> list[str]:
    """Return how calibration changed the best topic and the error, by the inner folds of every fit."""
    lines = head("before and after calibration", "best topic right, before", "after", "error before", "error after")
    for name, chosen in sets.items():
        best: list[list[float]] = [[], []]
        scores: list[list[np.ndarray]] = [[], []]
        truths = []
        for fold, fitted in enumerate(fits):
            kept = ~(said["judged"] & (said["fold"] == fold))
            y = rows.guide[kept & chosen] == YES
            truths.append(y)
            for place, values in enumerate((fitted.decision, fitted.held_out)):
                mine = values[chosen[kept]]
                best[place].append(float(y[np.arange(len(y)), mine.argmax(axis=1)].mean()))
                scores[place].append(mine if place else sigmoid(mine))
        before, after = (evaluation.calibration(np.concatenate(s), np.concatenate(truths)).error for s in scores)
        shares = [f"{100 * np.mean(b):.1f} %" for b in best]
        lines.append(row(NAMES[name], *shares, f"{before:.3f}", f"{after:.3f}"))
    return lines


def _write_figures(
    figures: dict[str, TagFigures],
    curves: dict[str, Calibration],
    per_topic: dict[str, dict[str, dict[str, Any]]],
    *,
    news_2024: float,
) -> None:
    how = f"{FOLDS} folds that keep stories whole: what was judged comes from a fit that saw nothing of its story"
    sets = {
        NAMES[name]: {
            "how": how,
            "articles": found.n,
            "micro_f1": found.micro.f1,
            "micro_f1_interval": list(found.interval),
            "macro_f1": found.macro_f1,
            "calibration_error": curves[name].error,
            "topics": per_topic[name],
        }
        for name, found in figures.items()
    }
    content = json.dumps({"news_2024": news_2024, "sets": sets}, ensure_ascii=False, indent=1) + "\n"
    FIGURES.write_text(content, encoding="utf-8")
