"""Tag VNTC with recsys, Rust (underthesea_core) and scikit-learn: speed, memory, size, accuracy.

    python benchmarks/tagging.py DATA_DIR

``DATA_DIR`` holds ``vntc/train.jsonl.xz`` and ``vntc/test-a.jsonl.xz``. Every peer lives in a process of its own; they
fit one after the other and then tag in turn, so that all see the same machine. The table goes to the screen and, with a
picture, to ``benchmarks/results``. A peer that is not installed is left out, and the table says so.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import lzma
import multiprocessing
import os
import pathlib
import platform
import re
import resource
import statistics
import sys
import time
from multiprocessing.connection import Connection
from typing import Any

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from tagging_peers import PEERS, Recsys

RESULTS = pathlib.Path(__file__).parent / "results"
SIZES = (1_000, 2_000, 5_000, 10_000, 20_000, 40_000, 84_000)


def read(path: pathlib.Path, limit: int | None = None) -> tuple[list[str], list[str]]:
    """Return texts and labels of a corpus file, or of ``limit`` articles spread over it."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines]
    articles = articles[:: max(1, len(articles) // limit)] if limit else articles
    parts = ([a.get(field) or "" for field in ("title", "lead", "body")] for a in articles)
    return ["\n".join(filter(None, part)) for part in parts], [a["topics"][0] for a in articles]


def beginnings(texts: list[str]) -> list[str]:
    """Return the first 100 letters of each text: articles with the same ones share a passage."""
    return ["".join(re.findall(r"\w+", text[:1000].lower()))[:100] for text in texts]


def peak_memory() -> float:
    """Return the largest resident size of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << (20 if sys.platform == "darwin" else 10))


def work(pipe: Connection, name: str, data: pathlib.Path, threads: int, limit: int | None) -> None:
    """Be one peer: fit, then tag whenever the other end asks."""
    train, test = read(data / "train.jsonl.xz", limit), read(data / "test-a.jsonl.xz", limit)
    peer = PEERS[name][1](threads)
    some = slice(None, None, max(1, len(train[0]) // 400))
    peer.fit(train[0][some], train[1][some])  # compile, import
    peer.predict(test[0][:600])
    before, start, cpu = peak_memory(), time.perf_counter(), time.process_time()
    peer.fit(*train)
    told: dict[str, Any] = {"fit": time.perf_counter() - start, "cpu": time.process_time() - cpu}
    told |= {"memory": peak_memory() - before, "size": peer.size()}
    old, labels = set(beginnings(train[0])), np.array(test[1])
    fresh = np.array([beginning not in old for beginning in beginnings(test[0])])
    for way in ("predict", "predict_full"):
        if hasattr(peer, way):
            right = np.array(getattr(peer, way)(test[0])) == labels
            told |= {way: 100 * right.mean(), way + "_fresh": 100 * right[fresh].mean(), "shared": int((~fresh).sum())}
    pipe.send(told)
    while pipe.recv() == "tag":
        start = time.perf_counter()
        peer.predict(test[0])
        many = len(test[0]) / (time.perf_counter() - start)
        one = []
        for text in test[0][:: max(1, len(test[0]) // 2000)]:
            start = time.perf_counter()
            peer.predict_one(text)
            one.append(1e3 * (time.perf_counter() - start))
        pipe.send({"many": many, "p50": np.percentile(one, 50), "p99": np.percentile(one, 99)})


def compare(data: pathlib.Path, *, threads: int, runs: int, limit: int | None) -> tuple[dict[str, Any], list[str]]:
    """Return what was measured of every peer, and the names of those not installed."""
    context = multiprocessing.get_context("spawn")
    missing = [name for name, (module, _) in PEERS.items() if importlib.util.find_spec(module) is None]
    pipes, measured = {}, {}
    for name in (name for name in PEERS if name not in missing):
        pipes[name], theirs = context.Pipe()
        context.Process(target=work, args=(theirs, name, data, threads, limit)).start()
        measured[name] = pipes[name].recv()
        print(f"{name}: fitted in {measured[name]['fit']:.1f} s", file=sys.stderr)
    rounds: dict[str, list[dict[str, float]]] = {name: [] for name in pipes}
    for _ in range(runs):
        for name, pipe in pipes.items():
            pipe.send("tag")
            rounds[name].append(pipe.recv())
    for name, pipe in pipes.items():
        pipe.send("stop")
        for key in rounds[name][0]:
            measured[name][key] = statistics.median(one[key] for one in rounds[name])
    return measured, missing


def growth(data: pathlib.Path, threads: int) -> list[tuple[int, float, float]]:
    """Return (articles, seconds to fit, seconds to tag) of recsys; the largest corpora repeat articles."""
    texts, labels = (a + b for a, b in zip(read(data / "train.jsonl.xz"), read(data / "test-a.jsonl.xz"), strict=True))
    order = np.random.default_rng(0).permutation(len(texts))
    peer, curve = Recsys(threads), []
    for size in (200, *SIZES):
        chosen = np.resize(order, size)
        some, theirs = [texts[i] for i in chosen], [labels[i] for i in chosen]
        start = time.perf_counter()
        peer.fit(some, theirs)
        middle = time.perf_counter()
        peer.predict(some)
        curve.append((size, middle - start, time.perf_counter() - middle))
    return curve[1:]  # the first compiles


def phases(data: pathlib.Path, peer: Recsys) -> list[tuple[str, float]]:
    """Return the microseconds an article takes up to each step of tagging, on one thread; the last is everything."""
    from recsys import kernels, text

    texts = read(data / "test-a.jsonl.xz", 4000)[0]
    peer.fit(texts, [str(i % 10) for i in range(len(texts))])
    batches = [texts[i : i + 256] for i in range(0, len(texts), 256)]
    fold, tones, *_ = text.tables("folded")
    steps = [
        ("read the text once (copy its code units, add them up)", lambda b: text.encoded(b)[0].sum(dtype=np.int64)),
        ("and find what needs composing", lambda b: text.units(b, "folded")),
        ("and hash and count syllables", lambda b: kernels.count_terms(*text.units(b, "folded"), fold, tones, 1, 1)),
        ("and pairs of syllables", lambda b: kernels.count_terms(*text.units(b, "folded"), fold, tones, 1, 2)),
        ("everything: and find and weigh terms, add up classes", lambda b: peer.scorer.decision(b, threads=1)),
    ]
    best = []
    for name, step in steps:
        spent = []
        for _ in range(7):
            start = time.perf_counter()
            for batch in batches:
                step(batch)
            spent.append((time.perf_counter() - start) / len(texts) * 1e6)
        best.append((name, min(spent)))
    return best


def table(measured: dict[str, Any], missing: list[str], *, threads: int, runs: int) -> str:
    """Return the comparison in markdown."""
    columns = (
        "",
        "fit, s",
        "CPU s",
        "tag many, articles/s",
        "one article p50, ms",
        "p99",
        "memory to fit, MB",
        "model, MB",
    )
    head = f"| {' | '.join((*columns, 'accuracy', 'without shared'))} |"
    lines = [head, "|---|" + "---:|" * 9]
    for name, m in measured.items():
        lines.append(
            f"| {name} | {m['fit']:.1f} | {m['cpu']:.1f} | {m['many']:,.0f} | {m['p50']:.3f} | {m['p99']:.3f} "
            f"| {m['memory']:,.0f} | {m['size'] / 1e6:.1f} | {m['predict']:.2f} | {m['predict_fresh']:.2f} |"
        )
    ours, whole = measured["recsys"], measured["recsys, Model.tag_many"]
    told = [
        f"- Against {name}, recsys fits {m['fit'] / ours['fit']:.1f} times as fast and in "
        f"{100 * ours['cpu'] / m['cpu']:.0f} % of the CPU time, tags "
        f"{ours['many'] / m['many']:.1f} times as many articles a second ({whole['many'] / m['many']:.1f} through "
        f"`Model.tag_many`), and one article {m['p50'] / ours['p50']:.1f} times as fast "
        f"({m['p50'] / whole['p50']:.1f} through `Model.tag`)."
        for name, m in measured.items()
        if not name.startswith("recsys")
    ]
    told += [f"- {name} is not installed and was left out." for name in missing]
    told += [
        f"- recsys with weights of four bytes and every term: {ours['predict_full']:.2f} % "
        f"({ours['predict_full_fresh']:.2f} % without shared passages).",
        f"- {ours['shared']} test articles begin like a train article; the last column leaves them out.",
        f"- {threads} threads, median of {runs} runs of tagging in turn, one fit; {platform.machine()}, "
        f"Python {platform.python_version()}; kernels compiled before the clock starts.",
    ]
    return "\n".join(lines) + "\n\n" + "\n".join(told) + "\n"


def curve_table(curve: list[tuple[int, float, float]]) -> str:
    """Return time against corpus size in markdown."""
    lines = ["| articles | fit, s | tag, s | fit, ms an article | tag, ms an article |", "|---:|---:|---:|---:|---:|"]
    lines += [f"| {n:,} | {f:.2f} | {t:.2f} | {1e3 * f / n:.3f} | {1e3 * t / n:.3f} |" for n, f, t in curve]
    return "\n".join(lines) + "\n"


def phase_table(steps: list[tuple[str, float]]) -> str:
    """Return the cumulative cost of the steps in markdown."""
    lines = ["| tagging on one thread, up to this step | µs an article | times reading |", "|---|---:|---:|"]
    lines += [f"| {name} | {spent:.1f} | {spent / steps[0][1]:.1f} |" for name, spent in steps]
    return "\n".join(lines) + "\n"


def shown(value: float) -> str:
    """Return a number to three digits or so, without exponents."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def draw(measured: dict[str, Any], curve: list[tuple[int, float, float]], path: pathlib.Path) -> None:
    """Draw bars with ratios, and time against corpus size."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(1, 4 if curve else 3, figsize=(17 if curve else 13, 3.4), layout="constrained")
    panels = (("many", "tag many, articles/s"), ("p50", "one article, ms"), ("fit", "fit, s"))
    names = list(measured)[::-1]
    for axis, (key, title) in zip(axes, panels, strict=False):
        values = [measured[name][key] for name in names]
        bars = axis.barh(names, values, color=["#c0392b" if name.startswith("recsys") else "#b8bec4" for name in names])
        ratios = [f"{shown(v)}  ({shown(v / measured['recsys'][key])}×)" for v in values]
        axis.bar_label(bars, ratios, padding=3)
        axis.set_xlim(0, 1.45 * max(values))
        axis.set_title(title)
        axis.spines[["top", "right"]].set_visible(False)
        if axis is not axes[0]:
            axis.set_yticklabels([])
    if curve:
        sizes, fit, tag = zip(*curve, strict=True)
        axes[3].loglog(sizes, fit, "o-", color="#c0392b", label="fit")
        axes[3].loglog(sizes, tag, "o-", color="#2c3e50", label="tag")
        axes[3].loglog(sizes, [fit[-1] * n / sizes[-1] for n in sizes], ":", color="#888", label="linear")
        axes[3].set_title("recsys: seconds by articles")
        axes[3].legend(frameon=False)
    figure.savefig(path, dpi=130)


def main() -> None:
    """Compare, write the tables and the picture."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=pathlib.Path, help="folder with vntc/train.jsonl.xz and vntc/test-a.jsonl.xz")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--limit", type=int, help="articles of each file, for a quick look")
    parser.add_argument("--no-curve", action="store_true")
    args = parser.parse_args()
    vntc = args.data / "vntc"
    measured, missing = compare(vntc, threads=args.threads, runs=args.runs, limit=args.limit)
    curve = [] if args.no_curve else growth(vntc, args.threads)
    written = table(measured, missing, threads=args.threads, runs=args.runs)
    if curve:
        written += "\n" + curve_table(curve)
    written += "\n" + phase_table(phases(vntc, Recsys(args.threads)))
    print(written)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "tagging.md").write_text("# Tagging VNTC\n\n![Bars](tagging.png)\n\n" + written, encoding="utf-8")
    if importlib.util.find_spec("matplotlib") is None:
        print("matplotlib is not installed: no picture was drawn", file=sys.stderr)
        return
    draw(measured, curve, RESULTS / "tagging.png")


if __name__ == "__main__":
    main()
