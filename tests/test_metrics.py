import numpy as np
import pytest
from sklearn.metrics import average_precision_score, ndcg_score

from recsys import metrics


def test_average_precision_is_scikit_learns() -> None:
    rng = np.random.default_rng(0)
    scores, truth = rng.random(200), rng.random(200) < 0.2
    assert metrics.average_precision(scores, truth) == pytest.approx(average_precision_score(truth, scores))


def test_ndcg_is_scikit_learns() -> None:
    rng = np.random.default_rng(1)
    scores, truth = rng.random(50), rng.random(50) < 0.3
    gains = truth[np.argsort(-scores)].astype(float)
    assert metrics.ndcg(gains, int(truth.sum())) == pytest.approx(ndcg_score([truth], [scores], k=10))
    assert metrics.ndcg(gains[:5], 0) == 0


def test_precision_and_recall_end_at_the_base_rate_and_one() -> None:
    precision, recall = metrics.precision_recall(np.array([3.0, 1, 2]), np.array([True, False, True]))
    assert precision.tolist() == [1, 1, pytest.approx(2 / 3)]
    assert recall.tolist() == [0.5, 1, 1]


def test_reliability_of_a_perfect_forecast_has_no_error() -> None:
    chances = np.array([0.0, 1.0, 0.0, 1.0])
    assert metrics.calibration_error(chances, chances == 1) == 0
    mean, share, n = metrics.reliability(np.array([0.55, 0.45, 0.95]), np.array([1.0, 0, 1]))
    assert mean == pytest.approx([0.45, 0.55, 0.95])
    assert share.tolist() == [0, 1, 1]
    assert n.sum() == 3


def test_decisions_are_counted() -> None:
    decided, truth = np.array([True, True, False, False]), np.array([True, False, True, False])
    assert metrics.precision_recall_f1(decided, truth) == pytest.approx((0.5, 0.5, 0.5))
    assert metrics.precision_recall_f1(~(truth | True), truth)[2] == 0


def test_an_oracle_measures_perfect_and_its_lists_keep_nothing_where_none_belongs() -> None:
    relevant = [{i ^ 1} for i in range(40)]

    def judged(query: int, candidates: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        right = np.isin(candidates, list(relevant[query]))
        return right.astype(float), right

    f = metrics.measure(judged, relevant, list(range(40)), size=40)
    assert (f.queries, f.p_at_1, f.ndcg_at_10, f.mean_average_precision, f.pooled_ap) == (40, 1, 1, 1, 1)
    assert (f.list_precision, f.list_recall, f.kept_where_none_belongs) == (1, 1, 0)
    assert len(f.list_truth) == 40 * 16 + 30
