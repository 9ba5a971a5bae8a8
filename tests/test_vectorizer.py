"""The oracle is scikit-learn's TfidfVectorizer; relations hold where it has no say."""

import json
import lzma
import pathlib
import unicodedata
import weakref

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.feature_extraction.text import TfidfVectorizer as Oracle
from sklearn.pipeline import make_pipeline
from sklearn.svm import LinearSVC
from sklearn.utils import estimator_checks

from recsys.errors import InputError
from recsys.vectorizer import TfidfVectorizer

SHARED = pathlib.Path(__file__).parents[1].parent / "shared"
SAYINGS = [
    "Có công mài sắt, có ngày nên kim.",
    "Gần mực thì đen, gần đèn thì sáng.",
    "",
    "Ở hiền gặp lành 2024 😀 İstanbul ΟΔΥΣΣΕΥΣ. Σ ς ΑΣ",
    "𝐀𝐁 𐐀𐐨 ý ở _a_ ½ ٣ a\u0301 e\u0300\u0323 ﬁ ǅ ß \ud800 x",
]
letters = st.sampled_from("aăâđeêioơuưyàáảãạằấềệốợứừýỳ AĐÊÔƠƯ") | st.sampled_from(" .,_-12٣½\n\u200b\u00a0")
odd = st.sampled_from(
    "\u0300\u0301\u0302\u0306\u031b\u0323\u0307İıΣσςßǅﬁ😀𝐀𐐀𐐨🇻\ud800\udc00한\u1100\u1161漢\u0e33\u09be\u212b"
)
texts = st.lists(st.text(letters | odd | st.characters(), max_size=60), min_size=1, max_size=6)


def oracle(**parameters):
    return Oracle(token_pattern=r"(?u)\b\w+\b", dtype=np.float32, sublinear_tf=True, **parameters)


def ours(**parameters):
    return TfidfVectorizer(normalize=False, n_jobs=1, **parameters)


def assert_equal(documents, **parameters):
    parameters = {"ngram_range": (1, 2), "min_df": 1} | parameters
    try:
        theirs = oracle(**parameters).fit(documents)
    except ValueError:
        with pytest.raises(InputError, match="empty vocabulary"):
            ours(**parameters).fit(documents)
        return
    mine = ours(**parameters).fit(documents)
    assert mine.get_feature_names_out().tolist() == theirs.get_feature_names_out().tolist()
    assert mine.vocabulary_ == theirs.vocabulary_
    np.testing.assert_allclose(mine.idf_, theirs.idf_, atol=1e-6)
    assert_same_rows(mine.transform(documents), theirs.transform(documents))


def assert_same_rows(mine, theirs):
    assert mine.shape == theirs.shape
    assert mine.nnz == theirs.nnz
    assert mine.dtype == theirs.dtype == np.float32
    assert np.array_equal(mine.indptr, theirs.indptr)
    assert np.array_equal(mine.indices, theirs.indices)
    np.testing.assert_allclose(mine.data, theirs.data, atol=1e-6)


@pytest.mark.parametrize("ngram_range", [(1, 1), (1, 2), (2, 2), (1, 3), (2, 4)])
@pytest.mark.parametrize("min_df", [1, 2])
def test_equals_scikit_learn_on_sayings(ngram_range, min_df):
    assert_equal([*SAYINGS, *SAYINGS[:3], "gần mực"], ngram_range=ngram_range, min_df=min_df)


@settings(max_examples=300, deadline=None)
@given(texts)
def test_equals_scikit_learn_on_any_text(documents):
    assert_equal(documents)


@settings(max_examples=100, deadline=None)
@given(texts, texts)
def test_equals_scikit_learn_on_text_it_was_not_fitted_on(documents, others):
    documents = [*documents, "a b"]
    mine, theirs = ours(ngram_range=(1, 2)).fit(documents), oracle(ngram_range=(1, 2)).fit(documents)
    assert_same_rows(mine.transform(others), theirs.transform(others))


def test_equals_scikit_learn_on_every_letter():
    assert_equal(["".join(map(chr, range(start, start + 64))) for start in range(0, 0x32000, 64)], ngram_range=(1, 1))


@pytest.mark.skipif(not (SHARED / "data" / "vntc").exists(), reason="the VNTC corpus is not here")
def test_equals_scikit_learn_on_vntc():
    with lzma.open(SHARED / "data" / "vntc" / "test-a.jsonl.xz", "rt", encoding="utf-8") as lines:
        documents = [json.loads(line)["body"] for number, line in enumerate(lines) if number % 20 == 0]
    assert_equal(documents, min_df=2)


@settings(max_examples=100, deadline=None)
@given(texts)
def test_composed_and_decomposed_text_give_one_row(documents):
    vectorizer = TfidfVectorizer(n_jobs=1).fit([*documents, "a"])
    rows = [
        vectorizer.transform([unicodedata.normalize(form, text) for text in documents]).toarray()
        for form in ("NFC", "NFD")
    ]
    np.testing.assert_array_equal(*rows)


def test_writing_styles_give_one_row():
    vectorizer = TfidfVectorizer().fit(["hoà bình thuý kiều khoẻ quý"])
    first, second = vectorizer.transform(["Hoà bình, Thuý Kiều khoẻ quý", "HÒA BÌNH THÚY\u200b Kiều kh\u00adỏe quý"])
    assert (first != second).nnz == 0
    assert vectorizer.get_feature_names_out().tolist() == sorted(
        ["hòa", "hòa bình", "bình", "bình thúy", "thúy", "thúy kiều", "kiều", "kiều khỏe", "khỏe", "khỏe quý", "quý"]
    )


def test_names_belong_to_their_columns():
    vectorizer = TfidfVectorizer(min_df=2).fit(SAYINGS * 2)
    for column, name in enumerate(vectorizer.get_feature_names_out()):
        assert vectorizer.transform([name])[0, column] > 0
        assert vectorizer.vocabulary_[name] == column


def test_a_stream_is_fitted_as_a_list():
    documents = [f"{SAYINGS[i % 2]} {i % 7} {i}" for i in range(2000)]
    stream, whole = TfidfVectorizer(min_df=2).fit(iter(documents)), TfidfVectorizer(min_df=2, n_jobs=1).fit(documents)
    assert stream.get_feature_names_out().tolist() == whole.get_feature_names_out().tolist()
    assert_same_rows(stream.transform(iter(documents)), whole.transform(documents))


class Watched(str):
    """A text whose end can be seen."""

    __slots__ = ("__weakref__",)


@pytest.mark.parametrize("threads", [1, 2])
def test_a_stream_larger_than_memory_is_never_held(threads):
    alive = most = 0

    def end():
        nonlocal alive
        alive -= 1

    def stream():
        nonlocal alive, most
        for number in range(8000):
            document = Watched(f"{SAYINGS[number % 2]} {number % 11}")
            weakref.finalize(document, end)
            alive += 1
            most = max(most, alive)
            yield document

    vectorizer = TfidfVectorizer(n_jobs=threads).fit(stream())
    rows = sum(part.shape[0] for part in vectorizer.transform_stream(stream()))
    assert rows == 8000
    assert most < 4000


def test_streamed_rows_are_the_rows():
    documents = [f"{SAYINGS[i % 2]} {i % 7}" for i in range(600)]
    vectorizer = TfidfVectorizer().fit(documents)
    streamed = sp.vstack(list(vectorizer.transform_stream(iter(documents)))).tocsr()
    assert_same_rows(streamed, vectorizer.transform(documents))


def test_max_features_keeps_terms_of_most_texts():
    vectorizer = TfidfVectorizer(ngram_range=(1, 1), max_features=2).fit(["a b c", "a b d", "a"])
    assert vectorizer.get_feature_names_out().tolist() == ["a", "b"]


def test_works_in_a_pipeline_and_clones():
    pipeline = clone(make_pipeline(TfidfVectorizer(min_df=1), LinearSVC())).fit(SAYINGS[:2], [0, 1])
    assert pipeline.predict(SAYINGS[:2]).tolist() == [0, 1]
    assert clone(TfidfVectorizer(min_df=7)).get_params()["min_df"] == 7


@pytest.mark.parametrize(
    "check",
    [
        estimator_checks.check_parameters_default_constructible,
        estimator_checks.check_get_params_invariance,
        estimator_checks.check_set_params,
        estimator_checks.check_estimator_cloneable,
        estimator_checks.check_estimator_repr,
        estimator_checks.check_no_attributes_set_in_init,
        estimator_checks.check_do_not_raise_errors_in_init_or_set_params,
        estimator_checks.check_valid_tag_types,
        estimator_checks.check_estimator_tags_renamed,
    ],
)
def test_passes_the_checks_of_scikit_learn_that_apply_to_text(check):
    check("TfidfVectorizer", TfidfVectorizer())


def test_what_cannot_be_fitted_is_told():
    with pytest.raises(NotFittedError, match="not fitted"):
        TfidfVectorizer().transform(["a"])
    with pytest.raises(InputError, match="min_df must be a number of texts"):
        TfidfVectorizer(min_df=0.5).fit(["a"])
    with pytest.raises(InputError, match=r"write .text."):
        TfidfVectorizer().fit("a")
    with pytest.raises(InputError, match="NoneType at position 1"):
        TfidfVectorizer().fit(["a", None])
