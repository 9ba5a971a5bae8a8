"""What ``related.py`` compares with: simple rankings, and a slower way that uses more."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from recsys import features, metrics
from recsys.likeness import Likeness
from recsys.related_data import Collection
from recsys.related_figures import at_random, bm25, newest, undecided

_LSA = 500


def baselines(collection: Collection, likeness: Likeness) -> dict[str, metrics.Judged]:
    """Return simple rankings by name."""
    made = {
        "random": at_random(1),
        "BM25 (bm25s)": bm25(collection.articles, collection.headlines),
        "cosine": cosine(collection, likeness),
    }
    if any(h.published for h in collection.headlines):
        made["newest"] = newest(collection.headlines)
    return made


def cosine(collection: Collection, likeness: Likeness) -> metrics.Judged:
    """Rank by TF-IDF cosine."""
    read = features.read_headlines([h.title for h in collection.headlines])

    def judged(query: int, candidates: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        story = features.read_article(collection.articles[query], likeness)
        return undecided(features.pair_features(story, read, likeness)[candidates, 0])

    return judged


def boosted(held: Collection, others: Sequence[Collection], likeness: Likeness, *, seed: int) -> metrics.Judged:
    """Rank by gradient boosting over all pair features and LSA of 500 dimensions, fitted on the other collections."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    parts = []
    for collection in others:
        pairs, rng = _everything(collection, likeness, seed), np.random.default_rng(seed)
        for query, true in enumerate(collection.relevant):
            wrong = np.setdiff1d(np.arange(len(pairs[query])), [query, *true])
            wrong = wrong[np.argsort(-pairs[query][wrong, 0], kind="stable")]
            taken = np.concatenate([np.array(sorted(true), int), wrong[:30], rng.choice(wrong[30:], 30, replace=False)])
            parts.append((pairs[query][taken], np.isin(taken, list(true)), len(parts)))
    model = HistGradientBoostingClassifier(max_iter=300, learning_rate=0.05, random_state=seed)
    model.fit(np.concatenate([p[0] for p in parts]), np.concatenate([p[1] for p in parts]))
    pairs = _everything(held, likeness, seed)
    return lambda query, candidates: undecided(model.predict_proba(pairs[query][candidates])[:, 1])


def _everything(collection: Collection, likeness: Likeness, seed: int) -> list[np.ndarray]:
    """Return, for each article, the features of all headlines with the cosine of an LSA of the collection itself."""
    from sklearn.decomposition import TruncatedSVD

    from recsys.vectorizer import TfidfVectorizer

    texts = [features.whole(a) for a in collection.articles]
    titles = [h.title for h in collection.headlines]
    matrix = TfidfVectorizer(min_df=2, sublinear_tf=True).fit(texts + titles)
    svd = TruncatedSVD(min(_LSA, len(texts) - 1), random_state=seed)
    a, h = (_unit(x) for x in (svd.fit_transform(matrix.transform(texts)), svd.transform(matrix.transform(titles))))
    read = features.read_headlines(titles, [h.published for h in collection.headlines])
    found = []
    for i, article in enumerate(collection.articles):
        story = features.read_article(article, likeness)
        pairs = features.widely(features.pair_features(story, read, likeness))
        found.append(np.column_stack([pairs, h @ a[i]]).astype(np.float32))
    return found


def _unit(x: np.ndarray) -> np.ndarray:
    return x / np.maximum(np.linalg.norm(x, axis=1, keepdims=True), 1e-12)
