"""Which tokens of a page were pushed in: a small network over what is known of each, and the best spans by its word."""

from __future__ import annotations

import functools
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from safetensors.numpy import load_file

from recsys import span_feature_kernels, span_text
from recsys.span_network_kernels import around, averages, doubtful, gathered, others
from recsys.span_text import Known

FILE = Path(__file__).with_name("span_tagger.safetensors")
EMBEDDED = 6000
PAD = 6
DOUBT = -6.0  # early log odds from which a sentence is read by the later layers
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
    """The fitted network."""

    weights: dict[str, Floats]

    def logits(
        self, known: Known, ids: npt.NDArray[np.int32], x: Floats, groups: tuple[npt.NDArray[np.int32], ...]
    ) -> Floats:
        """Return, for each token, the log odds of being inside, at the start and at the end of what was pushed in.

        The later layers read only the sentences (and what stands near them) where the early ones see anything at all.
        """
        with one_thread:
            return self._logits(known, ids, x, groups)

    def _logits(
        self, known: Known, ids: npt.NDArray[np.int32], x: Floats, groups: tuple[npt.NDArray[np.int32], ...]
    ) -> Floats:
        w, (pair, single, back, sentence) = self.weights, groups
        h = np.maximum(gathered(x, ids, w["embedding"], known.topics) @ w["w0"] + w["w0_b"], 0)
        h = np.maximum(beside(h, 1) @ w["w1"] + w["w1_b"], 0)
        early = h @ w["early"] + w["early_b"]
        found = np.full((ids.size, 3), -20.0, np.float32)
        rows = doubtful(early, sentence, DOUBT)
        if not rows.size:
            return found
        pooled = np.tanh(h @ w["pool"] + w["pool_b"])
        mine, lone = others(pooled, pair), others(pooled, single)
        behind = np.zeros_like(mine)
        behind[1:] = mine[:-1] * (back[1:] >= 0)[:, None]
        said = averages(np.tanh(h @ w["said"] + w["said_b"]), sentence)
        whole = np.tanh(h @ w["page"] + w["page_b"]).max(0)
        long = min(float((1 / (1 + np.exp(-early[:, 0]))).sum()) / 20, 3.0)
        page = np.broadcast_to(np.append(whole, np.float32(long)), (ids.size, whole.size + 1))
        h = np.concatenate((h, mine, behind, lone, said, page), 1)
        h = np.maximum(around(h, rows, 1) @ w["w2"] + w["w2_b"], 0)
        pooled = np.tanh(h @ w["pool2"] + w["pool2_b"])
        said = averages(np.tanh(h @ w["said2"] + w["said2_b"]), sentence[rows])
        h = np.concatenate((h, others(pooled, pair[rows]), others(pooled, single[rows]), said), 1)
        late = np.zeros((ids.size, h.shape[1]), np.float32)
        late[rows] = h
        h = np.maximum(around(late, rows, 2) @ w["w3"] + w["w3_b"], 0)
        found[rows] = h @ w["late"] + w["late_b"]
        return found


class OneThread:
    """Within it BLAS uses one thread: for small matrices a second one only costs. Callers may overlap."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._inside = 0
        self._limits: Any = None

    def __enter__(self) -> None:
        with self._lock:
            if not self._inside:
                self._limits = _blas().limit(limits=1, user_api="blas")
            self._inside += 1

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._inside -= 1
            if not self._inside:
                self._limits.restore_original_limits()


one_thread = OneThread()


@functools.cache
def _blas() -> Any:  # noqa: ANN401
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


def beside(h: Floats, step: int) -> Floats:
    """Return each row with the two before it and the two after, side by side."""
    n, size = h.shape
    padded = np.zeros((n + 4 * step, size), np.float32)
    padded[2 * step : 2 * step + n] = h
    return np.concatenate([padded[k * step : k * step + n] for k in range(5)], 1)


@functools.cache
def tagger() -> Tagger:
    """Return the network that comes with the package, loaded once."""
    return load(FILE)


def load(path: Path) -> Tagger:
    """Read weights."""
    return Tagger({k: v.astype(np.float32) for k, v in load_file(path).items()})
