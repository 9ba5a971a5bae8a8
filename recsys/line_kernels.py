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
FRONT = 6  # characters before the first letter that make the shape of its front
# The numbers that describe a line, in the order the network learned: where it stands, how it is like those near it.
PROSE, PROSE_ABOVE, PROSE_BELOW, ABOVE, BELOW, FROM_TOP, FROM_END, FIRST_LINE = range(8)
LAST_LINE, AFTER_BLANK, ALIKE, LIKE_BEFORE, LIKE_NEXT, COUNTS_ON, COUNTED_ON, AMONG_SHORT = range(8, 16)
# Its words and marks, its first character and its last.
LENGTH, CHARACTERS, CAPITAL_WORDS, ALL_CAPITALS, FIGURES, MARKS, BARS, PATHS = range(16, 24)
ADDRESS, COLON, ACCENTS, FREQUENCY, BEGINS_CAPITAL, BEGINS_FIGURE, BEGINS_BRACKET, BEGINS_MARK = range(24, 32)
ENDS_STOP, ENDS_LOUD, ENDS_COLON, ENDS_BRACKET = range(32, 36)
NUMBERS = 36
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
    row, t = 0, 0
    while row < n and t <= ids.size:
        e = t
        while e < ids.size and ids[e] != NEWLINE:
            e += 1
        if e > t:
            first, last = starts[t], ends[e - 1]
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
        r[PROSE] = prose[row]
        r[PROSE_ABOVE] = above > 0
        r[PROSE_BELOW] = below > 0
        r[ABOVE] = min(above, 8) / 8
        r[BELOW] = min(below, 8) / 8
        r[FROM_TOP] = min(row, 12) / 12
        r[FROM_END] = min(n - 1 - row, 12) / 12
        r[FIRST_LINE] = row == 0
        r[LAST_LINE] = row + 1 == n
        r[AFTER_BLANK] = blank[row]
        same = 0
        if front[row]:
            for other in range(max(0, row - 30), min(n, row + 31)):
                same += other != row and front[other] == front[row]
        r[ALIKE] = min(same, 5) / 5
        r[LIKE_BEFORE] = row > 0 and front[row] != 0 and front[row] == front[row - 1]
        r[LIKE_NEXT] = row + 1 < n and front[row] != 0 and front[row] == front[row + 1]
        r[COUNTS_ON] = row > 0 and number[row] >= 0 and number[row] == number[row - 1] + 1
        r[COUNTED_ON] = row + 1 < n and number[row] >= 0 and number[row + 1] == number[row] + 1
        near = 0
        for other in range(max(0, row - 2), min(n, row + 3)):
            near += other != row and not prose[other]
        r[AMONG_SHORT] = near / 4
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
    r[LENGTH] = min(np.log(word + 1.0) / 4, 1.5)
    r[CHARACTERS] = min((last - first) / 200, 1.5)
    r[CAPITAL_WORDS] = capital / max(1, word)
    r[ALL_CAPITALS] = whole / max(1, word)
    r[FIGURES] = figure / max(1, word)
    r[MARKS] = min(1.0, marks / max(1, word))
    r[BARS] = min(1.0, bars / 3)
    r[PATHS] = min(1.0, paths / 3)
    r[ADDRESS] = min(1.0, address / 2)
    r[COLON] = min(1.0, colon)
    r[ACCENTS] = min(1.0, accents / max(1, word))
    r[FREQUENCY] = rare / max(1, word) / 16
    r[BEGINS_CAPITAL] = lower[q] != q if q < 65536 else False
    r[BEGINS_FIGURE] = 48 <= q < 58
    r[BEGINS_BRACKET] = q == 40 or q == 91
    r[BEGINS_MARK] = not is_alnum(q)
    r[ENDS_STOP] = z == 46 or z == 0x2026
    r[ENDS_LOUD] = z == 63 or z == 33
    r[ENDS_COLON] = z == 58
    r[ENDS_BRACKET] = z == 41 or z == 93
