"""What an archive has worked out of its articles, kept on disk so that opening it need not read them all again.

It can always be made again: a cache that is damaged, of another model, or of another archive counts as none.
"""

from __future__ import annotations

import contextlib
import hashlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import recsys
from recsys import storage
from recsys.errors import ModelError
from recsys.tfidf import Tfidf

Array = NDArray[Any]

FOLDER = "vectors"
_PART, _LABEL = "rows", "of"


def label(weighting: Tfidf, archive: int) -> dict[str, Any]:
    """Return what vectors depend on beside the texts: the weighting, the archive (its own number), this version."""
    digest = hashlib.sha256(np.ascontiguousarray(weighting.keys).tobytes() + weighting.idf.tobytes())
    digest.update(repr((weighting.ngrams, weighting.form, weighting.unknown_idf)).encode())
    return {"weighting": digest.hexdigest(), "archive": archive, "recsys": recsys.__version__}


def read(folder: Path, of: dict[str, Any]) -> dict[str, Array] | None:
    """Return the arrays kept under a label, or None."""
    try:
        bundle = storage.load(folder)
    except ModelError:
        return None
    return bundle.arrays.get(_PART) if bundle.documents.get(_LABEL) == of else None


def keep(folder: Path, of: dict[str, Any], arrays: dict[str, Array]) -> None:
    """Keep arrays under a label in place of any others, in one step; where that cannot be written, nothing is kept."""
    with contextlib.suppress(ModelError, OSError):
        storage.save(folder, {_PART: arrays}, documents={_LABEL: of})
