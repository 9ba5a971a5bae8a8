"""Labelled corpora: read, validate and stream them; fold them so that a story is never split."""

from __future__ import annotations

import csv
import gzip
import io
import json
import lzma
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO, cast

import numpy as np

from recsys import legacy
from recsys.article import Article, Page
from recsys.errors import CorpusError, InputError
from recsys.storage import builtin

TEXT_FIELDS = ("title", "lead", "body")
OPTIONAL_FIELDS = ("id", "url", "published", "story")
SUFFIXES = (".jsonl", ".ndjson", ".json", ".csv", ".parquet")
Report = Callable[[CorpusError], None]
ArticleLike = Article | Page | Mapping[str, Any] | str


def starter() -> list[Article]:
    """Return the built-in corpus: fiction in news style, written for recsys (``data/README.md``)."""
    return [article for path in sorted(builtin("data/starter").glob("*.jsonl")) for article in read(path)]


def extra() -> list[Article]:
    """Return the second part of the built-in corpus: it serves the released model, and no figure is taken on it."""
    return [article for path in sorted(builtin("data/extra").glob("*.jsonl")) for article in read(path)]


def read(path: str | Path, *, labelled: bool = True, report: Report | None = None) -> list[Article]:
    """Read a whole corpus file; see :func:`stream`."""
    return list(stream(path, labelled=labelled, report=report))


def stream(path: str | Path, *, labelled: bool = True, report: Report | None = None) -> Iterator[Article]:
    """Yield the articles of a corpus file, one at a time.

    Parameters
    ----------
    path : path of a .jsonl (or .ndjson), .json (a list of objects), .csv or .parquet file
        JSON Lines, JSON and CSV may be compressed (.gz, .xz). Fields: ``title``, ``lead``, ``body`` (text in one of
        them at least), ``topics`` (a list of strings, or one string; in CSV also ``["a", "b"]``), ``id``, ``url``,
        ``published``, ``story``. Others are ignored, and ``null`` is as good as absent.
    labelled : bool
        Whether an article without ``topics`` is an error.
    report : callable, optional
        Given each bad row's error, after which reading goes on. Without it the first bad row raises.

    Raises
    ------
    CorpusError
        ``file:line`` (``file:row`` in Parquet), what was expected, what was found and what to do.
    """
    path = Path(path)
    for where, row in _rows(path):
        try:
            if isinstance(row, CorpusError):
                raise row
            yield _with_text(article_from(row, where=where, labelled=labelled), where)
        except CorpusError as error:
            if report is None:
                raise
            report(error)


def article_from(row: object, *, where: str = "article", labelled: bool = False) -> Article:
    """Make an Article of a mapping, checking every field.

    Raises
    ------
    CorpusError
        A field of the wrong type, or no topics where ``labelled``.
    """
    if not isinstance(row, dict):
        raise CorpusError(f"{where}: expected an object with fields {', '.join(TEXT_FIELDS)}, got {_shown(row)}")
    fields = {name: _string(row, name, where) for name in (*TEXT_FIELDS, *OPTIONAL_FIELDS)}
    topics = _topics(row.get("topics"), where)
    if labelled and not topics:
        raise CorpusError(f'{where}: no topics; write ["the-thao"], or remove the row')
    return Article(**fields, topics=topics)


def as_article(value: ArticleLike) -> Article:
    """Return the Article that a value stands for, in Unicode (legacy encodings decoded).

    Raises
    ------
    InputError
        A value of another type, or a field that is not a string.
    """
    if isinstance(value, str):
        title, newline, body = value.strip().partition("\n")
        value = Article(title, body=body) if newline else Article("", body=title)
    elif isinstance(value, Page):
        value = Article(value.title, body=value.body, published=value.published)
    elif isinstance(value, Mapping):
        value = article_from(dict(value))
    elif not isinstance(value, Article):
        raise InputError(
            f"expected an Article, a Page, a dict or a str, got {type(value).__name__}; wrap it in Article"
        )
    for name in (*TEXT_FIELDS, *OPTIONAL_FIELDS):
        if not isinstance(getattr(value, name), str):
            raise InputError(f"Article.{name} must be a string, got {_shown(getattr(value, name))}")
    title, lead, body = legacy.decode(value.title), legacy.decode(value.lead), legacy.decode(value.body)
    if title is value.title and lead is value.lead and body is value.body:
        return value
    return replace(value, title=title, lead=lead, body=body)


def encodable(text: str) -> str:
    """Return ``text`` with lone surrogates, which no file or terminal can hold, replaced by "?"."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def as_text(article: Article) -> str:
    """Return the text of an article that every vectorizer reads."""
    return "\n".join((article.title, article.lead, article.body))


def text_of(value: ArticleLike) -> str:
    """Return what ``as_text(as_article(value))`` says, of a string without taking it apart."""
    return legacy.decode(value) if isinstance(value, str) else as_text(as_article(value))


def story_folds(articles: Sequence[Article], k: int, *, seed: int = 0) -> np.ndarray:
    """Assign each article one of ``k`` folds, whole stories at a time; an article without a story is one of its own.

    Returns
    -------
    ndarray of shape (n_articles,), int
        Fold numbers; sizes differ by little, since large stories are placed first.
    """
    return grouped_folds(groups(articles), k, seed=seed)


def grouped_folds(groups: np.ndarray, k: int, *, seed: int = 0) -> np.ndarray:
    """Assign each row one of ``k`` folds, shape (n,); rows of a group share one, and folds are of like size."""
    _, group = np.unique(np.asarray(groups), return_inverse=True)
    sizes = np.bincount(group)
    order = np.random.default_rng(seed).permutation(len(sizes))
    order = order[np.argsort(-sizes[order], kind="stable")]
    fold_of, load = np.zeros(len(sizes), np.int64), np.zeros(k, np.int64)
    for g in order:
        fold_of[g] = load.argmin()
        load[fold_of[g]] += sizes[g]
    folds: np.ndarray = fold_of[group]
    return folds


def groups(articles: Iterable[Article]) -> np.ndarray:
    """Return the number of each article's story, shape (n_articles,); an article without a story gets its own."""
    numbers: dict[object, int] = {}
    return np.array([numbers.setdefault(a.story or place, len(numbers)) for place, a in enumerate(articles)], np.int64)


def _rows(path: Path) -> Iterator[tuple[str, object]]:
    """Yield (where, row) of any supported file; a row that cannot be parsed is yielded as its error."""
    suffixes = [s.lower() for s in path.suffixes]
    kind = next((s for s in reversed(suffixes) if s not in (".gz", ".xz")), "")
    if kind not in SUFFIXES:
        raise CorpusError(f"{path}: expected a name ending in {', '.join(SUFFIXES)} (+ .gz, .xz), got {path.name!r}")
    if not path.exists():
        raise CorpusError(f"{path}: no such file; check the name (the current folder is {Path.cwd()})")
    if kind == ".parquet":
        yield from _parquet_rows(path)
        return
    try:
        with _open(path) as file:
            yield from {".csv": _csv_rows, ".json": _json_rows}.get(kind, _json_lines)(path, file)
    except (OSError, EOFError, lzma.LZMAError) as error:
        raise CorpusError(
            f"{path}: cannot be read to its end ({error}); it is damaged or not what its name says"
        ) from None


def _open(path: Path) -> BinaryIO:
    if path.suffix == ".gz":
        return cast(BinaryIO, gzip.open(path))
    if path.suffix == ".xz":
        return cast(BinaryIO, lzma.open(path))
    return path.open("rb")


def _json_lines(path: Path, file: BinaryIO) -> Iterator[tuple[str, object]]:
    for number, line in enumerate(file, 1):
        if line.strip():
            where = f"{path}:{number}"
            yield where, _parsed(line, where)


def _parsed(line: bytes, where: str) -> object:
    try:
        return json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return CorpusError(
            f"{where}: expected UTF-8, got byte 0x{line[error.start]:02x} at {error.start}; save the file as UTF-8"
        )
    except (ValueError, RecursionError) as error:
        return CorpusError(f"{where}: expected one JSON object a line, got {_shown(line)} ({error})")


def _json_rows(path: Path, file: BinaryIO) -> Iterator[tuple[str, object]]:
    rows = _parsed(file.read(), str(path))
    if isinstance(rows, CorpusError):
        raise rows
    if not isinstance(rows, list):
        raise CorpusError(f"{path}: expected a JSON list, got {_shown(rows)}; one object a line is a .jsonl file")
    for number, row in enumerate(rows, 1):
        yield f"{path}: item {number}", row


def _csv_rows(path: Path, file: BinaryIO) -> Iterator[tuple[str, object]]:
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    reader = csv.DictReader(io.TextIOWrapper(file, "utf-8-sig", newline=""), strict=True)
    try:
        names = reader.fieldnames or []
        if not set(names) & set(TEXT_FIELDS):
            raise CorpusError(f"{path}:1: expected a header with title, lead or body, got {_shown(','.join(names))}")
        for row in reader:
            where = f"{path}:{reader.line_num}"
            if (row.get("topics") or "").startswith("["):
                row["topics"] = _parsed(row["topics"].encode(), where)
            yield where, row
    except UnicodeDecodeError:
        raise CorpusError(f"{path}:{reader.line_num + 1}: expected UTF-8; save the file as UTF-8") from None
    except csv.Error as error:
        raise CorpusError(
            f"{path}:{reader.line_num}: not CSV ({error}); quote fields with commas or line ends"
        ) from None


def _parquet_rows(path: Path) -> Iterator[tuple[str, object]]:
    try:
        import pyarrow as arrow
        from pyarrow import parquet
    except ImportError:
        raise CorpusError(f"{path}: reading Parquet needs pyarrow; pip install 'recsys[parquet]'") from None
    number = 0
    try:
        for batch in parquet.ParquetFile(path).iter_batches(1024):
            for row in batch.to_pylist():
                number += 1
                yield f"{path}: row {number}", row
    except arrow.ArrowException as error:
        raise CorpusError(f"{path}: not a Parquet file that can be read ({error})") from None


def _with_text(article: Article, where: str) -> Article:
    if not any(getattr(article, name).strip() for name in TEXT_FIELDS):
        raise CorpusError(f"{where}: expected text in title, lead or body, got none; fill one or remove the row")
    return article


def _string(row: dict[str, Any], name: str, where: str) -> str:
    value = row.get(name)
    if value is None:
        return ""
    if name == "id" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise CorpusError(f"{where}: {name} must be a string, got {_shown(value)}")
    return encodable(value)


def _topics(value: object, where: str) -> tuple[str, ...]:
    if value is None or value == "":
        return ()
    if isinstance(value, str):
        return (value.strip(),) if value.strip() else ()
    if isinstance(value, list | tuple) and all(isinstance(t, str) and t.strip() for t in value):
        return tuple(dict.fromkeys(t.strip() for t in value))
    raise CorpusError(f'{where}: topics must be a list of strings, got {_shown(value)}; write ["the-thao"]')


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
