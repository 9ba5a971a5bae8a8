"""The catalogue of public corpora: where each lies, at which revision, under which licence, with which digest."""

from __future__ import annotations

import hashlib
import os
import tarfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from recsys.errors import FetchError, InputError

CHUNK = 1 << 20
BASE_VARIABLE = "RECSYS_CORPORA_URL"
Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Source:
    """A public corpus. ``digest`` is the SHA-256 of the file; "" where nobody has fetched and noted it yet."""

    name: str
    title: str
    url: str
    revision: str
    licence: str
    digest: str
    note: str = ""


CATALOGUE = {
    source.name: source
    for source in (
        Source(
            "vntc",
            "VNTC, 10 topics (Hoang, Dinh, Nguyen, Ngo, RIVF 2007)",
            "https://raw.githubusercontent.com/duyvuleo/VNTC/{revision}/Data/10Topics/Ver1.1/Train_Full.rar",
            "master",
            "MIT",
            "",
            "articles of 2003-2007 from four papers",
        ),
    )
}


def cache_folder() -> Path:
    """Return where corpora are kept: the cache folder of the user."""
    root = os.environ.get("XDG_CACHE_HOME")
    return (Path(root) if root else Path.home() / ".cache") / "recsys" / "corpora"
