"""Fit the weights of page evidence on hijacked and honest pages: python benchmarks/page_weights.py DATA_DIR [PAGES]."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import numpy as np
from pages import MANNERS, Case, cases, honest
from sklearn.linear_model import LogisticRegression

from recsys import page_evidence
from recsys.page_injection import Jury
from recsys.page_signs import masked_words, squash, unmask
from recsys.page_text import read_text

PARTIAL = 0.15  # weight of a place that is part of an injected string, or holds one: not the right ends
HONEST = 3.0  # weight of a place that was there before


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


def main() -> None:
    """Fit and print the table."""
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 1500
    MANNERS.extend([honest] * 6)
    table = [row for _, case, text in cases(Path(sys.argv[1]), count, 1, half=1) for row in rows(case, text)]
    random.Random(0).shuffle(table)
    names = list(page_evidence.PIECES)
    x = np.array([[e.get(n, 0.0) for n in names] for e, _, _ in table])
    y = np.array([label for _, label, _ in table])
    w = np.array([weight for _, _, weight in table])
    cut = len(y) * 4 // 5
    model = LogisticRegression(C=1.0, max_iter=2000).fit(x[:cut], y[:cut], w[:cut])
    odds = model.decision_function(x[cut:])
    for at in (0, 0.5, 1, 1.5, 2, 3):
        kept = odds > at
        true, honest_hit = y[cut:] == 1, (y[cut:] == 0) & (w[cut:] == HONEST)
        print(f"odds > {at}: recall {kept[true].mean():.3f}, honest places cut {kept[honest_hit].sum()} of {honest_hit.sum()}, partial {kept[~true & ~honest_hit].mean():.3f}")
    model = LogisticRegression(C=1.0, max_iter=2000).fit(x, y, w)
    for name, weight, n in zip(names, model.coef_[0], (x != 0).sum(0), strict=True):
        print(f'    "{name}": {weight:.2f},  # {n}')
    print(f"BIAS = {model.intercept_[0]:.2f}   # {len(y)} places, {y.sum()} pushed in")


if __name__ == "__main__":
    main()
