"""What speaks for a stretch of a page having been pushed in, and how much: named pieces of evidence that add up.

The weights are those of a logistic regression over suspects of honest and of hijacked pages
(``benchmarks/page_weights.py`` fits them); no piece decides alone.
"""

# ruff: noqa: E501 (tables and patterns read best on one line)

from __future__ import annotations

import re
from typing import NamedTuple

from recsys import page_signs as signs
from recsys.page_flow import Flow
from recsys.page_seams import TOKEN
from recsys.page_suspects import is_bare

ENDS = ".!?…:;"
_CUE = re.compile(r"(?i)(?:website|web|trang|chỉ|tại|link|fanpage|email|hotline|theo|số|qua|vào|gọi|zalo|[:/@(])$")
_ANNOUNCED = re.compile(
    r"(?i)(?:website|web|trang|địa chỉ|tại|link|fanpage|email|hotline|điện thoại|đt|sđt|zalo|liên hệ|facebook|số)\b[^.!?]{0,20}$"
)
_SEPARATOR = re.compile(r"[|_~:–—\-»•·/★☆]")


class Piece(NamedTuple):
    """A piece of evidence: its weight, and how a reader is told."""

    weight: float
    why: str = ""


def words(flow: Flow, start: int, end: int, *, lexical: float, accented: bool) -> dict[str, float]:
    """Return the evidence in the words of a stretch by themselves."""
    text = flow.text[start:end]
    tokens = TOKEN.findall(text)
    many = len(tokens) > 1
    found: dict[str, float] = {"length": min(len(tokens), 4) / 4}
    if accented and is_bare(tokens):
        found["bare capitals" if tokens[0][:1].isupper() and not text.isupper() else "bare"] = 1.0
    if flow.shows("lexical", start, end):
        found["lexical"] = lexical
    if many and text.isupper() and not flow.text[: flow.title_end].isupper():
        found["upper"] = 1.0
    for kind in ("link", "contact", "picture", "foreign", "tag", "hashtag", "mixed", "masked"):
        if flow.shows(kind, start, end):
            found[kind] = 1.0
    if "foreign" in found and 2 * sum(m.end() - m.start() for m in signs.FOREIGN.finditer(text)) < len(text):
        del found["foreign"]
    if not is_odd(found):
        if many and all(t[:1].isupper() or not t.isalpha() for t in tokens):
            found["capitals"] = 1.0
        elif text[:1].isupper():
            found["name"] = 1.0
        else:
            found["plain words"] = 1.0
    return found


def place(flow: Flow, start: int, end: int, *, body_end: int, copies: list[tuple[int, int]]) -> dict[str, float]:
    """Return the evidence that lies in where a stretch stands: its seams, its dress, what it sticks to."""
    found: dict[str, float] = {}
    if start < flow.title_end:
        found["in title"] = 1.0
    elif start > body_end:
        found["in list"] = 1.0
    for a, b in flow.sights.link:
        if a < end and start < b:
            start, end = min(a, start), max(b, end)
    for a, b in copies:
        if -6 <= start - b <= 2 or -6 <= a - end <= 2:
            start, end = min(a, start), max(b, end)
            gain = strangeness(_seams(flow, start, end)) - strangeness(_seams(flow, a, b))
            found["beside copy"] = min(1.0, max(0.0, 0.3 + gain))
            break
    dressed = dress(flow, start, end, body_end)
    found.update(dressed)
    if flow.sights.picture and (flow.shows("picture", start - 2, start) or flow.shows("picture", end, end + 2)):
        found["beside picture"] = 1.0
    if (
        flow.shows("link", start - 2, start)
        or flow.shows("link", end, end + 2)
        or flow.shows("contact", start - 2, start)
        or flow.shows("contact", end, end + 2)
    ):
        found["beside address"] = 1.0
    if "bracket round" in dressed and flow.shows("foreign", start, end):
        return found | {"gloss": 1.0}
    if any(key.startswith(("bracket", "quoted")) for key in dressed):
        return found
    return found | _seams(flow, start, end) | _glue(flow.text, start, end)


def _seams(flow: Flow, start: int, end: int) -> dict[str, float]:
    """Return the evidence of the two seams of a stretch."""
    found: dict[str, float] = {}
    left, right = flow.neighbours(start, end)
    inside = TOKEN.findall(flow.text, start, end)
    if not inside:
        return found
    linked = flow.shows("link", start, end) or flow.shows("contact", start, end)
    opens, closes = not left or left in ENDS, not right or right in ENDS
    found["seam before"] = 0.0 if opens else flow.oddity(left, inside[0])
    found["seam after"] = 0.0 if closes else flow.oddity(inside[-1], right)
    if left and right and not opens:
        joined = flow.oddity(left, right)
        found["reads on"] = max(0.0, 0.2 - joined) if joined <= 0 else 0.0
        found["breaks"] = max(0.0, joined)
    if opens and right[:1].isupper() and right.isalpha():
        found["before a sentence"] = 1.0
    if opens and inside[0][:1].islower() and not linked:
        found["small letter"] = 1.0
    if left and opens and not right and inside[-1] not in ENDS:
        found["after a sentence"] = 1.0
    if not left and not right:
        found["whole line"] = 1.0
    if _CUE.match(left) or (linked and _ANNOUNCED.search(flow.text, max(0, start - 30), start)):
        found["announced"] = 1.0
    elif linked and right and right not in ENDS:
        found["link in sentence"] = 1.0
    return found


def _glue(text: str, start: int, end: int) -> dict[str, float]:
    found = {}
    if start and text[start - 1].isalpha() and text[start].isalnum():
        found["glued before"] = 1.0
    elif start > 1 and text[start - 1] in ",;." and text[start].isalpha() and text[start - 2].isalpha():
        found["glued to a mark"] = 1.0
    if end < len(text) and text[end].isalpha() and text[end - 1].isalnum():
        found["glued after"] = 1.0
    return found


def dress(flow: Flow, start: int, end: int, body_end: int) -> dict[str, float]:
    """Return the evidence in brackets or separators around a stretch."""
    text = flow.text
    a, b = start, end
    while a and text[a - 1] == " ":
        a -= 1
    while b < len(text) and text[b] == " ":
        b += 1
    before, after = text[a - 1 : a] or "\n", text[b : b + 1] or "\n"
    if before + after in ("“”", '""'):
        return {"quoted": 1.0}
    if before != "\n" and signs.EMOJI.match(before) and signs.EMOJI.match(after):
        return {"bracket foreign": 1.0, "bracket in heading": float(not flow.title_end < a <= body_end)}
    if before != "\n" and signs.BRACKETS.get(before) == after and before not in "*=~|":
        kind = "bracket foreign" if before in signs.EXOTIC else "bracket round" if before in "(（" else "bracket"
        return {kind: 1.0, "bracket in heading": float(not flow.title_end < a <= body_end)}
    if before == after and before in "=~*_#+" and before != "\n":
        return {"bracket": 1.0}
    if (
        not flow.title_end < a <= body_end
        and "\n" in (before, after)
        and _SEPARATOR.match(after if before == "\n" else before)
    ):
        return {"set apart": 1.0}
    if before == "\n" and re.match(r"\s*[-–|:]\s", text[end : end + 4]):
        return {"set apart": 0.5}
    return {}


_ODD = ("masked", "bare", "bare capitals", "lexical", "mixed", "foreign", "link", "upper")


def together(found: dict[str, float], strange: list[float], own: float) -> None:
    """Add the evidence of all places of a phrase to that of one of them, whose strangeness is ``own``."""
    odd = max((found.get(name, 0.0) for name in _ODD), default=0.0)
    found["strange"] = own
    found["odd and strange"] = odd * own
    if len(strange) > 1:
        others = min(4.0, max(-4.0, sum(strange) - own))
        found["recurs"] = others
        found["odd and recurs"] = odd * others
        found["long and recurs"] = max(0.0, others) * (found["length"] >= 0.75)
        found["everywhere"] = max(0.0, min(strange)) * min(len(strange) - 1, 3)


def is_odd(found: dict[str, float]) -> bool:
    """Whether the words themselves are odd: plain, of another script, advertising, half digits, an address."""
    if "link" in found or ("mixed" in found and ("capitals" in found or "name" in found or "upper" in found)):
        return "link in sentence" in found or "lexical" in found
    return any(found.get(name, 0.0) >= 0.5 for name in _ODD)


def strangeness(evidence: dict[str, float]) -> float:
    """Sum up how strange one place is, to be compared over all the places of a phrase."""
    return sum(_STRANGE.get(name, 0.0) * value for name, value in evidence.items())


_STRANGE = {
    "seam before": 1.0, "seam after": 1.0, "reads on": 1.2, "breaks": -1.0, "before a sentence": 0.8, "small letter": 0.6, "after a sentence": 0.8,
    "glued before": 1.0, "glued after": 1.0, "glued to a mark": 0.6, "bracket foreign": 2.5, "bracket": 1.2, "bracket round": 0.5, "set apart": 1.0,
    "beside copy": 2.0, "announced": -2.0, "link in sentence": 1.2,
}  # fmt: skip

PIECES: dict[str, Piece] = {
    "reads on": Piece(0.80, "chèn giữa câu: bỏ đi câu vẫn liền mạch"),
    "before a sentence": Piece(1.26, "đứng chơ vơ trước câu"), "small letter": Piece(3.24, "đứng chơ vơ trước câu"), "after a sentence": Piece(1.30, "gắn thêm sau câu"),
    "whole line": Piece(-0.13, "đứng riêng một dòng"), "glued before": Piece(1.68, "dính liền vào chữ bên cạnh"), "glued after": Piece(0.33, "dính liền vào chữ bên cạnh"),
    "glued to a mark": Piece(1.79, "dính liền vào dấu câu"), "bracket foreign": Piece(4.89, "đóng trong ngoặc lạ"), "bracket": Piece(4.04, "đóng trong ngoặc"),
    "bracket round": Piece(1.55, "đóng trong ngoặc"), "bracket in heading": Piece(4.94), "set apart": Piece(3.25, "gắn thêm vào tiêu đề"),
    "beside copy": Piece(4.71, "đi kèm bản viết liền của tiêu đề"), "in title": Piece(-0.04), "in list": Piece(-2.69), "announced": Piece(-1.13),
    "length": Piece(2.89), "bare": Piece(1.13, "viết không dấu giữa bài có dấu"), "bare capitals": Piece(0.56, "viết không dấu giữa bài có dấu"),
    "lexical": Piece(4.99, "từ khóa quảng cáo lạc đề"), "upper": Piece(1.58, "viết hoa khác thường"), "capitals": Piece(-2.59), "plain words": Piece(-1.80), "name": Piece(-2.27),
    "link": Piece(1.38, "địa chỉ web lạc giữa bài"), "contact": Piece(0.00, "thông tin liên hệ lạc giữa bài"), "picture": Piece(0.44, "ký hiệu lạc giữa bài"),
    "foreign": Piece(4.50, "chữ nước ngoài lạc giữa bài"), "tag": Piece(4.00, "mã HTML lạc giữa bài"), "hashtag": Piece(0.29, "thẻ # lạc giữa bài"),
    "mixed": Piece(2.03, "tên lẫn chữ số lạc giữa bài"), "new words": Piece(4.04), "recurs": Piece(0.11, "lặp lại ở những chỗ không liên quan"),
    "odd and strange": Piece(0.14, "từ ngữ lạ ở chỗ lạc lõng"), "odd and recurs": Piece(0.43, "lặp lại ở những chỗ không liên quan"),
    "edge and recurs": Piece(0.14, "gắn vào tiêu đề và lặp lại trong bài"), "long and recurs": Piece(0.79, "lặp lại ở những chỗ không liên quan"), "everywhere": Piece(0.73, "lặp lại ở những chỗ không liên quan"),
    "beside picture": Piece(1.41, "kèm ký hiệu lạ"), "beside address": Piece(2.00, "kèm địa chỉ liên hệ"),
    "strange": Piece(0.16, "chèn vào chỗ lạc lõng"), "quoted": Piece(-5.00), "quoted elsewhere": Piece(-5.00), "link in sentence": Piece(1.39, "địa chỉ web lạc giữa câu"), "hijacked page": Piece(3.00),
    "masked": Piece(5.00, "giấu trong ký tự vô hình hoặc chữ giả dạng"), "same company": Piece(-12.0), "label": Piece(-4.00), "outside the copy": Piece(2.58, "phần tiêu đề không có trong bản viết liền"), "glued again": Piece(0.00, "dính liền vào nhiều chữ khác nhau"),
    "gloss": Piece(-6.00), "also in title": Piece(1.06, "lặp lại ở tiêu đề và trong bài"), "credited": Piece(3.74, "có ở dòng ghi nguồn nước ngoài"),
}  # fmt: skip
BIAS = -11.38
CAUTION = 0.0  # an honest page changed is worse than an injected string left


def score(evidence: dict[str, float]) -> float:
    """Add up the evidence: the log odds that a stretch was pushed in."""
    return BIAS - CAUTION + sum(PIECES[name].weight * value for name, value in evidence.items() if name in PIECES)


def reason(evidence: dict[str, float]) -> str:
    """Return the piece of evidence that says most, in words."""
    return max((PIECES[n].weight * v, PIECES[n].why) for n, v in evidence.items() if n in PIECES and PIECES[n].why)[1]
