"""The span tagger's network as it is fitted, in jax: pages packed into batches of one size, several losses."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy as np
import optax

from recsys import span_columns, span_tagger, span_text

TOKENS, GROUPS, SENTENCES, PAGES = 9216, 9216, 1200, 64
EMBEDDED, WIDTH = span_tagger.EMBEDDED, 16
POOL, SAID = 10, 12
KEPT = 0.9  # of the numbers between the first layers, at a step


def initial(seed: int, hidden: int) -> dict[str, np.ndarray]:
    """Return weights to begin with."""
    r = np.random.default_rng(seed)
    topics = span_text.known().topics
    size = span_columns.COUNT + WIDTH + topics.shape[1]
    late = hidden + 3 * POOL + SAID + POOL + 1

    def glorot(a: int, b: int) -> np.ndarray:
        return (r.standard_normal((a, b)) * np.sqrt(2 / a)).astype(np.float32)

    p = {"embedding": (r.standard_normal((EMBEDDED, WIDTH)) * 0.05).astype(np.float32)}
    p |= {"w0": glorot(size, hidden), "w1": glorot(5 * hidden, hidden), "early": glorot(hidden, 3) * 0.1}
    p |= {"pool": glorot(hidden, POOL), "said": glorot(hidden, SAID), "page": glorot(hidden, POOL)}
    p |= {"w2": glorot(5 * late, hidden), "pool2": glorot(hidden, POOL), "said2": glorot(hidden, SAID)}
    p |= {"w3": glorot(5 * (hidden + 2 * POOL + SAID), hidden), "late": glorot(hidden, 3) * 0.1}
    for name in list(p):
        if name != "embedding":
            p[name + "_b"] = np.zeros(p[name].shape[1], np.float32)
    p["early_b"] -= 3
    p["late_b"] -= 3
    return p


def shifted(h: jnp.ndarray, step: int = 1) -> jnp.ndarray:
    """Return each row with the two before it and the two after, ``step`` apart, side by side."""
    z = 2 * step
    padded = jnp.pad(h, ((z, z), (0, 0)))
    return jnp.concatenate([padded[k * step : k * step + h.shape[0]] for k in range(5)], 1)


def forward(
    p: dict, b: dict, topics: jnp.ndarray, drop: jnp.ndarray, noise: jnp.ndarray
) -> tuple[jnp.ndarray, jnp.ndarray]:
    """Return the logits of the early layers and of the late ones, some words and numbers dropped at random."""
    real = (b["w"] > 0)[:, None]
    ids = b["ids"]
    e = p["embedding"][jnp.where(ids < EMBEDDED, ids, 1)] * drop[:, None]
    t = topics[jnp.where(ids < topics.shape[0], ids, 0)]
    h = jax.nn.relu(jnp.concatenate((b["x"], e, t), 1) @ p["w0"] + p["w0_b"]) * real
    h = jax.nn.relu(shifted(h * noise[0]) @ p["w1"] + p["w1_b"]) * real
    early = h @ p["early"] + p["early_b"]
    size = jax.ops.segment_sum(real.astype(jnp.float32), b["sentence"], SENTENCES)

    def others(pooled: jnp.ndarray, group: jnp.ndarray) -> jnp.ndarray:
        alive = (group < GROUPS - 1)[:, None]
        total = jax.ops.segment_sum(pooled * alive, group, GROUPS)
        count = jax.ops.segment_sum(alive.astype(jnp.float32), group, GROUPS)
        return jnp.where(alive, (total[group] - pooled) / jnp.maximum(count[group] - 1, 1), 0.0)

    def behind(mine: jnp.ndarray) -> jnp.ndarray:
        before = jnp.concatenate((jnp.zeros((1, POOL)), mine[:-1]))
        return jnp.where((b["back"] < GROUPS - 1)[:, None], before, 0.0)

    def average(h: jnp.ndarray, name: str) -> jnp.ndarray:
        rows = jnp.tanh(h @ p[name] + p[name + "_b"]) * real
        return (jax.ops.segment_sum(rows, b["sentence"], SENTENCES) / jnp.maximum(size, 1))[b["sentence"]]

    pooled = jnp.tanh(h @ p["pool"] + p["pool_b"]) * real
    mine, lone = others(pooled, b["pair"]), others(pooled, b["single"])
    whole = jax.ops.segment_max(jnp.where(real, jnp.tanh(h @ p["page"] + p["page_b"]), -1.0), b["page"], PAGES)
    long = jax.ops.segment_sum(jax.nn.sigmoid(early[:, 0]) * real[:, 0], b["page"], PAGES) / 20
    h = (
        jnp.concatenate(
            (
                h,
                mine,
                behind(mine),
                lone,
                average(h, "said"),
                whole[b["page"]],
                jnp.minimum(long, 3.0)[b["page"]][:, None],
            ),
            1,
        )
        * real
    )
    h = jax.nn.relu(shifted(h) @ p["w2"] + p["w2_b"]) * real
    pooled = jnp.tanh(h @ p["pool2"] + p["pool2_b"]) * real
    h = jnp.concatenate((h, others(pooled, b["pair"]), others(pooled, b["single"]), average(h, "said2")), 1) * real
    h = jax.nn.relu(shifted(h, 2) @ p["w3"] + p["w3_b"]) * real * noise[1]
    return early, h @ p["late"] + p["late_b"]


def cost(p: dict, b: dict, topics: jnp.ndarray, drop: jnp.ndarray, noise: jnp.ndarray) -> jnp.ndarray:
    """Return the mean cross entropy of the late logits, and a share of that of the early ones."""
    early, late = forward(p, b, topics, drop, noise)
    w = b["w"][:, None]

    def loss(z: jnp.ndarray) -> jnp.ndarray:
        return (w * optax.sigmoid_binary_cross_entropy(z, b["y"])).sum() / w.sum()

    return loss(late) + 0.3 * loss(early)
