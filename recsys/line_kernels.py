"""Numba kernels that describe every line of a page: its words' places, its marks, where it stands."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from recsys.jit import kernel
from recsys.span_kernels import NEWLINE, NUMBER, is_alnum

Array = NDArray[Any]

FIRST_WORDS, LAST_WORDS = 4, 2  # tokens of a line that are known one by one
WORDS = FIRST_WORDS + LAST_WORDS
NUMBERS = 36  # that describe a line
FRONT = 6  # characters before the first letter that make the shape of its front
LONG = 60  # characters from which a line that ends like a sentence is prose


@kernel
def _ends_sentence(codes: Array, first: int, last: int) -> bool:
    q: int = codes[last - 1]
    while last > first + 1 and (q == 34 or q == 0x201D or q == 0x2019 or q == 39 or q == 41):
        last -= 1
        q = codes[last - 1]
    return q == 46 or q == 33 or q == 63 or q == 0x2026 or q == 58


@kernel
def _front(codes: Array, first: int, last: int) -> int:
    """Return the shape of what stands before the first letter or quotation mark: marks as they are, figures as one."""
    shape = 0
    figures = False
    for p in range(first, min(last, first + FRONT)):
        q = int(codes[p])
        if 48 <= q < 58:
            if not figures:
                shape = shape * 31 + 7
            figures = True
            continue
        if is_alnum(q) or q == 0x201C or q == 34 or q == 39 or q == 0x2018:
            break
        figures = False
        if q != 32:
            shape = shape * 31 + q
    return shape


@kernel
def _number(codes: Array, first: int, last: int) -> int:
    """Return the number that a line begins with, -1 for none."""
    found = -1
    for p in range(first, min(last, first + 3)):
        q = codes[p]
        if not 48 <= q < 58:
            break
        found = max(found, 0) * 10 + int(q) - 48
    return found


@kernel
def describe(
    codes: Array, starts: Array, ends: Array, ids: Array, logs: Array, lower: Array, blank: Array
) -> tuple[Array, Array]:
    """Return the numbers of every line (n, NUMBERS) and the ids of its first and last words (n, WORDS; -1 for none).

    ``starts``, ``ends`` and ``ids`` are the tokens of the lines; ``blank`` tells before which a line was left empty.
    """
    n = blank.size
    x = np.zeros((n, NUMBERS), np.float32)
    words = np.full((n, WORDS), -1, np.int32)
    front = np.zeros(n, np.int64)
    number = np.zeros(n, np.int64)
    prose = np.zeros(n, np.bool_)
    where = np.zeros(n, np.int32)  # characters
    row, t = 0, 0
    while row < n and t <= ids.size:
        e = t
        while e < ids.size and ids[e] != NEWLINE:
            e += 1
        if e > t:
            first, last = starts[t], ends[e - 1]
            where[row] = last - first
            front[row] = _front(codes, first, last)
            number[row] = _number(codes, first, last)
            prose[row] = last - first > LONG and _ends_sentence(codes, first, last)
            for k in range(min(FIRST_WORDS, e - t)):
                words[row, k] = ids[t + k]
            for k in range(min(LAST_WORDS, e - t)):
                words[row, FIRST_WORDS + k] = ids[e - 1 - k]
            _looks(x[row], codes, starts, ends, ids, logs, lower, t, e)
        row += 1
        t = e + 1
    above = 0
    below = prose.sum()
    for row in range(n):
        r = x[row]
        below -= prose[row]
        r[0] = prose[row]
        r[1] = above > 0
        r[2] = below > 0
        r[3] = min(above, 8) / 8
        r[4] = min(below, 8) / 8
        r[5] = min(row, 12) / 12
        r[6] = min(n - 1 - row, 12) / 12
        r[7] = row == 0
        r[8] = row + 1 == n
        r[9] = blank[row]
        same = 0
        if front[row]:
            for other in range(max(0, row - 30), min(n, row + 31)):
                same += other != row and front[other] == front[row]
        r[10] = min(same, 5) / 5
        r[11] = row > 0 and front[row] != 0 and front[row] == front[row - 1]
        r[12] = row + 1 < n and front[row] != 0 and front[row] == front[row + 1]
        r[13] = row > 0 and number[row] >= 0 and number[row] == number[row - 1] + 1
        r[14] = row + 1 < n and number[row] >= 0 and number[row + 1] == number[row] + 1
        near = 0
        for other in range(max(0, row - 2), min(n, row + 3)):
            near += other != row and not prose[other]
        r[15] = near / 4
        above += prose[row]
    return x, words


@kernel
def _looks(
    r: Array, codes: Array, starts: Array, ends: Array, ids: Array, logs: Array, lower: Array, t: int, e: int
) -> None:
    """Write how a line's first and last character, its words and its marks look."""
    first, last = starts[t], ends[e - 1]
    word = capital = whole = figure = marks = bars = paths = address = colon = accents = 0
    rare = 0.0
    for k in range(t, e):
        q = codes[starts[k]]
        if q < 65536 and is_alnum(q):
            word += 1
            rare += logs[ids[k]]
            figure += ids[k] == NUMBER
            big = lower[q] != q
            capital += big
            for p in range(starts[k] + 1, ends[k]):
                c = codes[p]
                big = big and (c >= 65536 or lower[c] != c)
                accents += c > 127
            whole += big and ends[k] - starts[k] > 1
        else:
            marks += 1
            bars += q == 124 or q == 0x2022 or q == 0xB7
            paths += q == 47 or q == 62 or q == 0xBB or q == 0x203A or q == 0x2192
            address += q == 64 or (q == 46 and k + 1 < e and starts[k + 1] == ends[k] and k > t)
            colon += (q == 58 or q == 0xFF1A) and k - t < 5
    q, z = codes[first], codes[last - 1]
    r[16] = min(np.log(word + 1.0) / 4, 1.5)
    r[17] = min((last - first) / 200, 1.5)
    r[18] = capital / max(1, word)
    r[19] = whole / max(1, word)
    r[20] = figure / max(1, word)
    r[21] = min(1.0, marks / max(1, word))
    r[22] = min(1.0, bars / 3)
    r[23] = min(1.0, paths / 3)
    r[24] = min(1.0, address / 2)
    r[25] = min(1.0, colon)
    r[26] = min(1.0, accents / max(1, word))
    r[27] = rare / max(1, word) / 16
    r[28] = lower[q] != q if q < 65536 else False
    r[29] = 48 <= q < 58
    r[30] = q == 40 or q == 91
    r[31] = not is_alnum(q)
    r[32] = z == 46 or z == 0x2026
    r[33] = z == 63 or z == 33
    r[34] = z == 58
    r[35] = z == 41 or z == 93
