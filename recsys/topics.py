"""The topic classifier: linear over syllable n-grams, multi-label, calibrated, able to abstain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from recsys import text as texts_
from recsys import topic_kernels
from recsys.batches import mapped
from recsys.errors import InputError, ModelError
from recsys.keyterms import segmented
from recsys.terms import frozen
from recsys.tfidf import Scorer, Tfidf

Array = NDArray[Any]

FORMS = ("folded", "bare")


class LinearTable:
    """One form of text -> logits: ``tfidf(text) @ coef + intercept``.

    Parameters
    ----------
    tfidf : Tfidf
    coef : float32, or int8 to be multiplied by ``scale``, (n_terms, n_topics)
    intercept : float32, (n_topics,)
    scale : float32, (n_topics,), optional
    """

    def __init__(self, tfidf: Tfidf, coef: Array, intercept: Array, *, scale: Array | None = None) -> None:
        if coef.ndim != 2 or coef.shape != (len(tfidf.keys), len(intercept)):
            raise ModelError(
                f"weights must have shape ({len(tfidf.keys)}, {len(intercept)}), got {coef.shape}; save the model again"
            )
        self.tfidf = tfidf
        self.coef = frozen(coef)
        self.intercept = np.asarray(intercept, np.float32)
        self.scale = None if scale is None else np.asarray(scale, np.float32)
        self._scorer = Scorer(
            tfidf.keys, tfidf.idf, self.coef, self.intercept, scale=self.scale, ngrams=tfidf.ngrams, form=tfidf.form
        )

    def quantized(self) -> LinearTable:
        """Return the table with weights of one byte, scaled per topic."""
        weights = self.coef if self.scale is None else self.coef * self.scale
        scale = np.maximum(np.abs(weights).max(axis=0, initial=0.0), 1e-9) / 127.0
        return LinearTable(
            self.tfidf, np.round(weights / scale).astype(np.int8), self.intercept, scale=scale.astype(np.float32)
        )

    def scores(self, batch: list[str]) -> tuple[Array, Array]:
        """Return (logits float32 (n, n_topics), what each text holds), as ``Scorer.scores`` does."""
        return self._scorer.scores(batch)

    def evidence(self, text: str, column: int) -> tuple[Array, Array]:
        """Return (keys, contributions to the logit of a column) of the known terms of a text."""
        X = self.tfidf.transform([text], threads=1)
        scale = 1.0 if self.scale is None else self.scale[column]
        return self.tfidf.keys[X.indices], X.data * self.coef[X.indices, column] * scale


@dataclass(frozen=True)
class Expert:
    """Columns that know how papers of one kind file an article, and one that says whether it is of that kind.

    ``sections`` maps the column of a section to the expert's column for it; ``gate`` is a column, above 0: of the kind.
    """

    gate: int
    sections: Mapping[int, int]

    def columns(self, width: int) -> list[int]:
        """Return the expert's column for each of the first ``width`` columns, -1 where it has none."""
        return [self.sections.get(column, -1) for column in range(width)]


class TopicModel:
    """Calibrated probabilities of topics, and where to cut them.

    Each form of text has a table of weights: texts with diacritics are read by "folded", texts without by "bare",
    those in between by both. Calibration is folded into the weights, so the probability is the sigmoid of the logit
    (the softmax where exactly one topic holds). A section is at least as probable as each of its topics.

    Parameters
    ----------
    topics : sequence of str
        The columns, sections and topics.
    parents : mapping of str to str
        The section of each topic that has one.
    tables : mapping of form to LinearTable
    thresholds : float32, (n_topics,)
        A topic is given from this probability on.
    exclusive : bool
        Whether exactly one topic holds for an article of this corpus.
    experts : sequence of Expert
        Tables may have columns beyond the topics. The first expert whose gate opens says which section is the main
        one: that is given the probability of the likeliest section, where its own is less.
    words : bool
        Whether the terms are words, to be segmented first, instead of syllables.
    """

    def __init__(
        self,
        topics: Sequence[str],
        *,
        parents: Mapping[str, str],
        tables: Mapping[str, LinearTable],
        thresholds: Array,
        exclusive: bool = False,
        experts: Sequence[Expert] = (),
        words: bool = False,
    ) -> None:
        self.topics = list(topics)
        self.parents = dict(parents)
        self.tables = dict(tables)
        self.thresholds = frozen(np.asarray(thresholds, np.float32))
        self.exclusive = exclusive
        self.experts = tuple(experts)
        self.words = words
        self._family = _pairs(children(self.topics, self.parents))
        self._gates = frozen(np.array([expert.gate for expert in self.experts], np.int64))
        views = [expert.columns(len(self.topics)) for expert in self.experts]
        self._columns = frozen(np.array(views, np.int64).reshape(len(views), len(self.topics)))
        if set(self.tables) != set(FORMS):
            raise ModelError(f"a topic model needs the tables {', '.join(FORMS)}, got {', '.join(self.tables)}")
        widths = {len(table.intercept) for table in self.tables.values()}
        self.width = max(widths)
        if len(widths) > 1 or self.width < len(self.topics) or len(thresholds) != len(self.topics):
            raise ModelError(f"tables and thresholds must have {len(self.topics)} columns, one a topic")

    def probabilities(self, texts: Iterable[str], *, threads: int | None = None) -> NDArray[np.float32]:
        """Return calibrated probabilities, float32 (n, n_topics)."""
        parts = list(self.stream(texts, threads=threads))
        if not parts:
            return np.zeros((0, len(self.topics)), np.float32)
        return parts[0] if len(parts) == 1 else np.concatenate(parts)

    def stream(self, texts: Iterable[str], *, threads: int | None = None) -> Iterator[NDArray[np.float32]]:
        """Yield the rows of ``probabilities`` some at a time, while threads work on the next."""
        return mapped(self._batch, map(segmented, texts) if self.words else texts, threads=threads)

    def contributions(self, text: str, topic: str, *, n: int = 8) -> list[tuple[str, float]]:
        """Return the ``n`` terms of a text that speak most for a topic: (as read in the text, share of the logit).

        A syllable is left out where a longer term with it says more.
        """
        if topic not in self.topics:
            raise InputError(f"no topic {topic!r} in the model; it has {', '.join(self.topics)}")
        column = self.topics.index(topic)
        text = segmented(text) if self.words else text
        bare = float(self.bareness([text])[0])
        total: dict[str, float] = {}
        for form, share in (("folded", 1.0 - bare), ("bare", bare)):
            if share > 0:
                surface = surfaces(text, bare=form == "bare")
                for key, value in zip(*self.tables[form].evidence(text, column), strict=True):
                    term = surface.get(int(key))
                    if term:
                        term = term.replace("_", " ")
                        total[term] = total.get(term, 0.0) + share * float(value)
        chosen: list[tuple[str, float]] = []
        for term, value in sorted(total.items(), key=lambda item: (-item[1], item[0])):
            if value <= 0 or len(chosen) == n:
                break
            if not any(f" {term} " in f" {longer} " for longer, _ in chosen):
                chosen.append((term, value))
        return chosen

    def quantized(self) -> TopicModel:
        """Return the model with weights of one byte."""
        return TopicModel(
            self.topics,
            parents=self.parents,
            tables={form: table.quantized() for form, table in self.tables.items()},
            thresholds=self.thresholds,
            exclusive=self.exclusive,
            experts=self.experts,
            words=self.words,
        )

    def state(self) -> tuple[dict[str, Array], dict[str, Any]]:
        """Return what ``from_state`` needs: arrays, and the rest as JSON would have it."""
        arrays: dict[str, Array] = {"thresholds": self.thresholds}
        tfidf = {}
        for form, table in self.tables.items():
            parts, tfidf[form] = table.tfidf.state()
            parts |= {"coef": table.coef, "intercept": table.intercept}
            if table.scale is not None:
                parts["scale"] = table.scale
            arrays |= {f"{form}.{name}": array for name, array in parts.items()}
        experts = [
            {"gate": e.gate, "sections": [[int(s), int(c)] for s, c in e.sections.items()]} for e in self.experts
        ]
        meta = {"topics": self.topics, "parents": self.parents, "exclusive": self.exclusive}
        return arrays, meta | {"tfidf": tfidf, "experts": experts, "words": self.words}

    @classmethod
    def from_state(cls, arrays: Mapping[str, Array], meta: Mapping[str, Any]) -> Self:
        """Build from what ``state`` returned; arrays may be read-only memory maps."""
        try:
            tables = {}
            for form in FORMS:
                parts = {name.partition(".")[2]: a for name, a in arrays.items() if name.startswith(f"{form}.")}
                tfidf = Tfidf.from_state(parts, meta["tfidf"][form])
                tables[form] = LinearTable(tfidf, parts["coef"], parts["intercept"], scale=parts.get("scale"))
            return cls(
                meta["topics"],
                parents=meta["parents"],
                tables=tables,
                thresholds=arrays["thresholds"],
                exclusive=meta["exclusive"],
                experts=[Expert(e["gate"], dict(e["sections"])) for e in meta["experts"]],
                words=meta.get("words", False),
            )
        except KeyError as missing:
            raise ModelError(f"the topic part of a model must hold {missing}; save the model again") from missing

    def bareness(self, batch: list[str]) -> NDArray[np.float32]:
        """Return how far each text is to be read as one without diacritics, from 0 to 1."""
        bare: NDArray[np.float32] = topic_kernels.reading(self.tables["folded"].scores(batch)[1])[0]
        return bare

    def tags(self, p: NDArray[np.float32]) -> tuple[list[int], list[int], list[float]]:
        """Return (row, column, probability) of the topics given: by row, best first, the most specific ones."""
        rows, columns, found = topic_kernels.given(p, self.thresholds, self._family)
        return rows.tolist(), columns.tolist(), found.tolist()

    def _batch(self, batch: list[str]) -> NDArray[np.float32]:
        logits, holds = self.tables["folded"].scores(batch)
        bare, trust = topic_kernels.reading(holds)
        rows = bare.nonzero()[0]
        if len(rows):
            values, holds = self.tables["bare"].scores([batch[i] for i in rows])
            share = bare[rows]
            logits[rows] = logits[rows] * (1.0 - share[:, None]) + values * share[:, None]
            trust[rows] = trust[rows] * (1.0 - share) + topic_kernels.reading(holds)[1] * share
        p = topic_kernels.probabilities(logits, len(self.topics), self._family, self.exclusive)
        topic_kernels.put_main_section_first(p, logits, self._gates, self._columns, self._family)
        p *= trust[:, None]
        return p


def children(topics: Sequence[str], parents: Mapping[str, str]) -> list[tuple[int, int]]:
    """Return (column of a topic, column of its section) for every topic whose section is a column."""
    place = {topic: column for column, topic in enumerate(topics)}
    return [(place[t], place[parents[t]]) for t in topics if parents.get(t) in place]


def to_probabilities(logits: Array, *, family: Sequence[tuple[int, int]], exclusive: bool) -> NDArray[np.float32]:
    """Return probabilities of logits: sigmoid, or softmax where exactly one topic holds; sections lifted to topics."""
    result: NDArray[np.float32] = topic_kernels.probabilities(logits, logits.shape[1], _pairs(family), exclusive)
    return result


def _pairs(family: Sequence[tuple[int, int]]) -> Array:
    return frozen(np.array(family, np.int64).reshape(-1, 2))


def surfaces(text: str, *, bare: bool = False) -> dict[int, str]:
    """Return each one- or two-syllable term of a text by its key, as it is first written."""
    read = texts_.tokens(text)
    keys, words = (read.bare_keys if bare else read.keys), read.words()
    found: dict[int, str] = {}
    for key, word in zip(keys.tolist(), words, strict=True):
        found.setdefault(key, word)
    for key, left, right in zip(chained(keys[:-1], keys[1:]).tolist(), words, words[1:], strict=False):
        found.setdefault(key, f"{left} {right}")
    return found


def chained(left: Array, right: Array) -> Array:
    """Return the keys of two-syllable terms, as ``kernels.chained`` computes them, for arrays."""
    half = np.uint64(32)
    with np.errstate(over="ignore"):
        h = left * np.uint64(0x9E3779B97F4A7C15) + right
        h ^= h >> half
        h *= np.uint64(0xD6E8FEB86659FD93)
        h ^= h >> half
    h[h == 0] = 1
    result: Array = h
    return result
