"""What the span tagger knows about news: words, which of them follow each other, and what they are about."""

from __future__ import annotations

import functools
import json
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from safetensors import safe_open

from recsys import simd
from recsys import span_kernels as kernels

FILE = Path(__file__).with_name("span_words.safetensors")


@dataclass(frozen=True)
class Words:
    """Known words: an open table of hashes, their ids, and how frequent each is (log of the count, classes first)."""

    keys: npt.NDArray[np.uint32]
    ids: npt.NDArray[np.int32]
    logs: npt.NDArray[np.float32]
    total: float

    @classmethod
    def of(cls, words: list[str], logs: npt.NDArray[np.float32], total: float) -> Words:
        """Lay out a list of words (in small letters)."""
        return cls.laid(hashes(words), logs, total)

    @classmethod
    def laid(cls, short: npt.NDArray[np.uint64], logs: npt.NDArray[np.float32], total: float) -> Words:
        """Lay out the hashes of words."""
        keys = np.zeros(1 << 17, np.uint32)
        ids = np.zeros(1 << 17, np.int32)
        place(short, keys, ids)
        return cls(keys, ids, logs, total)


def place(short: npt.NDArray[np.uint64], keys: npt.NDArray[np.uint32], ids: npt.NDArray[np.int32]) -> None:
    """Put hashes into an open table."""
    size = keys.size - 1
    for number, h in enumerate(short.tolist()):
        at = h & size
        while keys[at]:
            at = (at + 1) & size
        keys[at] = (h >> 32) & 0xFFFFFFFF | 1
        ids[at] = kernels.FIRST + number


def hashes(words: list[str]) -> npt.NDArray[np.uint64]:
    """Hash words already in small letters."""
    _, lower, _ = tables()
    return np.array([kernels.hashed(codes(w), 0, len(w), lower) for w in words], np.uint64)


def codes(text: str) -> npt.NDArray[np.uint32]:
    """Return the code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


@functools.cache
def tables() -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint32], npt.NDArray[np.uint32]]:
    """Return kind, small letter and bare letter of each code point of the basic plane."""
    kinds = np.full(0x10000, kernels.MARK, np.uint8)
    lower = np.arange(0x10000, dtype=np.uint32)
    base = np.arange(0x10000, dtype=np.uint32)
    for code in range(0x10000):
        char = chr(code)
        if char == "\n":
            kinds[code] = kernels.BREAK
        elif char.isspace() or code == 0:
            kinds[code] = kernels.SPACE
        elif char.isdecimal():
            kinds[code] = kernels.DIGIT
        elif char.isalnum():
            latin = code < 0x250 or 0x1E00 <= code < 0x1F00
            kinds[code] = kernels.LETTER if latin else kernels.FOREIGN
        elif 0x2300 <= code < 0x2C00 or code in (0x203C, 0x2049, 0xFE0F, 0x20E3):
            kinds[code] = kernels.PICTURE
        elif unicodedata.combining(char):
            kinds[code] = kernels.LETTER
        small = char.lower()
        lower[code] = ord(small) if len(small) == 1 else code
        plain = unicodedata.normalize("NFD", small)[0]
        base[code] = ord("d") if plain == "đ" else ord(plain)
    return kinds, lower, base


@dataclass(frozen=True)
class Known:
    """Everything fitted on news: words, n-grams, and a vector of what each frequent word is about."""

    words: Words
    grams: npt.NDArray[np.uint16]
    topics: npt.NDArray[np.float32]

    def tokens(self, text: str) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], npt.NDArray[np.int32]]:
        """Return starts, ends and ids of a text's tokens."""
        kinds, lower, _ = tables()
        w = self.words
        found: tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], npt.NDArray[np.int32]] = kernels.tokens(
            codes(text), kinds, lower, w.keys, w.ids, w.logs
        )
        return found

    def commonness(self, word: str) -> float:
        """Return the log of how often a word occurs in news, 0 where it is not known, or not one word."""
        ids = self.tokens(word)[2]
        return float(self.words.logs[ids[0]]) if ids.size == 1 and ids[0] >= kernels.FIRST else 0.0


@functools.cache
def known() -> Known:
    """Return what comes with the package, loaded once."""
    return load(FILE)


def load(path: Path) -> Known:
    """Read what the fitting script wrote."""
    with safe_open(path, framework="numpy") as file:
        get = file.get_tensor
        total = float(json.loads(file.metadata()["about"])["total"])
        words = Words.laid(get("hashes"), get("logs").astype(np.float32) / 12, total)
        grams = get("grams")
        grams = np.concatenate((grams, grams[: simd.CELLS]))  # many cells are read at once, beyond the end too
        return Known(words, grams, get("topics").astype(np.float32) / 64)
