"""The signs of a foreign string: what in a page's text catches the eye before anything is decided."""

# ruff: noqa: E501, SIM905 (tables and patterns read best on one line)

from __future__ import annotations

import functools
import re
import unicodedata
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)
FOREIGN = re.compile(
    "[\u0400-\u052f\u0590-\u06ff\u0900-\u0dff\u0e00-\u0eff\u1000-\u11ff\u1780-\u17ff\u2e80-\u2fff\u3040-\u30ff\u3100-\u318f\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0002fa1f]"
    "(?:[ \u3000-\u303f\uff00-\uffef·,，.:：0-9]{0,3}"
    "[\u0400-\u052f\u0590-\u06ff\u0900-\u0dff\u0e00-\u0eff\u1000-\u11ff\u1780-\u17ff\u2e80-\u2fff\u3040-\u30ff\u3100-\u318f\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0002fa1f])*"
)
_TOP = r"(?:com|net|org|vn|info|biz|xyz|top|club|vip|win|bet|casino|online|site|live|fun|app|io|co|me|cc|tv|link|pro|asia|shop|store|today|world|games?|gg|ws|us|uk|to|la|ph|kh|click|icu|life|one|bar|ink|art|dev|ltd|group|tech|website|space|mobi|name)"
LINK = re.compile(
    rf"(?i)(?:https?|hxxps?)\s?:\s?//\s?[^\s<>\"”)）】\]]+|\bwww\s?\.[^\s<>\"”)）】\]]+|(?<![\w@.])[a-z0-9](?:[a-z0-9-]{{0,40}}[a-z0-9])?(?:\.[a-z0-9-]{{1,40}}){{0,4}}(?:\.|\s?\[\.\]\s?|\(dot\)){_TOP}\b(?![\w.-]*@)(?:/[^\s<>\"”)）】\]]*)?"
)
CONTACT = re.compile(
    r"(?i)(?:\b(?:zalo|telegram|tele|viber|whatsapp|wechat|skype|sđt|hotline|line|facebook|fb|inbox|ib)\b[^\w\n]{0,4}(?:id|nhóm|kênh|số)?[^\w\n]{0,3})?"
    r"(?:(?<![\w.,])(?:\+?84|0)[ .-]?[235789](?:[ .-]?\d){8}(?!\d)|(?<!\w)@[A-Za-z]\w{3,30}|\bt\.me/\w+)"
)
_LEXICON = tuple(
    "kèo|nhà cái|cá cược|tiền cược|casino|xổ số|lô đề|soi cầu|tài xỉu|xóc đĩa|bầu cua|game bài|đánh bài|bắn cá|nổ hũ|slot game|đá gà|"
    "jackpot|baccarat|roulette|kqbd|kqxs|xsmb|xsmn|xsmt|bxh|kết quả bóng đá|trực tiếp bóng đá|nhận định bóng đá|bảng xếp hạng bóng đá|keo nha cai|keo bong da|"
    "nha cai|ca cuoc|ca do|bong da|xo so|tai xiu|ty le keo|soi keo|lo de|da ga|no hu|ban ca|game bai|vay tien|w88|fun88|m88|bk8|188bet|kubet|one88|"
    "vn88|fb88|hi88|shbet|789bet|jun88|new88|sunwin|hitclub|rikvip|ku casino|thabet|dafabet|1xbet|bet365|vay tiền nhanh|vay tiền online|vay nóng|vay tín chấp|"
    "vay vốn tín chấp|vay vốn nhanh|kích dục|cường dương|gái gọi|phim sex|sim số đẹp|link vào|đổi thưởng".split("|")
)


def lexicon(text: str) -> list[tuple[int, int]]:
    """Find the words of betting, lending and the like; a plain one must begin and end a word."""
    lower, spans = text.lower(), []
    if len(lower) != len(text):
        return []
    for word in _LEXICON:
        at = lower.find(word)
        while at >= 0:
            end = at + len(word)
            whole = not (lower[at - 1 : at].isalpha() or lower[end : end + 1].isalpha())
            if whole or (not word.isascii() and not lower[end : end + 1].isalpha()):
                spans.append((at, end))
            at = lower.find(word, end)
    return _united(spans)


def _united(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    united: list[tuple[int, int]] = []
    for a, b in sorted(spans):
        if united and a <= united[-1][1] + 1:
            united[-1] = (united[-1][0], max(b, united[-1][1]))
        else:
            united.append((a, b))
    return united


BRACKETS = {
    "【": "】",
    "〖": "〗",
    "『": "』",
    "「": "」",
    "〔": "〕",
    "［": "］",
    "《": "》",
    "〈": "〉",
    "[": "]",
    "{": "}",
    "<": ">",
    "＜": "＞",
    "(": ")",
    "（": "）",
    "|": "|",
    "★": "★",
    "☆": "☆",
    "⭐": "⭐",
    "~": "~",
    "*": "*",
    "=": "=",
    "«": "»",
    "❰": "❱",
    "⟦": "⟧",
    "➤": "➤",
    "▶": "◀",
    "►": "◄",
}
EXOTIC = frozenset("【〖『「〔［〈＜★☆⭐❰⟦▶►➤")
_LOOKALIKE = dict(
    zip(
        "АВЕКМНОРСТУХЅІЈавекмнорстухѕіјԁԛԝһΑΒΕΖΗΙΚΜΝΟΡΤΥΧοινϲΟ" + "ɡıɑｌ",
        "ABEKMHOPCTYXSIJabekmhopctyxsijdqwhABEZHIKMNOPTYXoivcO" + "gial",
        strict=True,
    )
)


def _folding() -> dict[int, str]:
    table = {}
    for code in (*range(0x41, 0x5B), *range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0].lower()
        table[code] = {"đ": "d", "ð": "d"}.get(base, base)[:1]
    table.update({ord(a): b.lower() for a, b in _LOOKALIKE.items()})
    table.update({code: chr(code - 0xFEE0).lower() for code in range(0xFF10, 0xFF5B)})
    for start in (0x1D400, 0x1D434, 0x1D468, 0x1D4D0, 0x1D5A0, 0x1D5D4, 0x1D608, 0x1D63C, 0x1D670):
        table.update({start + i: "abcdefghijklmnopqrstuvwxyz"[i % 26] for i in range(52)})
    return table


FOLD = _folding()


def fold(text: str) -> str:
    """Lower-case, strip diacritics and look-alike letters; one character for one."""
    return text.translate(FOLD)


_OTHER_SCRIPT = re.compile("[Ѐ-ԯͰ-Ͽ]")
_LETTERS = re.compile(r"(?<![^\W\d_])[^\W\d_]{2,80}(?![^\W\d_])")
_LATIN = re.compile("[A-Za-zÀ-ɏḀ-ỿ]")


def _is_mixed(word: str) -> bool:
    return bool(_OTHER_SCRIPT.search(word) and _LATIN.search(word))


def unmask(text: str) -> str:
    """Remove invisible characters, and give Latin words back the letters that look-alikes of other scripts replaced."""
    if text.isascii():
        return text
    text = INVISIBLE.sub("", text)
    if not _OTHER_SCRIPT.search(text):
        return text
    return _LETTERS.sub(
        lambda m: "".join(_LOOKALIKE.get(c, c) for c in m.group()) if _is_mixed(m.group()) else m.group(), text
    )


_MASKS = re.compile("[\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_MASKED = re.compile(rf"(?<![^\W_])[^\W_]{{1,40}}(?:{_MASKS.pattern}{{1,9}}[^\W_]{{1,40}})+")


def masked_words(text: str) -> frozenset[str]:
    """Return the words of a text that hold invisible characters or letters of another script, unmasked."""
    if text.isascii():
        return frozenset()
    words = {m.group() for m in _MASKED.finditer(text)} if _MASKS.search(text) else set()
    mixed = (
        {m.group() for m in _LETTERS.finditer(text) if _is_mixed(m.group())} if _OTHER_SCRIPT.search(text) else set()
    )
    return frozenset(clear for word in words | mixed if len(clear := unmask(word)) > 1)


class Squashed(NamedTuple):
    """Letters and digits of a text, folded and without anything between them, with the place of each in the text."""

    text: str
    places: npt.NDArray[np.int64]


@functools.cache
def _letters() -> npt.NDArray[np.uint32]:
    """Return, for each code point of the basic plane, what it folds to, 0 where it is neither letter nor digit."""
    table = np.array([code if chr(code).isalnum() else 0 for code in range(0x10000)], np.uint32)
    for code, letter in FOLD.items():
        if code < 0x10000:
            table[code] = ord(letter)
    return table


def squash(text: str) -> Squashed:
    """Fold ``text`` and drop whatever is neither letter nor digit."""
    if len(text) < 60:
        folded = fold(text)
        near = [i for i, c in enumerate(folded) if c.isalnum()]
        return Squashed("".join(map(folded.__getitem__, near)), np.array(near, np.int64))
    codes: npt.NDArray[np.uint32] = np.frombuffer(text.encode("utf-32-le", "replace"), np.uint32)
    if codes.max(initial=0) > 0xFFFF:
        text = text.translate({code: letter for code, letter in FOLD.items() if code > 0xFFFF})
        text = "".join(c if c <= "\uffff" else "\0" for c in text)
        codes = np.frombuffer(text.encode("utf-32-le", "replace"), np.uint32)
    letters = _letters()[codes]
    places = letters.nonzero()[0]
    return Squashed(letters[places].tobytes().decode("utf-32-le"), places)
