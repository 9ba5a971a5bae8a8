"""Probabilities from decision values, thresholds from probabilities."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression

from recsys import calibration


def drawn(n, seed=0):
    rng = np.random.default_rng(seed)
    decision = rng.normal(size=n)
    return decision, (rng.random(n) < calibration.sigmoid(2 * decision - 1)).astype(np.int8)


def test_platt_agrees_with_logistic_regression_where_examples_abound():
    decision, y = drawn(20000)
    a, b = calibration.platt(decision, y)
    oracle = LogisticRegression(C=1e6).fit(decision[:, None], y)
    assert a == pytest.approx(oracle.coef_[0, 0], abs=0.02)
    assert b == pytest.approx(oracle.intercept_[0], abs=0.02)


def test_a_weight_of_two_is_a_row_twice():
    decision, y = drawn(300)
    twice = np.r_[np.arange(300), np.arange(100)]
    weights = np.r_[np.full(100, 2.0), np.ones(200)]
    expected = calibration.platt(decision[twice], y[twice])
    assert calibration.platt(decision, y, weights=weights) == pytest.approx(expected, abs=1e-6)


def test_platt_never_gives_certainty_nor_turns_the_order():
    a, b = calibration.platt(np.array([-2.0, -1.0, 1.0, 2.0]), np.array([0, 0, 1, 1]))
    assert a > 0
    assert 0 < calibration.sigmoid(-2 * a + b) < calibration.sigmoid(2 * a + b) < 1
    assert calibration.platt(np.array([1.0, -1.0]), np.array([0, 1]))[0] > 0


@pytest.mark.parametrize("y", [np.zeros(5, int), np.ones(5, int)])
def test_one_sided_answers_still_give_finite_numbers(y):
    a, b = calibration.platt(np.linspace(-1, 1, 5), y)
    assert np.isfinite([a, b]).all()
    assert (b > 0) == bool(y[0])


def test_multinomial_learns_which_class_is_taken_for_which():
    rng = np.random.default_rng(0)
    y = rng.integers(0, 3, 3000)
    decision = np.eye(3)[(y + 1) % 3] + 0.1 * rng.normal(size=(3000, 3))  # every class looks like the next
    M, c = calibration.multinomial(decision, y)
    assert ((decision @ M + c).argmax(1) == y).mean() > 0.95
    assert (decision.argmax(1) == y).mean() < 0.05


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60))
def test_no_other_threshold_within_the_limits_has_a_greater_f1(pairs):
    p = np.array([x for x, _ in pairs])
    yes = np.array([y for _, y in pairs])
    t = calibration.best_thresholds(p[:, None], yes[:, None].astype(np.int8), shrinkage=0.0)[0]

    def f1(cut):
        given_ = p >= cut
        return 2 * (given_ & yes).sum() / max(given_.sum() + yes.sum(), 1)

    assert 0.1 <= t <= 0.9
    if 0.1 < t < 0.9:
        assert f1(t) >= max(f1(cut) for cut in (*p, 1.1)) - 1e-9


def test_few_positives_draw_a_threshold_to_that_of_all():
    rng = np.random.default_rng(1)
    p = rng.random((400, 2))
    Y = (p > [[0.3, 0.8]]).astype(np.int8)
    free, tied = (calibration.best_thresholds(p, Y, shrinkage=s) for s in (0.0, 1e9))
    assert free[0] < 0.4 < 0.7 < free[1]
    assert tied[0] == pytest.approx(tied[1])


def test_unknown_answers_and_rows_without_weight_do_not_move_thresholds():
    rng = np.random.default_rng(2)
    p, Y = rng.random((100, 3)), rng.integers(0, 2, (100, 3)).astype(np.int8)
    more = np.vstack([Y, np.full((50, 3), -1, np.int8), 1 - Y[:50]])
    everything = np.vstack([p, rng.random((50, 3)), rng.random((50, 3))])
    weights = np.r_[np.ones(150), np.zeros(50)]
    np.testing.assert_allclose(
        calibration.best_thresholds(everything, more, weights=weights), calibration.best_thresholds(p, Y), atol=1e-6
    )
