"""The signs of a foreign string: what in a page's text catches the eye before anything is decided."""

# ruff: noqa: E501, SIM905 (tables and patterns read best on one line)

from __future__ import annotations

import functools
import itertools
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
CREDIT = re.compile(
    r"^[\s(（\[【〔<《]*[\u0400-\u052f\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af][^\n:：]{0,16}[:：][^\n]{0,120}$"
)
_TOP = r"(?:com|net|org|vn|info|biz|xyz|top|club|vip|win|bet|casino|online|site|live|fun|app|io|co|me|cc|tv|link|pro|asia|shop|store|today|world|games?|gg|ws|us|uk|to|la|ph|kh|click|icu|life|one|bar|ink|art|dev|ltd|group|tech|website|space|mobi|name)"
LINK = re.compile(
    rf"(?i)(?:https?|hxxps?)\s?:\s?//\s?[^\s<>\"”)）】\]]+|\bwww\s?\.[^\s<>\"”)）】\]]+|(?<![\w@.])[a-z0-9](?:[a-z0-9-]{{0,40}}[a-z0-9])?(?:\.[a-z0-9-]{{1,40}}){{0,4}}(?:\.|\s?\[\.\]\s?|\(dot\)){_TOP}\b(?![\w.-]*@)(?:/[^\s<>\"”)）】\]]*)?"
)
_DOT_TOP = re.compile(rf"\.\s?{_TOP}\b|\[\.\]|\(dot\)", re.I)
CONTACT = re.compile(
    r"(?i)(?:\b(?:zalo|telegram|tele|viber|whatsapp|wechat|skype|sđt|hotline|line|facebook|fb|inbox|ib)\b[^\w\n]{0,4}(?:id|nhóm|kênh|số)?[^\w\n]{0,3})?"
    r"(?:(?<![\w.,])(?:\+?84|0)[ .-]?[235789](?:[ .-]?\d){8}(?!\d)|(?<!\w)@[A-Za-z]\w{3,30}|\bt\.me/\w+)"
)
MIXED = re.compile(
    r"(?i)(?<![^\W_])(?:[a-z]{2,12}\d{2,4}|[wmvfkb]\d{2,3}|\d{1,4}(?:bet|win|club|vip|casino|play))(?![^\W_])"
)
_CODE = re.compile(r"[A-Z]{1,5}\d+")
_AFTER_LETTER = re.compile(r"(?<=[A-Za-z])\d{2,4}(?!\d)")
_LATIN_HEAD = re.compile(r"[A-Za-z]+\Z")
_DIGITS_FIRST = re.compile(r"(?i)(?<![^\W_])\d{1,4}(?:bet|win|club|vip|casino|play)(?![^\W_])")
JOINED = re.compile(r"(?<![^\W_])[A-Za-z0-9]{1,7}([-_.+*~])[A-Za-z0-9]{1,7}(?:\1[A-Za-z0-9]{1,7})+")
EMOJI = re.compile("[\u2600-\u26ff\u2700-\u27bf\u2b50-\u2b55\U0001f000-\U0001faff\u203c\u2049\ufe0f\u20e3]+")
FRAMED = re.compile(f"{EMOJI.pattern}[ ]?([^\n]{{2,60}}?)[ ]?(?={EMOJI.pattern})")
ADDRESS = re.compile(f"{LINK.pattern[4:]}|{CONTACT.pattern[4:]}", re.I)
HASHTAG = re.compile(r"(?<!\w)#[^\W\d]\w{2,40}")
TAG = re.compile(
    r"</?(?:a|b|i|u|p|em|span|div|font|strong|script|iframe|img|marquee|h[1-6]|br|center)\b[^<>\n]{0,300}>", re.I
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


ABOUT = tuple("cá độ|cờ bạc|đánh bạc|con bạc|sòng bạc|cá cược|nhà cái|tín dụng đen|lừa đảo".split("|"))
CALL = re.compile(
    r"(?i)\b(?:hãy|hỗ trợ|đến với|đang tìm|không bị chặn|đăng ký|truy cập|tham gia|click|bấm vào|nhấn vào|liên hệ|gọi ngay|inbox|nhắn tin|tải (?:ngay|app|về)|ngay(?: hôm nay| bây giờ)?|uy tín|hàng đầu|số 1|tặng|nhận (?:ngay|thưởng)|khuyến mãi|ưu đãi|miễn phí|thành viên mới|"
    r"nạp|rút tiền|hoàn trả|thưởng|cược|tỷ lệ|trải nghiệm|nhanh (?:chóng|tay|gọn)|siêu tốc|giải ngân|cam kết|giảm giá|giá rẻ|chỉ (?:từ|với)|link|website|trang web|dịch vụ|tư vấn|hotline|24/7|bạn|quý khách|hấp dẫn|chơi|đổi thưởng|xanh chín|đẳng cấp|chuyên nghiệp|an toàn tuyệt đối|\d+ ?%|\d+ ?k)\b"
)
PIECES = re.compile(r"\s*[,|;·•/]\s*|\s[-–]\s")
LABEL = re.compile(
    r"(?i)^\W*(?:infographics?|video(?:s| clip)?|clip|ảnh|chùm ảnh|photos?|podcasts?|e-?magazines?|magazine|long ?form|mega ?story|multimedia|trực tiếp|live|cập nhật|update|độc quyền|nóng|tin nóng|góc nhìn|"
    r"quiz|trắc nghiệm|interactive|inforgraphic|đồ họa|bản tin.{0,20}|phóng sự(?: ảnh)?|ký sự|hồ sơ|bình luận|ý kiến|tọa đàm|radio|audio|tv|story|special|chuyên đề|phần \d+|kỳ \d+|bài \d+|p\d+|\d+|[ivx]+|phim|sách|review|hỏi đáp|xem|đọc|test|mới|hot)\W*$"
)
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
CLOSING = frozenset("】〗』」〕］〉＞★☆⭐❱⟧")
EXOTIC = frozenset("【〖『「〔［〈＜★☆⭐❰⟦▶►➤")
BRACKETED = re.compile(
    "|".join(f"{re.escape(a)}[^{re.escape(a)}{re.escape(b)}\\n]{{2,90}}{re.escape(b)}" for a, b in BRACKETS.items())
)
EXOTIC_BRACKETED = re.compile(
    "|".join(
        f"{re.escape(a)}[^{re.escape(a)}{re.escape(b)}\\n]{{2,90}}{re.escape(b)}"
        for a, b in BRACKETS.items()
        if a in "【〖『「〔［《〈＜❰⟦[{★☆⭐|"
    )
)
SEPARATOR = re.compile(r"\s+[-–—:|~•·/]\s+|\s*(?:[|_｜¦»«→★☆✅❤]|::|--|>>|\|\|)\s*|[:：]\s+|\s*[-–—]\s+|\s+[-–—]\s*")
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdghklmnpqrstvx])?(?:[aeiouy]|ai|ao|au|ay|eo|eu|ia|ie|ieu|iu|oa|oai|oay|oe|oi|oo|ua|uay|ue|ui|uo|uoi|uou|uy|uya|uye|uyu|yeu|ye|uu|uau|oao|oeo|uoa)(?:ch|nh|ng|[cmnpt])?"
)
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


def _mixed(text: str) -> list[tuple[int, int]]:
    """Find names made of letters and digits; stuck to other letters only where the same name recurs."""
    spans: list[tuple[int, int]] = []
    groups: dict[str, list[tuple[int, int, int]]] = {}
    for digits in _AFTER_LETTER.finditer(text):
        head = _LATIN_HEAD.search(text, max(0, digits.start() - 12), digits.start())
        if head is None:
            continue
        if MIXED.fullmatch(text, head.start(), digits.end()) and not _CODE.fullmatch(text, head.start(), digits.end()):
            spans.append((head.start(), digits.end()))
        groups.setdefault(digits.group(), []).append((head.start(), digits.start(), digits.end()))
    spans += [m.span() for m in _DIGITS_FIRST.finditer(text)]
    for same in groups.values():
        if len(same) < 2:
            continue
        for one, other in itertools.pairwise(same):
            heads = [text[a:b] for a, b, _ in (one, other)]
            one_head, other_head = (head[::-1].lower() for head in heads)
            size = next(
                (i for i, (x, y) in enumerate(zip(one_head, other_head, strict=False)) if x != y), min(map(len, heads))
            )
            inside = any(
                len(head) > size or text[a - 1 : a].isalpha()
                for head, (a, _, _) in zip(heads, (one, other), strict=True)
            )
            if size >= 3 and inside:
                spans += [(b - size, end) for _, b, end in (one, other)]
    return sorted(set(spans))


class Sights(NamedTuple):
    """Where the conspicuous things of a text are: spans in order of place, found once."""

    link: list[tuple[int, int]]
    contact: list[tuple[int, int]]
    picture: list[tuple[int, int]]
    foreign: list[tuple[int, int]]
    tag: list[tuple[int, int]]
    hashtag: list[tuple[int, int]]
    mixed: list[tuple[int, int]]
    lexical: list[tuple[int, int]]
    framed: list[tuple[int, int]]
    joined: list[tuple[int, int]]
    masked: list[tuple[int, int]]


_QUOTED = re.compile(r"“[^“”\n]{2,80}”|\"[^\"\n]{2,80}\"")
_USUAL = frozenset(chr(c) for c in (*range(0x250), *range(0x300, 0x370), *range(0x1E00, 0x1F00))) | frozenset(
    "“”‘’…–—•‒\u2009\u200b"
)
_DIALLED = re.compile(r"\d[\d .-]{7,}\d")


def sights(text: str, masked: frozenset[str] = frozenset()) -> Sights:
    """Find what is conspicuous; the characters that occur at all say what is worth looking for."""
    letters = set(text)
    unusual = not letters <= _USUAL

    def spans(pattern: re.Pattern[str], *, when: bool = True, group: int = 0) -> list[tuple[int, int]]:
        return [m.span(group) for m in pattern.finditer(text)] if when else []

    address = "://" in text or "www" in text or bool(_DOT_TOP.search(text))
    return Sights(
        link=spans(LINK, when=address),
        contact=spans(CONTACT, when="@" in letters or "t.me" in text or bool(_DIALLED.search(text))),
        picture=spans(EMOJI, when=unusual),
        foreign=spans(FOREIGN, when=unusual),
        tag=spans(TAG, when="<" in letters),
        hashtag=spans(HASHTAG, when="#" in letters),
        mixed=_mixed(text) if not letters.isdisjoint("0123456789") else [],
        lexical=lexicon(text),
        framed=spans(FRAMED, when=unusual, group=1),
        joined=spans(JOINED),
        masked=_united(
            [m.span() for m in _DISGUISED.finditer(text)]
            + [m.span() for word in sorted(masked)[:50] for m in re.finditer(re.escape(word), text)]
        ),
    )


_DISGUISED = re.compile("[\U0001d400-\U0001d7ff\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]{2,}")
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
    if not text.isascii() and max(text) > "\uffff":
        text = text.translate({code: letter for code, letter in FOLD.items() if code > 0xFFFF})
        text = "".join(c if c <= "\uffff" else "\0" for c in text)
    codes = _letters()[np.frombuffer(text.encode("utf-32-le", "replace"), np.uint32)]
    places = codes.nonzero()[0]
    return Squashed(codes[places].tobytes().decode("utf-32-le"), places)


def is_syllable(word: str) -> bool:
    """Whether a word is a Vietnamese syllable without its diacritics."""
    return bool(_SYLLABLE.fullmatch(word.lower()))


def is_plain(phrase: str) -> bool:
    """Whether a phrase looks like Vietnamese typed without diacritics: two syllables or more, none of them accented."""
    words = phrase.split()
    if len(words) < 2 or not phrase.isascii():
        return False
    syllables = sum(map(is_syllable, words))
    return syllables >= 2 and syllables * 3 >= len(words) * 2


_LONG = re.compile(r"\S{9,}")
_SEED = 6


def squashed_titles(text: str, title: str) -> list[tuple[int, int, int, int]]:
    """Find runs of ``text`` without a space that repeat a piece of the title, its spaces gone.

    The ends of the piece may be cut and its diacritics lost; it must cover at least eight letters and three words.
    Returns the place of each run, and which letters of the squashed title it repeats.
    """
    whole, edges = _edges(title)
    if len(whole) < 8:
        return []
    seeds: dict[str, int] = {}
    for i in range(len(whole) - _SEED + 1):
        seeds.setdefault(whole[i : i + _SEED], i)
    found = []
    for run in _LONG.finditer(text):
        letters = squash(run.group()[:2000])
        at = 0
        while at + _SEED <= len(letters.text):
            seed = seeds.get(letters.text[at : at + _SEED])
            if seed is None:
                at += 1
                continue
            size = _SEED
            while (
                at + size < len(letters.text)
                and seed + size < len(whole)
                and letters.text[at + size] == whole[seed + size]
            ):
                size += 1
            words = sum(seed < edge < seed + size for edge in edges)
            if words >= 2 and size >= 8:
                start, end = run.start() + int(letters.places[at]), run.start() + int(letters.places[at + size - 1]) + 1
                found.append((start, end, seed, seed + size))
            at += size
    return found


def _edges(title: str) -> tuple[str, list[int]]:
    """Return the squashed title and where its words begin in it."""
    edges, whole = [], ""
    for word in title.split():
        edges.append(len(whole))
        whole += squash(word).text
    return whole, edges
