"""Streams of texts: cut into batches, mapped by threads, in order, never more than a few batches ahead."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from recsys.errors import InputError

T = TypeVar("T")

BATCH = 256  # texts: large enough to forget the cost of a call and of a thread


def available_threads() -> int:
    """Return how many threads may run at once: the processors of this process."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on Linux
        return os.cpu_count() or 1


def batches(texts: Iterable[str], size: int = BATCH) -> Iterator[list[str]]:
    """Cut ``texts`` into lists of ``size``, the last one shorter; say where something is not a text."""
    if isinstance(texts, str):
        raise InputError("expected texts (an iterable of str), got one str; write [text]")
    batch: list[str] = []
    for n, text in enumerate(texts):
        if not isinstance(text, str):
            raise InputError(f"texts must be str, got {type(text).__name__} at position {n}")
        batch.append(text)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def mapped(
    function: Callable[[list[str]], T], texts: Iterable[str], *, threads: int | None = None, size: int = BATCH
) -> Iterator[T]:
    """Yield ``function`` of each batch of ``texts``, in order; memory holds a few batches, never the whole stream."""
    threads = threads or available_threads()
    pending = batches(texts, size)
    first = next(pending, None)
    if first is None:
        return
    second = next(pending, None) if threads > 1 else None
    if second is None:  # one batch, or one thread: a pool would only cost
        yield function(first)
        yield from map(function, pending)
        return
    with ThreadPoolExecutor(threads) as pool:
        waiting = deque([pool.submit(function, first), pool.submit(function, second)])
        for batch in pending:
            waiting.append(pool.submit(function, batch))
            if len(waiting) > 2 * threads:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
