"""Whether a comma stands between two words of a Vietnamese sentence: a small model of the words around it.

Fitted by ``benchmarks/page_commas.py`` on published news; the file holds weights only.
"""

from __future__ import annotations

import functools
import re
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

FILE = Path(__file__).with_name("page_commas.safetensors")
CELLS = 1 << 18
COMMA = re.compile(r"([^\W_]), (?=([^\W_]))")
PLAIN = re.compile(r"([^\W_]) (?=([^\W_]))")
_TOKEN = re.compile(r"[^\W_]+|[^\w\s]|\n")
_WINDOW = 60  # characters looked at on either side


def log_odds(before: str, after: str) -> float:
    """Return the log odds of a comma between two stretches of one line, before counting how rare commas are."""
    weights, scale, intercept = _weights()
    return float(weights[features(before, after)].sum() * scale + intercept)


def features(before: str, after: str) -> list[int]:
    """Return the cells of the words around a gap, alone and together."""
    left = _TOKEN.findall(before[-_WINDOW:])[-3:]
    right = _TOKEN.findall(after[:_WINDOW])[:3]
    a, b, c = ["", "", "", *map(_shape, left)][-3:]
    x, y, z = [*map(_shape, right), "", "", ""][:3]
    said = (f"c{c}", f"x{x}", f"cx{c} {x}", f"bc{b} {c}", f"xy{x} {y}", f"bcx{b} {c} {x}", f"cxy{c} {x} {y}",
            f"abc{a} {b} {c}", f"xyz{x} {y} {z}", f"b{b}", f"y{y}")  # fmt: skip
    return [zlib.crc32(feature.encode()) % CELLS for feature in said]


def _shape(word: str) -> str:
    """Return a word in small letters, marked where it has a capital; figures are all one."""
    if word.isdigit():
        return "0"
    return "^" + word.lower() if word[:1].isupper() else word


@functools.cache
def _weights() -> tuple[NDArray[Any], float, float]:
    from safetensors.numpy import load_file

    arrays = load_file(FILE)
    scale, intercept = arrays["scale"].tolist()
    return arrays["weights"].astype(np.int32), scale, intercept
