"""Fit the weights of page evidence: python benchmarks/page_weights.py DATA_DIR [HIJACKED] [HONEST].

A logistic regression over the suspect places of hijacked and honest pages (half 1 of the articles; the benchmark uses
half 0), drawn towards weights chosen by hand: what the generator seldom shows keeps the weight that judgement gave it.
Writes the weights into ``recsys/page_evidence.py``.
"""

# ruff: noqa: E501 (tables and patterns read best on one line)

from __future__ import annotations

import random
import re
import sys
from pathlib import Path

import numpy as np
from pages import Case, articles, cases
from scipy.optimize import minimize

from recsys import page_evidence
from recsys.page_injection import Jury
from recsys.page_signs import masked_words, squash, unmask
from recsys.page_text import read_text

PARTIAL = 0.15  # weight of a place that is part of an injected string, or holds one: not the right ends
HONEST = 6.0  # weight of a place that was there before: an honest page must not change
PULL = 3.0  # how strongly the weights are drawn to those chosen by hand
HAND = {
    "reads on": 0.8, "before a sentence": 0.3, "small letter": 2.0, "after a sentence": 0.5, "whole line": 0.0, "glued before": 1.5, "glued after": 1.5,
    "glued to a mark": 0.5, "bracket foreign": 3.5, "bracket": 2.5, "bracket round": 1.0, "bracket in heading": 3.0, "set apart": 2.0, "beside copy": 5.0,
    "in title": 0.0, "in list": -2.0, "announced": -2.0, "length": 0.8, "bare": 3.0, "bare capitals": 2.0, "lexical": 4.5, "upper": 1.0, "capitals": -1.5,
    "name": -1.0, "plain words": -0.5, "link": 1.5, "contact": 0.5, "picture": 0.5, "foreign": 4.5, "tag": 4.0, "hashtag": 0.3, "mixed": 2.5,
    "new words": 2.5, "recurs": 0.0, "odd and strange": 0.7, "odd and recurs": 0.7, "long and recurs": 0.8, "edge and recurs": 0.5, "everywhere": 0.7,
    "beside picture": 1.5, "beside address": 1.0, "strange": 0.3, "quoted": -5.0, "quoted elsewhere": -5.0, "link in sentence": 2.0, "hijacked page": 3.0,
    "masked": 5.0, "glued again": 1.5, "label": -4.0, "same company": -12.0, "outside the copy": 2.5, "gloss": -6.0, "also in title": 1.0, "credited": 2.5,
}  # fmt: skip
BIAS = -9.5
FIXED = ("hijacked page", "quoted", "quoted elsewhere", "gloss", "label", "same company", "masked", "foreign")


def rows(case: Case, text: str) -> list[tuple[dict[str, float], int, float]]:
    """Return the evidence at every suspect place of a page, whether it was pushed in, and the row's weight."""
    draft = read_text(unmask(text))
    jury = Jury.of(draft.title, draft.paragraphs, (h.title for h in draft.related), masked=masked_words(text))
    before = squash("\n".join((case.title, *case.body, *case.related))).text
    atoms = {squash(unmask(a)).text or a for a in case.atoms}
    pushed = {squash(unmask(a)).text for a in (*case.atoms, *case.injected)}
    found = []
    for phrase in jury.phrases():
        if phrase.key in atoms:
            if phrase.key not in before:
                found += [(e, 1, 1.0) for e in phrase.evidence]
        elif any(phrase.key in p or p in phrase.key for p in pushed if len(p) > 2):
            found += [(e, 0, PARTIAL) for e in phrase.evidence if phrase.key not in before]
        else:
            found += [(e, 0, HONEST) for e in phrase.evidence]
    return found


def fit(x: np.ndarray, y: np.ndarray, w: np.ndarray, *, start: np.ndarray, free: np.ndarray) -> np.ndarray:
    """Minimise the weighted logistic loss plus the pull towards ``start``; no weight changes its sign."""
    bounds = [(0, None) if s > 0 else (None, 0) if s < 0 else (-1, 1) for s in start]
    bounds = [b if f else (s, s) for b, f, s in zip(bounds, free, start, strict=True)]

    def loss(beta: np.ndarray) -> tuple[float, np.ndarray]:
        odds = x @ beta
        signed = np.where(y == 1, odds, -odds)
        error = w * (1 / (1 + np.exp(-odds)) - y)
        return float(
            (w * np.logaddexp(0, -signed)).sum() + PULL * ((beta - start) ** 2).sum()
        ), x.T @ error + 2 * PULL * (beta - start)

    return minimize(loss, start, jac=True, bounds=bounds, method="L-BFGS-B", options={"maxiter": 500}).x


def report(odds: np.ndarray, y: np.ndarray, w: np.ndarray) -> None:
    """Print recall and honest places cut at several cautions."""
    true, honest = y == 1, (y == 0) & (w == HONEST)
    for at in (-0.5, 0, 0.5, 1, 2):
        kept = odds > at
        print(
            f"odds > {at}: recall {kept[true].mean():.3f}, honest places {kept[honest].sum()} of {honest.sum()}, partial {kept[~true & ~honest].mean():.3f}"
        )


def main() -> None:
    """Fit, print, write."""
    data, hijacked, honest = Path(sys.argv[1]), *(int(a) for a in (*sys.argv[2:], "1500", "1500")[:2])
    table = [row for _, case, text in cases(data, hijacked, 1, half=1) for row in rows(case, text)]
    plain = articles(data, half=1)
    random.Random(2).shuffle(plain)
    for row in plain[:honest]:
        case = Case(row["title"], row["body"].split("\n"), [])
        table += rows(case, row["title"] + "\n" + row["body"])
    random.Random(0).shuffle(table)
    names = list(HAND)
    x = np.array([[e.get(n, 0.0) for n in names] + [1.0] for e, _, _ in table])
    y, w = np.array([t[1] for t in table]), np.array([t[2] for t in table])
    start = np.array([*HAND.values(), BIAS])
    free = np.array([n not in FIXED for n in names] + [True])
    cut = len(y) * 4 // 5
    report(x[cut:] @ fit(x[:cut], y[:cut], w[:cut], start=start, free=free), y[cut:], w[cut:])
    beta = fit(x, y, w, start=start, free=free)
    path = Path(page_evidence.__file__)
    text = path.read_text("utf-8")
    for name, weight in zip(names, beta, strict=False):
        text = re.sub(rf'("{name}": Piece\()-?[\d.]+', rf"\g<1>{weight:.2f}", text)
        print(f"{name}: {HAND[name]} -> {weight:.2f}")
    path.write_text(re.sub(r"BIAS = -?[\d.]+", f"BIAS = {beta[-1]:.2f}", text, count=1), "utf-8")
    print(f"BIAS {beta[-1]:.2f}; {len(y)} places, {y.sum()} pushed in")


if __name__ == "__main__":
    main()
