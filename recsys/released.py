"""The released topic model: which corpora, what each weighs, and how the answers of papers and of the guide meet.

Three kinds of answers are fitted together, each on the rows that give them:

- *topics*, as the labelling guide has them: the built-in corpus, real articles annotated by the guide (all topics
  known), sections of recent news;
- *news*: the section under which today's papers file an article, *archive*: the one of 2003-2007. Papers and guide
  differ (welfare is "lifestyle" in one, society in the other), so these are experts of their own;
- two *gates* that tell which expert knows an article: old from new, and whole articles of papers from headlines and
  the built-in fiction.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from recsys import calibration, corpus, svm
from recsys.article import Article
from recsys.corpus import grouped_folds
from recsys.errors import CorpusError
from recsys.storage import builtin
from recsys.taxonomy import NO, UNKNOWN, YES, LabelMapping, Taxonomy
from recsys.tfidf import Tfidf
from recsys.topic_fitting import Fitted, Progress
from recsys.topics import FORMS, Expert, LinearTable, TopicModel, children, to_probabilities

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Array = NDArray[Any]

FILES = {
    "vntc": "vntc/train.jsonl.xz",
    "news-2020": "news-2020/train.jsonl.xz",
    "news-2024": "news-2024/dev.jsonl.xz",
    "headlines-2026": "headlines-2026.jsonl.xz",
}
HINTS, HINT = "cyber-silver.jsonl.xz", "an-ninh-mang"  # found by keywords: one topic certain, the others unknown
HEAD = 100  # characters by which an article is known again
SAMPLED = {"news-2020": 6000, "headlines-2026": 6000}  # annotated rows come on top
TERMS = {"folded": 100_000, "bare": 70_000}
GUIDE = 4.0
SCARCE = ("the-gioi", "khoa-hoc", "xe")  # sections that news-2024 lacks
USE = {"starter": 4.0, "news-2024": 2.0, "headlines-2026": 2.0, "news-2020": 0.5, "vntc": 0.5}
N_FOLDS = 5
ARCHIVE_MARGIN = 0.6  # a text must be that clearly old before the archive is asked


@dataclass
class Rows:
    """Texts with their sources, groups, and what is known of each: by the guide, by the paper."""

    texts: list[str]
    source: Array
    group: Array
    guide: Array  # int8 (n, n_topics), -1 unknown
    paper: Array  # int8 (n, n_topics), -1 unknown

    def __getitem__(self, kept: Array) -> Rows:
        kept = np.flatnonzero(kept) if kept.dtype == bool else kept
        texts = [self.texts[i] for i in kept]
        return Rows(texts, self.source[kept], self.group[kept], self.guide[kept], self.paper[kept])


def gather(data: str | Path, *, taxonomy: Taxonomy, seed: int = 0) -> Rows:
    """Read every corpus of the released model from a data folder, and the built-in corpus.

    Raises
    ------
    CorpusError
        A file that is missing; files named test are never read.
    """
    for file in (*FILES.values(), HINTS):
        if not (Path(data) / file).exists():
            needed = ", ".join((*FILES.values(), HINTS))
            raise CorpusError(f"{Path(data) / file}: no such file; the released model is fitted on {needed}")
    annotations = read_annotations()
    hints = {text.strip()[:HEAD] for text in _texts(corpus.stream(Path(data) / HINTS, labelled=False))}
    rng = np.random.default_rng(seed)
    parts = [_starter(taxonomy)]
    for name, file in FILES.items():
        articles = list(corpus.stream(Path(data) / file, labelled=False))
        given = [annotations.get((file.removesuffix(".jsonl.xz"), a.id)) for a in articles]
        hinted = [text.strip()[:HEAD] in hints for text in _texts(articles)]
        kept = _chosen(articles, given, hinted=hinted, limit=SAMPLED.get(name), rng=rng)
        mapping = LabelMapping.from_file(name, taxonomy=taxonomy)
        part = _part([articles[i] for i in kept], [given[i] for i in kept], name=name, mapping=mapping)
        told = [place for place, i in enumerate(kept) if hinted[i] and given[i] is None]
        part.guide[told] = np.where(taxonomy.targets([[HINT]]) == YES, YES, UNKNOWN)
        parts.append(part)
    return Rows(
        [text for part in parts for text in part.texts],
        *(np.concatenate([getattr(part, f) for part in parts]) for f in ("source", "group", "guide", "paper")),
    )


def read_annotations(path: str | Path | None = None) -> dict[tuple[str, str], list[str]]:
    """Return the topics given by hand to real articles, by (corpus, id)."""
    path = Path(path) if path is not None else builtin("data/annotations.jsonl")
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return {(row["corpus"], row["id"]): row["topics"] for row in rows}


def fit(rows: Rows, *, taxonomy: Taxonomy, seed: int = 0, progress: Progress | None = None) -> Fitted:
    """Fit the released topic model: weights of one byte, two forms of text, experts for the main section."""
    tell = progress or (lambda step, share: None)
    topics = taxonomy.columns
    Y, costs, experts = problem(rows, taxonomy=taxonomy)
    family = children(topics, taxonomy.parents)
    truth, counts = calibration_set(rows, taxonomy=taxonomy)
    tables, decisions, held_out = {}, {}, np.zeros(truth.shape, np.float32)
    for place, form in enumerate(FORMS):
        tell(f"released topics ({form})", place / len(FORMS))
        tfidf = Tfidf.fit(rows.texts, min_df=3, form=form)
        X = tfidf.transform(rows.texts)
        tfidf = _most_used(tfidf, X, rows.source, keep=TERMS[form])
        X = tfidf.transform(rows.texts)
        coef, intercept = svm.fit(X, Y, costs, seed=seed, max_epochs=10)
        decision = decisions[form] = _out_of_fold(X, Y[:, : len(topics)], costs[:, : len(topics)], rows=rows, seed=seed)
        intercept[experts[0].gate] -= ARCHIVE_MARGIN
        slope, shift = np.ones(len(intercept)), np.zeros(len(intercept))
        for k in range(len(topics)):
            seen = (truth[:, k] != UNKNOWN) & (counts > 0)
            slope[k], shift[k] = calibration.platt(decision[seen, k], truth[seen, k], weights=counts[seen])
        tables[form] = LinearTable(
            tfidf, (coef * slope).astype(np.float32), (intercept * slope + shift).astype(np.float32)
        )
        if form == "folded":
            logits = (decision * slope[: len(topics)] + shift[: len(topics)]).astype(np.float32)
            held_out = to_probabilities(logits, family=family, exclusive=False)
    guided = (rows.guide != UNKNOWN).all(axis=1)
    weight = np.where(guided, np.where(rows.source == "starter", 4.0, 0.5), 0.0)
    model = TopicModel(
        topics,
        parents=taxonomy.parents,
        tables=tables,
        thresholds=calibration.best_thresholds(held_out, truth, weights=weight),
        experts=experts,
    )
    tell("released topics", 1.0)
    return Fitted(model.quantized(), held_out, decisions["folded"])


def _most_used(tfidf: Tfidf, X: csr_matrix, source: Array, *, keep: int) -> Tfidf:
    """Return ``tfidf`` with the terms of most documents, those of each source counted as often as USE says.

    Labels play no part: terms chosen by the weights of all rows would let folds see what they must not.
    """
    use = np.array([USE[name] for name in source.tolist()], np.float32)
    counts = np.bincount(X.indices, weights=np.repeat(use, np.diff(X.indptr)), minlength=X.shape[1])
    kept = np.sort(np.argsort(-counts, kind="stable")[:keep])
    return Tfidf(tfidf.keys[kept], tfidf.idf[kept], ngrams=tfidf.ngrams, form=tfidf.form)


def problem(rows: Rows, *, taxonomy: Taxonomy) -> tuple[Array, Array, list[Expert]]:
    """Return (Y, costs, experts): columns are the topics, then each expert's sections, then the gates."""
    topics, sections = taxonomy.columns, [taxonomy.columns.index(s) for s in taxonomy.sections]
    of = {name: rows.source == name for name in {*FILES, "starter"}}
    guided = (rows.guide != UNKNOWN).all(axis=1)
    papers = of["news-2024"] if of["news-2024"].any() else of["news-2020"]
    answers = _topic_answers(rows, guided=guided, of=of, topics=topics)
    news = _news_answers(rows, papers=papers, taxonomy=taxonomy)
    archive, told = _archive_answers(rows, sections)
    gates = _gates(of, papers=papers)
    weight = np.where(of["news-2024"], 0.5, np.where(of["news-2020"], 0.1, 0.0))
    weight = np.where(guided, GUIDE, np.where(_hinted(rows), 1.0, weight))[:, None]
    per_source = np.where(papers, 3.0, np.where(of["headlines-2026"], 0.15, 0.5))[:, None]
    costs = [
        svm.balanced(answers) * weight,
        svm.balanced(news) ** 0.5 * per_source,
        svm.balanced(archive),
        svm.balanced(gates) * np.where(papers, 6.0, 3.0)[:, None],
    ]
    first, second = len(topics), len(topics) + len(sections)
    experts = [
        Expert(second + len(told), {column: second + i for i, column in enumerate(told)}),
        Expert(second + len(told) + 1, {column: first + i for i, column in enumerate(sections)}),
    ]
    Y = np.hstack([answers, news, archive, gates]).astype(np.int8)
    return Y, np.maximum(np.hstack(costs), 1e-6).astype(np.float32), experts


def _archive_answers(rows: Rows, sections: Sequence[int]) -> tuple[Array, list[int]]:
    """Return the sections of the papers of 2003-2007, and the columns of those that they have."""
    old = rows.source == "vntc"
    told = [column for column in sections if (rows.paper[old, column] == YES).any()]
    answers = np.where(rows.paper[:, told] == YES, YES, NO).astype(np.int8)
    answers[~old] = UNKNOWN
    return answers, told


def _gates(of: dict[str, Array], *, papers: Array) -> Array:
    """Return (is it old, is it a whole article of a paper) for the rows that teach it."""
    gates = np.full((len(papers), 2), UNKNOWN, np.int8)
    written = of["starter"] | of["headlines-2026"]
    gates[of["vntc"], 0], gates[papers | written, 0] = YES, NO
    gates[papers, 1], gates[written, 1] = YES, NO
    return gates


def calibration_set(rows: Rows, *, taxonomy: Taxonomy) -> tuple[Array, Array]:
    """Return (truth, counts): the guide where it spoke, and the section under which a paper of today filed the same."""
    guided = (rows.guide != UNKNOWN).all(axis=1)
    truth = np.where(guided[:, None], _joined(rows), UNKNOWN).astype(np.int8)
    return truth, guided.astype(float)


def _joined(rows: Rows) -> Array:
    """Return the guide's answers; a topic is given where an editor would file the article, and one of 2024 did."""
    filed: Array = (rows.paper == YES) & (rows.source == "news-2024")[:, None]
    return np.where(filed, YES, rows.guide)


def _news_answers(rows: Rows, *, papers: Array, taxonomy: Taxonomy) -> Array:
    """Return the sections of today's papers; those that these lack are learned from earlier ones, cars as no-one's."""
    columns = [taxonomy.columns.index(s) for s in taxonomy.sections]
    scarce = np.isin(taxonomy.sections, SCARCE)
    answers = rows.paper[:, columns].copy()
    answers[(rows.source == "vntc") | (rows.source == "starter")] = UNKNOWN
    earlier = (rows.source == "news-2020") & ~papers
    answers[np.ix_(earlier, ~scarce)] = UNKNOWN
    answers[np.ix_(rows.source == "news-2024", scarce)] = UNKNOWN
    answers[rows.source == "news-2024", taxonomy.sections.index("xe")] = NO
    return answers


def _hinted(rows: Rows) -> Array:
    """Return which rows are known to carry a topic while their others are not known, bool (n,)."""
    known: Array = (rows.guide != UNKNOWN).any(axis=1) & (rows.guide == UNKNOWN).any(axis=1)
    return known


def _topic_answers(rows: Rows, *, guided: Array, of: dict[str, Array], topics: Sequence[str]) -> Array:
    """Return what trains the topics: the guide, sections of recent news (joined), xe of 2020."""
    answers = np.full(rows.guide.shape, UNKNOWN, np.int8)
    recent = of["news-2024"]
    answers[recent] = rows.paper[recent]
    cars = topics.index("xe")
    answers[of["news-2020"], cars] = rows.paper[of["news-2020"], cars]
    answers[guided] = _joined(rows)[guided]
    hinted = _hinted(rows)
    answers[hinted] = np.where(rows.guide[hinted] == YES, YES, answers[hinted])
    return answers


def _out_of_fold(X: csr_matrix, Y: Array, costs: Array, *, rows: Rows, seed: int) -> Array:
    """Return decisions on topics for the rows of calibration, each from a fold that had not seen its group."""
    judged = (Y != UNKNOWN).any(axis=1)
    folds = grouped_folds(rows.group, N_FOLDS, seed=seed)
    decision = np.zeros(Y.shape, np.float32)
    for fold in range(N_FOLDS):
        train, test = np.flatnonzero(judged & (folds != fold)), np.flatnonzero(judged & (folds == fold))
        coef, intercept = svm.fit(X[train], Y[train], costs[train], seed=seed, max_epochs=10)
        decision[test] = X[test] @ coef + intercept
    return decision


def _starter(taxonomy: Taxonomy) -> Rows:
    articles = [*corpus.starter(), *corpus.extra()]
    guide = taxonomy.targets(a.topics for a in articles)
    groups = np.array([f"starter:{a.story or a.id}" for a in articles])
    return Rows(_texts(articles), np.full(len(articles), "starter", "U16"), groups, guide, np.full_like(guide, UNKNOWN))


def _part(articles: Sequence[Article], given: Sequence[list[str] | None], *, name: str, mapping: LabelMapping) -> Rows:
    paper = np.full((len(articles), mapping.width), UNKNOWN, np.int8)
    labelled = [i for i, a in enumerate(articles) if a.topics]
    paper[labelled] = mapping.targets(articles[i].topics for i in labelled)
    guide = np.full_like(paper, UNKNOWN)
    hand = [i for i, topics in enumerate(given) if topics is not None]
    guide[hand] = mapping.taxonomy.targets(given[i] or () for i in hand)
    texts = _texts(articles)
    groups = np.array([f"{name}:{text.strip()[:40].lower()}" for text in texts])  # an article printed twice: one group
    return Rows(texts, np.full(len(articles), name, "U16"), groups, guide, paper)


def _chosen(
    articles: Sequence[Article],
    given: Sequence[list[str] | None],
    *,
    hinted: Sequence[bool],
    limit: int | None,
    rng: np.random.Generator,
) -> list[int]:
    """Return the places of articles to keep: those annotated or hinted at, and ``limit`` of those with one label."""
    single = np.array([i for i, a in enumerate(articles) if len(a.topics) == 1 and given[i] is None], np.int64)
    if limit is not None and len(single) > limit:
        single = rng.choice(single, limit, replace=False)
    told = {i for i, topics in enumerate(given) if topics is not None or hinted[i]}
    return sorted(told | set(single.tolist()))


def _texts(articles: Iterable[Article]) -> list[str]:
    return ["\n".join((a.title, a.lead, a.body)) for a in articles]
