"""Every figure of the topics: VNTC, drift, the released recipe held out, calibration, articles that tempt a tagger.

``python benchmarks/topics.py DATA`` runs all parts and writes ``benchmarks/results/topics.md``; ``--part`` (repeatable)
runs some and leaves the other sections of that file as they stand. On one free core: vntc 4 minutes, released 6, drift
1, silver half a minute, twenty at once. ``--sample 5`` judges every fifth test article only.

- vntc: what ``train.py --train vntc/train`` fits, on test-a as it stands, stripped of its diacritics, with every other
  sentence stripped, and on the first twelve words alone.
- released: the recipe of the released model refitted in five folds that keep stories (and articles printed twice)
  whole; what it says of an article comes from a model that saw nothing of its story. Also written, for the model card,
  to ``data/released-figures.json``.
- drift: the same recipe without news-2024, judged on the sections of news-2024.
- silver: the model in ``models/released`` on articles found by keywords, and on the sections of test-a.
- twenty: its tags for twenty articles written to tempt it.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import re
import sys
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

import recsys
from recsys import corpus, evaluation, released, svm, topic_fitting, training
from recsys.article import Article
from recsys.calibration import sigmoid
from recsys.corpus import as_text
from recsys.evaluation import Calibration, TagFigures
from recsys.recommender import Model
from recsys.taxonomy import YES, LabelMapping, Taxonomy
from recsys.text import strip_diacritics
from recsys.tfidf import Tfidf

ROOT = pathlib.Path(__file__).parents[1]
RESULT = ROOT / "benchmarks" / "results" / "topics.md"
FIGURES = ROOT / "data" / "released-figures.json"
FOLDS = 5
SHARED = 2  # sentences in common that make two articles one
HEADLINE = 12  # words that stand for a headline in VNTC, whose titles run into the text
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


def half_stripped(text: str) -> str:
    """Return a text with every other sentence stripped of its diacritics."""
    sentences = re.split(r"(?<=[.!?…])\s+", text)
    return " ".join(strip_diacritics(s) if i % 2 else s for i, s in enumerate(sentences))


def vntc(data: pathlib.Path, sample: int) -> list[str]:
    """Fit on VNTC alone and judge every way of writing."""
    train = training.read_all(data / "vntc/train.jsonl.xz")
    test = training.read_all(data / "vntc/test-a.jsonl.xz")[::sample]
    tree = Taxonomy.for_labels({t for a in train for t in a.topics})
    fitted = topic_fitting.fit(
        [as_text(a) for a in train],
        tree.targets(a.topics for a in train),
        topics=tree.columns,
        parents=tree.parents,
        groups=corpus.groups(train),
        max_features=training.TERMS,
        progress=lambda step, share: say(f"vntc: {step}"),
    )
    model, labels, texts = fitted.model.quantized(), [a.topics[0] for a in test], [as_text(a) for a in test]
    ways: dict[str, Callable[[str], str]] = {
        "as it stands": lambda text: text,
        "stripped of its diacritics": strip_diacritics,
        "every other sentence stripped": half_stripped,
        f"first {HEADLINE} words alone": lambda text: " ".join(text.split()[:HEADLINE]),
        f"first {HEADLINE} words, stripped": lambda text: strip_diacritics(" ".join(text.split()[:HEADLINE])),
    }
    lines = head(f"{len(test):,} articles of test-a", "accuracy", "macro-F1")
    for name, way in ways.items():
        say(f"vntc: {name}")
        p = model.probabilities([way(t) for t in texts])
        figures = evaluation.label_figures(labels, p, topics=tree.columns)
        lines.append(row(name, f"{100 * figures.accuracy:.2f}", f"{100 * figures.macro_f1:.2f}"))
        if name == "as it stands":
            curve = evaluation.calibration(p, tree.targets([t] for t in labels) == YES)
    truth = [a.topics[0] for a in train]
    before, after = (
        evaluation.label_figures(truth, scores, topics=tree.columns).accuracy
        for scores in (fitted.decision, fitted.held_out)
    )
    lines += ["", f"Calibration error on test-a {shown(curve)}. Best topic of articles of train that a fold had not"]
    lines += [f"seen: {100 * before:.2f} % right by the values before calibration, {100 * after:.2f} % after it."]
    return lines


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


def decided(model: Model, p: np.ndarray) -> np.ndarray:
    """Return which topics are given."""
    return model.decide(p)


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
        said["given"][here] = decided(model, said["p"][here])
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


def drift(data: pathlib.Path, sample: int) -> list[str]:
    """Judge the recipe without recent articles on them."""
    say("drift")
    rows = released.gather(data, taxonomy=TREE)
    model = released.fit(rows[rows.source != "news-2024"], taxonomy=TREE).model
    test = corpus.read(data / "news-2024/dev.jsonl.xz")[::sample]
    truth = sections_of("news-2024", [a.topics[0] for a in test])
    guess = best_of(model.probabilities([as_text(a) for a in test]), truth)
    lines = [f"Fitted without news-2024: {100 * float((guess == truth).mean()):.2f} % of {len(test):,}.", ""]
    lines += head("section", "recall", "most often taken for")
    for column in np.unique(truth):
        taken = np.bincount(guess[truth == column], minlength=len(TREE.columns))
        recall = taken[column] / taken.sum()
        taken[column] = 0
        lines.append(row(TREE.columns[column], f"{100 * recall:.1f}", TREE.columns[int(taken.argmax())]))
    return lines


def silver(data: pathlib.Path, sample: int) -> list[str]:
    """Judge the released model on articles found by keywords, and on test-a."""
    say("silver")
    model, column = recsys.load(), TREE.columns.index("an-ninh-mang")
    known = {s for f in released.FILES.values() for a in corpus.stream(data / f, labelled=False) for s in _sentences(a)}
    found = corpus.read(data / released.HINTS, labelled=False)
    fresh = [a for a in found if len(_sentences(a) & known) < SHARED]
    recall = float(model.decide(model.topic_probabilities(fresh))[:, column].mean())
    test = training.read_all(data / "vntc/test-a.jsonl.xz")[::sample]
    p = model.topic_probabilities(test)
    other = np.array([a.topics[0] != "vi-tinh" for a in test])
    false = float(model.decide(p)[other, column].mean())
    truth = sections_of("vntc", [a.topics[0] for a in test])
    bare = model.topic_probabilities([strip_diacritics(as_text(a)) for a in test])
    return [
        *head("the released model", ""),
        row(f"recall of an-ninh-mang on {len(fresh)} of {len(found)} silver articles not in training", f"{recall:.3f}"),
        row(f"test-a outside vi-tinh tagged an-ninh-mang ({int(other.sum()):,})", f"{100 * false:.2f} %"),
        row("sections of test-a, accuracy", f"{100 * float((best_of(p, truth) == truth).mean()):.2f} %"),
        row("the same, stripped", f"{100 * float((best_of(bare, truth) == truth).mean()):.2f} %"),
    ]


def _sentences(article: Article) -> set[str]:
    """Return the letters of each longer sentence: an article is known by those it shares."""
    parts = re.split(r"[.!?…\n]", f"{article.title}\n{article.lead}\n{article.body}".lower())
    return {letters for part in parts if len(letters := re.sub(r"\W", "", part)) >= 40}


def twenty(data: pathlib.Path, sample: int) -> list[str]:
    """Show the released model's tags for articles that tempt it."""
    say("twenty")
    articles = corpus.read(ROOT / "data/twenty.jsonl")
    lines = ["| article | should be | is tagged |", "|---|---|---|"]
    model = recsys.load()
    truth, guess = [], []
    for article, tags in zip(articles, model.tag_many(articles), strict=True):
        given = ", ".join(f"{t.topic} {t.probability:.2f}" for t in tags) or "-"
        lines.append(row(article.id, ", ".join(article.topics), given))
        truth.append(article.topics)
        guess.append([t.topic for t in tags])
    y, g = TREE.targets(truth) == YES, TREE.targets(guess) == YES
    found = evaluation.tag_figures(y, g, topics=TREE.columns)
    return [*lines, "", f"Micro-F1 {found.micro.f1:.3f}, precision {found.micro.precision:.3f}."]


PARTS = {"vntc": vntc, "released": recipe, "drift": drift, "silver": silver, "twenty": twenty}


def sections(text: str) -> dict[str, str]:
    """Return the sections of a Markdown file by their headings."""
    parts = re.split(r"^## (.+)\n", text, flags=re.MULTILINE)[1:]
    return {name.strip(): body.strip() for name, body in zip(parts[::2], parts[1::2], strict=True)}


def main() -> None:
    """Run the parts asked for, print and write them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--part", action="append", choices=PARTS, help="run this one only; may be repeated")
    parser.add_argument("--sample", type=int, default=1, help="judge every n-th test article only")
    args = parser.parse_args()
    written = sections(RESULT.read_text("utf-8")) if RESULT.exists() else {}
    for name in args.part or PARTS:
        written[name] = "\n".join(PARTS[name](args.data, args.sample))
        print(f"\n## {name}\n\n{written[name]}", flush=True)
        bodies = [f"## {part}\n\n{written[part]}\n" for part in PARTS if part in written]
        note = "Written by `python benchmarks/topics.py DATA`; what each part is, its first lines say."
        RESULT.write_text("\n".join(["# Topics", "", note, "", *bodies]), encoding="utf-8")


if __name__ == "__main__":
    main()
