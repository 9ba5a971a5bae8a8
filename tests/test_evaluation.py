import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from recsys import evaluation

TOPICS = ["a", "b", "c"]
matrices = hnp.arrays(bool, st.tuples(st.integers(1, 30), st.just(3)))


@given(st.integers(1, 30).flatmap(lambda n: st.tuples(*[hnp.arrays(bool, (n, 3))] * 2)))
def test_figures_equal_scikit_learns(pair):
    from sklearn.metrics import precision_recall_fscore_support as oracle

    truth, guess = pair
    figures = evaluation.tag_figures(truth, guess, topics=TOPICS)
    for average, counts in (("micro", figures.micro), (None, list(figures.topics.values()))):
        p, r, f, _ = oracle(truth, guess, average=average, zero_division=0)
        for name, expected in (("precision", p), ("recall", r), ("f1", f)):
            got = [getattr(c, name) for c in counts] if average is None else getattr(counts, name)
            np.testing.assert_allclose(got, expected, err_msg=name)


@given(matrices)
def test_the_truth_as_guess_is_perfect_and_its_interval_certain(truth):
    figures = evaluation.tag_figures(truth, truth, topics=TOPICS)
    assert figures.micro.fp == figures.micro.fn == 0
    assert figures.interval == ((1.0, 1.0) if truth.any() else (0.0, 0.0))


def test_the_interval_is_wider_when_articles_of_a_story_fail_together():
    rng = np.random.default_rng(0)
    right = np.repeat(rng.random(40) < 0.7, 5)[:, None]
    truth = np.ones_like(right)
    alone = evaluation.tag_figures(truth, right, topics=["a"]).interval
    together = evaluation.tag_figures(truth, right, topics=["a"], groups=np.repeat(np.arange(40), 5)).interval
    assert together[1] - together[0] > 1.3 * (alone[1] - alone[0])


def test_label_figures_equal_scikit_learns():
    from sklearn.metrics import accuracy_score, confusion_matrix, f1_score

    rng = np.random.default_rng(1)
    probabilities = rng.random((200, 3))
    truth = rng.choice(TOPICS, 200)
    guess = np.array(TOPICS)[probabilities.argmax(1)]
    figures = evaluation.label_figures(truth, probabilities, topics=TOPICS)
    assert figures.accuracy == accuracy_score(truth, guess)
    assert figures.macro_f1 == pytest.approx(f1_score(truth, guess, average="macro"))
    np.testing.assert_array_equal(figures.confusion, confusion_matrix(truth, guess, labels=figures.labels))


def test_a_label_the_model_has_no_column_for_is_always_missed():
    figures = evaluation.label_figures(["a", "z"], np.array([[0.9, 0.1], [0.9, 0.1]]), topics=["a", "b"])
    assert figures.accuracy == 0.5
    assert figures.f1["z"] == 0


@given(matrices, st.integers(0, 5))
def test_baselines_give_as_many_tags_as_there_are(truth, seed):
    np.testing.assert_array_equal(evaluation.at_random(truth, seed=seed).sum(0), truth.sum(0))
    assert (evaluation.majority(truth) == evaluation.majority(truth)[0]).all()


def test_probabilities_that_come_true_as_often_as_they_say_have_no_calibration_error():
    p = np.repeat([0.2, 0.5, 0.8], 10)
    y = np.concatenate([np.arange(10) < n for n in (2, 5, 8)])
    assert evaluation.calibration(p, y).error == pytest.approx(0)
    assert evaluation.calibration(p, ~y).error == pytest.approx((0.6 + 0.0 + 0.6) / 3)


def test_predictions_below_the_floor_do_not_count():
    figures = evaluation.calibration(np.array([0.01, 0.05, 0.9]), np.array([True, True, True]))
    assert figures.counts.sum() == 1
    assert figures.error == pytest.approx(0.1)
    assert evaluation.calibration(np.zeros(3), np.ones(3, bool)).error == 0


def test_each_topics_interval_holds_its_figure_and_narrows_with_articles():
    rng = np.random.default_rng(0)
    truth = rng.random((400, 2)) < [0.4, 0.04]
    guess = truth ^ (rng.random(truth.shape) < [0.1, 0.01])
    figures = evaluation.tag_figures(truth, guess, topics=["often", "rarely"])
    for topic, (low, high) in figures.intervals.items():
        assert low <= figures.topics[topic].f1 <= high
    width = {topic: high - low for topic, (low, high) in figures.intervals.items()}
    assert width["often"] < width["rarely"]


def test_what_chance_allows_a_faultless_probability_is_what_lots_show():
    rng = np.random.default_rng(0)
    p = rng.uniform(0.1, 1, 200)
    errors, noises = zip(
        *((c.error, c.noise) for c in (evaluation.calibration(p, rng.random(200) < p) for _ in range(300))), strict=True
    )
    assert np.mean(errors) == pytest.approx(np.mean(noises), rel=0.15)


def test_what_a_card_says_of_a_topic_counts_its_predictions():
    truth = np.array([[True, False], [False, False], [True, False]])
    p = np.array([[0.9, 0.2], [0.05, 0.1], [0.4, 0.0]])
    tags = evaluation.tag_figures(truth, p >= 0.5, topics=["a", "b"])
    table = evaluation.topic_figures(tags, p, truth)
    assert list(table) == ["a"]
    assert (table["a"]["articles"], table["a"]["predictions"], table["a"]["recall"]) == (2, 2, 0.5)
