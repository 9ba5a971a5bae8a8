"""Numba kernels over how each token of a page looks and where it stands."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from recsys import span_columns as c
from recsys.jit import kernel
from recsys.span_kernels import CAPITAL, EMOJI, NEWLINE, NUMBER, SCRIPT, SIGN, SMALL, UPPER

Array = NDArray[Any]

_EXCLAMATION, _DASH, _DOT, _SLASH, _COLON, _QUESTION, _AT, _ELLIPSIS = 33, 45, 46, 47, 58, 63, 64, 0x2026


@kernel
def letters(x: Array, codes: Array, starts: Array, ends: Array, ids: Array, word: Array, lower: Array) -> None:
    """Write the capitals of each token, what kind it is, and how it stands to those beside it."""
    n = ids.size
    for t in range(n):
        i = ids[t]
        if i == NEWLINE:
            x[t, c.BREAK] = 1.0
            continue
        q = codes[starts[t]]
        first = q < 65536 and lower[q] != q
        whole = first
        for p in range(starts[t], ends[t]):
            q = codes[p]
            whole = whole and (q >= 65536 or lower[q] != q)
        q = codes[starts[t]]
        x[t, c.CAPITAL_FIRST] = first
        x[t, c.CAPITALS] = whole and ends[t] - starts[t] > 1
        x[t, c.FIGURES] = i == NUMBER
        x[t, c.MARK] = not word[t]
        x[t, c.OTHER_SCRIPT] = i == SCRIPT
        x[t, c.PICTURE] = i == EMOJI
        spaced = t > 0 and starts[t] > ends[t - 1]
        x[t, c.SPACED] = spaced
        x[t, c.GLUED] = t > 0 and not spaced and word[t] and word[t - 1]
        x[t, c.GLUED_TO_NEXT] = t + 1 < n and starts[t + 1] == ends[t] and word[t] and word[t + 1]
        x[t, c.LENGTH] = min(2.0, (ends[t] - starts[t]) / 8)
        x[t, c.HASHTAG] = q == 35 or (t > 0 and codes[starts[t - 1]] == 35)
        x[t, c.ANGLE] = q == 60 or q == 62
        x[t, c.EXCLAMATION] = q == 33
        x[t, c.SMALL_UNKNOWN] = i == SMALL
        x[t, c.CAPITAL_UNKNOWN] = i in (CAPITAL, UPPER)
        x[t, c.STRANGE_MARK] = i == SIGN or q == 124 or q == 95


@kernel
def brackets(x: Array, codes: Array, starts: Array, ids: Array) -> None:
    """Write which tokens stand in round brackets, in any others or stars, or in quotation marks, on their line."""
    round_open = other_open = quoted = 0
    for t in range(ids.size):
        if ids[t] == NEWLINE:
            round_open = other_open = quoted = 0
            continue
        q = codes[starts[t]]
        if q == 40 or q == 0xFF08:
            round_open = 1
        if q == 91 or q == 123 or q == 60 or (0x3008 <= q <= 0x301B and q % 2 == 0) or q == 0xFF3B or q == 0x2605:
            other_open = 1
        x[t, c.IN_ROUND] = round_open
        x[t, c.IN_SQUARE] = other_open
        if q == 41 or q == 0xFF09:
            round_open = 0
        if q == 93 or q == 125 or q == 62 or (0x3008 <= q <= 0x301B and q % 2 == 1) or q == 0xFF3D:
            other_open = 0
        if q == 0x201C or q == 0xAB:
            quoted = 1
        if q == 34:
            quoted = 1 - quoted
        x[t, c.IN_QUOTES] = quoted
        if q == 0x201D or q == 0xBB:
            quoted = 0


@kernel
def _line_end(ids: Array, t: int) -> int:
    while t < ids.size and ids[t] != NEWLINE:
        t += 1
    return t


@kernel
def places(x: Array, codes: Array, starts: Array, ids: Array, masked: Array, title: int, body_end: int) -> None:
    """Write where on its line and on the page each token stands."""
    n = ids.size
    row = line_start = line_end = 0
    rows = 1
    for t in range(n):
        rows += ids[t] == NEWLINE
    for t in range(n):
        if ids[t] == NEWLINE:
            row += 1
            continue
        if t == 0 or ids[t - 1] == NEWLINE:
            line_start, line_end = t, _line_end(ids, t)
        q = codes[starts[t - 1]] if t > line_start else _DOT
        x[t, c.OPENING] = q in (_DOT, _EXCLAMATION, _QUESTION, _ELLIPSIS, _COLON)
        x[t, c.LINE_START] = t == line_start
        x[t, c.LINE_END] = t + 1 == line_end
        x[t, c.IN_TITLE] = starts[t] < starts[title] if title < n else 1.0
        x[t, c.IN_LIST] = starts[t] > body_end
        x[t, c.LISTED] = title < n and starts[t] > body_end
        x[t, c.LINE_LENGTH] = min(2.0, np.log(line_end - line_start + 1.0) / 3)
        x[t, c.SHORT_LINE] = line_end - line_start < 12
        x[t, c.LINE_PLACE] = row / rows
        x[t, c.FEW_LINES] = rows < 4
        x[t, c.MASKED] = masked[t]


@kernel
def addresses(x: Array, codes: Array, starts: Array, ends: Array, ids: Array) -> None:
    """Write which tokens are part of an address, or of a telephone number."""
    n = ids.size
    link_end = -1
    line_end = 0
    for t in range(n):
        if ids[t] == NEWLINE:
            continue
        if t == 0 or ids[t - 1] == NEWLINE:
            line_end = _line_end(ids, t)
        if t >= link_end:
            link_end = _link_end(x, codes, starts, ends, ids, t, line_end)
        x[t, c.IN_LINK] = t < link_end
        digits = 0
        e = t
        while e < line_end and e - t < 8:
            joined = e > t and codes[starts[e]] in (_DOT, _DASH)
            if ids[e] != NUMBER and not joined:
                break
            if ids[e] == NUMBER:
                digits += ends[e] - starts[e]
            e += 1
        if 9 <= digits <= 12 and codes[starts[t]] in (48, 43):
            x[t:e, c.IN_NUMBER] = 1.0


@kernel
def _link_end(x: Array, codes: Array, starts: Array, ends: Array, ids: Array, t: int, line_end: int) -> int:
    """Return where an address that begins with token ``t`` ends, -1 where none does."""
    e = t + 1
    dots = 0
    while e < line_end and starts[e] == ends[e - 1] and e - t < 24:
        follows = e + 1 < line_end and starts[e + 1] == ends[e] and ids[e + 1] != NUMBER
        dots += codes[starts[e]] in (_DOT, _SLASH, _AT) and follows
        e += 1
    return e if dots > 0 and e - t >= 3 and x[t, c.ACCENTED] == 0 else -1


@kernel
def bare_runs(x: Array) -> None:
    """Write how long a run of words without diacritics is, how many of its pairs news never has, and its capitals."""
    n = len(x)
    t = 0
    while t < n:
        if x[t, c.BARE] == 0:
            t += 1
            continue
        first, unseen, capitals = t, 0, 0
        while t < n and (x[t, c.BARE] > 0 or (t > first and x[t, c.FIGURES] > 0)):
            capitals += x[t, c.CAPITAL_FIRST] > 0
            unseen += t > first and x[t, c.SEEN] == 0
            t += 1
        for q in range(first, t):
            x[q, c.BARE_RUN] = min(3.0, (t - first) / 3)
            x[q, c.BARE_UNSEEN] = min(3.0, unseen / 2)
            x[q, c.BARE_CAPITALS] = capitals / (t - first)
