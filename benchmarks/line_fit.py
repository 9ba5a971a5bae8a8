"""Fit the line tagger: python benchmarks/line_fit.py DATA_DIR PAGES... [--steps 4000] [--without FILE] [--out FILE].

A third of the pages are published articles, most in frames written for this (``line_frames``); people wrote the others,
their lines told apart by what the honest page is; at every step they are put together afresh from the heads, articles
and feet of several. ``--without`` leaves files out and measures on them. Needs jax and optax.
"""

# ruff: noqa: D103

from __future__ import annotations

import argparse
import random
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax
from line_frames import Frame, around, frames
from safetensors.numpy import save_file
from span_fit import articles
from span_pages import BODY, FRAME, LIST, PUSHED, TITLE, clear, lines_of, rows_of

from recsys import line_kernels, line_rules, line_tagger

KINDS = {
    FRAME: line_tagger.FRAME,
    TITLE: line_tagger.TITLE,
    BODY: line_tagger.BODY,
    LIST: line_tagger.LISTED,
    PUSHED: -1,
}
ROWS, APART, WIDTH = 2048, 4, 8
Line = tuple[str, bool, int]  # what stands there, whether a line was left empty before it, its kind


def pages(paths: list[Path]) -> list[list[Line]]:
    found = []
    for row in rows_of(paths):
        lines = lines_of(row)
        if lines is not None:
            shown = [line.strip() for line in clear(row["text"]).split("\n")]
            blank = [n > 0 and not shown[n - 1] for n, line in enumerate(shown) if line]
            found.append([(line, b, KINDS[what]) for (line, what, _), b in zip(lines, blank, strict=True)])
    return found


def parts(page: list[Line]) -> tuple[list[Line], list[Line], list[Line]]:
    """Return what stands above the title, the article, and what stands below its last line."""
    kinds = [kind for _, _, kind in page]
    title = kinds.index(line_tagger.TITLE)
    last = max(n for n, kind in enumerate(kinds) if kind in (line_tagger.TITLE, line_tagger.BODY))
    return page[:title], page[title : last + 1], page[last + 1 :]


def framed(arts: list[tuple[str, list[str]]], every: list[Frame], r: random.Random) -> list[Line]:
    """Return a published article in a frame."""
    title, paragraphs = r.choice(arts)
    if r.random() < 0.25:  # as it is
        kinds = [line_tagger.TITLE, *[line_tagger.BODY] * len(paragraphs)]
        return [(line, False, kind) for line, kind in zip((title, *paragraphs), kinds, strict=True)]
    if r.random() < 0.6:
        paragraphs = paragraphs[: r.randint(2, 12)]
    headlines = [r.choice(arts)[0] for _ in range(r.choice((0, 1, 2, 3, 4, 5, 6, 8, 12, 20)))]
    blank = r.random() < 0.3
    page = around(title, paragraphs, headlines, frame=r.choice(every), r=r)
    kinds = {"T": line_tagger.TITLE, "P": line_tagger.BODY, "B": line_tagger.LISTED}
    return [(line, blank and n > 0, kinds.get(part, line_tagger.FRAME)) for n, (part, line) in enumerate(page)]


def mixed(every: list[list[Line]], r: random.Random) -> list[Line]:
    """Return a page, whole or put together from several, some of its lines left out."""
    head, article, foot = parts(r.choice(every))
    if r.random() < 0.5:
        head = parts(r.choice(every))[0]
    if r.random() < 0.5:
        foot = parts(r.choice(every))[2]
    page = [*head, *article, *foot]
    share = r.choice((0.0, 0.0, 0.1, 0.3))
    page = [line for line in page if line[2] == line_tagger.TITLE or r.random() >= share]
    if r.random() < 0.3:
        blank = r.random() < 0.5
        page = [(text, blank, kind) for text, _, kind in page]
    return page


def opinions(page: list[Line]) -> list[int]:
    lines, full = [], []
    for text, blank, _ in page:
        lines += [""] * blank
        full.append(len(lines))
        lines.append(text)
    said = line_rules.opinions(lines)
    return [said[n] for n in full]


def known(page: list[Line], said: list[int]) -> tuple[np.ndarray, np.ndarray]:
    return line_tagger.described([text for text, _, _ in page], np.array([b for _, b, _ in page], np.bool_), said)


def batch(
    every: list[list[Line]], arts: list[tuple[str, list[str]]], shapes: list[Frame], r: random.Random
) -> dict[str, np.ndarray]:
    width = line_kernels.NUMBERS + line_rules.OPINIONS
    b = {
        "x": np.zeros((ROWS, width), np.float32),
        "words": np.full((ROWS, line_kernels.WORDS), -1, np.int32),
        "y": np.full(ROWS, -1, np.int32),
        "real": np.zeros(ROWS, np.float32),
    }
    at = APART
    while True:
        page = framed(arts, shapes, r) if shapes and r.random() < 0.35 else mixed(every, r)
        if at + len(page) + APART > ROWS:
            return b
        said = opinions(page)
        if r.random() < 0.15:
            said = [line_rules.NOTHING] * len(said)
        span = slice(at, at + len(page))
        b["x"][span], b["words"][span] = known(page, said)
        b["y"][span], b["real"][span] = [kind for _, _, kind in page], 1
        at += len(page) + APART


def initial(seed: int, hidden: int) -> dict[str, np.ndarray]:
    r = np.random.default_rng(seed)
    size = line_kernels.NUMBERS + line_rules.OPINIONS + WIDTH * line_kernels.WORDS

    def glorot(a: int, b: int) -> np.ndarray:
        return (r.standard_normal((a, b)) * np.sqrt(2 / a)).astype(np.float32)

    p = {"embedding": (r.standard_normal((line_tagger.EMBEDDED, WIDTH)) * 0.1).astype(np.float32)}
    p |= {"w0": glorot(size, hidden), "w1": glorot(5 * hidden, hidden), "w2": glorot(5 * hidden, hidden)}
    p["late"] = glorot(hidden, line_tagger.KINDS) * 0.1
    return p | {name + "_b": np.zeros(p[name].shape[1], np.float32) for name in ("w0", "w1", "w2", "late")}


def forward(p: dict, b: dict, drop: jnp.ndarray, noise: jnp.ndarray) -> jnp.ndarray:
    real = b["real"][:, None]
    words = b["words"]
    e = p["embedding"][jnp.where(words < line_tagger.EMBEDDED, words, 1)] * ((words >= 0) * drop)[..., None]
    h = jnp.concatenate((b["x"], e.reshape(ROWS, -1)), 1)
    h = jax.nn.relu(h @ p["w0"] + p["w0_b"]) * real * noise

    def beside(h: jnp.ndarray) -> jnp.ndarray:
        padded = jnp.pad(h, ((2, 2), (0, 0)))
        return jnp.concatenate([padded[k : k + ROWS] for k in range(5)], 1)

    h = jax.nn.relu(beside(h) @ p["w1"] + p["w1_b"]) * real
    h = jax.nn.relu(beside(h) @ p["w2"] + p["w2_b"]) * real
    return h @ p["late"] + p["late_b"]


def cost(p: dict, b: dict, drop: jnp.ndarray, noise: jnp.ndarray) -> jnp.ndarray:
    z = forward(p, b, drop, noise)
    told = b["y"] >= 0
    loss = optax.softmax_cross_entropy_with_integer_labels(z, jnp.maximum(b["y"], 0)) * told
    return loss.sum() / told.sum()


def right(every: list[list[Line]], network: line_tagger.LineTagger | None) -> float:
    """Return the share of pages of which every line is rightly told, by the network or by the rules alone."""
    told = {
        line_rules.TITLE: line_tagger.TITLE,
        line_rules.BODY: line_tagger.BODY,
        line_rules.LISTED: line_tagger.LISTED,
    }
    good = 0
    for page in every:
        lines: list[str] = []
        for text, blank, _ in page:
            lines += [""] * blank + [text]
        said = line_rules.opinions(lines)
        if network:
            said = network.kinds(lines, said)
        got = [told.get(what, line_tagger.FRAME) for what, line in zip(said, lines, strict=True) if line]
        good += all(kind in (-1, g) for (_, _, kind), g in zip(page, got, strict=True))
    return good / len(every)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("pages", type=Path, nargs="+")
    parser.add_argument("--without", type=Path, nargs="*", default=[])
    parser.add_argument("--steps", type=int, default=4000)
    parser.add_argument("--hidden", type=int, default=32)
    parser.add_argument("--rate", type=float, default=4e-3)
    parser.add_argument("--decay", type=float, default=3e-2)
    parser.add_argument("--out", type=Path, default=line_tagger.FILE)
    a = parser.parse_args()
    every = pages([path for path in a.pages if path not in a.without])
    arts, shapes = articles(a.data), frames()
    print(len(every), "pages,", len(arts), "articles,", len(shapes), "frames")
    p: dict[str, Any] = initial(0, a.hidden)
    schedule = optax.warmup_cosine_decay_schedule(0.0, a.rate, a.steps // 20, a.steps, a.rate / 50)
    rule = optax.chain(optax.clip_by_global_norm(1.0), optax.adamw(schedule, weight_decay=a.decay))
    state = rule.init(p)

    @jax.jit
    def step(p: dict, state: tuple, b: dict, drop: jnp.ndarray, noise: jnp.ndarray) -> tuple:
        value, grads = jax.value_and_grad(cost)(p, b, drop, noise)
        updates, state = rule.update(grads, state, p)
        return optax.apply_updates(p, updates), state, value

    r, n = random.Random(0), np.random.default_rng(0)
    mean = 0.0
    for k in range(a.steps):
        drop = (n.random((ROWS, line_kernels.WORDS)) > 0.4).astype(np.float32)
        noise = (n.random((ROWS, a.hidden)) > 0.25).astype(np.float32) / 0.75
        p, state, value = step(p, state, batch(every, arts, shapes, r), drop, noise)
        mean += (float(value) - mean) * (0.02 if k > 50 else 0.2)
        if k % 200 == 0:
            print(k, f"{mean:.5f}", flush=True)
    save_file({k: np.asarray(v).astype(np.float16) for k, v in p.items()}, a.out)
    network = line_tagger.load(a.out)
    print(f"these pages: rules {right(every, None):.3f}, network {right(every, network):.3f}")
    for path in a.without:
        unseen = pages([path])
        print(f"{path}: rules {right(unseen, None):.3f}, network {right(unseen, network):.3f}")


if __name__ == "__main__":
    main()
