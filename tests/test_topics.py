"""The topic classifier on small worlds where the right answer is known."""

import json

import numpy as np
import pytest

from recsys import corpus, topic_fitting, topic_kernels, topics
from recsys import text as texts_
from recsys.errors import InputError, ModelError
from recsys.tfidf import Tfidf

WORDS = {
    "the-thao": "bóng đá trận đấu cầu thủ bàn thắng giải vô địch",
    "bong-da": "thủ môn đội tuyển hậu vệ phạt đền sân cỏ",
    "suc-khoe": "bệnh viện bác sĩ thuốc vắc xin điều trị",
}
COLUMNS, PARENTS = ["the-thao", "bong-da", "suc-khoe"], {"bong-da": "the-thao"}
COMMON = "hôm nay ở Hà Nội người dân cho biết nhiều việc đã được thực hiện trong năm qua"


def written(kinds, rng, n=30):
    words = COMMON.split() + [w for kind in kinds for w in WORDS[kind].split() * 2]
    return " ".join(rng.choice(words, n))


@pytest.fixture(scope="module")
def world():
    rng = np.random.default_rng(0)
    kinds = [[["the-thao"], ["the-thao", "bong-da"], ["suc-khoe"], []][i % 4] for i in range(160)]
    Y = np.array([[int(c in k) for c in COLUMNS] for k in kinds], np.int8)
    return [written(k, rng) for k in kinds], Y


@pytest.fixture(scope="module")
def model(world):
    texts, Y = world
    return topic_fitting.fit(texts, Y, topics=COLUMNS, parents=PARENTS, groups=np.arange(len(texts))).model


def test_topics_of_unseen_texts_are_found(model):
    rng = np.random.default_rng(1)
    for kinds in (["the-thao"], ["the-thao", "bong-da"], ["suc-khoe"], []):
        p = model.probabilities([written(kinds, rng, n=60) for _ in range(10)])
        assert (p.mean(0) > 0.5).tolist() == [c in kinds for c in COLUMNS]


def test_a_section_is_at_least_as_probable_as_its_topics(model, world):
    p = model.probabilities(world[0])
    assert p.dtype == np.float32
    assert (p[:, 0] >= p[:, 1]).all()


def test_batch_equals_one_by_one(model, world):
    one_by_one = np.concatenate([model.probabilities([text]) for text in world[0][:20]])
    np.testing.assert_allclose(model.probabilities(world[0][:20]), one_by_one, atol=1e-6)
    assert model.probabilities([]).shape == (0, 3)


def test_text_without_diacritics_is_read_by_a_table_of_its_own(model, world):
    texts, Y = world
    bare = [texts_.strip_diacritics(t) for t in texts]
    assert (model.bareness(texts) < 0.2).all()
    assert (model.bareness(bare) == 1).all()
    assert ((model.probabilities(bare) > 0.5) == Y).mean() > 0.95


def test_capitals_nfd_and_invisible_characters_change_nothing(model, world):
    import unicodedata

    texts = world[0][:20]
    expected = model.probabilities(texts)
    for changed in (
        [t.upper() for t in texts],
        [unicodedata.normalize("NFD", t) for t in texts],
        [t.replace("n", "n\u200b") for t in texts],
    ):
        np.testing.assert_allclose(model.probabilities(changed), expected, atol=1e-5)


@pytest.mark.parametrize("text", ["", "   ", "zxqv wkjh pfft", "The quick brown fox jumps over the lazy dog"])
def test_an_article_about_nothing_known_gets_no_topic(model, text):
    assert (model.probabilities([text])[0] < model.thresholds).all()


def test_unknown_answers_are_not_taken_for_no(world):
    texts, Y = world
    partly = Y.copy()
    partly[::8, 1] = -1
    partly[1::8, 1] = -1  # half of the positives are unknown: as no they would halve the probability
    model = topic_fitting.fit(texts, partly, topics=COLUMNS, parents=PARENTS, groups=np.arange(len(texts))).model
    hidden = [t for t, y, known in zip(texts, Y, partly, strict=True) if y[1] == 1 and known[1] == -1]
    assert (model.probabilities(hidden)[:, 1] > 0.5).mean() > 0.9


def test_contributions_name_terms_as_the_text_has_them_and_add_to_the_logit(model):
    text = "Bác sĩ ở Bệnh viện Hà Nội dùng thuốc điều trị"
    found = model.contributions(text, "suc-khoe")
    assert found
    assert all(term in text and value > 0 for term, value in found)
    keys, values = model.tables["folded"].evidence(text, 2)
    p = model.probabilities([text])[0, 2]
    logit = np.log(p / (1 - p))
    assert values.sum() + model.tables["folded"].intercept[2] == pytest.approx(logit, abs=1e-3)
    assert set(keys.tolist()) <= set(topics.surfaces(text))


def test_a_saved_model_gives_the_same_answers(model, world):
    arrays, meta = model.state()
    again = topics.TopicModel.from_state(arrays, json.loads(json.dumps(meta)))
    np.testing.assert_array_equal(again.probabilities(world[0]), model.probabilities(world[0]))
    with pytest.raises(ModelError, match="must hold"):
        topics.TopicModel.from_state({}, meta)


def test_weights_of_one_byte_change_little(model, world):
    narrow = model.quantized()
    assert narrow.tables["folded"].coef.dtype == np.int8
    assert np.abs(narrow.probabilities(world[0]) - model.probabilities(world[0])).max() < 0.02


def test_one_seed_gives_one_model(world):
    texts, Y = world
    first, second = (
        topic_fitting.fit(texts, Y, topics=COLUMNS, parents=PARENTS, groups=np.arange(len(texts)), seed=3).model
        for _ in range(2)
    )
    np.testing.assert_array_equal(first.probabilities(texts), second.probabilities(texts))


def test_where_exactly_one_topic_holds_probabilities_add_to_one(world):
    texts, Y = world
    flat = np.zeros_like(Y)
    flat[np.arange(len(Y)), np.where(Y[:, 1] == 1, 1, np.where(Y[:, 0] == 1, 0, 2))] = 1
    model = topic_fitting.fit(texts, flat, topics=["a", "b", "c"], parents={}, groups=np.arange(len(texts))).model
    assert model.exclusive
    np.testing.assert_allclose(model.probabilities(texts).sum(1), 1, atol=1e-5)
    assert (model.probabilities(texts).argmax(1) == flat.argmax(1)).mean() > 0.9


def test_folds_keep_groups_whole_and_of_like_size():
    groups = np.repeat(np.arange(30), np.arange(30) % 5 + 1)
    folds = corpus.grouped_folds(groups, 4, seed=0)
    assert all(len(set(folds[groups == g])) == 1 for g in range(30))
    assert np.ptp(np.bincount(folds)) <= 5


def test_held_out_probabilities_come_from_folds_that_had_not_seen_the_row():
    rng = np.random.default_rng(5)
    texts = [written([], rng) for _ in range(120)]
    Y = rng.integers(0, 2, (120, 3)).astype(np.int8)
    Y[:, 0] |= Y[:, 1]
    fitted = topic_fitting.fit(texts, Y, topics=COLUMNS, parents=PARENTS, groups=np.arange(120))
    seen, unseen = fitted.model.probabilities(texts)[:, 2], fitted.held_out[:, 2]
    assert np.corrcoef(seen, Y[:, 2])[0, 1] > 0.5
    assert abs(np.corrcoef(unseen, Y[:, 2])[0, 1]) < 0.35  # noise cannot be foretold


def test_fewer_terms_make_a_smaller_model(world):
    texts, Y = world
    fitted = topic_fitting.fit(texts, Y, topics=COLUMNS, parents=PARENTS, groups=np.arange(len(texts)), max_features=40)
    assert all(len(t.tfidf.keys) == 40 for t in fitted.model.tables.values())
    assert ((fitted.model.probabilities(texts) > 0.5) == Y).mean() > 0.9


def test_an_expert_puts_the_section_first_that_it_takes_for_the_main_one():
    p = np.array([[0.9, 0.2, 0.3], [0.9, 0.2, 0.3], [0.9, 0.85, 0.3]], np.float32)
    logits = np.array([[0, 0, 0, -1, 1, 5.0], [0, 0, 0, -1, 1, -5.0], [0, 0, 0, -1, 1, 5.0]], np.float32)
    expert = topics.Expert(5, {0: 3, 2: 4})
    moved = p.copy()
    topic_kernels.put_main_section_first(
        moved, logits, np.array([expert.gate]), np.array([expert.columns(3)]), np.array([[1, 0]])
    )
    assert moved[0, 2] > moved[0, 0] >= moved[0, 1]
    np.testing.assert_array_equal(moved[1], p[1])
    assert moved[2, 2] > moved[2, 0] >= moved[2, 1] == p[2, 1]


def test_bad_input_is_one_clear_error(world, model):
    texts, Y = world
    with pytest.raises(InputError, match="Y must have shape"):
        topic_fitting.fit(texts, Y[:, :2], topics=COLUMNS, parents=PARENTS, groups=np.arange(len(texts)))
    with pytest.raises(InputError, match="no article carries a topic"):
        topic_fitting.fit(texts, 0 * Y, topics=COLUMNS, parents=PARENTS, groups=np.arange(len(texts)))
    with pytest.raises(InputError, match="no topic 'x' in the model"):
        model.contributions("a", "x")


def test_tagging_needs_no_scikit_learn():
    import subprocess
    import sys

    code = "import sys, recsys.topics, recsys.legacy; print('sklearn' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"


def test_kernels_agree_with_numpy_on_probabilities_and_on_what_is_given():
    rng = np.random.default_rng(0)
    logits = rng.normal(size=(50, 6)).astype(np.float32) * 3
    family = [(1, 0), (2, 0), (4, 3)]
    plain = 1 / (1 + np.exp(-logits.astype(float)))
    lifted = plain.copy()
    lifted[:, 0] = plain[:, :3].max(axis=1)
    lifted[:, 3] = plain[:, 3:5].max(axis=1)
    p = topics.to_probabilities(logits, family=family, exclusive=False)
    np.testing.assert_allclose(p, lifted, atol=1e-6)
    shares = topics.to_probabilities(logits, family=[], exclusive=True)
    np.testing.assert_allclose(shares, np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True), atol=1e-6)

    thresholds = rng.uniform(0.3, 0.7, 6).astype(np.float32)
    rows, columns, found = topic_kernels.given(p, thresholds, np.array(family))
    expected = []
    for row in range(len(p)):
        passed = {k for k in range(6) if p[row, k] >= thresholds[k]}
        specific = passed - {section for topic, section in family if topic in passed}
        expected += [(row, k, p[row, k]) for k in sorted(specific, key=lambda k, row=row: -p[row, k])]
    assert list(zip(rows, columns, found, strict=True)) == expected


def test_openings_are_examples_that_stay_with_their_article():
    texts = [f"bóng đá trận {n} " + "cầu thủ ghi bàn " * 10 for n in range(6)]
    weighting = Tfidf.fit(texts, min_df=1)
    examples = topic_fitting._examples(texts, weighting, with_openings=True)
    np.testing.assert_array_equal(examples.owner, [*range(6), *range(6)])
    short = weighting.transform([" ".join(text.split()[: topic_fitting.OPENING]) for text in texts])
    np.testing.assert_array_equal(examples.X[6:].toarray(), short.toarray())
    assert (examples.weight[6:] < examples.weight[:6]).all()
    plain = topic_fitting._examples(texts, weighting, with_openings=False)
    assert len(plain.owner) == 6


def test_headlines_are_read_better_for_having_seen_openings(monkeypatch):
    rng = np.random.default_rng(1)
    labels = ["the-thao", "suc-khoe"]
    kinds = [labels[i % 2] for i in range(120)]
    texts = [f"{written([k], rng, n=4)} {COMMON} {written([k], rng, n=60)}" for k in kinds]
    Y = np.array([[int(c == k) for c in labels] for k in kinds], np.int8)
    asked = [written([k], rng, n=4) for k in kinds]

    def sureness(weight):
        monkeypatch.setattr(topic_fitting, "OPENING_WEIGHT", weight)
        fitted = topic_fitting.fit(texts, Y, topics=labels, parents={}, groups=np.arange(120))
        return fitted.model.probabilities(asked)[Y == 1].mean()

    assert sureness(1.0) > sureness(1e-6)
