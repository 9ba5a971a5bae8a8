"""Learn where a sentence has a comma: python benchmarks/page_commas.py DATA_DIR.

Reads news of 12/2024 and of 2016-2020, takes every comma between two words and as many
gaps without one, fits a logistic regression over hashed words around the gap, prints how often it is right on articles
it had not seen, and writes ``recsys/page_commas.safetensors``.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import lzma
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file
from scipy.sparse import csr_matrix
from sklearn.linear_model import SGDClassifier

from recsys import page_commas

MOST = 400_000  # gaps of each kind


def texts(data: Path) -> Iterator[str]:
    """Yield the bodies of articles, mixed over the files."""
    with contextlib.ExitStack() as stack:
        paths = [data / "news-2024" / "dev.jsonl.xz", data / "news-2020" / "train.jsonl.xz"]
        streams = [stack.enter_context(lzma.open(path, "rt", encoding="utf-8")) for path in paths]
        for lines in zip(*streams, strict=False):
            yield from (json.loads(line).get("body") or "" for line in lines)


def gaps(text: str, rng: np.random.Generator) -> Iterator[tuple[list[int], int]]:
    """Yield (features, whether a comma stands there) of as many gaps with as without."""
    places = [(m.end(1), m.start(2), 1) for m in page_commas.COMMA.finditer(text)]
    plain = [(m.end(1), m.start(2), 0) for m in page_commas.PLAIN.finditer(text)]
    if plain:
        places += [plain[i] for i in rng.choice(len(plain), min(len(places), len(plain)), replace=False)]
    for left, right, comma in places:
        yield page_commas.features(text[:left], text[right:]), comma


def main() -> None:
    """Fit, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    args = parser.parse_args()
    rng = np.random.default_rng(0)
    rows: list[list[int]] = []
    commas: list[int] = []
    for text in texts(args.data):
        for row, comma in gaps(text[:4000], rng):
            rows.append(row)
            commas.append(comma)
        if len(rows) >= 2 * MOST:
            break
    width = len(rows[0])
    X = csr_matrix(
        (np.ones(len(rows) * width, np.float32), np.concatenate(rows), np.arange(0, len(rows) * width + 1, width)),
        shape=(len(rows), page_commas.CELLS),
    )
    y = np.array(commas)
    held = len(rows) * 9 // 10
    model = SGDClassifier(loss="log_loss", alpha=2e-6, max_iter=12, average=True, random_state=0)
    model.fit(X[:held], y[:held])
    print(f"{len(rows):,} gaps; right on {len(rows) - held:,} unseen ones: {model.score(X[held:], y[held:]):.3f}")
    scale = np.abs(model.coef_).max() / 127
    save_file(
        {
            "weights": np.rint(model.coef_[0] / scale).astype(np.int8),
            "scale": np.array([scale, model.intercept_[0]], np.float32),
        },
        page_commas.FILE,
    )


if __name__ == "__main__":
    main()
