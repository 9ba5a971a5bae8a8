"""The classifiers that ``tagging.py`` compares: each fits, predicts many, predicts one, and tells its size on disk."""

from __future__ import annotations

import os
import pickle
import tempfile
from collections.abc import Callable

import numpy as np

Labels = list[str]


class Recsys:
    """TF-IDF, support vector machines and fused scoring in numba; weights of one byte."""

    def __init__(self, threads: int) -> None:
        self.threads = threads

    def fit(self, texts: list[str], labels: Labels) -> None:
        """Learn from raw texts."""
        from recsys import svm
        from recsys.tfidf import Scorer, Tfidf

        self.classes = np.array(sorted(set(labels)))
        Y = (np.array(labels)[:, None] == self.classes).astype(np.int8)
        weighting = Tfidf.fit(texts, min_df=2, max_features=500_000, threads=self.threads)
        X = weighting.transform(texts, threads=self.threads)
        coef, intercept = svm.fit(X, Y, svm.balanced(Y), max_epochs=5, threads=self.threads)
        self.full = Scorer(weighting.keys, weighting.idf, coef, intercept)
        self.scorer = Scorer.narrow(weighting, coef, intercept, max_features=100_000)

    def predict(self, texts: list[str]) -> Labels:
        """Return the label of each text."""
        return self.classes[self.scorer.decision(texts, threads=self.threads).argmax(axis=1)].tolist()

    def predict_full(self, texts: list[str]) -> Labels:
        """Return the labels with all terms and weights of four bytes."""
        return self.classes[self.full.decision(texts, threads=self.threads).argmax(axis=1)].tolist()

    def predict_one(self, text: str) -> str:
        """Return the label of one text."""
        return self.classes[self.scorer.decision([text])[0].argmax()]

    def size(self) -> int:
        """Return the bytes of the saved model."""
        from safetensors.numpy import save

        return len(save(self.scorer.state()[0]))


class RecsysModel:
    """What users call: ``Model.tag_many``, calibrated, and with a table for text without diacritics."""

    def __init__(self, threads: int) -> None:
        """Take the threads of the machine: a model has no knob for them."""

    def fit(self, texts: list[str], labels: Labels) -> None:
        """Learn from raw texts, and calibrate in five folds, twice: with diacritics and without."""
        from recsys import training
        from recsys.article import Article

        self.model = training.fit([Article("", body=t, topics=(c,)) for t, c in zip(texts, labels, strict=True)])

    def predict(self, texts: list[str]) -> Labels:
        """Return the label of each text, "" where no topic is sure enough."""
        return [tags[0].topic if tags else "" for tags in self.model.tag_many(texts)]

    def predict_one(self, text: str) -> str:
        """Return the label of one text."""
        tags = self.model.tag(text)
        return tags[0].topic if tags else ""

    def size(self) -> int:
        """Return the bytes of the topics of the saved model."""
        from safetensors.numpy import save

        return len(save(self.model._topics.state()[0]))


class Rust:
    """``underthesea_core.TextClassifier``."""

    def __init__(self, threads: int, features: int = 300_000) -> None:
        os.environ["RAYON_NUM_THREADS"] = str(threads)
        self.features = features

    def fit(self, texts: list[str], labels: Labels) -> None:
        """Learn from raw texts."""
        from underthesea_core import TextClassifier

        self.model = TextClassifier(max_features=self.features, ngram_range=(1, 2), min_df=2)
        self.model.fit(texts, labels)
        self.predict, self.predict_one = self.model.predict_batch, self.model.predict

    def size(self) -> int:
        """Return the bytes of the saved model."""
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "model.bin")
            self.model.save(path)
            return os.path.getsize(path)


class ScikitLearn:
    """``TfidfVectorizer`` and ``LinearSVC``, the classes fitted in parallel."""

    def __init__(self, threads: int) -> None:
        self.threads = threads

    def fit(self, texts: list[str], labels: Labels) -> None:
        """Learn from raw texts."""
        from joblib import parallel_config
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.multiclass import OneVsRestClassifier
        from sklearn.pipeline import make_pipeline
        from sklearn.svm import LinearSVC

        vectorizer = TfidfVectorizer(
            ngram_range=(1, 2), min_df=2, sublinear_tf=True, token_pattern=r"(?u)\b\w+\b", dtype=np.float32
        )
        classes = OneVsRestClassifier(LinearSVC(class_weight="balanced"), n_jobs=self.threads)
        with parallel_config("threading"):  # liblinear runs without the GIL
            self.model = make_pipeline(vectorizer, classes).fit(texts, labels)

    def predict(self, texts: list[str]) -> Labels:
        """Return the label of each text."""
        return self.model.predict(texts).tolist()

    def predict_one(self, text: str) -> str:
        """Return the label of one text."""
        return self.model.predict([text])[0]

    def size(self) -> int:
        """Return the bytes of the saved model."""
        return len(pickle.dumps(self.model))


PEERS: dict[str, tuple[str, Callable[[int], Recsys | RecsysModel | Rust | ScikitLearn]]] = {
    "recsys": ("recsys", Recsys),
    "recsys, Model.tag_many": ("recsys", RecsysModel),
    "underthesea_core, 20k features": ("underthesea_core", lambda threads: Rust(threads, 20_000)),
    "underthesea_core, 300k features": ("underthesea_core", Rust),
    "scikit-learn": ("sklearn", ScikitLearn),
}
