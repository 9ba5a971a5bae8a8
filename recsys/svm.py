"""Linear support vector machines, one per class, fitted together by dual coordinate descent."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from recsys.batches import available_threads
from recsys.errors import InputError
from recsys.kernels_svm import WIDTH, descend

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Array = NDArray[Any]


def fit(
    X: csr_matrix,
    Y: Array,
    C: Array | float = 1.0,
    *,
    tolerance: float = 0.1,
    max_epochs: int = 20,
    seed: int = 0,
    threads: int | None = None,
) -> tuple[Array, Array]:
    """Fit one squared-hinge SVM per class: ``min 1/2 (|w|^2 + b^2) + sum_i C_i max(0, 1 - y_i (w x_i + b))^2``.

    The dual is solved one coordinate at a time in random order, all classes of a row at once, so that a feature's
    cache line is fetched once for all of them; rows whose every class is satisfied for good are set aside (shrinking).
    As in liblinear the intercept is the weight of a feature of value 1 and is regularised.

    Parameters
    ----------
    X : csr matrix, float32, (n, n_features)
    Y : int8, (n, n_classes)
        1 yes, 0 no, -1 unknown: the row is not looked at for that class.
    C : float, (n_classes,) or (n, n_classes)
        What a mistake costs, > 0.
    tolerance : float
        Stop when no dual variable violates its optimality condition by more; 0.1 is liblinear's own choice.
    max_epochs : int
        Stop after so many passes in any case. Accuracy on text settles after three to five.
    seed, threads : int
        The same seed gives the same weights, whatever the number of threads.

    Returns
    -------
    coef : float32, (n_features, n_classes)
    intercept : float32, (n_classes,)

    References
    ----------
    Hsieh, Chang, Lin, Keerthi, Sundararajan: A dual coordinate descent method for large-scale linear SVM, ICML 2008,
    algorithms 1 and 3. https://www.csie.ntu.edu.tw/~cjlin/papers/cddual.pdf
    """
    Y = np.asarray(Y)
    if Y.ndim != 2 or len(Y) != X.shape[0]:
        raise InputError(f"Y must have shape ({X.shape[0]}, n_classes), one row for each of X, got {Y.shape}")
    if not np.isin(Y, (-1, 0, 1)).all():
        raise InputError("Y must hold 1 (yes), 0 (no) and -1 (unknown) only")
    cost = np.broadcast_to(np.asarray(C, np.float32), Y.shape)
    if not (cost[Y >= 0] > 0).all():
        raise InputError("C must be above 0 wherever Y is known")
    order, place = _by_frequency(X)
    indices = place[X.indices]
    data = np.ascontiguousarray(X.data, np.float32)

    def block(classes: Array) -> Array:
        signs = np.zeros((len(Y), WIDTH), np.int8)
        costs = np.ones((len(Y), WIDTH), np.float32)
        signs[:, : len(classes)] = np.array([-1, 1, 0], np.int8)[Y[:, classes]]
        costs[:, : len(classes)] = cost[:, classes]
        weights = descend(
            X.indptr, indices, data, X.shape[1], signs, costs, float(tolerance), int(max_epochs), int(seed)
        )
        return weights[:, : len(classes)]

    coef = np.empty((X.shape[1], Y.shape[1]), np.float32)
    intercept = np.empty(Y.shape[1], np.float32)
    blocks = np.array_split(np.arange(Y.shape[1]), -(-Y.shape[1] // WIDTH)) if Y.shape[1] else []
    with ThreadPoolExecutor(threads or available_threads()) as pool:
        for classes, weights in zip(blocks, pool.map(block, blocks), strict=True):
            coef[order[:, None], classes] = weights[:-1]
            intercept[classes] = weights[-1]
    return coef, intercept


def balanced(Y: Array, C: float = 1.0) -> Array:
    """Return the cost of a mistake per row and class that gives yes and no of a class the same total.

    scikit-learn's ``class_weight="balanced"``, among the rows where the class is known.
    """
    Y = np.asarray(Y)
    known = (Y >= 0).sum(axis=0)
    yes, no = np.maximum((Y == 1).sum(axis=0), 1), np.maximum((Y == 0).sum(axis=0), 1)
    costs: Array = C * np.where(Y == 1, known / (2 * yes), known / (2 * no))
    return costs.astype(np.float32)


def _by_frequency(X: csr_matrix) -> tuple[Array, Array]:
    """Return the columns from frequent to rare, and the place of each: frequent weights then share the cache."""
    order = np.argsort(-np.bincount(X.indices, minlength=X.shape[1]), kind="stable")
    place = np.empty(len(order), np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    return order, place
