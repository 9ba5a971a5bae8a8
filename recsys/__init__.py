"""Vietnamese news: the true topics of an article, the headlines that truly belong beside it, silence where none does.

Everything public is named here and loaded when first used, so that ``import recsys`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from recsys.article import Article as Article
    from recsys.article import Headline as Headline
    from recsys.article import Injected as Injected
    from recsys.article import Page as Page
    from recsys.article import Recommendation as Recommendation
    from recsys.article import Related as Related
    from recsys.article import Tag as Tag
    from recsys.errors import CorpusError as CorpusError
    from recsys.errors import FetchError as FetchError
    from recsys.errors import InputError as InputError
    from recsys.errors import ModelError as ModelError
    from recsys.errors import RecsysError as RecsysError
    from recsys.index import HeadlineIndex as HeadlineIndex
    from recsys.page import parse_page as parse_page
    from recsys.recommender import Model as Model
    from recsys.recommender import load as load
    from recsys.recommender import recommend as recommend

__version__ = "0.1.0"

_ROOMS = {
    "article": ("Article", "Headline", "Injected", "Page", "Recommendation", "Related", "Tag"),
    "errors": ("CorpusError", "FetchError", "InputError", "ModelError", "RecsysError"),
    "index": ("HeadlineIndex",),
    "page": ("parse_page",),
    "recommender": ("Model", "load", "recommend"),
}
_ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names}
__all__ = ["__version__", *sorted(_ROOM_OF)]


def __getattr__(name: str) -> Any:  # noqa: ANN401
    if name not in _ROOM_OF:
        raise AttributeError(f"module 'recsys' has no attribute {name!r}")
    value = getattr(import_module(f"recsys.{_ROOM_OF[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
