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
import pathlib
import re
from collections.abc import Callable

import numpy as np
from topics_released import TREE, best_of, head, recipe, row, say, sections_of, shown

import recsys
from recsys import corpus, evaluation, released, svm, training
from recsys.article import Article
from recsys.corpus import as_text
from recsys.taxonomy import YES, LabelMapping
from recsys.text import strip_diacritics
from recsys.tfidf import Tfidf

ROOT = pathlib.Path(__file__).parents[1]
RESULT = ROOT / "benchmarks" / "results" / "topics.md"
SHARED = 2  # sentences in common that make two articles one
HEADLINE = 12  # words that stand for a headline in VNTC, whose titles run into the text


def half_stripped(text: str) -> str:
    """Return a text with every other sentence stripped of its diacritics."""
    sentences = re.split(r"(?<=[.!?…])\s+", text)
    return " ".join(strip_diacritics(s) if i % 2 else s for i, s in enumerate(sentences))


def vntc(data: pathlib.Path, sample: int) -> list[str]:
    """Fit on VNTC alone and judge every way of writing."""
    train = training.read_all(data / "vntc/train.jsonl.xz")
    test = training.read_all(data / "vntc/test-a.jsonl.xz")[::sample]
    tree, fitted = training.fit_topics(train, progress=lambda step, share: say(f"vntc: {step}"))
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


def drift(data: pathlib.Path, sample: int) -> list[str]:
    """Judge what knows no recent paper on one: the released recipe without news-2024, and two plain classifiers."""
    say("drift")
    rows = released.gather(data, taxonomy=TREE)
    model = released.fit(rows[rows.source != "news-2024"], taxonomy=TREE).model
    test = corpus.read(data / "news-2024/dev.jsonl.xz")[::sample]
    texts, truth = [as_text(a) for a in test], sections_of("news-2024", [a.topics[0] for a in test])
    guess = {"the released recipe": best_of(model.probabilities(texts), truth)}
    columns = [TREE.columns.index(s) for s in TREE.sections]
    guided = np.flatnonzero((rows.guide >= 0).all(axis=1) & (rows.source != "news-2024"))
    paper = corpus.read(data / "news-2020/train.jsonl.xz")
    answers = LabelMapping.from_file("news-2020", taxonomy=TREE).targets(a.topics for a in paper)[:, columns]
    both = [place for place, name in enumerate(TREE.sections) if name == "cong-nghe"]
    answers[np.ix_([a.topics == ("khoa-hoc-cong-nghe",) for a in paper], both)] = YES  # "science and technology"
    said = {
        "news-2020": plain([as_text(a) for a in paper], answers, texts),
        "articles labelled by the guide": plain([rows.texts[i] for i in guided], rows.guide[guided][:, columns], texts),
    }
    said["both, added"] = sum(said.values())
    for name, decision in said.items():
        full = np.full((len(test), len(TREE.columns)), -np.inf, np.float32)
        full[:, columns] = decision
        guess[f"one classifier: {name}"] = best_of(full, truth)
    lines = head(f"fitted without news-2024, {len(test):,} articles of it", "accuracy")
    lines += [row(name, f"{100 * float((g == truth).mean()):.2f}") for name, g in guess.items()]
    lines += ["", *head("section (both, added)", "recall", "most often taken for")]
    best = guess["one classifier: both, added"]
    for column in np.unique(truth):
        taken = np.bincount(best[truth == column], minlength=len(TREE.columns))
        recall = taken[column] / taken.sum()
        taken[column] = 0
        lines.append(row(TREE.columns[column], f"{100 * recall:.1f}", TREE.columns[int(taken.argmax())]))
    return lines


def plain(texts: list[str], answers: np.ndarray, asked: list[str]) -> np.ndarray:
    """Return the decisions of a linear classifier on sections, fitted where answers are known."""
    weighting = Tfidf.fit(texts, min_df=3)
    coef, intercept = svm.fit(weighting.transform(texts), answers, svm.balanced(answers) ** 0.5, max_epochs=8)
    decision: np.ndarray = weighting.transform(asked) @ coef + intercept
    return decision


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
    for name in args.part or PARTS:
        found = "\n".join(PARTS[name](args.data, args.sample))
        written = (sections(RESULT.read_text("utf-8")) if RESULT.exists() else {}) | {name: found}
        print(f"\n## {name}\n\n{written[name]}", flush=True)
        bodies = [f"## {part}\n\n{written[part]}\n" for part in PARTS if part in written]
        note = "Written by `python benchmarks/topics.py DATA`; what each part is, its first lines say."
        RESULT.write_text("\n".join(["# Topics", "", note, "", *bodies]), encoding="utf-8")


if __name__ == "__main__":
    main()
