"""Fit what the span tagger knows of news: python benchmarks/span_words.py DATA_DIR [OUT].

Words, pairs and triples of words with how often they were seen, and a vector of what each frequent word is about.
Articles of 12/2024, a quarter of those of 2016-2020 and the clusters stay out: the tagger is fitted on those.
"""

# ruff: noqa: E501

from __future__ import annotations

import json
import lzma
import re
import sys
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file
from scipy.sparse import csr_matrix
from sklearn.decomposition import TruncatedSVD

from recsys import span_kernels as kernels
from recsys import span_text

WORDS, CELLS, TOPICAL = 45_000, 1 << 21, 16_000
_TOKEN = re.compile(r"[^\W\d_]+|[^\w\s]|_")


def reserved(text: str) -> bool:
    """Whether an article of 2016-2020 is kept for fitting the tagger."""
    return zlib.crc32(text[:200].encode()) % 4 == 0


def texts(data: Path) -> Iterator[str]:
    """Read the news that is counted."""
    for name in ("news-2020/train.jsonl.xz", "vntc/train.jsonl.xz", "headlines-2026.jsonl.xz"):
        with lzma.open(data / name, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                text = "\n".join(part for part in (row.get(k) for k in ("title", "lead", "body")) if part)
                if not (name.startswith("news-2020") and reserved(text)):
                    yield unicodedata.normalize("NFC", text)


def levels(counts: np.ndarray) -> np.ndarray:
    """Return 1 for 3 times seen, 7 for 300 times or more."""
    return np.clip(np.floor(np.log(counts / 3) / np.log(2.15)) + 1, 1, 7).astype(np.uint16)


def ngrams(rows: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Return keys and counts of frequent pairs and triples, most frequent first, as many as fit."""
    flat = np.concatenate(rows).astype(np.uint64)
    pairs = (flat[:-1] << np.uint64(16) | flat[1:]) + np.uint64(1)
    keys, counts = np.unique(pairs, return_counts=True)
    kept = counts >= 3
    keys, counts = keys[kept], counts[kept]
    triples = (flat[:-2] << np.uint64(32) | flat[1:-1] << np.uint64(16) | flat[2:]) + np.uint64(1 << 60)
    inner = flat[1:-1] != kernels.NEWLINE
    more, times = np.unique(triples[inner], return_counts=True)
    print(
        f"pairs {keys.size:,}; triples of 3 {(times >= 3).sum():,} of 4 {(times >= 4).sum():,} of 6 {(times >= 6).sum():,}"
    )
    room = int(CELLS * 0.88) - keys.size
    least = 3
    while (times >= least).sum() > room:
        least += 1
    print("triples from", least)
    kept = times >= least
    keys, counts = np.concatenate((keys, more[kept])), np.concatenate((counts, times[kept]))
    order = np.argsort(-counts, kind="stable")
    return keys[order], counts[order]


def subjects(rows: list[np.ndarray]) -> np.ndarray:
    """Return a vector of what each frequent word is about: the right singular vectors of weighted documents."""
    some = [row for row in rows if row.size > 120][::2]
    data, columns, ends = [], [], [0]
    for row in some:
        ids, counts = np.unique(row[(row >= kernels.FIRST) & (row < TOPICAL)], return_counts=True)
        columns.append(ids)
        data.append(1 + np.log(counts))
        ends.append(ends[-1] + ids.size)
    x = csr_matrix((np.concatenate(data), np.concatenate(columns), ends), shape=(len(some), TOPICAL))
    seen = np.maximum(np.bincount(x.indices, minlength=TOPICAL), 1)
    idf = np.log(len(some) / seen)
    x = x.multiply(idf).tocsr()
    x = x.multiply(1 / np.sqrt(x.multiply(x).sum(1))).tocsr()
    svd = TruncatedSVD(25, random_state=0, n_iter=3).fit(x)
    vectors = (svd.components_.T * idf[:, None])[:, 1:]
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors /= np.maximum(norms, 1e-9)
    weight = np.minimum(norms / np.percentile(norms[kernels.FIRST :], 90), 1.0)
    return np.clip(np.round(vectors * weight * 64 * 1.5), -127, 127).astype(np.int8)


def main() -> None:
    """Count, fit, write."""
    data = Path(sys.argv[1])
    out = Path(sys.argv[2]) if len(sys.argv) > 2 else span_text.FILE
    counts: Counter[str] = Counter()
    kept = list(texts(data))
    for text in kept:
        counts.update(_TOKEN.findall(text.lower()))
    words = [w for w, c in counts.most_common(WORDS) if c >= 4]
    print(len(kept), "texts,", sum(counts.values()), "tokens,", len(words), "words, rarest", counts[words[-1]])
    logs = np.array([3.0] * kernels.FIRST + [np.log(counts[w]) for w in words], np.float32)
    known = span_text.Known(span_text.Words.of(words, logs, sum(counts.values())), np.zeros(0, np.uint16), np.zeros(0))
    rows = [np.concatenate(([kernels.NEWLINE], known.tokens(text)[2])).astype(np.int32) for text in kept]
    keys, times = ngrams(rows)
    grams = np.zeros(CELLS, np.uint16)
    lost = kernels.fill(keys, levels(times), grams)
    print(f"{keys.size:,} n-grams, {lost:,} lost, load {(grams > 0).mean():.2f}")
    save_file(
        {
            "hashes": span_text.hashes(words),
            "logs": np.round(logs * 12).astype(np.uint8),
            "grams": grams,
            "topics": subjects(rows),
        },
        out,
        {"about": json.dumps({"total": sum(counts.values())})},
    )
    print(f"{out}: {out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
