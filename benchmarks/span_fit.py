"""Fit the span tagger: python benchmarks/span_fit.py DATA_DIR [--steps 7000] [--start FILE] [--pages FILE...] [--out FILE].

Honest articles are hijacked afresh at every step; the network learns which tokens were pushed in. Needs jax and optax.
The weights of the package were fitted in stages, each from the one before: some 5,000 steps on made pages while the
generator grew, then some 30,000 with the pages that people wrote as these came in, the last of them by ``--start
recsys/span_tagger.safetensors --pages tests/pages/pages.jsonl benchmarks/pages.jsonl.xz`` and the defaults.
"""

# ruff: noqa: D103, E501

from __future__ import annotations

import argparse
import json
import lzma
import random
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import optax
import page_manners as older
from safetensors.numpy import load_file, save_file
from span_drafts import IN, OUT, shaped
from span_manners import hijack
from span_network import GROUPS, KEPT, PAGES, SENTENCES, TOKENS, cost, initial
from span_oddities import oddities
from span_pages import Example, shortened, written
from span_transplants import Push, campaigns, invented, strings, transplant
from span_words import reserved

from recsys import span_columns, span_tagger, span_text

AVERAGED = 0.998  # the weights saved are the mean of the last steps', each counting this much less than the next


def clean(text: str) -> str:
    text = (
        unicodedata.normalize("NFC", text).replace("\u200b", "").replace("\ufeff", "").replace(IN, "").replace(OUT, "")
    )
    return " ".join(text.split())


def articles(data: str | Path) -> list[tuple[str, list[str]]]:
    """Read articles (title, paragraphs) that the tables have not seen."""
    data, found = Path(data), []
    for row in older.articles(data, half=1):
        found.append((row["title"], row["body"].split("\n")))
    for name in ("abmusu-dev", "vims-dev", "mds-dev"):
        with lzma.open(data / f"related/{name}.jsonl.xz", "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                rows = [clean(p) for p in (row.get("lead") or "", *(row["body"] or "").split("\n"))]
                rows = [p for p in rows if p]
                if row["title"] and len(rows) > 1 and len(row["title"].split()) > 4:
                    found.append((clean(row["title"]), rows))
    with lzma.open(data / "news-2020/train.jsonl.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            text = json.loads(line)["body"]
            if not reserved(text):
                continue
            r = random.Random(len(text))
            sentences = [s for s in clean(text).replace(". ", ".\n").replace("? ", "?\n").split("\n") if s]
            if len(sentences) < 6:
                continue
            title = sentences[0].rstrip(".")
            words = title.split()
            if len(words) > 18:
                title = " ".join(words[: r.randint(7, 16)]).rstrip(",;:-–")
            rows, at = [], 1 if r.random() < 0.8 else 0
            while at < len(sentences):
                size = r.randint(1, 4)
                rows.append(" ".join(sentences[at : at + size]))
                at += size
            if len(title.split()) > 4:
                found.append((title, rows))
    return found


def mined(arts: list[tuple[str, list[str]]], weights: Path, most: int = 700) -> list[tuple[str, list[str]]]:
    """Return the honest articles in which the network, as it is, is nearest to finding something."""
    network, known, doubts = span_tagger.load(weights), span_text.known(), []
    for title, lines in arts:
        text = "\n".join((title, *lines))[:10_000]
        tokens = known.tokens(text)
        x, *groups = span_tagger.described(known, text, tokens, np.zeros(tokens[0].size, np.bool_), len(text))
        doubts.append(float(network.logits(tokens[2], x, tuple(groups))[:, 0].max(initial=-20)))
    order = np.argsort(doubts)[::-1][:most]
    print("their highest log odds", [round(doubts[i], 1) for i in order[[0, -1]]])
    return [arts[i] for i in order]


def example(
    arts: list[tuple[str, list[str]]],
    r: random.Random,
    *,
    honest: float = 0.4,
    hard: list[tuple[str, list[str]]] | None = None,
    seen: list[list[Push]] | None = None,
    texts: dict[str, dict[str, list[str]]] | None = None,
) -> tuple[str, str, np.ndarray, int, np.ndarray]:
    """Make a page: its title and text, which characters were pushed in, where the body ends, which are masked."""
    tampered = r.random() >= honest
    difficult = bool(hard) and r.random() < (0.1 if tampered else 0.4)
    title, lines = r.choice(hard if hard and difficult else arts)
    d = shaped(title, lines, r, arts)
    if difficult and not tampered:
        d.lines = list(lines)
    else:
        oddities(d, r)
    if tampered and seen and r.random() < 0.45:
        transplant(d, r, invented(r, texts) if texts and r.random() < 0.4 else r.choice(seen))
    elif tampered:
        hijack(d, r)
    body = "\n".join((d.title, *d.lines))
    whole = "\n".join((body, *d.listed))
    end = sum(c not in IN + OUT for c in body)
    inside, depth, kept = [], False, []
    for c in whole:
        if c in (IN, OUT):
            depth = c == IN
        else:
            kept.append(c)
            inside.append(depth)
    pushed = np.array(inside, np.bool_)
    masked = np.zeros(len(kept), np.bool_)
    if tampered and r.random() < 0.06:
        masked = pushed & (r.random() < 0.9)
    return title, "".join(kept), pushed, end, masked


def labels(pushed: np.ndarray, starts: np.ndarray, ends: np.ndarray, ids: np.ndarray) -> np.ndarray:
    """Return inside, start and end of each token."""
    total = np.concatenate(([0], np.cumsum(pushed)))
    inside = (2 * (total[ends] - total[starts]) > ends - starts) & (ids != 0)
    before = np.concatenate(([False], inside[:-1]))
    after = np.concatenate((inside[1:], [False]))
    return np.stack((inside, inside & ~before, inside & ~after), 1).astype(np.float32)


def batches(
    arts: list[tuple[str, list[str]]],
    seed: int,
    honest: float,
    hard: list[tuple[str, list[str]]],
    *,
    pages: list[Example],
    share: float,
    seen: list[list[Push]],
    texts: dict[str, dict[str, list[str]]],
) -> Iterator[dict[str, np.ndarray]]:
    """Pack pages into batches of one size."""
    r = random.Random(seed)
    known = span_text.known()
    pad = span_tagger.PAD
    waiting = None
    while True:
        b = {
            "x": np.zeros((TOKENS, span_columns.COUNT), np.float32), "ids": np.zeros(TOKENS, np.int32), "y": np.zeros((TOKENS, 3), np.float32), "w": np.zeros(TOKENS, np.float32),
            "pair": np.full(TOKENS, GROUPS - 1, np.int32), "back": np.full(TOKENS, GROUPS - 1, np.int32), "single": np.full(TOKENS, GROUPS - 1, np.int32), "sentence": np.full(TOKENS, SENTENCES - 1, np.int32), "page": np.full(TOKENS, PAGES - 1, np.int32),
        }  # fmt: skip
        at, group, lone, said, page = pad, 0, 0, 0, 0
        while True:
            if waiting is None:
                if pages and r.random() < share:
                    _, text, pushed, end, masked = shortened(r.choice(pages), r)
                else:
                    _, text, pushed, end, masked = example(arts, r, honest=honest, hard=hard, seen=seen, texts=texts)
                s, e, ids = known.tokens(text)
                total = np.concatenate(([0], np.cumsum(masked)))
                x, pair, single, back, sentence = span_tagger.described(
                    known, text, (s, e, ids), total[e] > total[s], end
                )
                n = min(s.size, 1600)
                waiting = (
                    x[:n],
                    ids[:n],
                    labels(pushed, s, e, ids)[:n],
                    pair[:n],
                    single[:n],
                    back[:n],
                    sentence[:n],
                    pushed.any(),
                )
            x, ids, y, pair, single, back, sentence, tampered = waiting
            n = ids.size
            sizes = [int(v.max(initial=-1)) + 1 for v in (pair, single, sentence)]
            if (
                at + n + pad > TOKENS
                or page + 1 >= PAGES
                or said + sizes[2] >= SENTENCES
                or group + sizes[0] >= GROUPS
                or lone + sizes[1] >= GROUPS
            ):
                break
            waiting = None
            span = slice(at, at + n)
            b["x"][span], b["ids"][span], b["y"][span] = x, ids, y
            b["w"][span] = 1.0 if tampered else 3.0
            b["pair"][span] = np.where(pair >= 0, pair + group, GROUPS - 1)
            b["back"][span] = np.where(back >= 0, back + group, GROUPS - 1)
            b["single"][span] = np.where(single >= 0, single + lone, GROUPS - 1)
            b["sentence"][span] = sentence + said
            b["page"][span] = page
            at, page = at + n + pad, page + 1
            group, lone, said = group + sizes[0], lone + sizes[1], said + sizes[2]
        yield b


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--steps", type=int, default=7000)
    parser.add_argument("--hidden", type=int, default=48)
    parser.add_argument("--honest", type=float, default=0.48)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--decay", type=float, default=1e-2, help="of weights")
    parser.add_argument("--mine", type=int, default=1, help="look for hard honest articles among every n-th")
    parser.add_argument("--start", type=Path)
    parser.add_argument("--pages", type=Path, nargs="*", default=[], help="pages that people wrote, to learn from too")
    parser.add_argument("--share", type=float, default=0.35, help="how often one of them is taken")
    parser.add_argument("--out", type=Path, default=span_tagger.FILE)
    a = parser.parse_args()
    arts = articles(a.data)
    print(len(arts), "articles")
    topics = jnp.asarray(span_text.known().topics)
    p = initial(a.seed, a.hidden)
    if a.start:
        old = {k: v.astype(np.float32) for k, v in load_file(a.start).items()}
        if missing := p["w0"].shape[0] - old["w0"].shape[0]:  # numbers that were not there before
            at = span_columns.COUNT - missing
            old["w0"] = np.concatenate((old["w0"][:at], np.zeros((missing, a.hidden), np.float32), old["w0"][at:]))
        p |= {k: v for k, v in old.items() if p[k].shape == v.shape}
    schedule = optax.warmup_cosine_decay_schedule(0.0, a.rate, min(100, a.steps // 10), a.steps, a.rate / 50)
    rule = optax.chain(optax.clip_by_global_norm(1.0), optax.adamw(schedule, weight_decay=a.decay))
    state = rule.init(p)

    @jax.jit
    def step(p: dict, state: tuple, average: dict, b: dict, *, drop: jnp.ndarray, noise: jnp.ndarray) -> tuple:
        value, grads = jax.value_and_grad(cost)(p, b, topics, drop, noise)
        updates, state = rule.update(grads, state, p)
        p = optax.apply_updates(p, updates)
        return p, state, jax.tree.map(lambda m, now: AVERAGED * m + (1 - AVERAGED) * now, average, p), value

    began, mean, average = time.time(), 0.0, p
    r = np.random.default_rng(a.seed)
    hard = mined(arts[:: a.mine], a.start, 700 // a.mine) if a.start else []
    print(len(hard), "of them hard", flush=True)
    pages = written(a.pages)
    seen = campaigns(a.pages)
    hard += [(f[0], f[1][: f[3]].split("\n")[1:]) for f in pages if not f[2].any()]
    for n, b in enumerate(
        batches(arts, a.seed, a.honest, hard, pages=pages, share=a.share, seen=seen, texts=strings())
    ):
        if n == a.steps:
            break
        drop = (r.random(TOKENS) > 0.3).astype(np.float32)
        noise = (r.random((2, TOKENS, a.hidden), np.float32) < KEPT).astype(np.float32) / KEPT
        p, state, average, value = step(p, state, average, b, drop=drop, noise=noise)
        mean += (float(value) - mean) * (0.02 if n > 50 else 0.2)
        if n % 100 == 0:
            print(n, f"{mean:.5f}", f"{time.time() - began:.0f} s", flush=True)
        if n % 500 == 499:
            save(average, a.out)
    save(average, a.out)


def save(p: dict, path: Path) -> None:
    """Write the weights at half precision."""
    save_file({k: np.asarray(v).astype(np.float16) for k, v in p.items()}, path)


if __name__ == "__main__":
    main()
