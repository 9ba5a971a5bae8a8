"""Compilation: numba kernels that release the GIL and are cached in a private folder of the user.

numba keeps compiled code as pickles, so the folder must belong to the user alone: never the package tree,
never a shared temporary folder. Where no such folder can be had, kernels are compiled anew in each process.
numba looks only at the file of a kernel to see whether it changed, not at what was inlined from other files, and a
wheel may carry one date for ever; so every state of the sources has a folder of its own.
"""

from __future__ import annotations

import hashlib
import os
import pathlib
import stat
import sys
from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

F = TypeVar("F", bound=Callable[..., Any])


def _user_cache() -> pathlib.Path:
    if sys.platform == "win32":
        return pathlib.Path(os.environ.get("LOCALAPPDATA") or pathlib.Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return pathlib.Path.home() / "Library" / "Caches"
    return pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache")


def _state_of_sources() -> str:
    here = pathlib.Path(__file__).parent
    digest = hashlib.sha256()
    for path in sorted({*here.glob("*kernels*.py"), here / "simd.py", here / "span_columns.py"}):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def private_folder(name: str) -> pathlib.Path | None:
    """Return a folder of the user's cache that is closed to others, created when missing; None when there can be none.

    What lies there may be pickles. A folder that belongs to somebody else is refused; one that others may write to is
    closed to them first.
    """
    try:
        ours = _user_cache() / "recsys" / name
        ours.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.name == "posix":
            status = ours.stat()
            if status.st_uid != os.getuid():
                return None
            if stat.S_IMODE(status.st_mode) & 0o077:
                ours.chmod(0o700)
    except (OSError, RuntimeError):
        return None
    return ours if os.access(ours, os.W_OK | os.X_OK) else None


def cache_folder() -> pathlib.Path | None:
    """Return the private folder of compiled kernels; None when there can be none."""
    ours = private_folder("numba")
    try:
        folder = ours / _state_of_sources() if ours else None
        if folder:
            folder.mkdir(mode=0o700, exist_ok=True)
    except OSError:
        return None
    return folder if folder and os.access(folder, os.W_OK | os.X_OK) else None


_FOLDER = cache_folder()


def kernel(function: F) -> F:
    """Compile ``function`` at its first call, without the GIL, and keep the machine code for other processes."""
    config: Any = numba.config
    chosen = config.CACHE_DIR  # where the user wants the cache, if anywhere
    folder = chosen or (str(_FOLDER) if _FOLDER else "")
    config.CACHE_DIR = folder  # read when a function is decorated: other packages keep their own
    try:
        return cast(F, numba.njit(nogil=True, cache=bool(folder))(function))
    except RuntimeError:  # nothing to cache by: the source is not a file
        return cast(F, numba.njit(nogil=True)(function))
    finally:
        config.CACHE_DIR = chosen


def inlined(function: F) -> F:
    """Compile a small function into the kernels that call it."""
    return cast(F, numba.njit(nogil=True, inline="always")(function))
