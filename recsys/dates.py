"""Days: what day a date names, as machines and as Vietnamese papers write it."""

from __future__ import annotations

import datetime
import functools
import re

_MONTHS = {"một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9}
_MONTHS |= {"mười": 10, "mười một": 11, "mười hai": 12}
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4})(?!\d)")
_WORDS = re.compile(
    r"(?<!\d)(\d{1,2})\s+tháng\s+(\d{1,2}|mười một|mười hai|[a-zạ-ỹàáâãèéêìíòóôõùúăđĩũơư]+),?(?:\s+năm)?\s+(\d{4})"
)


@functools.lru_cache(1 << 16)
def day(published: str, *, first: bool = False) -> int | None:
    """Return the number of the day that a date names; None where it names none, as "2024-12".

    ISO dates (with ``first``, the first of the month or year where they are partial); else a date within the text with
    day, month and year of four digits ("20/05/2016 | 16:03", "thứ sáu, 20 tháng 5 năm 2016").

    >>> day("2016-05-20T16:03") == day("Thứ sáu, ngày 20 tháng 5 năm 2016 | 16:03") == day("16:03 - 20/05/2016")
    True
    """
    try:
        return datetime.date.fromisoformat(published[:10]).toordinal()
    except ValueError:
        pass
    parts = published[:10].split("-")
    if len(parts[0]) == 4 and all(part.isdecimal() for part in parts) and (first or len(parts) == 3):
        return _ordinal(*(int(p) for p in (*parts, "1", "1")[:3]))
    if found := _NUMBERS.search(published):
        date, month, year = (int(x) for x in found.groups())
        return _ordinal(year, date, month) if month > 12 else _ordinal(year, month, date)
    if found := _WORDS.search(published.lower()):
        month = _MONTHS.get(found[2]) or (int(found[2]) if found[2].isdecimal() else 0)
        return _ordinal(int(found[3]), month, int(found[1]))
    return None


def _ordinal(year: int, month: int, date: int) -> int | None:
    try:
        return datetime.date(year, month, date).toordinal()
    except ValueError:
        return None
