"""The signs of a foreign string: what in a page's text catches the eye before anything is decided."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

INVISIBLE = re.compile("[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]")
FOREIGN = re.compile(
    "[\u0400-\u052f\u0590-\u06ff\u0900-\u0dff\u0e00-\u0eff\u1000-\u11ff\u1780-\u17ff\u2e80-\u2fff\u3040-\u30ff\u3100-\u318f\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0002fa1f]"
    "(?:[\\s\u3000-\u303f\uff00-\uffef·,，.:：0-9]{0,3}"
    "[\u0400-\u052f\u0590-\u06ff\u0900-\u0dff\u0e00-\u0eff\u1000-\u11ff\u1780-\u17ff\u2e80-\u2fff\u3040-\u30ff\u3100-\u318f\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0002fa1f])*"
)
CREDIT = re.compile(
    r"^[\s(（\[【〔<《]*[\u0400-\u052f\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af][^\n:：]{0,16}[:：][^\n]{0,120}$"
)
_TOP = r"(?:com|net|org|vn|info|biz|xyz|top|club|vip|win|bet|casino|online|site|live|fun|app|io|co|me|cc|tv|link|pro|asia|shop|store|today|world|games?|gg|ws|us|uk|to|la|ph|kh|click|icu|life|one|bar|ink|art|dev|ltd|group|tech|website|space|mobi|name)"
LINK = re.compile(
    rf"(?i)(?:https?|hxxps?)\s?:\s?//\s?[^\s<>\"”)）】\]]+|\bwww\s?\.[^\s<>\"”)）】\]]+|(?<![\w@.])[a-z0-9](?:[a-z0-9-]{{0,40}}[a-z0-9])?(?:\.[a-z0-9-]{{1,40}}){{0,2}}(?:\.|\s?\[\.\]\s?|\(dot\)){_TOP}\b(?![\w.-]*@)(?:/[^\s<>\"”)）】\]]*)?"
)
CONTACT = re.compile(
    r"(?i)(?:\b(?:zalo|telegram|tele|viber|whatsapp|wechat|skype|sđt|hotline|line|facebook|fb|inbox|ib)\b[^\w\n]{0,4}(?:id|nhóm|kênh|số)?[^\w\n]{0,3})?"
    r"(?:(?<![\w.,])(?:\+?84|0)[ .-]?[235789](?:[ .-]?\d){8}(?!\d)|(?<!\w)@[A-Za-z]\w{3,30}|\bt\.me/\w+)"
)
MIXED = re.compile(r"(?i)(?<![^\W_])(?:[a-z]{2,8}\d{2,4}|[wmvfkb]\d{2,3}|\d{1,4}(?:bet|win|club|vip|casino|play))(?![^\W_])")
EMOJI = re.compile("[\u2600-\u26ff\u2700-\u27bf\u2b50-\u2b55\U0001f000-\U0001faff\u203c\u2049\ufe0f\u20e3]+")
FRAMED = re.compile(f"{EMOJI.pattern}[ ]?([^\n]{{2,60}}?)[ ]?(?={EMOJI.pattern})")
ADDRESS = re.compile(f"{LINK.pattern[4:]}|{CONTACT.pattern[4:]}", re.I)
HASHTAG = re.compile(r"(?<!\w)#[^\W\d]\w{2,40}")
TAG = re.compile(r"</?(?:a|b|i|u|p|em|span|div|font|strong|script|iframe|img|marquee|h[1-6]|br|center)\b[^<>\n]{0,300}>", re.I)
LEXICON = re.compile(
    r"(?i)(?:soi )?kèo(?: (?:nhà cái|bóng đá|hôm nay|trực tuyến|chấp|tài xỉu))*|tỷ lệ (?:kèo|cá cược|ma ?cao)|tỉ lệ kèo|nhà cái|cá cược|đặt cược|casino|xổ số|lô đề|soi cầu|tài xỉu|xóc đĩa|bầu cua|"
    r"game bài|đánh bài|bắn cá|nổ hũ|slot game|đá gà|jackpot|baccarat|roulette|kq[ -]?(?:bd|xs)|kqbd|xsm[bnt]|kết quả (?:bóng đá|xổ số)|trực tiếp bóng đá|nhận định bóng đá|bảng xếp hạng bóng đá|bxh|"
    r"keo (?:nha cai|bong da|hom nay)|nha cai|ca cuoc|ca do|bong da|xo so|tai xiu|ty le keo|soi keo|lo de|da ga|no hu|ban ca|game bai|vay tien|"
    r"\b(?:w88|fun88|m88|bk8|188bet|8xbet|kubet|one88|vn88|fb88|hi88|shbet|i9bet|789bet|jun88|new88|f8bet|sunwin|hitclub|rikvip|sv388|ku casino|thabet|dafabet|1xbet|bet365|\w{2,8}bet\d{0,4})\b|"
    r"vay (?:tiền|vốn|tín chấp) (?:nhanh|online|nóng|tín chấp|gấp)|thuốc (?:kích dục|cường dương)|gái gọi|phim (?:sex|18\+)|sim số đẹp|link vào|tiền cược|đổi thưởng|cược"
)
CALL = re.compile(
    r"(?i)\b(?:hãy|hỗ trợ|đến với|đang tìm|không bị chặn|đăng ký|truy cập|tham gia|click|bấm vào|nhấn vào|liên hệ|gọi ngay|inbox|nhắn tin|tải (?:ngay|app|về)|ngay(?: hôm nay| bây giờ)?|uy tín|hàng đầu|số 1|tặng|nhận (?:ngay|thưởng)|khuyến mãi|ưu đãi|miễn phí|thành viên mới|"
    r"nạp|rút tiền|hoàn trả|thưởng|cược|tỷ lệ|trải nghiệm|nhanh (?:chóng|tay|gọn)|siêu tốc|giải ngân|cam kết|giảm giá|giá rẻ|chỉ (?:từ|với)|link|website|trang web|dịch vụ|tư vấn|hotline|24/7|bạn|quý khách|hấp dẫn|chơi|đổi thưởng|xanh chín|đẳng cấp|chuyên nghiệp|an toàn tuyệt đối|\d+ ?%|\d+ ?k)\b"
)
LABEL = re.compile(
    r"(?i)^\W*(?:infographics?|video(?:s| clip)?|clip|ảnh|chùm ảnh|photos?|podcasts?|e-?magazines?|magazine|long ?form|mega ?story|multimedia|trực tiếp|live|cập nhật|update|độc quyền|nóng|tin nóng|góc nhìn|"
    r"quiz|trắc nghiệm|interactive|inforgraphic|đồ họa|bản tin.{0,20}|phóng sự(?: ảnh)?|ký sự|hồ sơ|bình luận|ý kiến|tọa đàm|radio|audio|tv|story|special|chuyên đề|phần \d+|kỳ \d+|bài \d+|p\d+|\d+|[ivx]+|phim|sách|review|hỏi đáp|xem|đọc|test|mới|hot)\W*$"
)
BRACKETS = {"【": "】", "〖": "〗", "『": "』", "「": "」", "〔": "〕", "［": "］", "《": "》", "〈": "〉", "[": "]", "{": "}", "<": ">", "＜": "＞", "(": ")", "（": "）", "|": "|", "★": "★", "☆": "☆", "⭐": "⭐", "~": "~", "*": "*", "=": "=", "«": "»", "❰": "❱", "⟦": "⟧", "➤": "➤", "▶": "◀", "►": "◄"}
EXOTIC = frozenset("【〖『「〔［〈＜★☆⭐❰⟦▶►➤")
BRACKETED = re.compile("|".join(f"{re.escape(a)}[^{re.escape(a)}{re.escape(b)}\\n]{{2,90}}{re.escape(b)}" for a, b in BRACKETS.items()))
EXOTIC_BRACKETED = re.compile("|".join(f"{re.escape(a)}[^{re.escape(a)}{re.escape(b)}\\n]{{2,90}}{re.escape(b)}" for a, b in BRACKETS.items() if a in "【〖『「〔［《〈＜❰⟦[{★☆⭐|"))
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


_MIXED = re.compile(r"[^\W\d_]*(?:[A-Za-zÀ-ɏḀ-ỿ][Ѐ-ԯͰ-Ͽ]|[Ѐ-ԯͰ-Ͽ][A-Za-zÀ-ɏḀ-ỿ])[^\W\d_]*")


def unmask(text: str) -> str:
    """Remove invisible characters, and give Latin words back the letters that look-alikes of other scripts replaced."""
    if text.isascii():
        return text
    text = INVISIBLE.sub("", text)
    return _MIXED.sub(lambda word: "".join(_LOOKALIKE.get(c, c) for c in word.group()), text)


class Squashed(NamedTuple):
    """Letters and digits of a text, folded and without anything between them, with the place of each in the text."""

    text: str
    places: list[int]


def squash(text: str) -> Squashed:
    """Fold ``text`` and drop whatever is neither letter nor digit."""
    folded = fold(text)
    places = [i for i, c in enumerate(folded) if c.isalnum()]
    return Squashed("".join(map(folded.__getitem__, places)), places)


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


def squashed_titles(text: str, title: str) -> list[tuple[int, int]]:
    """Find runs of ``text`` without a space that repeat a piece of the title, its spaces gone.

    The ends of the piece may be cut and its diacritics lost; it must cover at least eight letters and three words.
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
            while at + size < len(letters.text) and seed + size < len(whole) and letters.text[at + size] == whole[seed + size]:
                size += 1
            words = sum(seed < edge < seed + size for edge in edges)
            if words >= 2 and size >= 8:
                found.append((run.start() + letters.places[at], run.start() + letters.places[at + size - 1] + 1))
            at += size
    return found


def _edges(title: str) -> tuple[str, list[int]]:
    """Return the squashed title and where its words begin in it."""
    edges, whole = [], ""
    for word in title.split():
        edges.append(len(whole))
        whole += squash(word).text
    return whole, edges
