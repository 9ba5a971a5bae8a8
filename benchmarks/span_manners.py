"""Hijack honest articles in many manners: what is pushed in stands between two marks, so that the truth is known."""

# ruff: noqa: D401, E501, SIM108, SIM905 (tables and patterns read best on one line)

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from span_phrases import (
    FOREIGN,
    HONEST_TITLES,
    bare,
    brand,
    cap,
    claim,
    domain,
    firm,
    honest_line,
    keyword,
    noun,
    phone,
    phrase,
    sentence,
)

IN, OUT = "\x01", "\x02"
PAIRS = '【】 [] 「」 『』 《》 〖〗 () {} <> （） ★★ || «» ~~ ** ++ == ［］ 〔〕 ☆☆ ▶◀ ⟦⟧ “” "" ❰❱ ## -- ➤➤ 🔥🔥 ⭐⭐ 🎰🎰 ✅✅ 👉👈 →← ／／ __ ::'.split()
SEPARATORS = (
    " - ",
    " | ",
    "|",
    " _ ",
    "_",
    " – ",
    ": ",
    " » ",
    " ~ ",
    " • ",
    " / ",
    "-",
    " :: ",
    " >> ",
    ", ",
    " ★ ",
    "｜",
    " — ",
    "! ",
    "? ",
    "... ",
    ">",
    " ",
)
CREDITS = "(责任编辑:{k})|来源：{k}|作者: {k}|(编辑:{k})|文章来源：{k}|Nguồn: {k}|(Theo {k})|Biên tập: {k}|Tác giả: {k}|Ảnh: {k}|Từ khóa: {k}|Tài trợ: {k}|Bài viết: {k}|本文由{k}提供|【{k}】责任编辑|关键词：{k}|Редактор: {k}|ผู้เขียน: {k}|編集：{k}|©{k}|Bản quyền thuộc {k}|Posted by {k}|via {k}|Source: {k}|(Ed: {k})|标签：{k}|Đọc thêm tại {k}|Xem thêm: {k}|Tham khảo: {k}|>> {k}|Click xem: {k}|Theo dõi {k} để cập nhật|转载请注明：{k}|Báo cáo bởi {k}|Tin từ {k}|来源：{k} 发布时间：2024-03-14|(Editor: {k})|Author: {k}|By {k}|Editor: {k}|Writer: {k} - {k}|编辑: {k}|标签：{k} 赌场 百家乐|Đọc ngay: {k}|Xem ngay: {k}|Click ngay: {k}|Nguồn tin: {k}|PV {k}|记者 {k}|来源:{k}|(Source: {k})|Người đăng: {k}".split(
    "|"
)
COPY = (1, 2, 2, 3, 3, 4, 5, 6, 8)


@dataclass
class Draft:
    """A page in the making: title, paragraphs and list, a line each."""

    title: str
    lines: list[str]
    listed: list[str]
    honest: str = ""
    others: list[tuple[str, list[str]]] = field(default_factory=list)


def mark(text: str) -> str:
    """Mark what is pushed in."""
    return IN + text + OUT


def spots(line: str) -> list[int]:
    """Return the spaces between words of a line, outside what was pushed in."""
    found, inside = [], False
    for i, c in enumerate(line):
        inside = c == IN or (inside and c != OUT)
        if (
            c == " "
            and not inside
            and 0 < i < len(line) - 1
            and line[i - 1] not in OUT + " "
            and line[i + 1] not in IN + " "
        ):
            found.append(i)
    return found


def decorated(k: str, r: random.Random) -> str:
    """Dress a keyword: bare, in brackets, set off, between pictures, as a link."""
    p = r.random()
    if p < 0.52:
        return k
    if p < 0.78:
        a, b = _pair(r)
        space = r.choice(("", "", "", " "))
        return a + space + k + space + b
    if p < 0.84:
        return r.choice(
            (
                "- {} -",
                "| {} |",
                "({})",
                "– {} –",
                ">>{}<<",
                "#{}",
                "*{}*",
                "/{}/",
                "_{}_",
                "...{}...",
                "« {} »",
                "{}!",
                "👉 {}",
                "{} ✅",
                ".{}.",
                "[{}]",
            )
        ).format(k)
    if p < 0.89:
        return k + r.choice((" ", " - ", ": ", " (")) + r.choice((domain(r), phone(r), "Zalo " + phone(r), brand(r)))
    if p < 0.92:
        return r.choice(
            (
                '<a href="http://{d}">{k}</a>',
                "[{k}](https://{d})",
                "[url=http://{d}]{k}[/url]",
                "<b>{k}</b>",
                "<strong>{k}</strong>",
                '<span style="display:none">{k}</span>',
                "{k} (https://{d})",
                "[b]{k}[/b]",
                "&lt;{k}&gt;",
                "{{{k}}}",
            )
        ).format(k=k, d=domain(r).split("//")[-1])
    if p < 0.96:
        return r.choice((", ", "; ", " | ", " / ", " ", ",")).join([k, *(keyword(r) for _ in range(r.randint(1, 3)))])
    return k + r.choice((" ", "  ")) + k


def _pair(r: random.Random) -> tuple[str, str]:
    pair = r.choice(PAIRS[:20] if r.random() < 0.85 else PAIRS)
    return pair[: len(pair) // 2], pair[len(pair) // 2 :]


def push(d: Draft, r: random.Random, text: str, *, style: str = "", line: int | None = None) -> None:
    """Push a text into the middle of a line: between spaces, glued to a neighbour, to a comma, inside a word."""
    rows = [i for i, p in enumerate(d.lines) if len(spots(p)) > 5]
    if not rows:
        return
    row = rows[line % len(rows)] if line is not None else r.choice(rows)
    p = d.lines[row]
    style = style or r.choice(
        ("spaced",) * 11 + ("before", "before", "before", "after", "both", "comma", "stop", "inside", "clause", "quote")
    )
    at = r.choice(spots(p))
    if style == "comma" and (c := [i for i in spots(p) if p[i - 1] in ",;"]):
        at = r.choice(c)
        d.lines[row] = p[:at] + r.choice((mark(text), " " + mark(text) + ",", mark(text + ","))) + p[at:]
    elif style == "stop" and (c := [i for i in spots(p) if p[i - 1] in ".!?"]):
        at = r.choice(c)
        d.lines[row] = p[:at] + r.choice((" ", "", " ")) + mark(text + r.choice(("", "", ".", ","))) + p[at:]
    elif style == "clause" and (c := [i for i in spots(p) if p[i - 1] in ",;"]):
        at = r.choice(c)
        d.lines[row] = p[:at] + " " + mark(text) + p[at:]
    elif style == "before":
        d.lines[row] = p[:at] + mark(text) + p[at:]
    elif style == "after":
        d.lines[row] = p[: at + 1] + mark(text) + p[at + 1 :]
    elif style == "both":
        d.lines[row] = p[:at] + mark(text) + p[at + 1 :] if r.random() < 0.3 else p[:at] + mark(text) + p[at:]
    elif style == "inside":
        inner = [m.start() + r.randint(1, 3) for m in re.finditer(r"(?<= )[^\W\d_]{4,}(?= )", p)]
        inner = [i for i in inner if p[:i].count(IN) == p[:i].count(OUT)]
        if inner:
            at = r.choice(inner)
            d.lines[row] = p[:at] + mark(text) + p[at:]
    elif style == "end":
        body, stop = (p[:-1], p[-1]) if p[-1:] in ".!?" else (p, "")
        d.lines[row] = r.choice(
            (
                p + " " + mark(text),
                p + mark(text),
                body + " " + mark(text) + stop,
                body + mark(text) + stop,
                p + " " + mark(text + "."),
            )
        )
    elif style == "start":
        d.lines[row] = mark(text) + r.choice((" ", " ", "", ": ", " - ")) + p
        if d.lines[row][len(text) + 2 :][:2] in (": ", " -"):
            d.lines[row] = mark(text + d.lines[row][len(text) + 2 :].split(p[:1])[0]) + p
    else:
        d.lines[row] = p[:at] + " " + mark(text) + p[at:]


def head(d: Draft, r: random.Random, k: str) -> None:
    """Put a keyword into the title: before, behind, in the middle; in brackets, set apart, or merely there."""
    p = r.random()
    a, b = _pair(r)
    sep = r.choice(SEPARATORS)
    if p < 0.28:
        d.title = mark(a + k + b) + r.choice(("", " ")) + d.title
    elif p < 0.46:
        d.title = mark(k + sep) + d.title
    elif p < 0.70:
        d.title = d.title + mark(sep + k)
    elif p < 0.84:
        d.title = d.title + r.choice(("", " ")) + mark(a + k + b)
    elif p < 0.94 and (s := spots(d.title)):
        at = r.choice(s)
        d.title = d.title[:at] + r.choice((" ", "")) + mark(r.choice((k, k, a + k + b))) + d.title[at:]
    else:
        d.title = mark(k + sep) + d.title + mark(sep + k)


def squashed(d: Draft, r: random.Random) -> str:
    """Copy the title without its spaces, its ends cut, its diacritics perhaps lost."""
    title = d.honest
    run = re.sub(r"[^\w:,]", "", title) if r.random() < 0.5 else re.sub(r"\W", "", title)
    p = r.random()
    if p < 0.2:
        run = r.choice("-_.").join(re.findall(r"\w+", title))
    if r.random() < 0.4:
        run = bare(run)
    if r.random() < 0.4:
        run = run.lower()
    a, b = r.randint(0, 3), r.randint(0, 4)
    run = run[a : len(run) - b] or run
    if r.random() < 0.3 and len(run) > 16:
        size = r.randint(12, len(run))
        at = r.randrange(len(run) - size + 1)
        run = run[at : at + size]
    return run


def borrowed(d: Draft, r: random.Random) -> str:
    """Take a few words of another article's title."""
    words = r.choice(d.others)[0].split()
    size = r.randint(2, 5)
    at = r.randrange(max(1, len(words) - size))
    text = " ".join(words[at : at + size]).strip(" ,.:;?!\"“”'()-–")
    return r.choice((text, text.lower(), bare(text).lower()))


def word(d: Draft, r: random.Random) -> str:
    """Draw a keyword, now and then words of another article."""
    return keyword(r, borrowed(d, r)) or keyword(r)


def sprinkled(d: Draft, r: random.Random, k: str = "", *, times: int = 0) -> None:
    """The keyword in several sentences, dressed alike or not."""
    k = k or word(d, r)
    alike, style = r.random() < 0.6, r.choice(("", "spaced", "spaced", "before", "after", "comma", "end"))
    text = decorated(k, r)
    for n in range(times or r.choice(COPY)):
        v = text if alike else decorated(k, r)
        v = r.choice((v.upper(), v.title(), v.lower())) if r.random() < 0.08 else v
        push(d, r, v, style=style if r.random() < 0.7 else "", line=n if r.random() < 0.3 else None)


def titled(d: Draft, r: random.Random) -> None:
    """The keyword in the title and in sentences."""
    k = word(d, r)
    head(d, r, k)
    if r.random() < 0.85:
        sprinkled(d, r, k, times=r.choice((1, 1, 2, 3, 4)))


def titled_only(d: Draft, r: random.Random) -> None:
    """The keyword in the title alone, recognisable by its dress or its words."""
    head(d, r, word(d, r))


def seeded(d: Draft, r: random.Random) -> None:
    """Brackets before the title, a squashed copy with the keyword in a sentence, a credit line."""
    k = word(d, r)
    if r.random() < 0.7:
        a, b = _pair(r)
        d.title = mark(a + k + b) + r.choice(("", " ")) + d.title
    run = squashed(d, r)
    text = r.choice(
        (run + k, run + " " + k, k + run, k + " " + run, run + k, run + "-" + k, run, run + " " + k + " " + run)
    )
    push(
        d,
        r,
        text,
        style=r.choice(("comma", "before", "spaced", "spaced", "stop", "end", "inside")),
        line=0 if r.random() < 0.4 else None,
    )
    if r.random() < 0.6:
        credit(d, r, k)
    if r.random() < 0.4:
        sprinkled(d, r, k, times=r.randint(1, 3))


def copied(d: Draft, r: random.Random) -> None:
    """Squashed pieces of the title, with or without the keyword."""
    k = word(d, r)
    for _ in range(r.randint(1, 3)):
        run = squashed(d, r)
        push(d, r, r.choice((run, run + k, run + " " + k, k + " " + run, "(" + run + ")", run + "...")))


def repeated_title(d: Draft, r: random.Random) -> None:
    """The whole title and a keyword pushed into a sentence or on a line of its own."""
    k = word(d, r)
    t = d.honest
    text = r.choice((f"{t} {k}", f"{k} {t}", f"【{k}】{t}", f"{t} - {k}", f"{t}|{k}", f"{t} _ {k}"))
    if r.random() < 0.6:
        push(d, r, text, style=r.choice(("spaced", "comma", "stop", "end")))
    else:
        d.lines.insert(r.randint(1, len(d.lines)), mark(text))
    if r.random() < 0.5:
        sprinkled(d, r, k, times=r.randint(1, 2))


def credit(d: Draft, r: random.Random, k: str = "") -> None:
    """A credit line, often in another script, naming the keyword."""
    text = r.choice(CREDITS).format(k=k or word(d, r))
    at = len(d.lines) if r.random() < 0.75 else r.randint(0, len(d.lines))
    d.lines.insert(at, mark(text))


def promoted(d: Draft, r: random.Random) -> None:
    """Sentences of promotion, between sentences, at ends and starts of paragraphs, on lines of their own."""
    same = sentence(r)
    for _ in range(r.choice((1, 1, 1, 2, 2, 3, 4))):
        text = same if r.random() < 0.15 else sentence(r)
        if r.random() < 0.25:
            text += " " + sentence(r)
        p = r.random()
        row = r.randrange(len(d.lines))
        line = d.lines[row]
        if p < 0.3:
            d.lines.insert(r.randint(0, len(d.lines)), mark(text))
        elif p < 0.55 and line[-1:] in '.!?"”':
            d.lines[row] = line + " " + mark(text)
        elif p < 0.68:
            d.lines[row] = mark(text + ("" if text[-1] in ".!?" else ".")) + " " + line
        elif inner := [i for i in spots(line) if line[i - 1] in ".!?" and line[i + 1].isupper()]:
            at = r.choice(inner)
            d.lines[row] = (
                line[:at] + " " + mark(text + ("" if text[-1] in ".!?" or r.random() < 0.1 else ".")) + line[at:]
            )
        else:
            d.lines.insert(row + 1, mark(text))


def advertised(d: Draft, r: random.Random) -> None:
    """A whole paragraph of advertising, its keyword again in sentences."""
    k = phrase(r)
    rows = [sentence(r) for _ in range(r.randint(2, 4))]
    if r.random() < 0.6:
        rows = [row if row.endswith((".", "!", "?")) else row + "." for row in rows]
    rows[0] = cap(k) + " " + rows[0][:1].lower() + rows[0][1:] if r.random() < 0.5 else rows[0]
    d.lines.insert(r.randint(1, len(d.lines)), mark(" ".join(rows)))
    if r.random() < 0.4:
        sprinkled(d, r, k, times=r.randint(1, 3))


def foreign_article(d: Draft, r: random.Random) -> None:
    """A line that tells of keywords in the voice of an article: no call, no address."""
    k, b = phrase(r), brand(r)
    text = r.choice(
        (
            f"{cap(k)} là lựa chọn của nhiều người, đặc biệt là {phrase(r)} và {phrase(r)}.",
            f"Nói đến {k}, không thể không nhắc đến {b}, nơi {phrase(r)} được nhiều người tin tưởng.",
            f"{b} là thương hiệu {k} được đánh giá cao nhờ {phrase(r)} và {phrase(r)}.",
            f"Trong lĩnh vực {k}, {b} luôn dẫn đầu về chất lượng dịch vụ.",
            f"Kinh nghiệm {k}: nên chọn {b} vì có {phrase(r)}.",
            f"{cap(k)} giúp bạn tiết kiệm thời gian, {phrase(r)} càng dễ dàng hơn.",
            f"Có rất nhiều trang {k} nhưng {b} vẫn là số một.",
            f"Hiện nay nhu cầu {k} ngày càng tăng, {b} ra đời để đáp ứng điều đó.",
            f"Ưu điểm của {k} tại {b} là {phrase(r)}, {phrase(r)}.",
        )
    )
    row = r.randrange(len(d.lines))
    if r.random() < 0.5:
        d.lines.insert(row + 1, mark(text))
    else:
        d.lines[row] = d.lines[row] + " " + mark(text)
    if r.random() < 0.6:
        sprinkled(d, r, k, times=r.randint(1, 3))


def tail(d: Draft, r: random.Random) -> None:
    """A line of keywords, one of them also in sentences."""
    words = [keyword(r) for _ in range(r.randint(3, 12))]
    if r.random() < 0.4:
        one = noun(r)
        words = [
            one
            + " "
            + r.choice(("uy tín", "2026", "giá rẻ", "mới nhất", "hôm nay", "online", "số 1", "tốt nhất", "tại nhà"))
            for _ in words
        ]
    line = r.choice((", ", " | ", " - ", "; ", " ", " / ", " • ", ",", "|", " · ")).join(words)
    if r.random() < 0.25:
        line = " ".join("#" + re.sub(r"\W", "", bare(w) if r.random() < 0.7 else w) for w in words)
    line = r.choice(("", "", "", "", "Từ khóa liên quan: ", "Xem thêm: ", "Tìm kiếm nhiều: ", "Liên kết: ")) + line
    if r.random() < 0.75:
        d.lines.insert(r.choice((len(d.lines), len(d.lines), r.randint(0, len(d.lines)))), mark(line))
    else:
        push(d, r, line, style="end")
    if r.random() < 0.5:
        sprinkled(d, r, words[0], times=r.randint(1, 2))


def hashtags(d: Draft, r: random.Random) -> None:
    """Hashtags of keywords at ends of paragraphs or of the title."""
    tags = " ".join("#" + re.sub(r"\W", "", bare(phrase(r))) for _ in range(r.randint(1, 6)))
    for _ in range(r.randint(1, 3)):
        push(d, r, tags, style=r.choice(("end", "end", "spaced")))
    if r.random() < 0.3:
        d.title += " " + mark(tags)


def lines_alone(d: Draft, r: random.Random) -> None:
    """The keyword on lines of its own."""
    k = word(d, r)
    for _ in range(r.choice((1, 2, 2, 3, 4))):
        d.lines.insert(r.randint(0, len(d.lines)), mark(decorated(k, r)))
    if r.random() < 0.5:
        head(d, r, k)


def ends(d: Draft, r: random.Random) -> None:
    """The keyword at ends or starts of paragraphs."""
    k = word(d, r)
    style = r.choice(("end", "start", ""))
    for n in range(r.choice((1, 2, 3, 4, 6))):
        push(d, r, decorated(k, r) if r.random() < 0.3 else k, style=style or r.choice(("end", "start")), line=n)
    if r.random() < 0.4:
        head(d, r, k)


def several(d: Draft, r: random.Random) -> None:
    """Several keywords, once or twice each."""
    for _ in range(r.randint(2, 5)):
        sprinkled(d, r, times=r.choice((1, 1, 2)))


def once(d: Draft, r: random.Random) -> None:
    """One keyword, once."""
    k = keyword(r)
    push(d, r, decorated(k, r))


def related(d: Draft, r: random.Random) -> None:
    """The keyword before or behind listed headlines, or advertisements among them."""
    if not d.listed:
        sprinkled(d, r)
        return
    k = word(d, r)
    a, b = _pair(r)
    step, kind = r.randint(1, 4), r.random()
    for i in range(r.randrange(step), len(d.listed), step):
        if kind < 0.35:
            d.listed[i] = mark(a + k + b) + r.choice(("", " ")) + d.listed[i]
        elif kind < 0.5:
            d.listed[i] = d.listed[i] + r.choice(("", " ")) + mark(a + k + b)
        elif kind < 0.7:
            d.listed[i] = d.listed[i] + mark(r.choice(SEPARATORS) + k)
        elif kind < 0.8:
            d.listed[i] = mark(k + r.choice(SEPARATORS)) + d.listed[i]
        elif s := spots(d.listed[i]):
            at = r.choice(s)
            d.listed[i] = d.listed[i][:at] + " " + mark(k) + d.listed[i][at:]
    for _ in range(r.choice((0, 0, 1, 2))):
        d.listed.insert(r.randint(0, len(d.listed)), mark(cap(sentence(r)).rstrip(".")))
    if r.random() < 0.6:
        sprinkled(d, r, k, times=r.randint(1, 3))
    if r.random() < 0.3:
        head(d, r, k)


def scripted(d: Draft, r: random.Random) -> None:
    """Strings of another script in sentences, in the title, on lines."""
    k = r.choice(FOREIGN)
    for _ in range(r.randint(1, 4)):
        push(d, r, r.choice((k, decorated(k, r), k + " " + brand(r), k + phrase(r))))
    if r.random() < 0.4:
        head(d, r, k)
    if r.random() < 0.4:
        credit(d, r, k)


def contacts(d: Draft, r: random.Random) -> None:
    """Numbers, addresses, accounts in the middle of sentences."""
    v = r.choice(
        (
            phone(r),
            domain(r),
            "Zalo " + phone(r),
            "@" + brand(r).replace(" ", "").lower(),
            f"{phrase(r)} {phone(r)}",
            f"({domain(r)})",
            f"[{domain(r)}]",
            f"LH {phone(r)}",
            f"{phrase(r)} - Zalo: {phone(r)}",
            f"t.me/{brand(r)}".replace(" ", ""),
        )
    )
    for _ in range(r.randint(1, 4)):
        push(d, r, v)


def dateline(d: Draft, r: random.Random) -> None:
    """The keyword at the head of the first paragraph, after its place and dash, or in the lead."""
    k = word(d, r)
    first = d.lines[0]
    dash = re.match(r"[^.\n]{3,40}? [-–] ", first)
    at = dash.end() if dash else 0
    d.lines[0] = (
        first[:at] + mark(k) + " " + first[at:]
        if r.random() < 0.5
        else first[:at] + mark(r.choice(("【{}】", "({})", "[{}]", "{} -", "{}:", "{},")).format(k)) + " " + first[at:]
    )
    sprinkled(d, r, k, times=r.randint(1, 2))


def hidden(d: Draft, r: random.Random) -> None:
    """Sentences of another article's advert: a borrowed line with keywords all through it."""
    other = r.choice(d.others)[1]
    text = max(other[:6], key=len)[:300]
    words = text.split()
    k = phrase(r)
    for _ in range(r.randint(2, 4)):
        words.insert(r.randrange(len(words)), k)
    d.lines.insert(r.randint(1, len(d.lines)), mark(" ".join(words)))
    sprinkled(d, r, k, times=r.randint(1, 3))


def replaced(d: Draft, r: random.Random) -> None:
    """The keyword between commas or dashes, as an aside."""
    k = word(d, r)
    shape = r.choice((", {},", " – {} –", " ({})", " - {} -", " /{}/", " | {} |", ": {}", "; {};", " …{}…"))
    for _ in range(r.choice((1, 2, 3))):
        rows = [i for i, p in enumerate(d.lines) if len(spots(p)) > 5]
        if rows:
            row = r.choice(rows)
            at = r.choice(spots(d.lines[row]))
            d.lines[row] = d.lines[row][:at] + mark(shape.format(k)) + d.lines[row][at:]
    if r.random() < 0.4:
        head(d, r, k)


def everywhere(d: Draft, r: random.Random) -> None:
    """One keyword in every paragraph."""
    k = word(d, r)
    style = r.choice(("spaced", "end", "start", "before", "after"))
    for row in range(len(d.lines)):
        push(d, r, k, style=style, line=row)


def posing(d: Draft, r: random.Random) -> None:
    """The keyword posing as the place of a dateline, an author, an item of an enumeration, a kicker."""
    k = word(d, r)
    day = f"{r.randint(1, 28)}/{r.randint(1, 12)}"
    k = k[:1].upper() + k[1:]
    for _ in range(r.choice((1, 1, 2))):
        row = 0 if r.random() < 0.6 else r.randrange(len(d.lines))
        shape = r.choice(
            (
                "({k}, {d}) - ",
                "{k}, {d} – ",
                "({k}) – ",
                "({k}) - ",
                "{k} - ",
                "{k}, ngày {d}: ",
                "[{k}] ",
                "{k} ({d}) - ",
                "({k} {d}) ",
                "Theo {k}, ",
                "{k}: ",
                "| {k} | ",
            )
        )
        d.lines[row] = mark(shape.format(k=k, d=day)) + d.lines[row]
    if r.random() < 0.6:
        for _ in range(r.choice((1, 2))):
            rows = [i for i, p in enumerate(d.lines) if len([j for j in spots(p) if p[j - 1] == ","]) > 0]
            if rows:
                row = r.choice(rows)
                at = r.choice([j for j in spots(d.lines[row]) if d.lines[row][j - 1] == ","]) - 1
                d.lines[row] = d.lines[row][:at] + mark(", " + k) + d.lines[row][at:]


def title_line(d: Draft, r: random.Random) -> None:
    """The title with a keyword as a line of its own, a closing line that names a site."""
    k = word(d, r)
    t = d.honest
    text = r.choice(
        (
            "{t} – {k}",
            "{k} | {t}",
            "Bạn đang đọc bài viết: {t} tại website {w}",
            "Bạn đang xem: {t} tại {w}",
            "Xem thêm bài {t} tại {w}",
            "{t} - {k} - {w}",
            "{t} {k}",
            "Chuyên mục {k}: {t}",
            "Nguồn bài viết: {t} – {w}",
            "Từ khóa tìm kiếm: {k}, {t}",
            "Cảm ơn bạn đã đọc {t} trên {w}",
            "Tham khảo thêm {k} tại {w}",
        )
    ).format(t=r.choice((t, t, t.lower(), bare(t).lower())), k=k, w=domain(r))
    d.lines.insert(r.choice((0, len(d.lines), r.randint(0, len(d.lines)))), mark(text))
    if r.random() < 0.6:
        sprinkled(d, r, k, times=r.randint(1, 2))


def spaced_copy(d: Draft, r: random.Random) -> None:
    """A piece of the title, its spaces kept, once or doubled, with the keyword."""
    k = word(d, r)
    words = d.honest.split()
    size = r.randint(4, max(4, len(words)))
    at = r.randrange(max(1, len(words) - size + 1))
    run = " ".join(words[at : at + size])
    run = r.choice((run, run.lower(), bare(run).lower(), bare(run), run.upper()))
    if r.random() < 0.3:
        run += " " + run
    for _ in range(r.choice((1, 1, 2))):
        push(d, r, r.choice((run + " " + k, k + " " + run, run, run + k, f"{run} - {k}", f"【{k}】{run}")))
    if r.random() < 0.5:
        head(d, r, k)


LEET = str.maketrans({"a": "4", "i": "1", "o": "0", "e": "3", "A": "4", "I": "1", "O": "0", "E": "3"})


def disguised(d: Draft, r: random.Random) -> None:
    """Letters spaced out, digits or marks between or instead of letters, bold letters of mathematics."""
    k = noun(r) if r.random() < 0.5 else bare(noun(r))
    p = r.random()
    if p < 0.35:
        t = r.choice((" ", ".", "-", "_", "*", " . ")).join(k.replace(" ", ""))
        t = t if r.random() < 0.6 else t.upper()
    elif p < 0.65:
        t = bare(k).translate(LEET)
        t = t.upper() if r.random() < 0.5 else t
    elif p < 0.85:
        t = "".join(chr(0x1D5EE + ord(c) - 97) if "a" <= c <= "z" else c for c in bare(k))
    else:
        t = "".join(c + (r.choice(".*_-|") if c.isalpha() and r.random() < 0.4 else "") for c in k)
    for _ in range(r.choice((1, 2, 3))):
        push(d, r, t if r.random() < 0.7 else decorated(t, r))
    if r.random() < 0.4:
        head(d, r, t)


def inside_words(d: Draft, r: random.Random) -> None:
    """A brand pushed into the middle of words."""
    k = r.choice((brand(r).replace(" ", ""), bare(noun(r)).replace(" ", ""), bare(noun(r))))
    for _ in range(r.choice((1, 2, 3, 4, 5))):
        push(d, r, k, style="inside")
    if r.random() < 0.3:
        push(d, r, k)


JUNK = "display:none|position:absolute;left:-9999px|font-size:0|visibility:hidden|color:#fff|height:1px;overflow:hidden|text-indent:-999px".split(
    "|"
)


def leftovers(d: Draft, r: random.Random) -> None:
    """What hidden blocks leave: styles, comments, code and keywords on lines of their own."""
    words = [keyword(r) for _ in range(r.randint(2, 6))]
    style = r.choice(JUNK)
    rows = r.choice(
        (
            [".x{" + style + "}", " ".join(words)],
            ['<div style="' + style + '">' + ", ".join(words) + "</div>"],
            ["<!-- " + " ".join(words) + " -->"],
            ["#" + r.choice("abcxyz") + str(r.randint(1, 99)) + " {" + style + "} " + " | ".join(words)],
            ["{" + style + "}" + words[0], *words[1:]],
            ["document.write('" + words[0] + "');"],
            [f'<a href="https://{domain(r)}" style="{style}">{words[0]}</a>'],
        )
    )
    at = r.randint(0, len(d.lines))
    d.lines[at:at] = [mark(row) for row in rows]
    if r.random() < 0.4:
        sprinkled(d, r, words[0], times=r.randint(1, 2))


ALIEN = (
    "Situs slot gacor terpercaya dengan bonus new member 100% di awal.|Daftar sekarang dan mainkan judi bola online bersama agen resmi.|Join now and claim your free spins, no deposit required!|Best online casino in Asia, fast payout and 24/7 support.|Link alternatif slot online deposit pulsa tanpa potongan.|"
    "Bandar togel hadiah terbesar, prediksi angka jitu hari ini.|Get cheap loans online with instant approval, apply today.|Buy replica watches and handbags at the lowest price.|Agen poker online uang asli paling aman.|Watch full movie HD free download.|เว็บพนันออนไลน์ สมัครวันนี้รับโบนัส|最新网址 注册送彩金 首存翻倍|Play and win big jackpot at {d}.|Daftar {d} bonus harian.|"
    "Situs resmi {d} pasti bayar, withdraw tanpa batas.|Visit {d} for the best odds.|cheap viagra cialis online pharmacy no prescription|slot gacor hari ini rtp live|judi online, slot88, togel, poker, sbobet|Hire a hacker, recover lost bitcoin, contact {d}."
).split("|")


def alien(d: Draft, r: random.Random) -> None:
    """Sentences of promotion in other languages."""
    for _ in range(r.choice((1, 1, 2, 3))):
        text = r.choice(ALIEN).format(d=domain(r))
        if r.random() < 0.6:
            d.lines.insert(r.randint(1, len(d.lines)), mark(text))
        else:
            push(d, r, text, style=r.choice(("end", "stop", "spaced")))


LINKS = "về|của|theo|và|cùng|hoặc|tại|như|để|nhờ|từ|trên|qua|trang|xem|với|cho|bằng|trong|bởi|gồm|kèm|đến|mua|chơi|app|web|link|nhóm|dịch vụ|thông qua|liên quan đến|do|cũng như|chẳng hạn".split(
    "|"
)


def woven(d: Draft, r: random.Random) -> None:
    """The keyword with a word that leads up to it, so that it reads as part of the sentence."""
    k = word(d, r)
    for _ in range(r.choice((1, 1, 2, 3))):
        link = r.choice(LINKS)
        push(
            d,
            r,
            r.choice(
                (
                    f"{link} {k}",
                    f"{link} {k}",
                    f"{link} {k},",
                    f", {link} {k},",
                    f"({link} {k})",
                    f"{k} {link}",
                    f"{link} {k} {r.choice(LINKS)}",
                    f"– {link} {k} –",
                )
            ),
            style=r.choice(("spaced", "spaced", "spaced", "comma", "end")),
        )
    if r.random() < 0.4:
        head(d, r, k)


CAPTIONS = "Ảnh: {k}|Ảnh minh họa: {k}|[Hình ảnh: {k}]|{k} (Ảnh: {d})|Video: {k}|(Ảnh: {d})|Hình 1: {k}|{k} – hình minh họa|Clip: {k}|Infographic: {k}|[Video] {k}|[QC] {k}|(PR) {k}|Tin tài trợ: {k}|Quảng cáo: {k}|Đối tác: {d}|{k} là gì?|Câu hỏi thường gặp về {k}|Mục lục: {k}, {k2}|1. {k}|- {k}|* {k}: {d}|[1] {k}|{k} >>|→ {k}|----- {k} -----|===== {k} =====|★ {k} ★|*** {k} ***|~~~ {k} ~~~|Khung giờ vàng 20h: {k}|Mã: {c}|Nguồn: {d}|Website: {d}|Fanpage: {d}|Xem chi tiết: {d}|{n}: {s}|{n} - 2 giờ trước: {s}|Bình luận của {n}: {s}|Độc giả {n}: {s}|{n} (Hà Nội): {s}|“{s}” – {n}|Trả lời {n}: {s}|@{n} {s}|P/S: {s}|Lưu ý: {s}|Tin nhanh: {s}|Hỏi: {k} ở đâu? Đáp: {s}".split(
    "|"
)


def captions(d: Draft, r: random.Random) -> None:
    """Captions, comments, questions, footnotes and frames with keywords, on lines of their own."""
    k = word(d, r)
    for _ in range(r.choice((1, 1, 2, 3))):
        text = r.choice(CAPTIONS).format(k=k, k2=word(d, r), d=domain(r), c=brand(r).upper(), n=name(r), s=sentence(r))
        d.lines.insert(r.choice((len(d.lines), r.randint(0, len(d.lines)))), mark(text))
    if r.random() < 0.5:
        sprinkled(d, r, k, times=r.randint(1, 2))


def misspelt(d: Draft, r: random.Random) -> None:
    """The keyword with letters doubled, lost or exchanged, differently each time."""
    k = word(d, r)

    def slip(text: str) -> str:
        at = r.randrange(len(text))
        return (
            r.choice(
                (
                    text[:at] + text[at:][1:],
                    text[:at] + text[at : at + 1] + text[at:],
                    text.replace(" ", "", 1),
                    bare(text),
                    text[:at] + text[at : at + 2][::-1] + text[at + 2 :],
                )
            )
            or text
        )

    for _ in range(r.choice((1, 2, 3, 4))):
        push(d, r, slip(k) if r.random() < 0.7 else k)
    if r.random() < 0.5:
        head(d, r, k)


CLAUSES = "của {f} {y}|, nơi {f} {y},|, như cách {f} {y},|không cần lo vì {k} {y}|{k} {y}|hồ sơ {k} {y}|tại {f} {y}|nhờ {k} {y}|(bạn đọc cần {k} có thể xem bảng giá của {f})|(xem thêm: {k})|(theo bảng giá {k} của {f})|, {k} {y}|, ai dùng {k} của {f} đều {y}|và {k} {y}|cùng ưu đãi {k} {y}|, {y},|vốn nổi tiếng về {k}|, khách của {f},|……{k}……|////{k}////|/ {k} /|(chuyên {k}, {y})|chỉ có ở {f}|do {f} {y}|; {k} {y};|– {f} {y} –|với {k} {y}|, {k} là lựa chọn tốt nhất|, đặt {k} hôm nay để {y}".split(
    "|"
)
VOICED = "Nhiều người trong vùng cũng đã tìm đến {k} của {f}, {y}.|{f} hiện {y}, đội ngũ tận tâm.|Khi cần {k}, người dân nên chọn {f} vì {y}.|Nhiều chuyên gia nhận định {k} sẽ còn tăng, bạn đọc có thể tham gia nhóm {f}.|“Tôi chỉ dùng {k} của {f}, {y}”, anh {n} nói.|Theo anh {n}, nhờ {k} mà gia đình anh {y}.|Gần đây, {f} đưa vào hoạt động dịch vụ {k}, {y}.|Không ít hộ dân chọn {k} của {f} do {y}.|Bà {n}, một khách quen của {f}, cho biết {y}.|Cũng theo {n}, {k} ở {f} {y} nên ai cũng hài lòng.|Song song đó, {k} {y} đang là xu hướng.|Được biết, {f} {y} trong tháng này.".split(
    "|"
)


def pieces(r: random.Random) -> dict[str, str]:
    """Draw what advertising in the voice of news is made of."""
    return {"k": phrase(r), "f": firm(r) if r.random() < 0.7 else brand(r), "y": claim(r), "n": name(r)}


def clauses(d: Draft, r: random.Random) -> None:
    """Clauses of advertising in the middle of sentences and behind headlines, each in other words."""
    same = pieces(r)
    for _ in range(r.choice((1, 2, 2, 3, 4))):
        fill = pieces(r) | ({"f": same["f"]} if r.random() < 0.5 else {})
        push(
            d,
            r,
            r.choice(CLAUSES).format(**fill),
            style=r.choice(("spaced", "spaced", "spaced", "comma", "clause", "end", "after")),
        )
    if d.listed and r.random() < 0.4:
        row = r.randrange(len(d.listed))
        d.listed[row] += mark(" " + r.choice(CLAUSES).format(**same).lstrip())
    if d.listed and r.random() < 0.3:
        text = cap(r.choice(("{k} {y}", "{f}: {k} {y}", "Nhận {k} {y}", "{k} ở đâu {y}")).format(**pieces(r)))
        d.listed.insert(r.randint(0, len(d.listed)), mark(text))


def voiced(d: Draft, r: random.Random) -> None:
    """Sentences and paragraphs of advertising in the article's own voice."""
    for _ in range(r.choice((1, 1, 2, 3))):
        text = " ".join(r.choice(VOICED).format(**pieces(r)) for _ in range(r.choice((1, 1, 1, 2, 3))))
        row = r.randrange(len(d.lines))
        if r.random() < 0.5:
            d.lines.insert(row + 1, mark(text))
        elif d.lines[row][-1:] in ".!?":
            d.lines[row] += " " + mark(text)
        else:
            d.lines.insert(row, mark(text))


MANNERS: tuple[tuple[float, Callable[[Draft, random.Random], None]], ...] = (
    (3, sprinkled), (3, titled), (1.5, titled_only), (2, seeded), (1.5, copied), (0.7, repeated_title), (1, credit), (4, promoted), (1, advertised),
    (1, foreign_article), (1.2, tail), (0.7, hashtags), (0.8, lines_alone), (1.2, ends), (2, several), (2.5, once), (1.5, related), (0.8, scripted),
    (0.8, contacts), (0.6, dateline), (0.3, hidden), (1.2, replaced), (0.4, everywhere),
    (1, posing), (0.8, title_line), (0.6, spaced_copy), (0.9, disguised), (1, inside_words), (0.5, leftovers), (0.6, alien), (1.2, woven), (2, clauses), (1.5, voiced), (1.2, captions), (0.7, misspelt),
)  # fmt: skip


def hijack(d: Draft, r: random.Random) -> None:
    """Hijack a page in one manner, or two."""
    for manner in r.choices([m for _, m in MANNERS], [w for w, _ in MANNERS], k=r.choice((1, 1, 1, 2, 2, 3))):
        manner(d, r)


NAMES = "Nguyễn Trần Lê Phạm Hoàng Phan Vũ Đặng Bùi Đỗ Giàng Lò Hồ Ngô Dương Lý Quách Tẩn Mông Nhữ Lục".split()
GIVEN = "An Bình Chi Dũng Giang Hạnh Hùng Khánh Lan Linh Long Mai Minh Nam Nga Ngọc Phong Quân Sơn Thảo Thủy Trang Tuấn Vy Seo Lử Páo Hiền Thu Đức Kiên".split()
SCRIPTS = "李明|王小红|陈大文|东方红|Владимир Путин|Сергей Лебедев|Анна Каренина|สมชาย|กรุงเทพ|김민수|서울|東京|山田太郎|季风|大城小爱|Москва|พัทยา|한강|さくら|青花瓷|Ελλάδα|محمد|नमस्ते|春卷|粉红女郎".split(
    "|"
)
SONGS = "Bến|Đèn dầu|Nước lớn|Mùa hoa|Đêm trắng|Về nhà|Sông|Cát bụi|Giấc mơ trưa|Phố cũ|Ngày xưa ơi|Mưa|Người ơi|Chiếc lá cuối|Tháng ba|Biển nhớ|Con đường|Lá thư|VIP|Lãng du|Gió mùa|Trăng khuya|Chợ nổi|Cánh đồng|Hẹn|Khúc ru".split(
    "|"
)


def name(r: random.Random) -> str:
    """Invent a person."""
    return " ".join((r.choice(NAMES), *r.choices(GIVEN, k=r.choice((1, 2, 2)))))


SERIES = [
    "{K} {a} vs {b}",
    "{K} {a} – {b}, {n}h",
    "{K} đổi tên ba lần trong một tháng",
    "Vay nóng, {a} vào tù vì {k}",
    "{K}: {n} điều cần biết",
    "{a}: “{k} đã lấy hết của tôi”",
    "{n} người bị lừa vì {k}",
    "Kỳ {n}: {k}",
]


def quoting(r: random.Random) -> str:
    """Compose a sentence of news that quotes spam, brackets, foreign names, addresses, tags, lists by right."""
    k, k2, k3 = keyword(r), keyword(r), keyword(r)
    a, b = _pair(r)
    u = (
        "https://"
        + bare(noun(r)).replace(" ", "")
        + r.choice((".example", ".vn", ".gov.vn", ".org", ".com", ".edu.vn"))
        + r.choice(
            (
                "/bao-cao/2019/phu-luc-3.pdf?trang=118#bang-7",
                "/tra-cuu/mau/MD-22",
                "/watch?v=Q1w2E3r4T5y&t=312s",
                "",
                "/",
            )
        )
    )
    songs = r.sample(SONGS, 5)
    x, y = r.choice(("[]", "【】", "「」", "“”", "()", "《》")), r.choice(SCRIPTS)
    o, c = x[0], x[1]
    tag = "#" + "".join(
        w.capitalize()
        for w in r.choice(
            (bare(phrase(r)), phrase(r), "một cây một tên", "moi nguoi mot viec", "sống xanh", "về quê ăn tết")
        ).split()
    )
    return r.choice(
        (
            f"Tiêu đề của nhiều trang bị chèn {a}{k}{b} mà chủ trang không hay biết.",
            f"Kẻ xấu gắn từ khóa như {a}{k}{b}, {a}{k2}{b} hay “{k3}” để máy tìm kiếm ghi nhận.",
            f"Cuối bài có dòng (责任编辑:{k}) mà người đọc không hiểu là gì.",
            f"Anh chỉ vào dòng chữ lạ “{k}” chen giữa câu.",
            f"Những cụm như {k}, {k2} hay {k3} xuất hiện trong bài viết của một trường tiểu học.",
            f"Tin nhắn viết: “{sentence(r)}”.",
            f'Nội dung quảng cáo ghi: "{sentence(r)}"',
            f"Một mẩu rao vặt điển hình: “{sentence(r)} {sentence(r)}”.",
            f"Giáo sư {y} gửi lời chúc mừng.",
            f"Nhà văn {name(r)} ({y}) sinh năm 19{r.randint(40, 90)}.",
            f"Triển lãm “{songs[0]}” ({y} / Monsoon) khai mạc chiều {r.randint(1, 28)}/{r.randint(1, 12)}.",
            f"(图：{y} / Photo: E. Whitlock)",
            f"Tấm biển ghi {y}, nghĩa là “{songs[1].lower()}”.",
            f"Tác phẩm {y} được dịch sang tiếng Việt.",
            f"Album gồm năm bài: {', '.join(o + t + c for t in songs)}.",
            f"{o}{songs[0]}{c} là bài mở đầu, còn {o}{songs[1]}{c} khép lại đĩa nhạc.",
            f"Đoạn điệp khúc của {o}{songs[0]}{c} được hát nhiều lần.",
            f"Nhóm kín {o}{songs[0]}{c} có hàng nghìn thành viên.",
            f"“{songs[2]}”, “{songs[3]}” và “{songs[4]}” đều do {name(r)} viết.",
            f"Báo cáo lưu tại {u}.",
            f"Kết quả có thể tra cứu tại {u} (mục {r.randint(1, 9)}).",
            f"Video gốc ở {u}, nay đã bị gỡ.",
            f"Thư gửi về hoidap@{u.split('//')[1].split('/')[0]}.",
            f"Bạn đọc đăng ký tại {u} hoặc gọi {phone(r)}.",
            f"Chiến dịch {tag} thu hút 5.000 bạn trẻ.",
            f"{name(r)}, chủ nhiệm câu lạc bộ, nói {tag} sẽ còn tiếp tục.",
            f"{tag} {tag}Ten #Hue",
            "Đặt cược bóng đá, đua ngựa, đua chó chỉ hợp pháp khi có giấy phép.",
            f"Các món: {', '.join(songs).lower()}.",
            f"Ứng dụng đổi tên bốn lần: {brand(r)}, {brand(r)}, {brand(r)} và cuối cùng là {brand(r)}.",
            f"Ai từng nạp tiền vào {brand(r)} hoặc {brand(r)} hãy liên hệ điều tra viên {name(r)}, số {phone(r)}.",
            f"Chúng quảng cáo “{k}” và “{k2}” trên các hội nhóm.",
            f"Bị cáo {name(r)} mua mã nguồn {noun(r)} với giá 200 triệu đồng.",
            f"Người này rao bán {noun(r)}, {noun(r)} và {noun(r)} trên mạng.",
            f"Tỷ lệ do {brand(r)} đưa ra là 1 ăn {r.randint(2, 9)},5.",
            "Kèo châu Á: chủ nhà chấp nửa trái, tài xỉu 2,5.",
            f"Khẩu hiệu “{songs[3]} – {songs[1].lower()}” treo khắp phố.",
            f"Hotline của chương trình: {phone(r)}; website {u}.",
            f"{brand(r)} tài trợ giải đấu năm thứ ba liên tiếp.",
            "Giá vàng SJC: mua vào 82,5 – bán ra 84,5 | chênh 2 triệu.",
            f"({name(r)}, {r.choice(GIVEN)} Phong)",
            f"- Thưa ông, {noun(r)} có khó không? - Không khó.",
        )
    )


SIGNED = (
    "{n}",
    "{n}",
    "{n}",
    "({n})",
    "Ảnh: {n}",
    "Bài và ảnh: {n}",
    "{n} (tổng hợp)",
    "Theo {n}",
    "{n} - {m}",
    "{n} (Theo AFP)",
    "PV",
    "Nguồn: TTXVN",
    "Biên tập: {n}",
    "(*) Tên nhân vật đã được thay đổi.",
    "Đường dây nóng: {p}",
    "Email: bandoc@bao.vn",
    "Video: {n}",
    "Đồ họa: {n}",
    "{n} ghi",
    "T.N. (theo Guardian)",
    "Từ khóa: {t}",
    "{t}, {m}",
)


def oddities(d: Draft, r: random.Random) -> None:
    """Make an honest page harder: keywords and brackets that stand there by right, numbers, names, slips of typing."""
    p = r.random()
    if p < 0.36:
        k, k2 = phrase(r) if r.random() < 0.7 else noun(r), noun(r)
        if r.random() < 0.3:
            k = brand(r)
        kind = r.random()
        r2 = random.Random(r.random())
        seed = r.random()
        for _ in range(r.choice((1, 2, 3, 5, 8))):
            if kind < 0.55:
                text = honest_line(r, k, k2)
            else:
                text = quoting(random.Random(seed) if r.random() < 0.2 else r2)
            row = r.randrange(len(d.lines))
            if r.random() < 0.4:
                d.lines.insert(row + 1, text)
            else:
                d.lines[row] += " " + text
        if d.listed and r.random() < 0.5:
            for _ in range(r.randint(1, 4)):
                d.listed[r.randrange(len(d.listed))] = r.choice(HONEST_TITLES + SERIES).format(
                    k=k, K=cap(k), a=name(r), b=name(r), n=r.randint(2, 90)
                )
        if r.random() < 0.4 and kind < 0.55:
            d.title = r.choice(HONEST_TITLES).format(k=k, K=cap(k)) + (": " + d.title if r.random() < 0.3 else "")
            d.honest = d.title
    if r.random() < 0.04:  # a series: one phrase before the title, the first line and the listed headlines
        k = cap(
            r.choice(
                (
                    noun(r),
                    "Nhận định bóng đá",
                    "Kết quả bóng đá",
                    "Dự báo thời tiết",
                    "Giá vàng hôm nay",
                    "Lịch thi đấu",
                    "Hồ sơ",
                    "Chuyện lạ",
                    "Bảng giá",
                )
            )
        )
        d.title = d.honest = (
            f"{k} {name(r)} vs {name(r)}, {r.randint(1, 23)}h" if r.random() < 0.6 else f"{k} {d.title}"
        )
        d.lines[0] = f"{d.title} " + d.lines[0][:1].lower() + d.lines[0][1:]
        d.listed = [
            f"{k} {name(r)} vs {name(r)}, {r.randint(1, 23)}h ngày {r.randint(1, 28)}/3" if r.random() < 0.6 else t
            for t in d.listed
        ]
    if r.random() < 0.10:
        song, x = r.choice(SONGS), r.choice(("[]", "【】", "「」", "“”", "《》"))
        text = x[0] + song + x[1]
        d.title = r.choice((text + " của {n}: {t}", "{n} và " + text, text + ": {t}", "{t} trong " + text)).format(
            n=name(r), t=d.title[:1].lower() + d.title[1:]
        )
        d.honest = d.title
        for _ in range(r.randint(1, 4)):
            row = r.randrange(len(d.lines))
            d.lines[row] += " " + r.choice(
                (
                    f"{text} ra mắt năm ngoái.",
                    f"Bà gọi {text} là món quà.",
                    f"Đoạn cuối của {text} rất buồn.",
                    f"Trong {text}, tiếng đàn trở lại.",
                    f"Nhiều người xem {text} hai lần.",
                )
            )
    if r.random() < 0.12:
        d.title = (
            r.choice(
                (
                    "[Ảnh] ",
                    "[Infographic] ",
                    "(VIDEO) ",
                    "Trực tiếp: ",
                    "[Video] ",
                    "【Góc nhìn】",
                    "E-magazine: ",
                    "Megastory | ",
                    "Chùm ảnh: ",
                    "Infographic - ",
                    "[Podcast] ",
                    "Bài 2: ",
                    "【VIP】",
                )
            )
            + d.title
        )
    elif r.random() < 0.08:
        d.title += r.choice(
            (
                " - Báo mới",
                " (kỳ 2)",
                " | Thời sự",
                " - Kỳ cuối",
                " [Video]",
                " (bài 1)",
                " - VnExpress",
                " | Kinh doanh",
                " - Thể thao",
                " (P2)",
            )
        )
    if r.random() < 0.35:
        tags = ", ".join([*d.title.lower().split()[:2], r.choice(GIVEN)])
        d.lines.append(r.choice(SIGNED).format(n=name(r), m=name(r), p=phone(r), t=tags))
    if r.random() < 0.08:
        d.lines.insert(0, name(r))
    if r.random() < 0.12:
        for _ in range(r.randint(1, 4)):
            row = r.randrange(len(d.lines))
            if s := spots(d.lines[row]):
                at = r.choice(s)
                d.lines[row] = d.lines[row][:at] + d.lines[row][at + 1 :]
    if r.random() < 0.06:
        row = r.randrange(len(d.lines))
        d.lines[row] = r.choice((d.lines[row].upper(), bare(d.lines[row]), d.lines[row] + " " + d.lines[row]))
    if r.random() < 0.06:
        refrain = r.choice(d.others)[0]
        for _ in range(r.randint(2, 4)):
            d.lines.insert(r.randint(0, len(d.lines)), refrain)
    if r.random() < 0.04:
        d.lines.insert(r.randint(1, len(d.lines)), "Ảnh: " + d.honest)
    if r.random() < 0.05:
        other = r.choice(r.choice(d.others)[1])
        d.lines.insert(r.randint(0, len(d.lines)), other)


def shaped(title: str, lines: list[str], r: random.Random, others: list[tuple[str, list[str]]]) -> Draft:
    """Take an article, or the beginning of it, with a list of other headlines or without."""
    p, size = r.random(), r.randint(3, 12)
    if p < 0.35:
        lines = lines[:size]
    elif p < 0.6 and len(lines) > size:
        lines = lines[: size - 2] + lines[-2:]
    listed = [r.choice(others)[0] for _ in range(r.randint(3, 20))] if r.random() < 0.65 else []
    return Draft(title, list(lines), listed, title, others)
