"""Words, as underthesea finds them: those that say what an article is about, and whole texts segmented into them."""

from __future__ import annotations

import os
import re
import threading
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache

_LOCK = threading.Lock()
TELLING = {"N", "Np", "Nu", "Ny", "V", "A", "Nb", "M"}
LONGEST = 6000  # characters that are looked at: the head of an article says what it is about
FEW = 200  # texts that one process segments before others would have started


def key_terms(text: str, *, n: int = 8) -> list[str]:
    """Return the ``n`` words that a text is about, weightiest first, as they are written in it.

    Words of two syllables or more and names, by ``sqrt(count) * length * place``: longer words count
    more, words of the first lines twice. A text without any gives [].

    >>> key_terms("Mã độc tống tiền tấn công bệnh viện. Bệnh viện đã báo cho công an.")[:1]
    ['bệnh viện']
    """
    text = unicodedata.normalize("NFC", text)[:LONGEST]
    head = set(re.findall(r"\w+", " ".join(text.split("\n")[:2]).lower()))
    counts: Counter[str] = Counter()
    written: dict[str, str] = {}
    for sentence in filter(str.strip, text.split("\n")):
        for word, tag in _tagged(sentence):
            term = word.strip(" _-–.,\"'“”")
            if not _telling(term, tag):
                continue
            key = term.lower()
            counts[key] += 1
            written.setdefault(key, term if tag == "Np" else key)
            if tag != "Np" and written[key] != key:
                written[key] = key
    places = {key: place for place, key in enumerate(counts)}
    weight = {
        key: count**0.5 * (1.0 + 0.5 * (len(key.split()) - 1)) * (2.0 if key.split()[0] in head else 1.0)
        for key, count in counts.items()
    }
    best = sorted(counts, key=lambda key: (-weight[key], places[key]))
    return [written[key] for key in best[:n]]


def segmented(text: str) -> str:
    """Return ``text`` with the syllables of each word joined by "_", as underthesea segments it."""
    from underthesea import word_tokenize

    return "\n".join(word_tokenize(line, format="text") if line.strip() else "" for line in text.split("\n"))


def segmented_many(texts: Sequence[str], *, progress: Callable[[str, float], None] | None = None) -> list[str]:
    """Return what ``segmented`` does for each text, on every core; a text once seen is read from the user's cache.

    Some 30,000 syllables a second and core: a large corpus takes minutes, and the second time seconds.
    """
    from joblib import Memory, Parallel, delayed

    from recsys.jit import private_folder

    tell = progress or (lambda step, share: None)
    remembered = Memory(private_folder("words"), verbose=0).cache(_kept)
    work = Parallel(n_jobs=os.cpu_count() if len(texts) > FEW else 1, return_as="generator")
    found: list[str] = []
    for done in work(delayed(remembered)(text) for text in texts):
        found.append(done)
        tell("words", len(found) / len(texts))
    return found


def _kept(text: str) -> str:
    return segmented(text)


def _telling(term: str, tag: str) -> bool:
    letters = any(c.isalpha() for c in term)
    return letters and tag in TELLING and (" " in term or (tag == "Np" and len(term) > 1 and term[0].isupper()))


@cache
def _tagger() -> object:
    from underthesea import pos_tag

    return pos_tag


def _tagged(sentence: str) -> list[tuple[str, str]]:
    with _LOCK:  # underthesea loads its model at the first call, and not for two threads at once
        tagger = _tagger()
        assert callable(tagger)
        return [(str(word), str(tag)) for word, tag in tagger(sentence)]
