"""The records of an archive in SQLite: in memory or in one file, durable when a call returns."""

from __future__ import annotations

import contextlib
import json
import os
import pathlib
import secrets
import sqlite3
import threading
from collections.abc import Iterator, Sequence

from recsys.article import Article
from recsys.errors import ModelError

FORMAT = 1
_FIELDS = "id, title, lead, body, url, published, topics, story"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS articles (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, lead TEXT NOT NULL,
    body TEXT NOT NULL, url TEXT NOT NULL, published TEXT NOT NULL, topics TEXT NOT NULL, story TEXT NOT NULL
)
"""


class Records:
    """Articles by number; a number is never used twice, so one that is replaced gets another.

    A file is written through SQLite's write-ahead log with full synchronisation: what a call has written survives a
    killed process or a power cut, what it has not finished never happened. Other processes may read and write too.
    """

    def __init__(self, path: pathlib.Path | None) -> None:
        self._lock = threading.RLock()
        self._where = str(path) if path else ":memory:"
        try:
            if path is not None and path.exists() and not os.access(path.parent, os.W_OK):
                self._db = self._fixed(path)
            else:
                self._db = sqlite3.connect(self._where, timeout=30, isolation_level=None, check_same_thread=False)
                self._prepare(on_disk=path is not None)
            (self.own_number,) = self._db.execute("PRAGMA application_id").fetchone()
        except sqlite3.Error as error:
            raise ModelError(f"{path}: cannot be opened as an archive ({error}); choose another directory") from error
        self._version = self._changes()

    def _fixed(self, path: pathlib.Path) -> sqlite3.Connection:
        """Open a file in a directory that cannot be written: it is as it stands."""
        log = path.with_name(f"{path.name}-wal")
        if log.exists() and log.stat().st_size:
            raise ModelError(f"{path}: was not closed; open it once where its directory can be written")
        where = f"{path.absolute().as_uri()}?immutable=1"
        return sqlite3.connect(where, isolation_level=None, check_same_thread=False, uri=True)

    def _prepare(self, *, on_disk: bool) -> None:
        if on_disk:
            self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")
        (version,) = self._db.execute("PRAGMA user_version").fetchone()
        if version not in (0, FORMAT):
            raise ModelError(f"{self._where}: an archive of format {version}, expected {FORMAT}; add its articles anew")
        with self._writing():
            self._db.execute(_SCHEMA)
            self._db.execute(f"PRAGMA user_version = {FORMAT}")
            if not self._db.execute("PRAGMA application_id").fetchone()[0]:  # tells it from another under the same path
                self._db.execute(f"PRAGMA application_id = {1 + secrets.randbelow(2**31 - 1)}")

    def changed(self) -> bool:
        """Return whether another connection has written since this was last asked."""
        with self._lock:
            version = self._changes()
            changed, self._version = version != self._version, version
        return changed

    def numbers(self) -> dict[int, str]:
        """Return number -> id of all articles, in the order added."""
        with self._lock:
            return dict(self._db.execute("SELECT number, id FROM articles ORDER BY number"))

    def put(self, articles: Sequence[Article]) -> list[int]:
        """Store articles with different ids, in place of those that have one of them; return their numbers."""
        with self._lock, self._writing():
            self._delete([a.id for a in articles])
            added = []
            for a in articles:
                row = (a.id, a.title, a.lead, a.body, a.url, a.published, json.dumps(a.topics), a.story)
                cursor = self._db.execute(f"INSERT INTO articles ({_FIELDS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
                added.append(int(cursor.lastrowid or 0))
        return added

    def delete(self, ids: Sequence[str]) -> None:
        """Delete those of the articles that are there."""
        with self._lock, self._writing():
            self._delete(ids)

    def brief(self, numbers: Sequence[int]) -> list[Article | None]:
        """Return articles by number without body, topics and story; None where there is none any more."""
        marks = ",".join("?" * len(numbers))
        query = f"SELECT number, title, lead, '', id, url, published FROM articles WHERE number IN ({marks})"
        with self._lock:
            rows = self._db.execute(query, list(numbers)).fetchall()
        found = {row[0]: Article(*row[1:]) for row in rows}
        return [found.get(n) for n in numbers]

    def stream(self, after: int) -> Iterator[list[tuple[int, Article]]]:
        """Yield articles of numbers greater than ``after``, in order, some thousands at a time."""
        while True:
            query = f"SELECT number, {_FIELDS} FROM articles WHERE number > ? ORDER BY number LIMIT 5000"
            with self._lock:
                rows = self._db.execute(query, (after,)).fetchall()
            if not rows:
                return
            yield [(row[0], _article(row[1:])) for row in rows]
            after = rows[-1][0]

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")
        except sqlite3.Error as error:
            raise ModelError(f"{self._where}: the archive cannot be written ({error}); nothing was changed") from error

    def _changes(self) -> int:
        return int(self._db.execute("PRAGMA data_version").fetchone()[0])

    def _delete(self, ids: Sequence[str]) -> None:
        self._db.executemany("DELETE FROM articles WHERE id = ?", [(key,) for key in ids])


def _article(row: Sequence[str]) -> Article:
    key, title, lead, body, url, published, topics, story = row
    return Article(title, lead, body, key, url, published, tuple(json.loads(topics)), story)
