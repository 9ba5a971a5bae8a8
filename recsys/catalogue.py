"""The catalogue of public corpora: where each lies, at which revision, under which licence, with which digest."""

from __future__ import annotations

import os
import tarfile
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from recsys.errors import FetchError, InputError

CHUNK = 1 << 18
TIMEOUT = 30  # seconds without a byte
BASE_VARIABLE = "RECSYS_CORPORA_URL"
Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Source:
    """A public corpus: ``base/path`` is one file of a repository at a pinned revision, ``digest`` its SHA-256."""

    name: str
    title: str
    path: str
    revision: str
    licence: str
    digest: str
    base: str = "https://raw.githubusercontent.com"
    note: str = ""

    @property
    def url(self) -> str:
        """Where the file lies; the environment variable RECSYS_CORPORA_URL names a mirror instead of the base."""
        return f"{os.environ.get(BASE_VARIABLE, self.base).rstrip('/')}/{self.path.format(revision=self.revision)}"


CATALOGUE: tuple[Source, ...] = (
    Source(
        "vntc",
        "VNTC: 10 topics, 2003-2007, four papers (Hoang, Dinh, Nguyen, Ngo, RIVF 2007)",
        "duyvuleo/VNTC/{revision}/Data/10Topics/Ver1.1/Train_Full.rar",
        "533a3d6e1a78d73cde5dcfaf867cf8fe62c1fca8",
        "MIT",
        "",
        note="a RAR archive: unpack it with unrar or bsdtar",
    ),
)


def cache_folder() -> Path:
    """Return where corpora are kept: a folder in the user's cache."""
    root = os.environ.get("XDG_CACHE_HOME")
    return (Path(root) if root else Path.home() / ".cache") / "recsys" / "corpora"


def source(name: str, catalogue: Sequence[Source] = CATALOGUE) -> Source:
    """Return the entry of a corpus."""
    for entry in catalogue:
        if entry.name == name:
            return entry
    raise InputError(f"no corpus {name!r} in the catalogue; it has {', '.join(entry.name for entry in catalogue)}")


def fetch(
    name: str,
    target: str | Path | None = None,
    *,
    catalogue: Sequence[Source] = CATALOGUE,
    digest: str | None = None,
    progress: Progress | None = None,
) -> Path:
    """Download a corpus, go on where an earlier download stopped, check its digest, unpack it.

    Parameters
    ----------
    name : str
        An entry of the catalogue.
    target : path, optional
        The folder it goes to; None is one in the user's cache. A file already there with the right digest is kept.
    digest : str, optional
        The SHA-256 to expect, where the catalogue has none or one knows better.
    progress : callable, optional
        Called with the file's name and how much of it is there, in [0, 1].

    Returns
    -------
    Path
        The unpacked folder, or the file itself where it is no .zip or tar archive.

    Raises
    ------
    FetchError
        Offline, refused, cut off, or not the file that was noted.
    """
    import pooch

    entry = source(name, catalogue)
    expected = digest or entry.digest
    if not expected:
        raise FetchError(
            f"corpus {name!r}: no digest is noted for {entry.url}; download it yourself ({entry.note or 'one file'}), "
            "or pass the SHA-256 that you expect as digest"
        )
    folder = Path(target) if target is not None else cache_folder() / name
    try:
        path = Path(
            pooch.retrieve(
                entry.url,
                known_hash=f"sha256:{expected}",
                path=folder,
                fname=PurePosixPath(entry.path).name,
                downloader=_Resuming(progress),
            )
        )
    except ValueError as error:
        raise FetchError(
            f"corpus {name!r}: {entry.url} is not the file that was noted ({error}); nothing was kept, try again"
        ) from None
    except OSError as error:
        raise FetchError(
            f"corpus {name!r}: cannot reach {entry.url} ({error}); check the connection or put the file into "
            f"{folder}. What had arrived is kept: the next try goes on from there"
        ) from None
    return unpacked(path)


def unpacked(path: Path) -> Path:
    """Unpack a .zip or tar archive beside it; refuse members that would land elsewhere. Others stay as they are."""
    folder = path.parent / path.name.split(".")[0]
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            _refuse_strays(archive.namelist(), path)
            archive.extractall(folder)
        return folder
    if tarfile.is_tarfile(path):
        with tarfile.open(path) as tar:
            _refuse_strays(tar.getnames(), path)
            tar.extractall(folder, filter="data")
        return folder
    return path


def _refuse_strays(names: Sequence[str], path: Path) -> None:
    strays = [n for n in names if PurePosixPath(n).is_absolute() or ".." in PurePosixPath(n).parts or "\\" in n]
    if strays:
        raise FetchError(
            f"{path}: members must lie inside the archive's folder, got {strays[0]!r}; do not use the file"
        )


class _Resuming:
    """A downloader for pooch that keeps what has arrived beside the target and asks for the rest only."""

    def __init__(self, progress: Progress | None) -> None:
        self._tell = progress or (lambda step, share: None)

    def __call__(self, url: str, output_file: Any, pooch: Any, check_only: bool = False) -> None:  # noqa: ANN401
        name = PurePosixPath(url).name
        part = Path(output_file).parent / f"{name}.part"
        have = part.stat().st_size if part.exists() else 0
        request = urllib.request.Request(url, headers={"Range": f"bytes={have}-"} if have else {})
        try:
            answer = urllib.request.urlopen(request, timeout=TIMEOUT)
        except urllib.error.HTTPError as error:
            if error.code != 416:  # 416: nothing is missing
                raise
        else:
            with answer:
                self._receive(answer, part, have=have if answer.status == 206 else 0)
        part.replace(output_file)

    def _receive(self, answer: Any, part: Path, *, have: int) -> None:  # noqa: ANN401
        size = have + int(answer.headers.get("Content-Length") or 0)
        with part.open("ab" if have else "wb") as file:
            while chunk := answer.read1(CHUNK):
                file.write(chunk)
                have += len(chunk)
                self._tell(part.name.removesuffix(".part"), have / size if size else 0.0)
        if have < size:
            raise OSError(f"the connection ended after {have} of {size} bytes")
