"""Numba kernels over what recurs on a page: equal pairs of words, copies of the title, runs of both."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from recsys import span_columns as c
from recsys.jit import kernel
from recsys.span_kernels import FIRST, NEWLINE, NUMBER, SIGN, is_alnum, mixed

Array = NDArray[Any]

SEED = 5  # letters that must agree for a copy of the title to be looked at
LEAST = 7  # letters of a copy


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
def _title_table(stream: Array, head: int) -> Array:
    """Return an open table of where each ``SEED`` letters of the title first stand."""
    size = 16
    while size < 4 * head:
        size *= 2
    table = np.full(size, -1, np.int32)
    for i in range(head - SEED + 1):
        at = _slot(stream, i, size)
        if table[at] < 0:
            table[at] = i
    return table


@kernel
def _slot(stream: Array, i: int, size: int) -> np.int64:
    h = np.uint64(0)
    for k in range(SEED):
        h = h * np.uint64(1000003) + np.uint64(stream[i + k])
    return np.int64(mixed(h) & np.uint64(size - 1))


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
        mark = ends[t] - starts[t] == 1 and ids[t] >= FIRST and not is_alnum(codes[starts[t]])
        if ids[t] != NEWLINE and ids[t] != SIGN and not mark:
            for i in range(starts[t], ends[t]):
                q = codes[i]
                stream[m] = base[q] if q < 65536 else q
                owner[m] = t
                opens[m] = i == starts[t] and i > 0 and (codes[i - 1] == 32 or codes[i - 1] == 10)
                m += 1
        if t < title:
            head = m
    if head < SEED + 3:
        return letters, missing
    table = _title_table(stream, head)
    i = head
    while i + SEED <= m:
        j = table[_slot(stream, i, table.size)]
        k = gaps = edges = 0
        while j >= 0 and i + k < m and j + k < head and stream[i + k] == stream[j + k]:
            if k > 0:
                gaps += opens[i + k]
                edges += opens[j + k]
            k += 1
        if k < LEAST or edges <= gaps:
            i += 1
            continue
        for q in range(i, i + k):
            if letters[owner[q]] < k:
                letters[owner[q]] = k
                missing[owner[q]] = edges - gaps
        i += k
    return letters, missing


@kernel
def _neighbours(ids: Array, word: Array) -> tuple[Array, Array]:
    """Return the next word and the one before of each word, on its line and at most three tokens away; -1 for none."""
    n = ids.size
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
    return follow, before


@kernel
def _pairs(x: Array, ids: Array, hashes: Array, follow: Array, before: Array, title: int) -> tuple[Array, Array, Array]:
    """Write how often each pair of words stands on the page, and how; return its number, times, whether titled."""
    n = ids.size
    second = np.zeros(n, np.uint64)
    for t in range(n):
        if follow[t] >= 0:
            second[t] = hashes[follow[t]]
    pair, count = groups(hashes, second, follow >= 0)
    times = np.zeros(count, np.float32)
    titled = np.zeros(count, np.bool_)
    left = np.zeros(count, np.float32)
    right = np.zeros(count, np.float32)
    edge = np.zeros(count, np.float32)
    varied = np.zeros(count, np.float32)
    context = np.zeros(count, np.uint64)
    for t in range(n):
        g = pair[t]
        if g < 0:
            continue
        titled[g] |= t < title
        times[g] += 1
        left[g] += x[t, c.SURPRISE]
        f = follow[t] + 1
        right[g] += x[f, c.SURPRISE] if f < n else 0.0
        edge[g] += t == 0 or ids[t - 1] == NEWLINE or f >= n or ids[f] == NEWLINE
        now = hashes[before[t]] if before[t] >= 0 else np.uint64(1)
        if times[g] == 1:
            context[g] = now
        varied[g] += now != context[g]
    for t in range(n):
        g = pair[t]
        if g >= 0:
            x[t, c.PAIR_TIMES] = min(2.5, np.log(times[g]))
            x[t, c.PAIR_TITLED] = titled[g]
            x[t, c.PAIR_LEFT] = left[g] / times[g]
            x[t, c.PAIR_RIGHT] = right[g] / times[g]
            if times[g] > 1:
                x[t, c.PAIR_EDGE] = edge[g] / times[g]
                x[t, c.PAIR_VARIED] = varied[g] / (times[g] - 1)
        b = before[t]
        if b >= 0:
            x[t, c.BEFORE_TIMES] = x[b, c.PAIR_TIMES]
            x[t, c.BEFORE_TITLED] = x[b, c.PAIR_TITLED]
            x[t, c.BEFORE_RIGHT] = x[b, c.PAIR_RIGHT]
    return pair, times, titled


@kernel
def _words(
    x: Array, ids: Array, hashes: Array, word: Array, logs: Array, title: int, rare: float
) -> tuple[Array, Array]:
    """Write how often each word stands on the page, and how rare ones sit; return its number, and of each how often."""
    n = ids.size
    single, count = groups(hashes, np.zeros(n, np.uint64), word)
    times = np.zeros(count, np.float32)
    titled = np.zeros(count, np.bool_)
    left = np.zeros(count, np.float32)
    right = np.zeros(count, np.float32)
    for t in range(n):
        g = single[t]
        if g >= 0:
            titled[g] |= t < title
            times[g] += 1
            left[g] += x[t, c.SURPRISE]
            right[g] += x[t + 1, c.SURPRISE] if t + 1 < n else 0.0
    for t in range(n):
        g = single[t]
        if g >= 0:
            x[t, c.TIMES] = min(3.0, np.log(times[g]))
            x[t, c.TITLED] = titled[g]
            if times[g] > 1 and logs[ids[t]] <= rare:
                x[t, c.WORD_LEFT] = left[g] / times[g]
                x[t, c.WORD_RIGHT] = right[g] / times[g]
    return single, times


@kernel
def _sentences(x: Array, ids: Array, single: Array, times: Array, sentence: Array, logs: Array) -> None:
    """Write how long each sentence is, and which share of its rarer words recurs on the page."""
    n = ids.size
    own = np.zeros(n + 1, np.float32)
    shared = np.zeros(n + 1, np.float32)
    for t in range(n):
        if single[t] >= 0 and logs[ids[t]] < 11.0 and ids[t] != NUMBER:
            own[sentence[t]] += 1
            shared[sentence[t]] += times[single[t]] > 1
    for t in range(n):
        if ids[t] != NEWLINE:
            s = sentence[t]
            x[t, c.SENTENCE_SHARED] = shared[s] / max(1.0, own[s])
            x[t, c.SENTENCE_LENGTH] = min(2.0, own[s] / 10)


@kernel
def _runs(x: Array, pair: Array, before: Array, times: Array, titled: Array, title: int) -> None:
    """Write how many words in a row around a token are those of the title, and how many recur elsewhere."""
    n = pair.size
    for column, wanted in ((c.TITLE_RUN, True), (c.RECURRING_RUN, False)):
        run = 0
        for t in range(n + 1):
            g = pair[t] if t < n else -1
            good = g >= 0 and ((titled[g] and t >= title) if wanted else times[g] > 1)
            marked = t < n and g < 0 and before[t] < 0 and run > 0 and x[t, c.MARK] > 0 and x[t, c.BREAK] == 0
            if good:
                run += 1
            elif not marked:
                if run > 0:
                    for q in range(t, max(-1, t - 3 * run - 3), -1):
                        if q < n and ((pair[q] >= 0 and (titled[pair[q]] if wanted else times[pair[q]] > 1)) or q == t):
                            x[q, column] = max(x[q, column], min(3.0, run / 4))
                        elif q < t and x[q, c.MARK] == 0:
                            break
                run = 0


@kernel
def recurrences(
    x: Array, ids: Array, hashes: Array, word: Array, sentence: Array, logs: Array, title: int, rare: float
) -> tuple[Array, Array, Array]:
    """Write what recurs on the page, and how it sits where it does.

    Return the numbers of equal pairs, of equal rare words, and of the pair before each token (-1 where there is none).
    """
    follow, before = _neighbours(ids, word)
    pair, times, titled = _pairs(x, ids, hashes, follow, before, title)
    single, ones = _words(x, ids, hashes, word, logs, title, rare)
    _sentences(x, ids, single, ones, sentence, logs)
    _runs(x, pair, before, times, titled, title)
    back = np.full(ids.size, -1, np.int32)
    for t in range(ids.size):
        if before[t] >= 0:
            back[t] = pair[before[t]]
        if single[t] >= 0 and logs[ids[t]] > rare:
            single[t] = -1
    return pair, single, back
