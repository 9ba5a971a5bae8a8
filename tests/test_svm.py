"""Oracles: scikit-learn's LinearSVC for the objective, rows left out for what is unknown."""

import numpy as np
import pytest
import scipy.sparse as sp

from recsys import svm
from recsys.errors import InputError


def problem(n=300, features=500, classes=3, seed=0):
    """Sparse rows of length 1, whose classes depend on them."""
    rng = np.random.default_rng(seed)
    X = sp.random(n, features, density=0.05, random_state=seed, dtype=np.float32, format="csr")
    X.data += 0.1
    X = sp.csr_matrix(X.multiply(1 / np.sqrt(X.multiply(X).sum(axis=1))), dtype=np.float32)
    Y = (X @ rng.normal(size=(features, classes)) + rng.normal(size=(n, classes)) * 0.3 > 0.3).astype(np.int8)
    return X, Y


def objective(X, y, C, w, b):
    loss = np.maximum(0, 1 - np.where(y == 1, 1, -1) * (X @ w.astype(float) + b))
    return 0.5 * (w.astype(float) @ w + b * b) + np.sum(C * loss**2)


@pytest.mark.parametrize("C", [0.1, 1.0, 10.0])
def test_reaches_the_objective_of_liblinear(C):
    LinearSVC = pytest.importorskip("sklearn.svm").LinearSVC
    X, Y = problem()
    coef, intercept = svm.fit(X, Y, C, tolerance=1e-4, max_epochs=2000)
    for c in range(Y.shape[1]):
        oracle = LinearSVC(C=C, tol=1e-6, max_iter=100_000, random_state=0).fit(X, Y[:, c])
        best = objective(X, Y[:, c], C, oracle.coef_[0], oracle.intercept_[0])
        assert objective(X, Y[:, c], C, coef[:, c], intercept[c]) == pytest.approx(best, rel=1e-4)
        np.testing.assert_allclose(coef[:, c], oracle.coef_[0], atol=1e-2 * np.abs(oracle.coef_).max())


def test_balanced_costs_are_scikit_learns_class_weights():
    LinearSVC = pytest.importorskip("sklearn.svm").LinearSVC
    X, Y = problem()
    coef, _ = svm.fit(X, Y, svm.balanced(Y, 2.0), tolerance=1e-4, max_epochs=2000)
    oracle = LinearSVC(C=2.0, class_weight="balanced", tol=1e-6, max_iter=100_000).fit(X, Y[:, 0])
    np.testing.assert_allclose(coef[:, 0], oracle.coef_[0], atol=1e-2 * np.abs(oracle.coef_).max())


def test_an_unknown_answer_is_a_row_left_out():
    X, Y = problem()
    Y[::3, 1] = -1
    costs = np.random.default_rng(1).uniform(0.5, 2.0, Y.shape).astype(np.float32)
    coef, intercept = svm.fit(X, Y, costs, tolerance=1e-5, max_epochs=5000)
    known = Y[:, 1] >= 0
    alone, alone_intercept = svm.fit(X[known], Y[known, 1:2], costs[known, 1:2], tolerance=1e-5, max_epochs=5000)
    np.testing.assert_allclose(coef[:, 1], alone[:, 0], atol=1e-3)
    assert intercept[1] == pytest.approx(alone_intercept[0], abs=1e-3)


def test_a_row_that_costs_twice_is_a_row_that_stands_twice():
    X, Y = problem(n=100)
    twice = np.ones(Y.shape, np.float32)
    twice[:30] = 2
    weighted, _ = svm.fit(X, Y, twice, tolerance=1e-5, max_epochs=5000)
    repeated, _ = svm.fit(sp.vstack([X, X[:30]]).tocsr(), np.vstack([Y, Y[:30]]), tolerance=1e-5, max_epochs=5000)
    np.testing.assert_allclose(weighted, repeated, atol=1e-3)


def test_threads_do_not_change_the_weights():
    X, Y = problem(classes=19)
    one, two = (svm.fit(X, Y, max_epochs=3, threads=threads, seed=5) for threads in (1, 2))
    assert np.array_equal(one[0], two[0])
    assert np.array_equal(one[1], two[1])


def test_the_seed_decides_the_path_and_not_the_end():
    X, Y = problem()
    start = [svm.fit(X, Y, max_epochs=1, seed=seed)[0] for seed in (0, 1)]
    end = [svm.fit(X, Y, tolerance=1e-5, max_epochs=5000, seed=seed)[0] for seed in (0, 1)]
    assert not np.array_equal(*start)
    np.testing.assert_allclose(*end, atol=1e-3)


def test_a_class_nobody_knows_has_no_weights():
    X, Y = problem()
    Y[:, 0] = -1
    coef, intercept = svm.fit(X, Y)
    assert not coef[:, 0].any()
    assert intercept[0] == 0


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda X, Y: (X, Y[:-1], 1.0), "one row for each of X"),
        (lambda X, Y: (X, Y + 3, 1.0), "1 .yes., 0 .no. and -1"),
        (lambda X, Y: (X, Y, 0.0), "C must be above 0"),
    ],
)
def test_bad_input_is_told(change, message):
    with pytest.raises(InputError, match=message):
        svm.fit(*change(*problem(n=20)))
