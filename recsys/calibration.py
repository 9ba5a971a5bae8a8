"""From decision values to probabilities, and from probabilities to decisions. Used in fitting only."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def sigmoid(x: Array) -> Array:
    """Return ``1 / (1 + exp(-x))`` without overflow."""
    half: Array = 0.5 * (1.0 + np.tanh(0.5 * x))
    return half


def softmax(x: Array) -> Array:
    """Return ``exp(x) / sum exp(x)`` over the last axis without overflow."""
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    shares: Array = e / e.sum(axis=-1, keepdims=True)
    return shares


def platt(decision: Array, y: Array, *, weights: Array | None = None, steps: int = 50) -> tuple[float, float]:
    """Fit ``P(yes) = sigmoid(a * decision + b)`` by Newton's method, with Platt's smoothed targets.

    The targets are ``(n_yes + 1) / (n_yes + 2)`` and ``1 / (n_no + 2)``, so few examples never give certainty. Without
    a yes or without a no there is nothing to fit: the slope stays 1 and the intercept says how rare the other one is.

    Returns
    -------
    a, b : float
        ``a`` is above 0, so that the order of decisions is kept.

    References
    ----------
    Platt, Probabilistic outputs for support vector machines, 1999; Lin, Lin, Weng, A note on it, Machine Learning 2007.
    """
    weights = np.ones(len(y)) if weights is None else np.asarray(weights, float)
    yes = np.asarray(y) == 1
    n_yes, n_no = weights[yes].sum(), weights[~yes].sum()
    target = np.where(yes, (n_yes + 1) / (n_yes + 2), 1 / (n_no + 2))
    if n_yes == 0 or n_no == 0:
        return 1.0, float(np.log((n_yes + 1) / (n_no + 1)))
    F = np.column_stack([decision, np.ones(len(y))]).astype(float)
    theta = np.array([1.0, np.log((n_yes + 1) / (n_no + 1))])
    loss = _logloss(F @ theta, target, weights)
    for _ in range(steps):
        p = sigmoid(F @ theta)
        gradient = F.T @ (weights * (p - target))
        hessian = (F * (weights * np.maximum(p * (1 - p), 1e-9))[:, None]).T @ F + 1e-9 * np.eye(2)
        step = np.linalg.solve(hessian, gradient)
        scale = 1.0
        while scale > 1e-6 and _logloss(F @ (theta - scale * step), target, weights) > loss:
            scale /= 2
        theta = theta - scale * step
        previous, loss = loss, _logloss(F @ theta, target, weights)
        if previous - loss < 1e-9 * max(loss, 1e-9):
            break
    return max(float(theta[0]), 1e-3), float(theta[1])


def multinomial(
    decision: Array, y: Array, *, weights: Array | None = None, penalty: float = 1.0
) -> tuple[Array, Array]:
    """Fit ``P(. | x) = softmax(decision @ M + c)``: a classifier on all decision values (matrix scaling).

    Returns
    -------
    M : float64, (n_classes, n_classes)
    c : float64, (n_classes,)

    References
    ----------
    Guo, Pleiss, Sun, Weinberger, On calibration of modern neural networks, ICML 2017, section 4.2.
    """
    from scipy.optimize import minimize

    n, k = decision.shape
    F = np.column_stack([decision, np.ones(n)]).astype(float)
    truth = np.zeros((n, k))
    truth[np.arange(n), y] = 1.0
    w = np.ones(n) if weights is None else np.asarray(weights, float)

    def objective(flat: Array) -> tuple[float, Array]:
        theta = flat.reshape(k + 1, k)
        p = softmax(F @ theta)
        loss = -(w * np.log(np.maximum(p[np.arange(n), y], 1e-300))).sum() + 0.5 * penalty * (theta[:-1] ** 2).sum()
        gradient = F.T @ (w[:, None] * (p - truth))
        gradient[:-1] += penalty * theta[:-1]
        return loss / w.sum(), gradient.ravel() / w.sum()

    start = np.vstack([np.eye(k) * 2.0, np.zeros(k)])
    found = minimize(objective, start.ravel(), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    theta = found.x.reshape(k + 1, k)
    return theta[:-1], theta[-1]


def best_thresholds(
    probabilities: Array, Y: Array, *, weights: Array | None = None, shrinkage: float = 20.0
) -> NDArray[np.float32]:
    """Return per topic the threshold of the greatest F1, drawn towards that of all topics where positives are few.

    ``t = (n * t_topic + s * t_all) / (n + s)`` with n the topic's positives and ``s`` the ``shrinkage``. Unknown
    answers (-1) are left out.
    """
    w = np.ones(len(Y)) if weights is None else np.asarray(weights, float)
    known = Y >= 0
    everywhere = np.broadcast_to(w[:, None], Y.shape)
    common = _best_threshold(probabilities[known], Y[known] == 1, everywhere[known])
    thresholds = np.full(Y.shape[1], common, np.float32)
    for k in range(Y.shape[1]):
        seen = known[:, k] & (w > 0)
        n = float(w[seen & (Y[:, k] == 1)].sum())
        if n:
            own = _best_threshold(probabilities[seen, k], Y[seen, k] == 1, w[seen])
            thresholds[k] = (n * own + shrinkage * common) / (n + shrinkage)
    return thresholds


def _best_threshold(p: Array, yes: Array, w: Array) -> float:
    """Return the middle of the gap between predictions where cutting gives the greatest F1, within [0.1, 0.9]."""
    if not yes.any():
        return 0.5
    order = np.argsort(-p, kind="stable")
    p, hits, total = p[order], np.cumsum((w * yes)[order]), np.cumsum(w[order])
    f1 = 2 * hits / (total + hits[-1])
    f1[:-1][p[:-1] == p[1:]] = 0.0
    best = int(np.argmax(f1))
    after = p[best + 1] if best + 1 < len(p) else 0.0
    return float(np.clip((p[best] + after) / 2, 0.1, 0.9))


def _logloss(x: Array, target: Array, weights: Array) -> float:
    return float((weights * (np.logaddexp(0, x) - target * x)).sum())
