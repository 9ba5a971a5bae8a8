"""Relations between the closed and the open vocabulary, rows and scores; equality with scikit-learn is beside."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recsys import text
from recsys.errors import InputError, ModelError
from recsys.terms import document_frequencies
from recsys.tfidf import Scorer, Tfidf

TEXTS = [
    "Có công mài sắt, có ngày nên kim",
    "Có chí thì nên, có công thì có ngày",
    "gần mực thì đen gần đèn thì sáng",
    "đèn sáng mực đen, quỹ bảo hoà",
]


def dense(weighting, texts, keys):
    """Rows over ``keys``, from the (indptr, keys, weights) of ``rows``."""
    indptr, found, weights = weighting.rows(texts)
    out = np.zeros((len(texts), len(keys)), np.float32)
    for d in range(len(texts)):
        out[d, np.searchsorted(keys, found[indptr[d] : indptr[d + 1]])] = weights[indptr[d] : indptr[d + 1]]
    return out


def test_closed_rows_are_the_matrix():
    weighting = Tfidf.fit(TEXTS, min_df=2)
    assert len(weighting.keys) > 5
    np.testing.assert_array_equal(dense(weighting, TEXTS, weighting.keys), weighting.transform(TEXTS).toarray())


def test_rows_have_length_one_or_nothing():
    lengths = Tfidf.fit(TEXTS).transform([*TEXTS, "", "chưa từng thấy"]).power(2).sum(axis=1)
    np.testing.assert_allclose(np.ravel(lengths), [1, 1, 1, 1, 0, 0], atol=1e-6)


def test_an_open_vocabulary_weighs_what_it_does_not_know_at_the_highest_idf():
    weighting = Tfidf.fit(TEXTS, min_df=2, ngrams=(1, 1), open_vocabulary=True)
    indptr, keys, weights = weighting.rows(["có chưa"])
    known, unknown = (weights[keys == text.tokens(word).keys[0]].item() for word in ("có", "chưa"))
    assert indptr.tolist() == [0, 2]
    assert unknown == pytest.approx(weighting.idf.max() / np.hypot(weighting.idf.max(), idf_of(weighting, "có")))
    assert known == pytest.approx(idf_of(weighting, "có") / np.hypot(weighting.idf.max(), idf_of(weighting, "có")))


def idf_of(weighting, word):
    return weighting.idf[np.searchsorted(weighting.keys, text.tokens(word).keys[0])]


def test_an_open_vocabulary_that_knows_everything_is_a_closed_one():
    closed, opened = Tfidf.fit(TEXTS, min_df=1), Tfidf.fit(TEXTS, min_df=1, open_vocabulary=True)
    np.testing.assert_allclose(dense(closed, TEXTS, closed.keys), dense(opened, TEXTS, closed.keys), atol=1e-7)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(st.sampled_from("abà ."), max_size=30), max_size=8))
def test_document_frequencies_are_those_of_sets(texts):
    keys, df, n = document_frequencies(texts, ngrams=(1, 1), form="folded", threads=2)
    sets = [set(text.tokens(t).keys.tolist()) for t in texts]
    assert n == len(texts)
    assert dict(zip(keys.tolist(), df.tolist(), strict=True)) == {
        key: sum(key in s for s in sets) for key in set().union(*sets)
    }


def test_max_features_keeps_the_most_frequent():
    all_of_them, few = Tfidf.fit(TEXTS, min_df=1), Tfidf.fit(TEXTS, min_df=1, max_features=3)
    assert sorted(few.idf) == sorted(all_of_them.idf)[:3]


def test_the_bare_form_reads_text_with_and_without_diacritics_alike():
    weighting = Tfidf.fit(TEXTS, min_df=1, form="bare")
    stripped = weighting.transform([text.strip_diacritics(t) for t in TEXTS])
    np.testing.assert_array_equal(stripped.toarray(), weighting.transform(TEXTS).toarray())
    assert stripped.nnz > 0


@pytest.mark.parametrize("classes", [1, 3, 8, 10, 19])
@pytest.mark.parametrize("form", text.FORMS)
def test_scores_are_rows_times_weights(classes, form):
    weighting = Tfidf.fit(TEXTS, min_df=1, form=form)
    rng = np.random.default_rng(classes)
    coef = rng.normal(size=(len(weighting.keys), classes)).astype(np.float32)
    intercept = rng.normal(size=classes).astype(np.float32)
    scorer = Scorer(weighting.keys, weighting.idf, coef, intercept, form=form)
    texts = [*TEXTS, "", "kim thuy\u0301", "chưa từng"]
    np.testing.assert_allclose(scorer.decision(texts), weighting.transform(texts) @ coef + intercept, atol=1e-5)
    np.testing.assert_array_equal(
        scorer.decision(iter(texts * 100), threads=2), np.tile(scorer.decision(texts), (100, 1))
    )
    np.testing.assert_array_equal(np.vstack([scorer.decision([t]) for t in texts]), scorer.decision(texts))
    for dtype, error in ((np.int16, 1e-3), (np.int8, 0.2)):
        narrow = Scorer.narrow(weighting, coef, intercept, dtype=dtype)
        np.testing.assert_allclose(narrow.decision(texts), scorer.decision(texts), atol=error)
        assert narrow.coef.dtype == dtype


def test_narrowing_keeps_the_terms_that_move_scores_most():
    weighting = Tfidf.fit(TEXTS, min_df=1)
    coef = np.zeros((len(weighting.keys), 2), np.float32)
    coef[[3, 5], [0, 1]] = 1.0
    narrow = Scorer.narrow(weighting, coef, np.zeros(2, np.float32), max_features=2)
    assert narrow.keys.tolist() == weighting.keys[[3, 5]].tolist()


def test_state_brings_back_the_same_from_arrays_nobody_may_write_to():
    weighting = Tfidf.fit(TEXTS, open_vocabulary=True)
    scorer = Scorer.narrow(weighting, np.ones((len(weighting.keys), 2), np.float32), np.zeros(2, np.float32))
    for made in (weighting, scorer):
        arrays, meta = made.state()
        for array in arrays.values():
            assert not array.flags.writeable
        again = type(made).from_state(arrays, meta)
        assert again.state()[1] == meta
        if made is weighting:
            assert all(np.array_equal(a, b) for a, b in zip(again.rows(TEXTS), weighting.rows(TEXTS), strict=True))
        else:
            np.testing.assert_array_equal(again.decision(TEXTS), scorer.decision(TEXTS))


def test_no_texts_give_no_rows():
    weighting = Tfidf.fit(TEXTS)
    scorer = Scorer(weighting.keys, weighting.idf, np.ones((len(weighting.keys), 2), np.float32), np.zeros(2))
    assert weighting.transform([]).shape == (0, len(weighting.keys))
    assert scorer.decision([]).shape == (0, 2)
    assert weighting.rows(iter([]))[0].tolist() == [0]
    assert len(Tfidf.fit([]).keys) == 0
    assert Tfidf.fit([]).transform(TEXTS).shape == (4, 0)


def test_bad_input_is_told():
    weighting = Tfidf.fit(TEXTS)
    with pytest.raises(InputError, match="1 <= low <= high"):
        Tfidf.fit(TEXTS, ngrams=(2, 1))
    with pytest.raises(InputError, match="min_df must be"):
        Tfidf.fit(TEXTS, min_df=0)
    with pytest.raises(ModelError, match="sorted"):
        Tfidf(weighting.keys[::-1], weighting.idf)
    with pytest.raises(ModelError, match="one length"):
        Tfidf(weighting.keys, weighting.idf[1:])
    with pytest.raises(ModelError, match="coef must have shape"):
        Scorer(weighting.keys, weighting.idf, np.zeros((3, 2), np.float32), np.zeros(2))
    with pytest.raises(ModelError, match="must hold 'idf'"):
        Tfidf.from_state({"keys": weighting.keys}, weighting.state()[1])
