"""Directories on disk, without code in them: arrays in safetensors, the rest in JSON or Markdown, digests over all.

A directory is whatever its ``manifest.json`` lists. Files carry a part of their digest in their name and the manifest
is replaced last, in one step: a reader sees the old directory or the new one, never half of each.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

import recsys
from recsys.errors import ModelError

FORMAT = 1
MANIFEST = "manifest.json"
Arrays = dict[str, np.ndarray]


@dataclass(frozen=True)
class Bundle:
    """What a directory held: arrays by part (read-only memory maps), documents by part."""

    arrays: Mapping[str, Arrays]
    documents: Mapping[str, Any]


def builtin(name: str) -> Path:
    """Return the path of a file that ships with recsys (``"data/topics.json"``, ``"models/released"``).

    In a wheel they lie inside the package; in a clone beside it.
    """
    here = Path(__file__).parent
    inside = here / name
    return inside if inside.exists() else here.parent / name


def write_atomic(path: Path, content: bytes) -> None:
    """Write a file so that a reader or a crash sees the old content or the new, never a part."""
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _sync_directory(path.parent)


def save(
    directory: Path,
    arrays: Mapping[str, Arrays],
    *,
    documents: Mapping[str, Any],
    texts: Mapping[str, str] | None = None,
) -> None:
    """Write a directory that :func:`load` reads, replacing an earlier one in a single step.

    Parameters
    ----------
    directory : Path
        Created where it is missing. Files of an earlier version are removed once the new manifest stands.
    arrays : mapping of str to dict of ndarray
        One safetensors file a part.
    documents : mapping of str to JSON-serialisable
        One JSON file a part.
    texts : mapping of file name to str
        Written for people under exactly these names (a card, say); never read back, so not in the manifest.

    Raises
    ------
    ModelError
        Where the directory holds files that no recsys manifest accounts for: they might be somebody's work.
    """
    _earlier_files(directory)  # refuse before anything is made
    directory.mkdir(parents=True, exist_ok=True)
    with one_writer(directory):
        _save(directory, arrays, documents, texts or {})


def check_writable(directory: Path) -> None:
    """Refuse a directory that ``save`` could not write, before any work is done for it."""
    _earlier_files(directory)
    nearest = next(folder for folder in (directory.absolute(), *directory.absolute().parents) if folder.exists())
    if not nearest.is_dir() or not os.access(nearest, os.W_OK | os.X_OK):
        raise ModelError(f"{directory}: {nearest} cannot be written; give another directory")


@contextlib.contextmanager
def one_writer(directory: Path) -> Iterator[None]:
    """Make other processes that write the directory wait (on Windows, where a directory has no lock, they do not)."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _save(
    directory: Path, arrays: Mapping[str, Arrays], documents: Mapping[str, Any], texts: Mapping[str, str]
) -> None:
    from safetensors.numpy import save as encode

    contents = {f"{part}.safetensors": encode(_contiguous(tensors)) for part, tensors in arrays.items()}
    contents |= {f"{part}.json": _json(document) for part, document in documents.items()}
    earlier = _earlier_files(directory)
    files = {}
    for name, content in contents.items():
        digest = hashlib.sha256(content).hexdigest()
        stem, _, suffix = name.rpartition(".")
        stored = f"{stem}-{digest[:12]}.{suffix}"
        write_atomic(directory / stored, content)
        files[name] = {"file": stored, "sha256": digest, "bytes": len(content)}
    manifest = {"format": FORMAT, "written_by": f"recsys {recsys.__version__}", "files": files}
    write_atomic(directory / MANIFEST, _json(manifest | {"sha256": _digest(manifest)}))
    for stale in earlier - {entry["file"] for entry in files.values()}:
        (directory / stale).unlink(missing_ok=True)
    for name, text in texts.items():
        write_atomic(directory / name, text.encode())


def load(directory: Path) -> Bundle:
    """Read a directory that :func:`save` wrote, after checking every digest.

    Raises
    ------
    ModelError
        Where it is missing, of another format, or where a file of it was changed (named in the message).
    """
    manifest = _read_manifest(directory)
    while True:
        try:
            return _read(directory, manifest)
        except (ModelError, FileNotFoundError):
            latest = _read_manifest(directory)
            if latest == manifest:
                raise
            manifest = latest  # somebody saved another version meanwhile


def _read(directory: Path, manifest: Mapping[str, Any]) -> Bundle:
    arrays: dict[str, Arrays] = {}
    documents: dict[str, Any] = {}
    for name, entry in manifest["files"].items():
        path = _checked(directory, entry)
        stem, _, suffix = name.rpartition(".")
        if suffix == "safetensors":
            arrays[stem] = _map_arrays(path)
        else:
            documents[stem] = json.loads(path.read_bytes())
    return Bundle(arrays, documents)


def sizes(directory: Path) -> dict[str, int]:
    """Return the size in bytes of each file that a directory's manifest lists."""
    return {name: entry["bytes"] for name, entry in _read_manifest(directory)["files"].items()}


def _read_manifest(directory: Path) -> dict[str, Any]:
    path = directory / MANIFEST
    try:
        manifest = json.loads(path.read_bytes())
        digest = manifest.pop("sha256")
        intact = digest == _digest(manifest)
    except FileNotFoundError:
        raise ModelError(
            f"{directory}: no {MANIFEST} here; expected a directory that recsys wrote (python train.py makes one)"
        ) from None
    except (ValueError, KeyError, TypeError, AttributeError, OSError) as error:
        raise ModelError(f"{path}: not a manifest ({error!r}); restore the directory or train again") from None
    if not intact:
        raise ModelError(f"{path}: its digest does not match, so it was changed; restore the directory or train again")
    if manifest.get("format") != FORMAT:
        raise ModelError(f"{path}: expected format {FORMAT}, got {manifest.get('format')!r}; train again")
    return manifest  # type: ignore[no-any-return]


def _checked(directory: Path, entry: Mapping[str, Any]) -> Path:
    path = directory / str(entry["file"])
    if path.parent != directory:
        raise ModelError(f"{directory / MANIFEST}: names a file outside its directory: {entry['file']!r}")
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(f"{path}: cannot be read ({error.strerror}); restore the directory or train again") from None
    if digest != entry["sha256"]:
        raise ModelError(f"{path}: its digest does not match, so it was changed; restore the directory or train again")
    return path


def _map_arrays(path: Path) -> Arrays:
    """Return read-only memory maps of a safetensors file; the library checks the header first."""
    from safetensors import safe_open

    with safe_open(path, framework="np"):
        pass
    raw = np.memmap(path, np.uint8, mode="r")
    length = int(raw[:8].view("<u8")[0])
    header = json.loads(raw[8 : 8 + length].tobytes())
    header.pop("__metadata__", None)
    body = raw[8 + length :]
    return {name: _view(body, tensor) for name, tensor in header.items()}


_DTYPES = {
    "BOOL": "?", "U8": "<u1", "I8": "<i1", "U16": "<u2", "I16": "<i2", "F16": "<f2", "U32": "<u4", "I32": "<i4",
    "F32": "<f4", "U64": "<u8", "I64": "<i8", "F64": "<f8",
}  # fmt: skip


def _view(body: np.ndarray, tensor: Mapping[str, Any]) -> np.ndarray:
    start, stop = tensor["data_offsets"]
    return body[start:stop].view(_DTYPES[tensor["dtype"]]).reshape(tensor["shape"])


def _earlier_files(directory: Path) -> set[str]:
    """Return what an earlier save left in a directory; refuse one that somebody else filled."""
    if directory.exists() and not directory.is_dir():
        raise ModelError(f"{directory}: a file stands there; give the name of a directory")
    if not directory.is_dir() or not any(directory.iterdir()):
        return set()
    if not (directory / MANIFEST).exists():
        raise ModelError(f"{directory}: not empty and not written by recsys; give another directory, or empty this one")
    try:
        return {Path(entry["file"]).name for entry in _read_manifest(directory)["files"].values()}
    except ModelError:
        return set()


def _contiguous(tensors: Arrays) -> Arrays:
    return {name: np.ascontiguousarray(tensor) for name, tensor in tensors.items()}


def _json(document: Any) -> bytes:  # noqa: ANN401
    return (json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _digest(manifest: Mapping[str, Any]) -> str:
    return hashlib.sha256(_json(manifest)).hexdigest()


def _sync_directory(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
