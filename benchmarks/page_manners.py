"""Make hijacked pages of honest articles in sixteen manners: keywords, brackets, places and squashing at random.

The span tagger was not fitted on these manners: they are to measure it.
"""

# ruff: noqa: D401, E501, SIM905 (tables and patterns read best on one line)

from __future__ import annotations

import json
import lzma
import random
import re
import unicodedata
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

ACCENTED = (
    "kèo nhà cái hôm nay|soi kèo bóng đá|nhà cái uy tín|tỷ lệ kèo trực tuyến|nhận định bóng đá|xổ số miền bắc|tài xỉu online|kết quả bóng đá|"
    "game bài đổi thưởng|trực tiếp đá gà|lịch thi đấu ngoại hạng anh|vay tiền nhanh|vay vốn tín chấp|sửa điều hòa tại nhà|thuốc tăng chiều cao|"
    "sim số đẹp giá rẻ|dịch vụ thám tử|thông bồn cầu|máy lọc nước|bảng xếp hạng|dự đoán tỷ số|link vào mới nhất|đăng ký tài khoản|soi cầu lô đề|"
    "kem trị nám|mua bán xe cũ|thiết kế nội thất|cho thuê xe du lịch|kết quả u23 châu á|đội hình ra sân|vé số kiến thiết|cá cược thể thao"
).split("|")
PLAIN = (
    "kq lien doan anh|keo nha cai|ty le ca cuoc|soi keo hom nay|bang xep hang duc|truc tiep bong da|nhan dinh bong da|xo so mien nam|du doan ty so|"
    "nha cai uy tin|game bai doi thuong|vay tien online|lich thi dau c1|ket qua bong da|thuoc giam can|da ga truc tiep|tai xiu|ca do bong da|kqbd y|bxh phap"
).split("|")
BRANDS = "kubet|w88|bk8|789bet|fun88|nhatvip|go88|sunwin|zowin|vn138|hb88|five88|m88 mobile|188bet link|fb88|ku casino|debet|w388|typhu88|loto188".split(
    "|"
)
FOREIGN = "欧冠直播|足球比分|皇冠体育|亚洲杯竞彩|博彩平台|คาสิโน|바카라사이트|казино онлайн|百家乐|世界杯投注".split("|")
BRACKETS = ["【】", "[]", "「」", "『』", "《》", "〖〗", "()", "{}", "<>", "（）", "★★", "||"]
PROMOTIONS = (
    "Truy cập {k} ngay hôm nay để nhận thưởng 100% cho thành viên mới.|{k} là nhà cái uy tín hàng đầu châu Á, nạp rút siêu tốc.|"
    "Đăng ký {k} tại {d} nhận ngay 88K trải nghiệm miễn phí!|Bạn đang tìm {k}? Hãy đến với {d} để được hỗ trợ 24/7.|"
    "Liên hệ Zalo {p} để được tư vấn {k} giá rẻ nhất.|Link vào {d} không bị chặn, tỷ lệ cược hấp dẫn."
).split("|")
MENU = "Trang chủ > Thời sự|Trang chủ » Thế giới » Phân tích|Thời sự | Thế giới | Kinh doanh | Thể thao|Home / Tin tức / Xã hội".split(
    "|"
)
DATES = (
    "Thứ Ba, 12/03/2024, 10:30 (GMT+7)",
    "12/03/2024 10:30",
    "Cập nhật lúc 10:30, 12/3/2024",
    "Chủ nhật, ngày 03/11/2024 - 08:15",
)
SHARE = ("Chia sẻ Facebook Twitter Zalo", "Chia sẻ bài viết này", "Facebook | Twitter | Email | In bài", "Lưu bài viết")
HEADINGS = (
    "Tin liên quan",
    "Xem thêm:",
    "Bài viết cùng chuyên mục",
    "ĐỌC THÊM",
    "Có thể bạn quan tâm",
    "Tin cùng chuyên mục:",
)
BULLETS = ("- ·", "• ", ">> ", "* ", "- ", "» ", "{n}. ", "▪ ", "+ ")


@dataclass
class Case:
    """An article, what the page makes of it, and what was pushed in."""

    title: str
    body: list[str]
    related: list[str]
    shown_title: str = ""
    shown: list[str] = field(default_factory=list)
    listed: list[str] = field(default_factory=list)
    injected: list[str] = field(default_factory=list)
    atoms: list[str] = field(default_factory=list)


def bare(text: str) -> str:
    """Strip diacritics."""
    text = unicodedata.normalize("NFD", text).replace("đ", "d").replace("Đ", "D")
    return "".join(c for c in text if not unicodedata.combining(c))


def keyword(r: random.Random) -> str:
    """Draw a keyword, in one of several cases."""
    word = r.choice(r.choice((ACCENTED, ACCENTED, PLAIN, PLAIN, BRANDS)))
    return r.choice((word, word, word, word.title(), word.upper()))


def domain(r: random.Random) -> str:
    """Draw a web address."""
    return (
        r.choice(("", "", "https://", "www."))
        + bare(r.choice(BRANDS)).replace(" ", "")
        + r.choice((".com", ".win", ".vip", ".net", ".info/vao"))
    )


def spots(paragraph: str) -> list[int]:
    """Return the spaces between two words of a sentence."""
    return [m.start() for m in re.finditer(r"(?<=[\w,]) (?=[^\W\d_])", paragraph)]


def insert(case: Case, r: random.Random, text: str, *, where: int | None = None, style: str = "spaced") -> None:
    """Push ``text`` into the middle of a sentence: spaced, glued to the word before, or stuck to a comma."""
    rows = [i for i, p in enumerate(case.shown) if len(spots(p)) > 8]
    if not rows:
        return
    row = rows[where % len(rows)] if where is not None else r.choice(rows)
    paragraph = case.shown[row]
    places = spots(paragraph)
    if style == "comma" and (commas := [p for p in places if paragraph[p - 1] == ","]):
        places = commas
    at = r.choice(places)
    glue = "" if style in ("glued", "comma") else " "
    case.shown[row] = paragraph[:at] + glue + text + paragraph[at:]
    case.injected.append(text)


def squashed(title: str, r: random.Random) -> str:
    """Remove the title's spaces, cut its ends."""
    run = "".join(c for c in title if c.isalnum() or c in ":,")
    return run[r.randint(0, 2) : len(run) - r.randint(0, 3)]


def dressed(k: str, r: random.Random) -> str:
    """Put a keyword in brackets."""
    pair = r.choice(BRACKETS)
    return pair[0] + k + pair[1]


def seed_manner(c: Case, r: random.Random) -> None:
    """Brackets before the title, a squashed copy and the keyword after a comma, a foreign credit line."""
    k = keyword(r)
    c.atoms.append(k)
    c.shown_title = dressed(k, r) + r.choice(("", " ")) + c.title
    insert(c, r, squashed(c.title, r) + k, where=0, style="comma")
    c.shown.append(f"(责任编辑:{k})")
    c.injected += [k, "责任编辑"]


def suffix_manner(c: Case, r: random.Random) -> None:
    """The keyword behind the title, and alone in three sentences."""
    k = keyword(r)
    c.atoms.append(k)
    c.shown_title = c.title + r.choice((" - ", " | ", "|", " _ ", "_", " – ", ": ", " » ", " ~ ")) + k
    c.injected.append(k)
    for _ in range(3):
        insert(c, r, k)


def sentence_manner(c: Case, r: random.Random) -> None:
    """The keyword in four sentences, the title clean."""
    k = keyword(r)
    c.atoms.append(k)
    for _ in range(4):
        insert(c, r, k)


def domain_manner(c: Case, r: random.Random) -> None:
    """An address in brackets or bare, in two sentences, and before the title."""
    d = domain(r)
    c.atoms.append(d)
    c.shown_title = d + r.choice((" - ", ": ", " | ", " ")) + c.title
    c.injected.append(d)
    for _ in range(2):
        insert(c, r, r.choice((d, f"({d})", f"[{d}]")))


def promotion_manner(c: Case, r: random.Random) -> None:
    """Whole sentences of promotion, at the end of paragraphs and on lines of their own."""
    for _ in range(2):
        line = r.choice(PROMOTIONS).format(k=keyword(r), d=domain(r), p="09" + "".join(r.choices("0123456789", k=8)))
        c.injected.append(line)
        row = r.randrange(len(c.shown))
        if r.random() < 0.5 and c.shown[row].endswith((".", "!", "?", '"')):
            c.shown[row] += " " + line
        else:
            c.shown.insert(row + 1, line)


def bare_copy_manner(c: Case, r: random.Random) -> None:
    """The keyword, then a squashed copy of the title without diacritics."""
    k = keyword(r)
    c.atoms.append(k)
    insert(c, r, k + r.choice(("", " ")) + bare(squashed(c.title, r)).lower(), style=r.choice(("spaced", "comma")))
    c.shown_title = k + r.choice((" ", ": ", " - ")) + c.title
    c.injected.append(k)


def glued_manner(c: Case, r: random.Random) -> None:
    """The keyword stuck to the word before it, in three sentences and at the title's end."""
    k = keyword(r)
    c.atoms.append(k)
    c.shown_title = c.title + dressed(k, r)
    c.injected.append(k)
    for _ in range(3):
        insert(c, r, k, style="glued")


def foreign_manner(c: Case, r: random.Random) -> None:
    """Strings of another script in sentences, a foreign source line."""
    k = r.choice(FOREIGN)
    c.atoms.append(k)
    for _ in range(2):
        insert(c, r, r.choice((k, f"【{k}】")))
    c.shown.append(r.choice(("来源：", "作者: ", "(编辑:")) + keyword(r))
    c.injected += [k, c.shown[-1]]


def tail_manner(c: Case, r: random.Random) -> None:
    """A tail of keywords, one of them also in a sentence."""
    words = [keyword(r) for _ in range(r.randint(4, 8))]
    line = r.choice((", ", " | ", " - ", "; ")).join(words)
    c.shown.append(line)
    c.injected.append(line)
    c.atoms += words
    insert(c, r, words[0])


def masked_manner(c: Case, r: random.Random) -> None:
    """Invisible characters and look-alike letters inside the keyword."""
    k = keyword(r)
    c.atoms.append(k)
    seen = "".join(ch + ("\u200b" if r.random() < 0.3 else "") for ch in k)
    if r.random() < 0.5:
        seen = k.replace("o", "о").replace("a", "а").replace("e", "е")
    c.shown_title = dressed(seen, r) + c.title
    c.injected += [k, seen]
    for _ in range(2):
        insert(c, r, seen)


def list_manner(c: Case, r: random.Random) -> None:
    """The keyword in brackets in two sentences and before headlines of the list."""
    k = keyword(r)
    c.atoms.append(k)
    pair = r.choice(BRACKETS[:7])
    for _ in range(2):
        insert(c, r, pair[0] + k + pair[1])
    for i in range(0, len(c.listed), 3):
        c.listed[i] = pair[0] + k + pair[1] + r.choice(("", " ")) + c.listed[i]
    c.injected.append(k)


def contact_manner(c: Case, r: random.Random) -> None:
    """Messenger numbers and pictures beside the keyword."""
    k = keyword(r)
    c.atoms.append(k)
    number = "09" + "".join(r.choices("0123456789", k=8))
    c.atoms.append(number)
    for shape in ("🎰{k}🎰", "{k} Zalo {n}", "👉 {k} 👈"):
        insert(c, r, shape.format(k=k, n=number))
    c.shown_title = f"🔥{k}🔥 {c.title}"
    c.injected.append(k)


def ends_manner(c: Case, r: random.Random) -> None:
    """The keyword at the end or the start of paragraphs."""
    k = keyword(r)
    c.atoms.append(k)
    for row in r.sample(range(len(c.shown)), min(3, len(c.shown))):
        c.shown[row] = c.shown[row] + " " + k if r.random() < 0.6 else k + " " + c.shown[row]
    c.injected.append(k)
    c.shown_title = k + " " + c.title


def piece_manner(c: Case, r: random.Random) -> None:
    """A piece of the squashed title, then the keyword, twice."""
    k = keyword(r)
    c.atoms.append(k)
    for _ in range(2):
        run = squashed(c.title, r)
        size = r.randint(min(14, len(run)), min(len(run), 30))
        at = r.randrange(len(run) - size + 1)
        insert(c, r, run[at : at + size] + r.choice(("", " ")) + k, style=r.choice(("spaced", "comma")))


def once_manner(c: Case, r: random.Random) -> None:
    """The keyword in one sentence, nowhere else."""
    k = keyword(r)
    c.atoms.append(k)
    insert(c, r, r.choice((k, k, dressed(k, r))), style=r.choice(("spaced", "spaced", "glued", "comma")))


def title_manner(c: Case, r: random.Random) -> None:
    """The keyword in the title only, dressed or set apart."""
    k = keyword(r)
    c.atoms.append(k)
    c.injected.append(k)
    mark = r.choice((" - ", " | ", ": ", " – ", "|"))
    c.shown_title = r.choice(
        (dressed(k, r) + " " + c.title, c.title + mark + k, k + mark + c.title, c.title + " " + dressed(k, r))
    )


def honest(c: Case, r: random.Random) -> None:
    """Nothing pushed in."""


MANNERS: list[Callable[[Case, random.Random], None]] = [
    seed_manner, suffix_manner, sentence_manner, domain_manner, promotion_manner, bare_copy_manner, glued_manner, foreign_manner,
    tail_manner, masked_manner, list_manner, contact_manner, ends_manner, piece_manner, once_manner,
    title_manner, honest,
]  # fmt: skip


def articles(data: Path, half: int = 0) -> list[dict[str, str]]:
    """Read one half of the articles (the tagger is fitted on half 1): three paragraphs or more, a title of five words or more, spaces as a page would show them."""
    with lzma.open(data / "news-2024/dev.jsonl.xz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    kept = []
    for row in rows:
        body = unicodedata.normalize("NFC", row["body"]).replace("\u200b", "").replace("\ufeff", "")
        paragraphs = [" ".join(p.split()) for p in body.split("\n") if p.strip()]
        title = " ".join(unicodedata.normalize("NFC", row["title"]).replace("\u200b", "").replace("\ufeff", "").split())
        if len(paragraphs) >= 4 and len(title.split()) >= 5 and zlib.crc32(title.encode()) % 2 == half:
            kept.append({"title": title, "body": "\n".join(paragraphs)})
    return kept


def page(case: Case, r: random.Random) -> str:
    """Lay the page out, with furniture at random."""
    rows = [r.choice(MENU)] if r.random() < 0.5 else []
    rows.append(case.shown_title or case.title)
    rows += [r.choice(DATES)] if r.random() < 0.5 else []
    rows += [r.choice(SHARE)] if r.random() < 0.3 else []
    rows += case.shown
    rows += [r.choice(SHARE)] if r.random() < 0.3 else []
    rows += ["Tags: " + ", ".join(case.title.split()[:3])] if r.random() < 0.3 else []
    bullet = r.choice(BULLETS)
    rows += [r.choice(HEADINGS)] if r.random() < 0.6 else []
    rows += [bullet.format(n=n) + headline for n, headline in enumerate(case.listed, 1)]
    return "\n".join(rows)


def cases(data: Path, count: int, seed: int, half: int = 0) -> list[tuple[str, Case, str]]:
    """Make ``count`` pages, the manners in turn."""
    r = random.Random(seed)
    rows = articles(data, half)
    r.shuffle(rows)
    made = []
    for i in range(count):
        row = rows[i % len(rows)]
        listed = [r.choice(rows)["title"] for _ in range(r.randint(5, 20))]
        case = Case(row["title"], row["body"].split("\n"), listed)
        case.shown, case.listed = list(case.body), list(listed)
        manner = MANNERS[i % len(MANNERS)]
        manner(case, r)
        made.append((manner.__name__, case, page(case, r)))
    return made
