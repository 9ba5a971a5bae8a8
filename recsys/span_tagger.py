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
from recsys.jit import kernel
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


@kernel
def gathered(x: Array, ids: Array, embedding: Array, topics: Array) -> Array:
    """Return what is known of each token beside the vectors of its word."""
    n, size = x.shape
    more, most = embedding.shape[1], topics.shape[1]
    found = np.empty((n, size + more + most), np.float32)
    for t in range(n):
        e = ids[t] if ids[t] < embedding.shape[0] else 1
        k = ids[t] if ids[t] < topics.shape[0] else 0
        found[t, :size] = x[t]
        found[t, size : size + more] = embedding[e]
        found[t, size + more :] = topics[k]
    return found


@kernel
def doubtful(early: Array, sentence: Array, doubt: float) -> Array:
    """Return which tokens stand in, or near, a sentence where any token is in doubt, as flags and as numbers."""
    n = sentence.size
    flags = np.zeros(n + 1, np.bool_)
    for t in range(n):
        if early[t, 0] > doubt:
            flags[sentence[t]] = True
    near = np.zeros(n, np.bool_)
    for t in range(n):
        if flags[sentence[t]]:
            for q in range(max(0, t - 6), min(n, t + 7)):
                near[q] = True
    return near.nonzero()[0]


@kernel
def around(h: Array, rows: Array, step: int) -> Array:
    """Return some rows, each with the two before it and the two after, side by side."""
    n, size = h.shape
    found = np.zeros((rows.size, 5 * size), np.float32)
    for i in range(rows.size):
        for k in range(5):
            t = rows[i] + (k - 2) * step
            if 0 <= t < n:
                found[i, k * size : (k + 1) * size] = h[t]
    return found


def beside(h: Floats, step: int) -> Floats:
    """Return each row with the two before it and the two after, side by side."""
    n, size = h.shape
    padded = np.zeros((n + 4 * step, size), np.float32)
    padded[2 * step : 2 * step + n] = h
    return np.concatenate([padded[k * step : k * step + n] for k in range(5)], 1)


@kernel
def others(pooled: Array, group: Array) -> Array:
    """Return the mean of the other rows of each row's group, zeros where there are none."""
    n, size = pooled.shape
    most = group.max() + 1 if n else 0
    total = np.zeros((most, size), np.float32)
    count = np.zeros(most, np.float32)
    for i in range(n):
        g = group[i]
        if g >= 0:
            count[g] += 1
            for k in range(size):
                total[g, k] += pooled[i, k]
    found = np.zeros((n, size), np.float32)
    for i in range(n):
        g = group[i]
        if g >= 0 and count[g] > 1:
            for k in range(size):
                found[i, k] = (total[g, k] - pooled[i, k]) / (count[g] - 1)
    return found


@kernel
def averages(rows: Array, group: Array) -> Array:
    """Return the mean of each row's group."""
    n, size = rows.shape
    most = group.max() + 1 if n else 0
    total = np.zeros((most, size), np.float32)
    count = np.zeros(most, np.float32)
    for i in range(n):
        count[group[i]] += 1
        for k in range(size):
            total[group[i], k] += rows[i, k]
    found = np.empty((n, size), np.float32)
    for i in range(n):
        for k in range(size):
            found[i, k] = total[group[i], k] / count[group[i]]
    return found


@kernel
def spans(z: Array, ids: Array, price: float) -> tuple[Array, Array]:
    """Return the best set of spans (first, last + 1, score): each pays ``price``, none crosses a line."""
    n = ids.size
    out = np.zeros(n + 1, np.float32)  # best up to here, outside
    inside = np.float32(-1e9)
    begun = -1
    begins = np.full(n + 1, -1, np.int32)
    gains = np.zeros(n + 1, np.float32)
    base = np.float32(0.0)
    for t in range(n):
        if ids[t] == 0:
            inside = np.float32(-1e9)
            out[t + 1] = out[t]
            continue
        opened = out[t] + z[t, 1] - price + z[t, 0]
        stayed = inside + z[t, 0]
        if opened > stayed:
            inside, begun, base = opened, t, out[t]
        else:
            inside = stayed
        closed = inside + z[t, 2]
        out[t + 1] = out[t]
        if closed > out[t]:
            out[t + 1] = closed
            begins[t + 1] = begun
            gains[t + 1] = closed - base
    found = np.empty((n, 2), np.int32)
    scores = np.empty(n, np.float32)
    count = 0
    t = n
    while t > 0:
        if begins[t] >= 0:
            found[count, 0], found[count, 1], scores[count] = begins[t], t, gains[t]
            count += 1
            t = begins[t]
        else:
            t -= 1
    return found[:count][::-1].copy(), scores[:count][::-1].copy()


@functools.cache
def tagger() -> Tagger:
    """Return the network that comes with the package, loaded once."""
    return load(FILE)


def load(path: Path) -> Tagger:
    """Read weights."""
    return Tagger({k: v.astype(np.float32) for k, v in load_file(path).items()})
