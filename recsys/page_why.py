"""Why a stretch of a page was taken out, in words: what is most telling about it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from recsys import page_signs as signs

LONGEST_PHRASE = 60
COPIED = 10  # letters of one word that stand in the title too, if spaces are not counted
_ENDS = re.compile(r"[.!?…]\s*\Z")


@dataclass(slots=True)
class Cut:
    """A stretch of the text that goes, the log odds that it was pushed in, and the main reason."""

    start: int
    end: int
    score: float
    why: str


def reason(text: str, start: int, end: int, *, title_end: int, squashed: str) -> str:
    """Return what a reader sees in ``text[start:end]`` that speaks for its having been pushed in.

    ``squashed`` holds the letters of the whole text, those of the title, which ends at ``title_end``, first.
    """
    string = text[start:end].strip()
    letters = signs.squash(string).text
    longest = signs.squash(max(string.split(), key=len, default="")).text
    title = squashed[: len(signs.squash(text[:title_end]).text)]
    if any(longest[at : at + COPIED] in title for at in range(1, len(longest) - COPIED)):
        return "tiêu đề viết liền, mất dấu cách"
    if signs.FOREIGN.search(string):
        return "chữ nước ngoài lạc giữa bài"
    if string[:1] in signs.BRACKETS:
        return "đóng trong ngoặc lạ" if string[:1] in signs.EXOTIC else "đóng trong ngoặc"
    if signs.LINK.search(string) or signs.CONTACT.search(string):
        return "đường dẫn hoặc liên hệ quảng cáo"
    ended = _ENDS.search(string) or text[end : end + 1] in ("\n", "")
    if start >= title_end and len(string) > LONGEST_PHRASE and ended:
        return "câu quảng cáo không liên quan đến bài"
    if len(letters) > 3 and squashed.count(letters) > 1:
        return "lặp lại ở những chỗ không liên quan"
    if string.isascii() and " " in string:
        return "viết không dấu giữa bài có dấu"
    if start < title_end:
        return "gắn thêm vào tiêu đề"
    return "chèn giữa câu: bỏ đi câu vẫn liền mạch"
