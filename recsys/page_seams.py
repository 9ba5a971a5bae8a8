"""How naturally neighbouring syllables follow each other: where a foreign string was sewn in, its two seams are odd.

A table of pairs of tokens, four levels each (never seen, rare, common, bound together), counted once over Vietnamese
news. It holds no text: which pair of frequent syllables may stand side by side, and nothing longer.
"""

from __future__ import annotations

import functools
import json
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from safetensors import safe_open
from safetensors.numpy import save_file

Ids: TypeAlias = npt.NDArray[np.int64]
Levels: TypeAlias = npt.NDArray[np.uint8]

TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s]|_|\n")
FILE = Path(__file__).with_name("seams.safetensors")
NEVER, RARE, COMMON, BOUND = range(4)
BREAK, LOWER, CAPITAL, NUMBER, MARK = range(5)  # classes of tokens outside the vocabulary
_CLASSES = frozenset({LOWER, CAPITAL, MARK})
_RARE_WORD = 150.0  # how often a word outside the vocabulary may have been seen
_SIZE = 4096


class Vocabulary(dict[str, int]):
    """Token -> id: the frequent ones their own, every other that of its class."""

    def __init__(self, frequent: Iterable[str]) -> None:
        super().__init__()
        self.frequent = tuple(frequent)
        for number, token in enumerate(self.frequent, start=MARK + 1):
            self[token] = number
        for number, token in enumerate(self.frequent, start=MARK + 1):
            self.setdefault(token.capitalize(), number)
            self.setdefault(token.upper(), number)
        self["\n"] = BREAK

    def __missing__(self, token: str) -> int:
        """Classify a token that is not among the frequent ones."""
        lower = token.lower()
        if lower != token and lower in self:
            return self[lower]
        if not token.isalpha():
            return NUMBER if token.isdigit() else MARK
        return LOWER if token == lower else CAPITAL

    def ids(self, tokens: list[str]) -> Ids:
        """Return the id of each token."""
        return np.fromiter(map(self.__getitem__, tokens), np.int64, len(tokens))


class Seams:
    """The fitted table.

    ``levels`` packs four 2-bit levels a byte, row-major over (left id, right id); ``counts`` holds how often each id
    was seen, so that a pair never seen weighs something only where chance would have shown it.
    """

    def __init__(self, levels: Levels, counts: npt.NDArray[np.float32], frequent: Iterable[str]) -> None:
        self.levels = levels
        self.counts = counts
        self.vocabulary = Vocabulary(frequent)
        one = np.maximum(counts, 0.5)
        one[[LOWER, CAPITAL, MARK]] = _RARE_WORD
        self.logs = np.log(one / np.sqrt(max(float(counts.sum()), 1.0)))
        self._logs: list[float] = self.logs.tolist()

    def between(self, left: Ids, right: Ids) -> Levels:
        """Return the level of each pair: NEVER, RARE, COMMON or BOUND."""
        code = left * _SIZE + right
        packed = self.levels[code >> 2] >> ((code & 3) << 1).astype(np.uint8)
        level: Levels = (packed & 3).astype(np.uint8)
        return level

    def pair(self, left: int, right: int) -> int:
        """Return the level of one pair."""
        code = left * _SIZE + right
        return int(self.levels[code >> 2]) >> ((code & 3) << 1) & 3

    def oddities(self, left: Ids, right: Ids, levels: Levels) -> npt.NDArray[np.float64]:
        """Return ``oddity`` of many pairs whose levels are known."""
        expected = self.logs[left] + self.logs[right]
        odd = np.where(
            levels == NEVER,
            np.clip(0.3 * (expected + 1.2), 0.0, 1.3),
            np.where(levels == RARE, np.clip(0.3 * (expected - 1.4), -0.3, 0.9), -0.4),
        )
        odd[levels > COMMON] = -0.8
        classes = ((left <= MARK) & (left != NUMBER) | (right <= MARK) & (right != NUMBER)) & (levels >= COMMON)
        odd[classes] = -0.1
        return odd

    def oddity(self, left: int, right: int) -> float:
        """Weigh how odd it is that ``right`` follows ``left``: about 1 for two frequent tokens never seen together.

        Below zero where the pair is usual. For a rare pair it is the logarithm of expected over observed, by chance.
        """
        level = self.pair(left, right)
        if level >= COMMON:
            if left in _CLASSES or right in _CLASSES:
                return -0.1
            return -0.4 if level == COMMON else -0.8
        expected = self._logs[left] + self._logs[right]
        if level == NEVER:
            return min(1.3, max(0.0, 0.3 * (expected + 1.2)))
        return min(0.9, max(-0.3, 0.3 * (expected - 1.4)))

    def save(self, path: Path) -> None:
        """Write the table and its vocabulary."""
        save_file(
            {"levels": self.levels, "counts": self.counts},
            path,
            {"vocabulary": json.dumps(self.vocabulary.frequent, ensure_ascii=False)},
        )

    @classmethod
    def load(cls, path: Path) -> Seams:
        """Read what ``save`` wrote."""
        with safe_open(path, framework="numpy") as file:
            return cls(file.get_tensor("levels"), file.get_tensor("counts"), json.loads(file.metadata()["vocabulary"]))


@functools.cache
def seams() -> Seams:
    """Return the table that comes with the package, loaded once."""
    return Seams.load(FILE)


def fit(texts: Iterable[str]) -> Seams:
    """Count the pairs of ``texts`` (NFC).

    A pair is RARE from two occurrences on, COMMON from ten unless it is e times rarer than chance, BOUND from twenty
    when it is e times more frequent than chance.
    """
    numbers: dict[str, int] = {}
    documents = []
    for text in texts:
        tokens = TOKEN.findall(text)
        documents.append(np.fromiter((numbers.setdefault(t, len(numbers)) for t in tokens), np.int32, len(tokens)))
    counts = np.bincount(np.concatenate(documents), minlength=len(numbers))
    folded: Counter[str] = Counter()
    for token, number in numbers.items():
        if not token.isdigit() and token != "\n":
            folded[token.lower()] += int(counts[number])
    vocabulary = Vocabulary(token for token, _ in folded.most_common(_SIZE - MARK - 1))
    ids = vocabulary.ids(list(numbers))
    pairs = np.zeros(_SIZE * _SIZE, np.int64)
    for document in documents:
        row = ids[document]
        np.add.at(pairs, row[:-1] * _SIZE + row[1:], 1)
    seen = pairs.reshape(_SIZE, _SIZE).sum(1).astype(np.float32)
    return Seams(_pack(pairs), seen, vocabulary.frequent)


def _pack(pairs: Ids) -> Levels:
    square = pairs.reshape(_SIZE, _SIZE).astype(np.float64)
    expected = square.sum(1, keepdims=True) * square.sum(0) / max(square.sum(), 1)
    level = (square >= 2).astype(np.uint8)
    level[(square >= 10) & (square > expected / np.e)] = COMMON
    level[(square >= 20) & (square > expected * np.e)] = BOUND
    flat = level.ravel()
    return (flat[0::4] | flat[1::4] << 2 | flat[2::4] << 4 | flat[3::4] << 6).astype(np.uint8)
