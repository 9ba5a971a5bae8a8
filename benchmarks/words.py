"""Syllables against words segmented by underthesea: accuracy and time, on a sample of VNTC.

``python benchmarks/words.py DATA [--sample 3000]`` fits on so many articles of train, judges as many of test-a, and
writes ``docs/words.md``. Segmentation is timed without its cache: 2 minutes a 6,000 articles on a free core.
"""

from __future__ import annotations

import argparse
import pathlib
import time

import numpy as np

from recsys import corpus, evaluation, keyterms, topic_fitting
from recsys.corpus import as_text
from recsys.taxonomy import Taxonomy

OUT = pathlib.Path(__file__).parents[1] / "docs" / "words.md"
TEXT = """# Words or syllables?

`train.py --words` fits topics on the words that underthesea segments ("an_ninh mạng") instead of syllables and pairs of
them. Segmented texts are kept in the user's cache with joblib, so that only the first run waits for them; the model
segments what it is given, too, so tagging is as slow as segmentation.

{table}

{note}
Words do not help here: pairs of syllables already hold nearly all words of two, and what segmentation gets wrong is
lost. So syllables are the default, and words serve where people read them: the key terms of `recsys explain`.
"""


def main() -> None:
    """Segment, fit, judge, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--sample", type=int, default=3000)
    args = parser.parse_args()
    rng = np.random.default_rng(0)
    whole = [corpus.read(args.data / "vntc" / f"{name}.jsonl.xz") for name in ("train", "test-a")]
    train, test = ([a[i] for i in rng.permutation(len(a))[: args.sample]] for a in whole)
    tree = Taxonomy.for_labels({t for a in train for t in a.topics})
    texts = [[as_text(a) for a in part] for part in (train, test)]
    start = time.process_time()
    segmented = [[keyterms.segmented(text) for text in part] for part in texts]
    spent = time.process_time() - start
    syllables = sum(len(text.split()) for part in texts for text in part)
    labels, said = [a.topics[0] for a in test], {}
    lines = ["| terms | accuracy | macro-F1 | fit, CPU s | and segmentation, CPU s |", "|---|---:|---:|---:|---:|"]
    for name, (seen, asked), extra in (("syllables", texts, 0.0), ("words", segmented, spent)):
        start = time.process_time()
        fitted = topic_fitting.fit(
            seen,
            tree.targets(a.topics for a in train),
            topics=tree.columns,
            parents=tree.parents,
            groups=corpus.groups(train),
        )
        cpu = time.process_time() - start
        said[name] = fitted.model.probabilities(asked)
        lines.append(_line(name, evaluation.label_figures(labels, said[name], topics=tree.columns), cpu, extra))
    both = evaluation.label_figures(labels, said["syllables"] + said["words"], topics=tree.columns)
    lines.append(_line("both, averaged", both, float("nan"), spent))
    note = (
        f"{args.sample:,} articles of VNTC's train, {args.sample:,} of test-a, drawn by lot. Segmentation: "
        f"{syllables / spent:,.0f} syllables a second of CPU, {1000 * spent / (2 * args.sample):.0f} ms an article "
        "(`python benchmarks/words.py DATA`).\n"
    )
    OUT.write_text(TEXT.format(table="\n".join(lines), note=note), encoding="utf-8")
    print("\n".join(lines), note, sep="\n")


def _line(name: str, figures: evaluation.LabelFigures, cpu: float, extra: float) -> str:
    fit = "-" if np.isnan(cpu) else f"{cpu:.0f}"
    return f"| {name} | {100 * figures.accuracy:.2f} | {100 * figures.macro_f1:.2f} | {fit} | {extra:.0f} |"


if __name__ == "__main__":
    main()
