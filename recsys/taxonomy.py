"""The topic tree, and what the labels of a corpus say about its topics."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from recsys.errors import CorpusError, InputError
from recsys.storage import builtin

YES, NO, UNKNOWN = 1, 0, -1


@dataclass(frozen=True, slots=True)
class Topic:
    """A node of the tree. A section is its own section ("" in a flat corpus); ``iptc`` is "" where no code is sure."""

    id: str
    vi: str
    en: str
    section: str
    iptc: str = ""


class Taxonomy:
    """A two-level tree: sections, and topics within them. A topic implies its section.

    Parameters
    ----------
    tree : mapping
        ``{"sections": [{"id", "vi", "en", "iptc"?, "topics": [{"id", "vi", "en", "iptc"?}]}]}``, or, for a corpus with
        labels of its own, ``{"labels": [...]}``: flat, without sections. The order is that of columns everywhere.
    """

    def __init__(self, tree: Mapping[str, Any]) -> None:
        self.tree = dict(tree)
        self.nodes: dict[str, Topic] = {}
        try:
            for label in tree.get("labels", ()):
                self._add(Topic(label, label, label, ""))
            for section in tree.get("sections", ()):
                self._add(_node(section, section["id"]))
                for topic in section["topics"]:
                    self._add(_node(topic, section["id"]))
        except (KeyError, TypeError, AttributeError) as error:
            raise CorpusError(
                f"topic tree: sections and topics need id, vi and en, and sections topics; {error}"
            ) from None
        self._column = {topic: place for place, topic in enumerate(self.nodes)}

    @classmethod
    def from_file(cls, path: str | Path | None = None) -> Self:
        """Read a tree from a JSON file; None is the built-in one."""
        path = Path(path) if path is not None else builtin("data/topics.json")
        try:
            return cls(json.loads(path.read_text("utf-8")))
        except (OSError, ValueError) as error:
            raise CorpusError(f"{path}: expected a topic tree in JSON, got {error}") from None

    @classmethod
    def for_labels(cls, labels: Iterable[str]) -> Self:
        """Return the tree for a corpus that uses ``labels``.

        The part of the built-in tree that they touch, where all of them stand in it; else a flat list of them.
        """
        labels = set(labels)
        full = cls.from_file()
        if not labels <= full.nodes.keys():
            return cls({"labels": sorted(labels)})
        kept = full.grown(labels)
        return cls(
            full.tree
            | {
                "sections": [
                    section | {"topics": [topic for topic in section["topics"] if topic["id"] in kept]}
                    for section in full.tree["sections"]
                    if section["id"] in kept
                ]
            }
        )

    @property
    def columns(self) -> list[str]:
        """Sections and topics, each section before its topics; the labels of a flat corpus."""
        return list(self.nodes)

    @property
    def sections(self) -> list[str]:
        """The sections."""
        return [node.id for node in self.nodes.values() if node.section == node.id]

    @cached_property
    def parents(self) -> dict[str, str]:
        """The section of each topic that lies in one."""
        return {node.id: node.section for node in self.nodes.values() if node.section not in ("", node.id)}

    def name(self, topic: str, language: str = "vi") -> str:
        """Return what people call a topic, in Vietnamese or ("en") English; the label itself in a flat corpus."""
        node = self[topic]
        return node.en if language == "en" else node.vi

    def section_of(self, topic: str) -> str:
        """Return the section of a topic; a section is its own, and a flat corpus has none ("")."""
        return self[topic].section

    def children(self, section: str) -> list[str]:
        """Return the topics of a section."""
        return [node.id for node in self.nodes.values() if node.section == section != node.id]

    def grown(self, topics: Iterable[str]) -> set[str]:
        """Return ``topics`` and the sections they imply."""
        return {t for topic in topics for t in (topic, self.section_of(topic)) if t}

    def __getitem__(self, topic: str) -> Topic:
        try:
            return self.nodes[topic]
        except KeyError:
            raise InputError(f"no topic {topic!r} in the tree; it has {', '.join(self.nodes)}") from None

    def __contains__(self, topic: object) -> bool:
        return topic in self.nodes

    def targets(self, labels: Iterable[Iterable[str]]) -> NDArray[np.int8]:
        """Return the rows (n, n_topics) of articles whose topics are all known: 1 where given or implied, else 0."""
        rows = []
        for topics in labels:
            row = np.zeros(len(self.nodes), np.int8)
            row[[self._column[topic] for topic in self.grown(topics)]] = YES
            rows.append(row)
        return np.array(rows, np.int8).reshape(len(rows), len(self.nodes))

    def _add(self, node: Topic) -> None:
        if node.id in self.nodes:
            raise CorpusError(f"topic tree: id {node.id!r} stands twice; ids must differ")
        self.nodes[node.id] = node

    def partial_targets(self, *, yes: Iterable[str] = (), unknown: Iterable[str] = ()) -> NDArray[np.int8]:
        """Return one row (n_topics,) of an article of which only this much is known.

        Yes goes up the tree: a topic makes its section certain. No goes down: an impossible section makes its topics
        impossible. Topics of a section that is certain or unknown are unknown unless they are named.
        """
        yes, unknown = set(yes), set(unknown)
        open_sections = {self.section_of(topic) for topic in yes | unknown} - {""}
        row = np.zeros(len(self.nodes), np.int8)
        for topic, node in self.nodes.items():
            if node.section in open_sections or topic in unknown:
                row[self._column[topic]] = UNKNOWN
        row[[self._column[topic] for topic in self.grown(yes)]] = YES
        return row


class LabelMapping:
    """What the labels of one corpus say: for each, the topics it makes certain and those it leaves unknown.

    All others are impossible, as far as one label can tell: an article filed under sport is not filed under health.
    """

    def __init__(self, taxonomy: Taxonomy, labels: Mapping[str, Mapping[str, Sequence[str]]], *, name: str) -> None:
        self.name = name
        self.taxonomy = taxonomy
        self._rows = {
            label: taxonomy.partial_targets(yes=what.get("yes", ()), unknown=what.get("unknown", ()))
            for label, what in labels.items()
        }

    @classmethod
    def from_file(cls, corpus: str, *, taxonomy: Taxonomy, path: str | Path | None = None) -> Self:
        """Read the mapping of ``corpus`` from a mapping file; None is the built-in ``data/labels.json``."""
        path = Path(path) if path is not None else builtin("data/labels.json")
        try:
            corpora = json.loads(path.read_text("utf-8"))["corpora"]
        except (OSError, ValueError, KeyError) as error:
            raise CorpusError(f'{path}: expected {{"corpora": {{...}}}} in JSON, got {error}') from None
        if corpus not in corpora:
            raise CorpusError(f"{path}: no corpus {corpus!r}; it has {', '.join(corpora)}; add its labels to the file")
        return cls(taxonomy, corpora[corpus]["labels"], name=corpus)

    @property
    def width(self) -> int:
        """How many topics a row has."""
        return len(self.taxonomy.nodes)

    @property
    def labels(self) -> list[str]:
        """The labels known."""
        return list(self._rows)

    def targets(self, labels: Iterable[Iterable[str]]) -> NDArray[np.int8]:
        """Return the rows (n, n_topics) of articles with these labels; of several, yes wins over unknown over no."""
        rows = [self._row(set(given)) for given in labels]
        return np.array(rows, np.int8).reshape(len(rows), self.width)

    def _row(self, labels: set[str]) -> NDArray[np.int8]:
        unheard = labels - self._rows.keys()
        if unheard or not labels:
            raise CorpusError(
                f"corpus {self.name!r}: expected labels among {', '.join(self._rows)}, got {sorted(unheard)}; "
                "add them to the mapping file"
            )
        rows = np.array([self._rows[label] for label in sorted(labels)])
        row: NDArray[np.int8] = np.where((rows == YES).any(0), YES, np.where((rows == UNKNOWN).any(0), UNKNOWN, NO))
        return row.astype(np.int8)


def _node(entry: Mapping[str, Any], section: str) -> Topic:
    return Topic(entry["id"], entry["vi"], entry["en"], section, entry.get("iptc", ""))
