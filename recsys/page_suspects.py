"""The suspects of a page: every stretch of its text with something odd about it, before anything is decided."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from recsys import page_signs as signs
from recsys.page_flow import Flow
from recsys.page_seams import BREAK, LOWER, NEVER

COPIED = "tiêu đề viết liền, mất dấu cách"
CREDITED = "dòng ghi nguồn bằng chữ nước ngoài"
_PLAIN_RUN = re.compile(r"[A-Za-z0-9]+(?:[ _-][A-Za-z0-9]+)+")
PLAIN = 2.2
_WORD = re.compile(r"[^\W_]+")
_STOP = frozenset({"\n", ".", ",", "!", "?", ";", ":", ")", "]", "】", '"', "”", "|", "-", "–", "("})


@dataclass(slots=True)
class Suspect:
    """A stretch of the text; ``weight`` is evidence about the words themselves, wherever else they stand."""

    start: int
    end: int
    weight: float
    why: str
    exact: bool = True


def copied_titles(flow: Flow, links: list[tuple[int, int]]) -> list[Suspect]:
    """Find copies of the title with their spaces gone, outside addresses and hashtags."""
    text, found = flow.text, []
    for start, end in signs.squashed_titles(text, text[: flow.title_end]):
        run = text[start:end]
        linked = any(a <= start and end <= b for a, b in links) or text[start - 1 : start] in ("#", "@", "/")
        if start < flow.title_end or linked or (not run.isalnum() and len(run) < 14):
            continue
        found.append(Suspect(start, end, 4.0, COPIED))
    return found


def foreign_lines(flow: Flow) -> list[Suspect]:
    """Find lines in another script: credits above all."""
    found, start = [], 0
    for line in flow.text.split("\n"):
        if start and (runs := [m.end() - m.start() for m in signs.FOREIGN.finditer(line)]):
            if signs.CREDIT.match(line) or sum(runs) * 2 > len(line):
                found.append(Suspect(start, start + len(line), 4.0, CREDITED))
        start += len(line) + 1
    return found


def suspects(flow: Flow, links: list[tuple[int, int]], fixed: list[Suspect]) -> list[Suspect]:
    """Collect everything that catches the eye beside ``fixed``, which is already decided."""
    found = [*_title_pieces(flow), *_brackets(flow), *_addresses(flow, links), *_recurring(flow)]
    accented = sum(not token.isascii() for token in flow.tokens)
    if accented * 5 > len(flow.tokens):
        found += _plain(flow)
    found += [Suspect(m.start(), m.end(), 0.0, "từ khóa quảng cáo lạc đề", exact=False) for m in signs.LEXICON.finditer(flow.text)]
    for sure in fixed:
        if sure.why == CREDITED:
            found += _credited(flow, sure)
        elif word := _WORD.match(flow.text, sure.end):
            found.append(Suspect(sure.end, word.end(), 0.0, "dính vào bản sao của tiêu đề", exact=False))
    for run in signs.FOREIGN.finditer(flow.text):
        gloss = flow.text[run.start() - 1 : run.start()] in ("(", "（") and flow.text[run.end() : run.end() + 1] in (")", "）")
        found.append(Suspect(run.start(), run.end(), 0.8 if gloss else 2.4, "chữ nước ngoài lạc giữa bài"))
    return found


def _credited(flow: Flow, line: Suspect) -> list[Suspect]:
    name = re.split("[:：]", flow.text[line.start : line.end], maxsplit=1)[-1].strip(" )）】]」》>")
    at = flow.text.find(name, line.start)
    return [Suspect(at, at + len(name), 0.8, "có ở dòng ghi nguồn nước ngoài")] if 3 < len(name) < 60 else []


def _title_pieces(flow: Flow) -> list[Suspect]:
    """Return the first and the last piece of the title where a separator sets them apart."""
    title = flow.text[: flow.title_end]
    cuts = [m.span() for m in signs.SEPARATOR.finditer(title)]
    if not cuts:
        return []
    pieces = [(0, cuts[0][0]), (cuts[-1][1], len(title))]
    return [Suspect(a, b, 0.0, "gắn thêm vào tiêu đề") for a, b in pieces if 3 <= b - a <= min(60, 0.7 * len(title))]


def _brackets(flow: Flow) -> list[Suspect]:
    found = []
    pairs = [*signs.BRACKETED.finditer(flow.text, 0, flow.title_end)]
    pairs += signs.EXOTIC_BRACKETED.finditer(flow.text, flow.title_end)
    for pair in pairs:
        inner = pair.group()[1:-1]
        if not signs.LABEL.match(inner) and any(map(str.isalnum, inner)):
            a = pair.start() + 1 + len(inner) - len(inner.lstrip())
            found.append(Suspect(a, a + len(inner.strip()), 0.0, "đóng trong ngoặc lạ"))
    return found


def _plain(flow: Flow) -> list[Suspect]:
    """Find runs of Vietnamese without diacritics."""
    found = []
    for run in _PLAIN_RUN.finditer(flow.text):
        first, last = flow.at(run.start()), flow.at(run.end()) - 1
        odd = [i for i in range(first, last + 1) if flow.ids[i] == LOWER and signs.is_syllable(flow.tokens[i])]
        for i in range(first, last):
            if flow.levels[i] == NEVER and flow.tokens[i].isalpha() and flow.tokens[i + 1].isalpha():
                odd += [i, i + 1]
        if not odd:
            continue
        a, b = min(odd), max(odd)
        words = flow.tokens[a : b + 1]
        capitals = sum(word[:1].isupper() for word in words)
        if capitals * 2 < len(words) and len(set(odd)) * 2 >= len(words) and signs.is_plain(" ".join(words)):
            found.append(Suspect(flow.starts[a], flow.end(b), PLAIN, "viết không dấu giữa bài có dấu"))
    return found


def _addresses(flow: Flow, links: list[tuple[int, int]]) -> list[Suspect]:
    text = flow.text
    found = [Suspect(a, b, 1.2, "địa chỉ web lạc giữa bài", exact=False) for a, b in links]
    for pattern, weight, why in (
        (signs.CONTACT, 1.2, "thông tin liên hệ lạc giữa bài"),
        (signs.EMOJI, 1.2, "ký hiệu lạc giữa bài"),
        (signs.HASHTAG, 0.8, "thẻ # lạc giữa bài"),
        (signs.TAG, 2.0, "mã HTML lạc giữa bài"),
    ):
        found += [Suspect(m.start(), m.end(), weight, why, exact=False) for m in pattern.finditer(text)]
    return found


def _recurring(flow: Flow) -> list[Suspect]:
    """Find phrases that come back, with an odd seam before them, in different surroundings."""
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for seam in (flow.levels == NEVER).nonzero()[0].tolist():
        first = flow.tokens[seam + 1 : seam + 3]
        if first[0].isalnum() and flow.ids[seam] != BREAK:
            groups[tuple(token.lower() for token in first)].append(seam + 1)
    found = []
    for places in groups.values():
        if len(places) < 2 or len({flow.tokens[p - 1] for p in places}) < 2:
            continue
        if size := _shared(flow.tokens, places):
            found.append(Suspect(flow.starts[places[0]], flow.end(places[0] + size - 1), 0.0, "lặp lại ở những chỗ không liên quan"))
    return found


def _shared(tokens: list[str], places: list[int]) -> int:
    """Return how many words all ``places`` have in common."""
    for size in range(15):
        following = {tokens[p + size].lower() if p + size < len(tokens) else "\n" for p in places}
        if len(following) > 1 or following & _STOP:
            return size
    return 0
