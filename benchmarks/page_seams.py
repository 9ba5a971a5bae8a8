"""Fit the table of syllable pairs that page reading uses: python benchmarks/page_seams.py DATA_DIR [OUT]."""

from __future__ import annotations

import json
import lzma
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from recsys import page_seams


def texts(data: Path) -> Iterator[str]:
    """Read news of 2003-2007 (half) and 2016-2020, headlines of 2025-2026; those of 12/2024 stay for measuring."""
    sources = (("news-2020/train.jsonl.xz", 1), ("headlines-2026.jsonl.xz", 1), ("vntc/train.jsonl.xz", 2))
    for name, step in sources:
        with lzma.open(data / name, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                if number % step == 0:
                    row = json.loads(line)
                    parts = (row.get(key) for key in ("title", "lead", "body"))
                    yield unicodedata.normalize("NFC", "\n".join(part for part in parts if part))


if __name__ == "__main__":
    out = Path(sys.argv[2]) if len(sys.argv) > 2 else page_seams.FILE
    page_seams.fit(texts(Path(sys.argv[1]))).save(out)
    print(f"{out}: {out.stat().st_size:,} bytes")
