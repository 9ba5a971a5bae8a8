"""Text from before Unicode: TCVN3 (ABC) and VNI bytes read as Latin letters, HTML entities; recognised, then converted.

A text in TCVN3 reads "Thµnh phè Hå ChÝ Minh", one in VNI "Thaønh phoá Hoà Chí Minh". Conversion happens on evidence
only: strange letters must be there, and after it the syllables must look Vietnamese.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import cache

TCVN3_LETTERS = (  # TCVN 5712:1993 VN3, bytes 0xA1-0xFE as Latin-1 shows them, in the order of the standard
    ("¡", "Ă"), ("¢", "Â"), ("£", "Ê"), ("¤", "Ô"), ("¥", "Ơ"), ("¦", "Ư"), ("§", "Đ"), ("¨", "ă"), ("©", "â"),
    ("ª", "ê"), ("«", "ô"), ("¬", "ơ"), ("\xad", "ư"), ("®", "đ"), ("µ", "à"), ("¶", "ả"), ("·", "ã"), ("¸", "á"),
    ("¹", "ạ"), ("»", "ằ"), ("¼", "ẳ"), ("½", "ẵ"), ("¾", "ắ"), ("Æ", "ặ"), ("Ç", "ầ"), ("È", "ẩ"), ("É", "ẫ"),
    ("Ê", "ấ"), ("Ë", "ậ"), ("Ì", "è"), ("Î", "ẻ"), ("Ï", "ẽ"), ("Ð", "é"), ("Ñ", "ẹ"), ("Ò", "ề"), ("Ó", "ể"),
    ("Ô", "ễ"), ("Õ", "ế"), ("Ö", "ệ"), ("×", "ì"), ("Ø", "ỉ"), ("Ü", "ĩ"), ("Ý", "í"), ("Þ", "ị"), ("ß", "ò"),
    ("á", "ỏ"), ("â", "õ"), ("ã", "ó"), ("ä", "ọ"), ("å", "ồ"), ("æ", "ổ"), ("ç", "ỗ"), ("è", "ố"), ("é", "ộ"),
    ("ê", "ờ"), ("ë", "ở"), ("ì", "ỡ"), ("í", "ớ"), ("î", "ợ"), ("ï", "ù"), ("ñ", "ủ"), ("ò", "ũ"), ("ó", "ú"),
    ("ô", "ụ"), ("õ", "ừ"), ("ö", "ử"), ("÷", "ữ"), ("ø", "ứ"), ("ù", "ự"), ("ú", "ỳ"), ("û", "ỷ"), ("ü", "ỹ"),
    ("ý", "ý"), ("þ", "ỵ"),
)  # fmt: skip

_VNI_TONES = {"ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_VNI_CIRCUMFLEX = {"â": "", "à": "\u0300", "á": "\u0301", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_VNI_BREVE = {"ê": "", "è": "\u0300", "é": "\u0301", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
_VNI_ALONE = {"ñ": "đ", "ô": "ơ", "ö": "ư", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}

_ENTITY = re.compile(r"&(?:#\d{2,7}|#[xX][0-9a-fA-F]{2,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_TCVN3_EVIDENCE = re.compile(r"[¡¢£¤¥¦§¨©ª«¬®µ¶·¸¹»¼½¾ÆÇÈÉËÌÎÏÐÑÒÓÕÖ×ØÜÞßäåæçëïñöø÷ûüþ]")
_VNI_EVIDENCE = re.compile(r"(?:[aeouyôöAEOUYÔÖ][øùûõïØÙÛÕÏ]|[aeoAEO][âàáåãäÂÀÁÅÃÄ]|[aA][êèéúüëÊÈÉÚÜË])")
_UNICODE_ONLY = re.compile(r"[ăđĩũơưĂĐĨŨƠƯ\u0300-\u0323\u1ea0-\u1ef9]")
_WORD = re.compile(r"[^\W\d_]+(?:[¡-¾×÷\xad][^\W\d_]*)*|[¡-¾×÷\xad]+[^\W\d_]*")
_TONE_MARKS = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_INITIAL = "ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnprstvx]"
_NUCLEUS = (
    "iêu|yêu|oai|oay|oao|oeo|uây|uôi|uya|uyê|uyu|ươi|ươu|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iu|yê|oa|oă|oe|oi|ôi|ơi|"
    "ua|uâ|uê|ui|uô|uơ|uy|ưa|ưi|ươ|ưu|a|ă|â|e|ê|i|o|ô|ơ|u|ư|y"
)
_SYLLABLE = re.compile(f"(?:{_INITIAL})?(?:{_NUCLEUS})(?:ch|nh|ng|[cmnpt])?")


def decode(text: str) -> str:
    """Return ``text`` in Unicode: HTML entities resolved, TCVN3 and VNI converted where the evidence is clear.

    Text in Unicode comes back as it is.

    >>> decode("Thµnh phè Hå ChÝ Minh")
    'Thành phố Hồ Chí Minh'
    >>> decode("Thaønh phoá Hoà Chí Minh")
    'Thành phố Hồ Chí Minh'
    """
    if text.isascii():
        return html.unescape(text) if "&" in text and _ENTITY.search(text) else text
    if "&" in text and _ENTITY.search(text):
        text = html.unescape(text)
    encoding = recognized(text)
    return text if encoding == "unicode" else (from_tcvn3 if encoding == "tcvn3" else from_vni)(text)


def recognized(text: str) -> str:
    """Return "tcvn3", "vni" or "unicode".

    Letters that only Unicode has speak for Unicode. Else an encoding is taken when at least two words hold its strange
    letters (one is enough in a text of a few words), and after conversion most words are Vietnamese syllables, more of
    them than before and than the other encoding gives.
    """
    if text.isascii() or _UNICODE_ONLY.search(text):
        return "unicode"
    best, found = _likeness(text), "unicode"
    few = len(text.split()) <= 6
    for name, evidence, convert in (("tcvn3", _TCVN3_EVIDENCE, from_tcvn3), ("vni", _VNI_EVIDENCE, from_vni)):
        words = sum(1 for word in text.split() if evidence.search(word))
        if words < (1 if few else 2):
            continue
        likeness = _likeness(convert(text))
        if likeness > best and likeness >= 0.7:
            best, found = likeness, name
    return found


def from_tcvn3(text: str) -> str:
    """Return TCVN3 text in Unicode; in lines of capitals toned letters become capitals too."""
    lines = text.splitlines(keepends=True)
    return "".join(_raised(line.translate(_tcvn3()), line) for line in lines)


def from_vni(text: str) -> str:
    """Return VNI text in Unicode."""
    return _vni_pattern().sub(lambda match: _vni()[match.group()], text)


def to_tcvn3(text: str) -> str:
    """Return Unicode text as TCVN3 bytes look in Latin-1; capitals with tone marks become small letters."""
    back = {new: old for old, new in TCVN3_LETTERS}
    return "".join(back.get(c) or back.get(c.lower()) or c for c in unicodedata.normalize("NFC", text))


def to_vni(text: str) -> str:
    """Return Unicode text as VNI bytes look in Latin-1."""
    back = {new: old for old, new in _vni().items()}
    return "".join(back.get(c, c) for c in unicodedata.normalize("NFC", text))


def _raised(converted: str, before: str) -> str:
    plain = [c for c in before if c.isascii() and c.isalpha()]
    return converted.upper() if len(plain) > 3 and all(c.isupper() for c in plain) else converted


def _likeness(text: str) -> float:
    """Return the share of words, among those with letters beyond ASCII, that are Vietnamese syllables."""
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    return sum(map(_is_syllable, words)) / len(words) if words else 0.0


@cache
def _is_syllable(word: str) -> bool:
    """Return whether a word is built like a Vietnamese syllable: a known nucleus, one tone mark at most."""
    if word[1:] != word[1:].lower() and word != word.upper():
        return False
    parts, tones = _TONE_MARKS.subn("", unicodedata.normalize("NFD", word.lower()))
    return tones <= 1 and bool(_SYLLABLE.fullmatch(unicodedata.normalize("NFC", parts)))


@cache
def _tcvn3() -> dict[int, str]:
    return {ord(old): new for old, new in TCVN3_LETTERS}


@cache
def _vni() -> dict[str, str]:
    """Return VNI letters, one or two characters, small and capital, with what they mean."""
    table = dict(_VNI_ALONE)
    for base in "aeouy":
        table |= {base + mark: base + tone for mark, tone in _VNI_TONES.items()}
    for base in "ôö":
        table |= {base + mark: _VNI_ALONE[base] + tone for mark, tone in _VNI_TONES.items()}
    for base in "aeo":
        table |= {base + mark: base + "\u0302" + tone for mark, tone in _VNI_CIRCUMFLEX.items()}
    table |= {"a" + mark: "a\u0306" + tone for mark, tone in _VNI_BREVE.items()}
    small = {old: unicodedata.normalize("NFC", new) for old, new in table.items()}
    return (
        small
        | {old.upper(): new.upper() for old, new in small.items()}
        | {old[0].upper() + old[1:]: new.upper() for old, new in small.items() if len(old) == 2}
    )


@cache
def _vni_pattern() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, _vni()), key=len, reverse=True)))
