"""What belongs beside the article: every collection measured by a ranker that never saw it.

    python benchmarks/related.py DATA_DIR [--lists FILE] [--slow] [--learn]

Weights and vectors of terms are the released model's, learned from background news that no collection is part of
(``--learn``: anew). DATA_DIR holds ``related/*-dev.jsonl.xz`` and the background news (see ``BACKGROUND``). Prints a
table, and writes it with a precision-recall picture and a reliability diagram to ``benchmarks/results``.
"""

from __future__ import annotations

import argparse
import itertools
import pathlib
import time
import timeit
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import related_peers as peers

from recsys import features, metrics
from recsys.article import Article
from recsys.index import HeadlineIndex
from recsys.likeness import Likeness
from recsys.ranking import Ranker
from recsys.recommender import released
from recsys.related_data import Collection, drawn, fit_drawn, judged_lists, read_collections, read_news
from recsys.samples import JudgedList, Sample

RESULTS = pathlib.Path(__file__).parent / "results"
Parts = Mapping[str, Mapping[str, Sample]]
FOLDS = 4
SEED = 0


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    collection: str
    method: str
    figures: metrics.RelatedFigures
    ms: float
    archive_ndcg: float | None = None

    def __str__(self) -> str:
        f = self.figures
        archive = "-" if self.archive_ndcg is None else f"{self.archive_ndcg:.3f}"
        decided = "- | - | - | -"
        if f.list_chances.size and self.method.startswith("recsys"):
            decided = (
                f"{f.list_precision:.3f} | {f.list_recall:.3f} | {f.list_f1:.3f} | {f.kept_where_none_belongs:.2f}"
            )
        return (
            f"| {self.collection} | {self.method} | {f.ndcg_at_10:.3f} | {f.mean_average_precision:.3f} | "
            f"{f.p_at_1:.3f} | {f.pooled_ap:.3f} | {archive} | {decided} | {self.ms:.1f} |"
        )


HEAD = (
    "| collection | method | nDCG@10 | MAP | P@1 | pooled AP | archive nDCG@10 | precision | recall | F1 | "
    "kept where none belongs | ms a query |\n|" + "---|" * 12
)


def measured(collection: Collection, method: str, judged: metrics.Judged) -> Row:
    """Run the protocol with one method."""
    start = time.perf_counter()
    figures = metrics.measure(judged, collection.relevant, collection.own, size=len(collection.headlines), seed=SEED)
    seconds = time.perf_counter() - start
    return Row(collection.name, method, figures, 1000 * seconds / len(collection.relevant))


def by_ranker(collection: Collection, ranker: Ranker) -> metrics.Judged:
    """Return the ranker as the protocol wants it."""
    titles = [h.title for h in collection.headlines]
    dates = [h.published for h in collection.headlines]

    def judged(query: int, candidates: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        story = features.read_article(collection.articles[query], ranker.likeness)
        read = features.read_headlines([titles[i] for i in candidates], [dates[i] for i in candidates])
        _, chances, belongs = ranker.judged(story, read)
        return chances, belongs

    return judged


def archive_ndcg(collection: Collection, ranker: Ranker) -> float:
    """Return nDCG@10 of searching an index of whole articles."""
    index = HeadlineIndex(ranker)
    index.add(replace(a, id=str(i)) for i, a in enumerate(collection.articles))
    gains = []
    for i, article in enumerate(collection.articles):
        if true := collection.relevant[i]:
            found = [int(r.id) for r in index.search(replace(article, id=str(i)), k=20)]
            gains.append(metrics.ndcg(np.isin(found, list(true)).astype(float), len(true)))
    return float(np.mean(gains))


def rows(
    collections: Sequence[Collection], likeness: Likeness, lists: Sequence[JudgedList], parts: Parts, slow: bool
) -> Iterator[Row]:
    """Yield the lines of the table: each collection by a ranker fitted on the others."""
    for held in collections:
        if held.name == "starter":
            continue
        for name, baseline in peers.baselines(held, likeness).items():
            yield measured(held, name, baseline)
        ranker = fit_drawn([part for name, part in parts.items() if name != held.name], likeness, lists)
        row = measured(held, "recsys", by_ranker(held, ranker))
        yield row if held.pool is not None else replace(row, archive_ndcg=archive_ndcg(held, ranker))
        if slow:
            others = [c for c in collections if c.name in parts and c.name != held.name]
            yield measured(held, "LSA 500 + gradient boosting", peers.boosted(held, others, likeness, seed=SEED))


def list_figures(parts: Parts, likeness: Likeness, lists: Sequence[JudgedList]) -> str:
    """Return the figures on lists judged by hand, four-fold by article."""
    decided, truth, kept, chances = [], [], [], []
    for fold in range(FOLDS):
        ranker = fit_drawn(parts.values(), likeness, [x for n, x in enumerate(lists) if n % FOLDS != fold])
        for judged in lists[fold::FOLDS]:
            story = features.read_article(judged.article, likeness)
            _, chance, belongs = ranker.judged(story, features.read_headlines(judged.headlines))
            decided.append(belongs)
            chances.append(chance)
            truth.append(np.array(judged.belongs, bool))
            if not any(judged.belongs):
                kept.append(int(belongs.sum()))
    true = np.concatenate(truth)
    p, r, f1 = metrics.precision_recall_f1(np.concatenate(decided), true)
    ap = metrics.average_precision(np.concatenate(chances), true)
    error = metrics.calibration_error(np.concatenate(chances), true)
    return (
        f"Lists written by hand to mislead ({len(lists)}, four-fold by article): precision {p:.3f}, recall {r:.3f}, "
        f"F1 {f1:.3f}, pooled AP {ap:.3f}, calibration error {error:.3f}; kept where none belongs {np.mean(kept):.2f}."
    )


def pictures(table: Sequence[Row]) -> None:
    """Draw precision against recall, and probability against truth, of the lists."""
    import matplotlib

    matplotlib.use("agg")
    from matplotlib import pyplot

    drawings: list[tuple[str, Callable[[Row], tuple[np.ndarray, np.ndarray]], str, str]] = [
        ("precision-recall", _curve, "recall", "precision"),
        ("reliability", _reliability, "probability", "share that belongs"),
    ]
    for name, points, x, y in drawings:
        figure, axes = pyplot.subplots(figsize=(5, 4), layout="constrained")
        for row in table:
            if row.method == "recsys":
                axes.plot(*points(row), label=row.collection, marker="." if name == "reliability" else "")
        if name == "reliability":
            axes.plot([0, 1], [0, 1], color="grey", linewidth=0.5)
        axes.set(xlabel=x, ylabel=y, xlim=(0, 1), ylim=(0, 1), title="headlines as they stand beside articles")
        axes.legend()
        figure.savefig(RESULTS / f"related-{name}.png", dpi=120)


def _curve(row: Row) -> tuple[np.ndarray, np.ndarray]:
    precision, recall = metrics.precision_recall(row.figures.list_chances, row.figures.list_truth)
    return recall, precision


def _reliability(row: Row) -> tuple[np.ndarray, np.ndarray]:
    mean, share, _ = metrics.reliability(row.figures.list_chances, row.figures.list_truth)
    return mean, share


def speed(likeness: Likeness, ranker: Ranker, news: Iterator[Article]) -> str:
    """Return how long 1,000 headlines never seen take, the article read anew each time."""
    heads = list(itertools.islice((a for a in news if a.title), 1_000))
    article = max(heads, key=lambda a: len(a.lead))
    article = replace(article, body="\n".join(a.lead for a in heads[:8]))
    titles = [h.title for h in heads]

    def judge() -> None:
        ranker.judged(features.read_article(article, likeness), features.read_headlines(titles))

    judged, ranked = (
        min(timeit.repeat(work, number=1, repeat=20)) for work in (judge, lambda: ranker.rank(article, heads))
    )
    return f"1,000 headlines never seen: {1000 * judged:.1f} ms to judge, {1000 * ranked:.1f} ms with reasons."


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--lists", type=pathlib.Path, help="JSONL: title, lead, body, candidates [{headline, belongs}]")
    parser.add_argument("--slow", action="store_true", help="also the slower upper reference")
    parser.add_argument("--learn", action="store_true", help="learn weights and vectors of terms anew")
    args = parser.parse_args()
    lists = judged_lists(args.lists) if args.lists else []
    collections = read_collections(args.data)
    likeness = Likeness.fit(read_news(args.data), seed=SEED) if args.learn else released().ranker.likeness
    print(HEAD)
    table = []
    parts = drawn([c for c in collections if c.pool is None], likeness, seed=SEED)
    for row in rows(collections, likeness, lists, parts, args.slow):
        print(row, flush=True)
        table.append(row)
    notes = [speed(likeness, fit_drawn(parts.values(), likeness, lists), read_news(args.data))]
    if lists:
        notes.append(list_figures(parts, likeness, lists))
    print("", *notes, sep="\n")
    RESULTS.mkdir(exist_ok=True)
    text = [
        "# What belongs beside the article",
        "",
        "`python benchmarks/related.py DATA_DIR --lists FILE --slow`: each collection by a ranker fitted on others.",
        "",
        HEAD,
        *map(str, table),
        "",
        *notes,
        "",
    ]
    (RESULTS / "related.md").write_text("\n".join(text), encoding="utf-8")
    pictures(table)


if __name__ == "__main__":
    main()
