"""Which tokens of a page were pushed in: a small network over what is known of each, and the best spans by its word."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from safetensors.numpy import load_file

from recsys import span_feature_kernels, span_text
from recsys import span_network_kernels as kernels
from recsys.span_columns import COUNT
from recsys.span_text import Known

FILE = Path(__file__).with_name("span_tagger.safetensors")
EMBEDDED = 6000
PAD = 6
QUIET, NEVER = -1.5, -20.0  # log odds by the early layers below which nothing is found on a page, and then given
RARE = 9.5  # words less frequent than this (log of the count) count as names of their own

Array = npt.NDArray[Any]
Floats = npt.NDArray[np.float32]
Tokens = tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], npt.NDArray[np.int32]]


def described(
    known: Known, text: str, tokens: Tokens, masked: npt.NDArray[np.bool_], end: int
) -> tuple[Array, Array, Array, Array, Array]:
    """Return numbers of every token, the groups of equal pairs, rare words and pairs before, and its sentence."""
    _, lower, base = span_text.tables()
    x, pair, single, back, sentence = span_feature_kernels.describe(
        span_text.codes(text), *tokens, base, lower, masked, known.words.logs,
        float(np.log(known.words.total)), known.grams, known.topics, end, RARE,
    )  # fmt: skip
    return x, pair, single, back, sentence


@dataclass(frozen=True)
class Tagger:
    """The fitted network: two layers see what stands near each token, two more also what is like it elsewhere."""

    weights: dict[str, Floats]
    by_word: Floats
    by_topic: Floats

    @classmethod
    def of(cls, weights: dict[str, Floats], topics: Floats) -> Tagger:
        """Lay out fitted weights: what a word brings to the first layer is multiplied once and for all.

        A layer that sees five rows at a time is laid out by what one row brings to each of the five that see it.
        """
        w = dict(weights)
        first, pages = w["w0"], w["page"].shape[1] + 1
        w["w0"], words, themes = np.split(first, [COUNT, COUNT + w["embedding"].shape[1]])
        late = w["w2"].reshape(5, -1, w["w2"].shape[1])
        w["w2"], w["w2_page"] = late[:, :-pages].reshape(-1, late.shape[2]), late[:, -pages:]
        for name in ("w1", "w2", "w3"):
            w[name] = kernels.by_row(w[name])
        for name, parts in (("looks", ("pool", "said", "page")), ("looks2", ("pool2", "said2"))):
            w[name] = np.concatenate([w[part] for part in parts], 1)
            w[name + "_b"] = np.concatenate([w[part + "_b"] for part in parts])
        return cls(w, w["embedding"] @ words, topics @ themes + w["w0_b"])

    def logits(self, ids: npt.NDArray[np.int32], x: Floats, groups: tuple[npt.NDArray[np.int32], ...]) -> Floats:
        """Return, for each token, the log odds of being inside, at the start and at the end of what was pushed in."""
        w, (pair, single, back, sentence) = self.weights, groups
        pool, said, size = w["pool_b"].size, w["said_b"].size, w["w0_b"].size
        h = kernels.rectified(x @ w["w0"], ids, self.by_word, self.by_topic)
        h = kernels.convolved(h @ w["w1"], np.zeros((5, size), np.float32), w["w1_b"], 1)
        early = h @ w["early"][:, 0] + w["early_b"][0]
        if early.max() < QUIET:
            return np.full((ids.size, 3), NEVER, np.float32)
        looks = np.tanh(h @ w["looks"] + w["looks_b"])
        long = min(float((1 / (1 + np.exp(-early))).sum()) / 20, 3.0)
        page = np.append(looks[:, pool + said :].max(0), np.float32(long))
        h = kernels.joined(h, 3 * pool + said)
        kernels.write_others(h, size, looks, pool, pair)
        kernels.write_behind(h, size + pool, size, pool, back)
        kernels.write_others(h, size + 2 * pool, looks, pool, single)
        kernels.write_averages(h, size + 3 * pool, looks, pool, pool + said, sentence)
        h = kernels.convolved(h @ w["w2"], page @ w["w2_page"], w["w2_b"], 1)
        looks = np.tanh(h @ w["looks2"] + w["looks2_b"])
        h = kernels.joined(h, 2 * pool + said)
        kernels.write_others(h, size, looks, pool, pair)
        kernels.write_others(h, size + pool, looks, pool, single)
        kernels.write_averages(h, size + 2 * pool, looks, pool, pool + said, sentence)
        h = kernels.convolved(h @ w["w3"], np.zeros((5, size), np.float32), w["w3_b"], 2)
        found: Floats = h @ w["late"] + w["late_b"]
        return found


@functools.cache
def tagger() -> Tagger:
    """Return the network that comes with the package, loaded once."""
    return load(FILE)


def load(path: Path) -> Tagger:
    """Read weights."""
    return Tagger.of({k: v.astype(np.float32) for k, v in load_file(path).items()}, span_text.known().topics)
