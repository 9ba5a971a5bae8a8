"""Which lines of a page are its title, its body, its list of headlines, its frame: a small network over all lines.

It knows what the rules make of each line, how the line looks and begins and ends, and the same of its neighbours.
Fitted by ``benchmarks/line_fit.py`` on pages that people wrote; the file holds weights only.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from safetensors.numpy import load_file

from recsys import line_kernels, line_rules, line_signs, span_text
from recsys.span_network_kernels import by_row, convolved

FILE = Path(__file__).with_name("line_tagger.safetensors")
FRAME, TITLE, BODY, LISTED = range(4)
KINDS = 4
OPINION = {TITLE: line_rules.TITLE, BODY: line_rules.BODY, LISTED: line_rules.LISTED}
EMBEDDED = 6000
TRUST, TRUST_PROSE, TRUST_TITLE = 3.5, 10.0, 2.0  # logits: what the rules' opinion is worth
LONG = 160  # characters that no line of a frame or headline has, as a rule
MOST = 2000  # lines; a page of more is read by the rules alone
LONGEST = 1500  # characters looked at from either end of a line

Floats = npt.NDArray[np.float32]


def described(
    lines: list[str], blank: npt.NDArray[np.bool_], opinions: list[int]
) -> tuple[Floats, npt.NDArray[np.int32]]:
    """Return what is known of lines, none of them empty: numbers (n, d), and the ids of words of each, -1 for none."""
    known = span_text.known()
    text = "\n".join(line if len(line) <= 2 * LONGEST else line[:LONGEST] + line[-LONGEST:] for line in lines)
    x, words = line_kernels.describe(
        span_text.codes(text), *known.tokens(text), known.words.logs, span_text.tables()[1], blank
    )
    said = np.zeros((len(lines), line_rules.OPINIONS), np.float32)
    said[np.arange(len(lines)), opinions] = 1
    return np.concatenate((x, said), 1), words


def embedded(words: npt.NDArray[np.int32], table: Floats) -> Floats:
    """Return the vectors of words side by side, zeros for none; all beyond the table share one."""
    vectors = table[np.where(words < EMBEDDED, words, 1)] * (words >= 0)[..., None]
    return vectors.reshape(len(words), -1).astype(np.float32)


@dataclass(frozen=True)
class LineTagger:
    """The fitted network."""

    weights: dict[str, Floats]

    @classmethod
    def of(cls, weights: dict[str, Floats]) -> LineTagger:
        """Lay out fitted weights: a layer that sees five lines, by what one line brings to each of the five."""
        return cls(weights | {name: by_row(weights[name]) for name in ("w1", "w2")})

    def logits(self, x: Floats, words: npt.NDArray[np.int32]) -> Floats:
        """Return the logits (n, KINDS) of each line's being of each kind."""
        w = self.weights
        none = np.zeros((5, w["w0_b"].size), np.float32)
        h = np.maximum(np.concatenate((x, embedded(words, w["embedding"])), 1) @ w["w0"] + w["w0_b"], 0)
        h = convolved(h @ w["w1"], none, w["w1_b"], 1)
        h = convolved(h @ w["w2"], none, w["w2_b"], 1)
        found: Floats = h @ w["late"] + w["late_b"]
        return found

    def kinds(self, lines: list[str], opinions: list[int]) -> list[int]:
        """Return the rules' opinions of a page's lines (empty ones too), corrected: title, body, list or frame.

        Where the rules find a title there is one, if another; where they find none, there is none.
        """
        full = [n for n, line in enumerate(lines) if line]
        if not full or len(full) > MOST:
            return opinions
        blank = np.array([n > 0 and not lines[n - 1] for n in full], np.bool_)
        x, words = described([lines[n] for n in full], blank, [opinions[n] for n in full])
        z = self.logits(x, words)
        worth = trusted([lines[n] for n in full], [opinions[n] for n in full])
        titled = z[:, TITLE] - np.logaddexp.reduce(z, axis=1) + worth[:, TITLE]
        others = np.array([FRAME, BODY, LISTED])
        best = others[(z + worth)[:, others].argmax(1)]
        if line_rules.TITLE in opinions:
            best[titled.argmax()] = TITLE
        found = list(opinions)
        for n, kind in zip(full, best.tolist(), strict=True):
            kept = opinions[n] in OPINION.values()
            found[n] = OPINION.get(kind) or (line_rules.DOUBTED if kept else opinions[n])
        return settled(lines, found, opinions)


def trusted(lines: list[str], opinions: list[int]) -> Floats:
    """Return what the rules' opinion of each line is worth beside the network's, in logits (n, KINDS)."""
    worth = np.zeros((len(lines), KINDS), np.float32)
    prose = [reads_on(line) for line in lines]
    for n, (line, said) in enumerate(zip(lines, opinions, strict=True)):
        if said == line_rules.TITLE:
            worth[n, TITLE] = 0 if prose[n] else TRUST_TITLE
            continue
        heading = said == line_rules.BODY and any(prose[max(0, n - 1) : n]) and any(prose[n + 1 : n + 2])
        item = said == line_rules.LISTED and len(line.split()) > 4
        worth[n, _KIND.get(said, FRAME)] = (TRUST_PROSE if prose[n] else TRUST) + TRUST * (heading or item)
    return worth


def reads_on(line: str) -> bool:
    """Whether a line is a paragraph by its length or its end."""
    return len(line) > LONG or line_signs.is_prose(line)


def settled(lines: list[str], found: list[int], opinions: list[int]) -> list[int]:
    """Return the kinds of lines without what no page has: its title twice, or a list where its article should be."""
    title = next((line for line, kind in zip(lines, found, strict=True) if kind == line_rules.TITLE), "")
    first = next((n for n, kind in enumerate(found) if kind == line_rules.BODY and lines[n] != title), len(lines))
    found = [
        line_rules.ABOVE if n < first and lines[n] == title and kind == line_rules.BODY else kind
        for n, kind in enumerate(found)
    ]
    prose = any(kind == line_rules.BODY and reads_on(line) for line, kind in zip(lines, found, strict=True))
    if prose or line_rules.HEADING in found:
        return found
    return [
        line_rules.BODY
        if kind == line_rules.LISTED and (said == line_rules.BODY or line_signs.WEAK_BULLET.match(line))
        else kind
        for line, kind, said in zip(lines, found, opinions, strict=True)
    ]


_KIND = {what: kind for kind, what in OPINION.items()}


@functools.cache
def tagger() -> LineTagger:
    """Return the network that comes with the package, loaded once."""
    return load(FILE)


def load(path: Path) -> LineTagger:
    """Read weights."""
    return LineTagger.of({k: v.astype(np.float32) for k, v in load_file(path).items()})
