"""Training: fit a model to a labelled corpus, and save it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from recsys import corpus, ranking, related_data, released, storage, topic_fitting
from recsys.article import Article
from recsys.corpus import as_text
from recsys.errors import CorpusError, InputError
from recsys.index import HeadlineIndex
from recsys.ranking import Ranker
from recsys.recommender import ARCHIVE, Model
from recsys.recommender import released as released_model
from recsys.taxonomy import Taxonomy

TERMS = 200_000  # of each form of text; the rarest beyond them carry no accuracy (benchmarks/results/tagging.md)
Progress = Callable[[str, float], None]


def silent(step: str, share: float) -> None:
    """Show no progress."""


def fit(
    articles: Sequence[Article],
    *,
    stories: Sequence[Article] = (),
    default: Ranker | None = None,
    words: bool = False,
    seed: int = 0,
    progress: Progress = silent,
) -> Model:
    """Fit topics and ranking to a labelled corpus.

    Parameters
    ----------
    articles : sequence of Article
        With ``topics``.
    stories : sequence of Article
        More articles with ``story``, to learn what belongs together; those of ``articles`` serve always.
    default : Ranker
        Its likeness of words is used, and it decides itself where too few stories are known; None: the released one.
    words : bool
        Topics by words that underthesea segments instead of syllables.
    seed : int
        Two runs with one seed give one model.
    progress : callable
        Called with a step's name and how far it is, in [0, 1].

    Raises
    ------
    CorpusError
        Fewer than two articles, no text in any, or fewer than two topics that two articles carry.
    """
    check(articles)
    taxonomy, fitted = fit_topics(
        articles,
        words=words,
        seed=seed,
        progress=lambda step, share: progress("words" if step == "words" else "topics", share),
    )
    default = default or released_model().ranker
    known = [[a for a in given if a.title] for given in (articles, stories) if given]
    progress("what belongs", 0.0)
    ranker = ranking.fit(*known, likeness=default.likeness, default=default, seed=seed)
    progress("what belongs", 1.0)
    return Model(fitted.model.quantized(), ranker, taxonomy=taxonomy)


def fit_topics(
    articles: Sequence[Article], *, words: bool = False, seed: int = 0, progress: Progress = silent
) -> tuple[Taxonomy, topic_fitting.Fitted]:
    """Fit the topics alone; return the tree that the labels are of, and what was fitted."""
    taxonomy = Taxonomy.for_labels({t for a in articles for t in a.topics})
    fitted = topic_fitting.fit(
        [as_text(a) for a in articles],
        taxonomy.targets(a.topics for a in articles),
        topics=taxonomy.columns,
        parents=taxonomy.parents,
        groups=corpus.groups(articles),
        max_features=TERMS,
        words=words,
        seed=seed,
        progress=progress,
    )
    return taxonomy, fitted


def fit_released(data: Path, *, seed: int = 0, progress: Progress = silent) -> Model:
    """Fit the model that is released, on every corpus of a data folder; see ``released`` and ``related_data``."""
    taxonomy = Taxonomy.from_file()
    progress("reading", 0.0)
    rows = released.gather(data, taxonomy=taxonomy, seed=seed)
    progress("reading", 1.0)
    topics = released.fit(rows, taxonomy=taxonomy, seed=seed, progress=progress).model
    progress("what belongs", 0.0)
    ranker = related_data.fit_released(data, seed=seed)
    progress("what belongs", 1.0)
    return Model(topics, ranker, taxonomy=taxonomy)


def save(model: Model, out: Path, *, archive: Sequence[Article] = (), texts: dict[str, str] | None = None) -> None:
    """Save a model directory, with an archive of the articles that have headlines.

    The archive is made beside the directory and moved into it: neither a killed process nor a second training into the
    same directory leaves half of one.
    """
    titled = [a for a in archive if a.title]
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}-") as beside:
        made = Path(beside) / ARCHIVE
        if titled:
            index: HeadlineIndex = model.new_index(made)
            index.add(titled)
            index.close()
        model.save(out, texts=texts)
        with storage.one_writer(out):
            shutil.rmtree(out / ARCHIVE, ignore_errors=True)
            if titled:
                made.rename(out / ARCHIVE)


def default_out() -> Path:
    """Return where a local model goes: ``models/local`` of a clone, else the user's data folder."""
    clone = Path(__file__).parents[1]
    if (clone / "train.py").exists() and (clone / "pyproject.toml").exists():
        return clone / "models" / "local"
    import platformdirs

    return Path(platformdirs.user_data_dir("recsys", appauthor=False)) / "models" / "local"


def read_all(path: str | Path, *, report: Callable[[CorpusError], None] | None = None) -> list[Article]:
    """Read a labelled corpus for training, reporting bad rows instead of stopping at the first.

    Raises
    ------
    InputError
        Where no row is good.
    """
    articles = corpus.read(path, report=report)
    if not articles:
        raise InputError(f"{path}: no article that can be used; every row needs text and topics")
    return articles


def check(articles: Sequence[Article]) -> None:
    """Refuse a corpus that nothing can be learned from."""
    if len(articles) < 2:
        raise CorpusError(f"expected two articles at least, got {len(articles)}; a corpus of some hundred is a start")
    counts: dict[str, int] = {}
    for article in articles:
        for topic in article.topics:
            counts[topic] = counts.get(topic, 0) + 1
    often = [t for t, n in counts.items() if n >= 2]
    if len(often) < 2:
        raise CorpusError(
            f"expected two topics that two articles carry at least, got {len(often)} ({', '.join(counts) or 'none'}); "
            "add articles, or spell topics alike"
        )
