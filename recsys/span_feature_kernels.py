"""Numba kernels that describe every token of a page by numbers: its seams, its looks, its repetitions, its place."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from recsys.jit import kernel
from recsys.span_kernels import (
    CAPITAL,
    EMOJI,
    FIRST,
    NEWLINE,
    NUMBER,
    SCRIPT,
    SIGN,
    SMALL,
    UPPER,
    level,
    mixed,
    three,
    two,
)

Array = NDArray[Any]

REACH = 8
COUNT = 81


@kernel
def surprise(a: int, b: int, logs: Array, total: float, grams: Array) -> tuple[int, float]:
    """Return the level of a pair, and its count against chance (log, clipped)."""
    seen = level(two(a, b), grams)
    expected = logs[a] + logs[b] - total
    if seen == 0:
        return 0, max(-3.0, -0.2 - max(expected, -0.2))
    return seen, min(6.0, max(-3.0, 1.48 + 0.765 * (seen - 1) - expected))


@kernel
def groups(first: Array, second: Array, alive: Array) -> tuple[Array, int]:
    """Give equal pairs one number; return that of each (-1 where not alive) and how many there are."""
    n = first.size
    size = 16
    while size < 3 * n:
        size *= 2
    table = np.full(size, -1, np.int32)
    owner = np.empty(n + 1, np.int32)
    found = np.full(n, -1, np.int32)
    count = 0
    for i in range(n):
        if not alive[i]:
            continue
        at = np.int64(mixed(first[i] * np.uint64(31) + second[i]) & np.uint64(size - 1))
        while True:
            g = table[at]
            if g < 0:
                table[at] = count
                owner[count] = i
                found[i] = count
                count += 1
                break
            o = owner[g]
            if first[o] == first[i] and second[o] == second[i]:
                found[i] = g
                break
            at = (at + 1) & (size - 1)
    return found, count


@kernel
def copies(codes: Array, starts: Array, ends: Array, ids: Array, base: Array, title: int) -> tuple[Array, Array]:
    """Return for each token how many letters of the title are repeated around it without their spaces, and such gaps.

    ``title`` is the number of tokens of the title.
    """
    n = starts.size
    letters = np.zeros(n, np.float32)
    missing = np.zeros(n, np.float32)
    length = 0
    for t in range(n):
        if ids[t] != NEWLINE:
            length += ends[t] - starts[t]
    stream = np.empty(length, np.uint32)
    owner = np.empty(length, np.int32)
    opens = np.zeros(length, np.bool_)
    m = 0
    head = 0
    for t in range(n):
        if (
            ids[t] == NEWLINE
            or (ends[t] - starts[t] == 1 and ids[t] >= FIRST and not _alnum(codes[starts[t]]))
            or ids[t] == SIGN
        ):
            if t < title:
                head = m
            continue
        for i in range(starts[t], ends[t]):
            c = codes[i]
            stream[m] = base[c] if c < 65536 else c
            owner[m] = t
            opens[m] = i == starts[t] and i > 0 and (codes[i - 1] == 32 or codes[i - 1] == 10)
            m += 1
        if t < title:
            head = m
    seed = 5
    if head < 8:
        return letters, missing
    size = 16
    while size < 4 * head:
        size *= 2
    table = np.full(size, -1, np.int32)
    for i in range(head - seed + 1):
        h = np.uint64(0)
        for k in range(seed):
            h = h * np.uint64(1000003) + np.uint64(stream[i + k])
        at = np.int64(mixed(h) & np.uint64(size - 1))
        if table[at] < 0:
            table[at] = i
    i = head
    while i + seed <= m:
        h = np.uint64(0)
        for k in range(seed):
            h = h * np.uint64(1000003) + np.uint64(stream[i + k])
        j = table[np.int64(mixed(h) & np.uint64(size - 1))]
        if j < 0:
            i += 1
            continue
        k = 0
        gaps = 0
        edges = 0
        while i + k < m and j + k < head and stream[i + k] == stream[j + k]:
            if k > 0:
                gaps += opens[i + k]
                edges += opens[j + k]
            k += 1
        if k >= 7 and edges > gaps:
            for q in range(i, i + k):
                if letters[owner[q]] < k:
                    letters[owner[q]] = k
                    missing[owner[q]] = edges - gaps
            i += k
        else:
            i += 1
    return letters, missing


@kernel
def _alnum(c: int) -> bool:
    return (
        48 <= c < 58
        or 65 <= c < 91
        or 97 <= c < 123
        or (
            c >= 0xC0
            and c != 0xD7
            and c != 0xF7
            and not (0x2000 <= c < 0x2C00 or 0x3000 <= c < 0x3040 or 0xFF00 <= c < 0xFF10)
        )
    )


@kernel
def runs(x: Array, pair: Array, before: Array, times: Array, titled: Array, title: int) -> None:
    """Write how many words in a row around a token are those of the title, and how many recur elsewhere."""
    n = pair.size
    for column, wanted in ((72, True), (73, False)):
        run = 0
        for t in range(n + 1):
            g = pair[t] if t < n else -1
            good = g >= 0 and ((titled[g] and t >= title) if wanted else times[g] > 1)
            marked = t < n and g < 0 and before[t] < 0 and run > 0 and x[t, 37] > 0 and x[t, 46] == 0
            if good:
                run += 1
            elif not marked:
                if run > 0:
                    for q in range(t, max(-1, t - 3 * run - 3), -1):
                        if q < n and ((pair[q] >= 0 and (titled[pair[q]] if wanted else times[pair[q]] > 1)) or q == t):
                            x[q, column] = max(x[q, column], min(3.0, run / 4))
                        elif q < t and x[q, 37] == 0:
                            break
                run = 0


@kernel
def bare(x: Array, ids: Array) -> None:
    """Write how long a run of words without diacritics is, how many of its pairs news never has, and its capitals."""
    n = ids.size
    t = 0
    while t < n:
        if x[t, 33] == 0:
            t += 1
            continue
        first, unseen, capitals = t, 0, 0
        while t < n and (x[t, 33] > 0 or (t > first and x[t, 36] > 0)):
            capitals += x[t, 34] > 0
            unseen += t > first and x[t, 1] == 0
            t += 1
        for q in range(first, t):
            x[q, 78] = min(3.0, (t - first) / 3)
            x[q, 79] = min(3.0, unseen / 2)
            x[q, 80] = capitals / (t - first)


@kernel
def describe(
    codes: Array,
    starts: Array,
    ends: Array,
    ids: Array,
    base: Array,
    lower: Array,
    masked: Array,
    logs: Array,
    total: float,
    grams: Array,
    topics: Array,
    body_end: int,
    rare: float,
) -> tuple[Array, Array, Array, Array, Array]:
    """Return numbers of every token, and for pooling its pair with the next word, the pair before, its sentence."""
    n = starts.size
    x = np.zeros((n, COUNT), np.float32)
    word = np.zeros(n, np.bool_)
    hashes = np.zeros(n, np.uint64)
    sentence = np.zeros(n, np.int32)
    line = np.zeros(n, np.int32)
    title = n
    for t in range(n):
        if ids[t] == NEWLINE:
            title = t
            break
    accents = 0
    plains = 0
    row = 0
    phrase = 0
    for t in range(n):
        c = codes[starts[t]]
        i = ids[t]
        word[t] = i != NEWLINE and i != SIGN and i != EMOJI and (i < FIRST or _alnum(c))
        h = np.uint64(7)
        acc = False
        for p in range(starts[t], ends[t]):
            q = codes[p]
            acc = acc or (q > 127)
            h = (h ^ np.uint64(base[q] if q < 65536 else q)) * np.uint64(1099511628211)
        hashes[t] = h
        if word[t] and i != NUMBER and i != SCRIPT:
            accents += acc
            plains += not acc
        line[t] = row
        sentence[t] = phrase
        if i == NEWLINE:
            row += 1
            phrase += 1
        elif (c == 46 or c == 33 or c == 63 or c == 0x2026) and t + 1 < n and starts[t + 1] > ends[t]:
            phrase += 1
        x[t, 32] = acc and word[t]
        x[t, 33] = word[t] and not acc and i != NUMBER
    share = accents / max(1, accents + plains)
    joins = np.zeros((n, REACH), np.float32)
    for t in range(n):
        if ids[t] == NEWLINE:
            continue
        p = ids[t - 1] if t > 0 else NEWLINE
        pp = ids[t - 2] if t > 1 and p != NEWLINE else NEWLINE
        r = ids[t + 1] if t + 1 < n else NEWLINE
        seen, v = surprise(p, ids[t], logs, total, grams)
        x[t, 0] = v / 4
        x[t, 1] = seen / 7
        if seen > 0:
            x[t, 2] = level(three(pp, p, ids[t]), grams) / 7
            if ids[t] != NEWLINE:
                x[t, 3] = level(three(p, ids[t], r), grams) / 7
        x[t, 4] = logs[ids[t]] / 16
        for size in range(1, REACH + 1):
            e = t + size
            if e > n or (size > 1 and ids[e - 1] == NEWLINE):
                break
            q = ids[e] if e < n else NEWLINE
            seen, v = surprise(p, q, logs, total, grams)
            if p == NEWLINE and q == NEWLINE:
                seen, v = 0, 0.0
            best = v / 4
            if seen > 0:
                q2 = ids[e + 1] if e + 1 < n and q != NEWLINE else NEWLINE
                jt = level(three(pp, p, q), grams) + level(three(p, q, q2), grams)
                best += jt / 6
            joins[t, size - 1] = best
            x[t, 6 + size - 1] = best
            x[e - 1, 14 + size - 1] = best
    follow = np.full(n, -1, np.int32)
    before = np.full(n, -1, np.int32)
    last = -1
    for t in range(n):
        if ids[t] == NEWLINE:
            last = -1
        elif word[t]:
            if last >= 0 and t - last <= 3:
                follow[last] = t
                before[t] = last
            last = t
    second = np.zeros(n, np.uint64)
    alive = np.zeros(n, np.bool_)
    for t in range(n):
        if follow[t] >= 0:
            second[t] = hashes[follow[t]]
            alive[t] = True
    pair, pairs = groups(hashes, second, alive)
    single, singles = groups(hashes, np.zeros(n, np.uint64), word)
    left = np.zeros(pairs, np.float32)
    right = np.zeros(pairs, np.float32)
    times = np.zeros(pairs, np.float32)
    titled = np.zeros(pairs, np.bool_)
    edge = np.zeros(pairs, np.float32)
    varied = np.zeros(pairs, np.float32)
    context = np.zeros(pairs, np.uint64)
    lone_left = np.zeros(singles, np.float32)
    lone_right = np.zeros(singles, np.float32)
    ones = np.zeros(singles, np.float32)
    one_titled = np.zeros(singles, np.bool_)
    for t in range(n):
        if single[t] >= 0:
            ones[single[t]] += 1
            lone_left[single[t]] += x[t, 0]
            lone_right[single[t]] += x[t + 1, 0] if t + 1 < n else 0.0
            if t < title:
                one_titled[single[t]] = True
        g = pair[t]
        if g < 0:
            continue
        if t < title:
            titled[g] = True
        times[g] += 1
        left[g] += x[t, 0]
        f = follow[t] + 1
        right[g] += x[f, 0] if f < n else 0.0
        edge[g] += t == 0 or ids[t - 1] == NEWLINE or f >= n or ids[f] == NEWLINE
        now = hashes[before[t]] if before[t] >= 0 else np.uint64(1)
        if times[g] == 1:
            context[g] = now
        varied[g] += now != context[g]
    sentences = phrase + 1
    own = np.zeros(sentences, np.float32)
    shared = np.zeros(sentences, np.float32)
    mean = np.zeros(topics.shape[1], np.float32)
    for t in range(n):
        if word[t] and ids[t] >= FIRST and ids[t] < topics.shape[0] and starts[t] < body_end:
            mean += topics[ids[t]]
        if single[t] >= 0 and logs[ids[t]] < 11.0 and ids[t] != NUMBER:
            own[sentence[t]] += 1
            shared[sentence[t]] += ones[single[t]] > 1
    norm = np.sqrt((mean * mean).sum()) + 1e-6
    mean /= norm
    letters, missing = copies(codes, starts, ends, ids, base, min(title, n))
    round_depth = 0
    square = 0
    quote = 0
    link_end = -1
    line_start = 0
    line_end = 0
    rows = row + 1
    for t in range(n):
        i = ids[t]
        if i == NEWLINE:
            round_depth = square = quote = 0
            x[t, 46] = 1.0
            continue
        c = codes[starts[t]]
        if t == 0 or ids[t - 1] == NEWLINE:
            line_start = t
            line_end = t
            while line_end < n and ids[line_end] != NEWLINE:
                line_end += 1
        g = pair[t]
        if g >= 0:
            x[t, 22] = min(2.5, np.log(times[g]))
            x[t, 26] = titled[g]
            x[t, 27] = left[g] / times[g]
            x[t, 28] = right[g] / times[g]
            if times[g] > 1:
                x[t, 76] = edge[g] / times[g]
                x[t, 77] = varied[g] / (times[g] - 1)
        b = before[t]
        if b >= 0:
            x[t, 23] = min(2.5, np.log(times[pair[b]]))
            x[t, 24] = titled[pair[b]]
            x[t, 29] = right[pair[b]] / times[pair[b]]
        if single[t] >= 0:
            x[t, 25] = one_titled[single[t]]
            if ones[single[t]] > 1 and logs[i] <= rare:
                x[t, 74] = lone_left[single[t]] / ones[single[t]]
                x[t, 75] = lone_right[single[t]] / ones[single[t]]
            x[t, 5] = min(3.0, np.log(ones[single[t]]))
        x[t, 30] = min(3.0, letters[t] / 10)
        x[t, 31] = min(2.0, missing[t] / 3)
        first = c < 65536 and lower[c] != c
        whole = first
        for p in range(starts[t], ends[t]):
            q = codes[p]
            whole = whole and (q >= 65536 or lower[q] != q)
        x[t, 34] = first
        x[t, 35] = whole and ends[t] - starts[t] > 1
        x[t, 36] = i == NUMBER
        x[t, 37] = not word[t]
        x[t, 38] = i == SCRIPT
        x[t, 39] = i == EMOJI
        spaced = t > 0 and starts[t] > ends[t - 1]
        x[t, 40] = spaced
        glued = t > 0 and not spaced and word[t] and word[t - 1]
        x[t, 41] = glued
        x[t, 42] = t + 1 < n and starts[t + 1] == ends[t] and word[t] and word[t + 1]
        if c == 40 or c == 0xFF08:
            round_depth = 1
        if c == 91 or c == 123 or c == 60 or (0x3008 <= c <= 0x301B and c % 2 == 0) or c == 0xFF3B or c == 0x2605:
            square = 1
        x[t, 43] = round_depth
        x[t, 44] = square
        if c == 41 or c == 0xFF09:
            round_depth = 0
        if c == 93 or c == 125 or c == 62 or (0x3008 <= c <= 0x301B and c % 2 == 1) or c == 0xFF3D:
            square = 0
        if c == 0x201C or c == 0xAB:
            quote = 1
        if c == 34:
            quote = 1 - quote
        x[t, 45] = quote
        if c == 0x201D or c == 0xBB:
            quote = 0
        x[t, 47] = t == line_start
        x[t, 48] = t + 1 == line_end
        opener = t == line_start
        if not opener:
            q = codes[starts[t - 1]]
            opener = q == 46 or q == 33 or q == 63 or q == 0x2026 or q == 58
        x[t, 49] = opener
        x[t, 50] = starts[t] < starts[title] if title < n else 1.0
        x[t, 51] = starts[t] > body_end
        x[t, 52] = min(2.0, (ends[t] - starts[t]) / 8)
        x[t, 53] = min(2.0, np.log(line_end - line_start + 1.0) / 3)
        x[t, 54] = line[t] / rows
        x[t, 55] = masked[t]
        if i >= FIRST and i < topics.shape[0]:
            dot = np.float32(0.0)
            for k in range(topics.shape[1]):
                dot += topics[i, k] * mean[k]
            x[t, 56] = dot
        s = sentence[t]
        x[t, 57] = shared[s] / max(1.0, own[s])
        x[t, 58] = min(2.0, own[s] / 10)
        x[t, 59] = share * 2
        if t >= link_end:
            link_end = -1
            e = t + 1
            dots = 0
            while e < line_end and starts[e] == ends[e - 1] and e - t < 24:
                q = codes[starts[e]]
                dots += (
                    (q == 46 or q == 47 or q == 64)
                    and e + 1 < line_end
                    and starts[e + 1] == ends[e]
                    and ids[e + 1] != NUMBER
                )
                e += 1
            if dots > 0 and e - t >= 3 and not x[t, 32]:
                link_end = e
        x[t, 60] = t < link_end
        digits = 0
        e = t
        while (
            e < line_end
            and e - t < 8
            and (ids[e] == NUMBER or ((codes[starts[e]] == 46 or codes[starts[e]] == 45) and e > t))
        ):
            if ids[e] == NUMBER:
                digits += ends[e] - starts[e]
            e += 1
        phone = 9 <= digits <= 12 and (c == 48 or c == 43)
        if phone:
            for p in range(t, e):
                x[p, 61] = 1.0
        x[t, 62] = c == 35 or (t > 0 and codes[starts[t - 1]] == 35)
        x[t, 63] = c == 60 or c == 62
        x[t, 64] = c == 33
        x[t, 65] = i == SMALL
        x[t, 66] = i in (CAPITAL, UPPER)
        x[t, 67] = i == SIGN or c == 124 or c == 95
        x[t, 68] = word[t] and share > 0.5 and not x[t, 32] and logs[i] < 10.0
        x[t, 69] = line_end - line_start < 12
        x[t, 70] = title < n and starts[t] > body_end
        x[t, 71] = rows < 4
    runs(x, pair, before, times, titled, title)
    bare(x, ids)
    back = np.full(n, -1, np.int32)
    for t in range(n):
        if before[t] >= 0:
            back[t] = pair[before[t]]
        if single[t] >= 0 and logs[ids[t]] > rare:
            single[t] = -1
    return x, pair, single, back, sentence
