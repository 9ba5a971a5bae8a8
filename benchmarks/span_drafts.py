"""A page to be hijacked: what is pushed in stands between two marks, so that the truth is known."""

# ruff: noqa: E501, SIM905 (tables and patterns read best on one line)

from __future__ import annotations

import random
from dataclasses import dataclass, field

IN, OUT = "\x01", "\x02"


PAIRS = '【】 [] 「」 『』 《》 〖〗 () {} <> （） ★★ || «» ~~ ** ++ == ［］ 〔〕 ☆☆ ▶◀ ⟦⟧ “” "" ❰❱ ## -- ➤➤ 🔥🔥 ⭐⭐ 🎰🎰 ✅✅ 👉👈 →← ／／ __ ::'.split()


@dataclass
class Draft:
    """A page in the making: title, paragraphs and list, a line each."""

    title: str
    lines: list[str]
    listed: list[str]
    honest: str = ""
    others: list[tuple[str, list[str]]] = field(default_factory=list)


def mark(text: str) -> str:
    """Mark what is pushed in."""
    return IN + text + OUT


def spots(line: str) -> list[int]:
    """Return the spaces between words of a line, outside what was pushed in."""
    found, inside = [], False
    for i, c in enumerate(line):
        inside = c == IN or (inside and c != OUT)
        if (
            c == " "
            and not inside
            and 0 < i < len(line) - 1
            and line[i - 1] not in OUT + " "
            and line[i + 1] not in IN + " "
        ):
            found.append(i)
    return found


def pair(r: random.Random) -> tuple[str, str]:
    """Choose the two marks that something stands between."""
    both = r.choice(PAIRS[:20] if r.random() < 0.85 else PAIRS)
    return both[: len(both) // 2], both[len(both) // 2 :]


NAMES = "Nguyễn Trần Lê Phạm Hoàng Phan Vũ Đặng Bùi Đỗ Giàng Lò Hồ Ngô Dương Lý Quách Tẩn Mông Nhữ Lục".split()


GIVEN = "An Bình Chi Dũng Giang Hạnh Hùng Khánh Lan Linh Long Mai Minh Nam Nga Ngọc Phong Quân Sơn Thảo Thủy Trang Tuấn Vy Seo Lử Páo Hiền Thu Đức Kiên".split()


def name(r: random.Random) -> str:
    """Invent a person."""
    return " ".join((r.choice(NAMES), *r.choices(GIVEN, k=r.choice((1, 2, 2)))))


def shaped(title: str, lines: list[str], r: random.Random, others: list[tuple[str, list[str]]]) -> Draft:
    """Take an article, or the beginning of it, with a list of other headlines or without."""
    p, size = r.random(), r.randint(3, 12)
    if p < 0.35:
        lines = lines[:size]
    elif p < 0.6 and len(lines) > size:
        lines = lines[: size - 2] + lines[-2:]
    listed = [r.choice(others)[0] for _ in range(r.randint(3, 20))] if r.random() < 0.65 else []
    return Draft(title, list(lines), listed, title, others)
