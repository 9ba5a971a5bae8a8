"""Manners of hijacking by whole sentences and lines: promotions, credits, contacts, captions, lists."""

# ruff: noqa: D401, E501, SIM905 (tables and patterns read best on one line)

from __future__ import annotations

import random
import re

from span_drafts import Draft, mark, name, pair, spots
from span_phrases import (
    bare,
    brand,
    cap,
    domain,
    keyword,
    noun,
    phone,
    phrase,
    sentence,
)
from span_pushes import SEPARATORS, decorated, head, pieces, push, sprinkled, word

CREDITS = "(责任编辑:{k})|来源：{k}|作者: {k}|(编辑:{k})|文章来源：{k}|Nguồn: {k}|(Theo {k})|Biên tập: {k}|Tác giả: {k}|Ảnh: {k}|Từ khóa: {k}|Tài trợ: {k}|Bài viết: {k}|本文由{k}提供|【{k}】责任编辑|关键词：{k}|Редактор: {k}|ผู้เขียน: {k}|編集：{k}|©{k}|Bản quyền thuộc {k}|Posted by {k}|via {k}|Source: {k}|(Ed: {k})|标签：{k}|Đọc thêm tại {k}|Xem thêm: {k}|Tham khảo: {k}|>> {k}|Click xem: {k}|Theo dõi {k} để cập nhật|转载请注明：{k}|Báo cáo bởi {k}|Tin từ {k}|来源：{k} 发布时间：2024-03-14|(Editor: {k})|Author: {k}|By {k}|Editor: {k}|Writer: {k} - {k}|编辑: {k}|标签：{k} 赌场 百家乐|Đọc ngay: {k}|Xem ngay: {k}|Click ngay: {k}|Nguồn tin: {k}|PV {k}|记者 {k}|来源:{k}|(Source: {k})|Người đăng: {k}".split(
    "|"
)


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


def related(d: Draft, r: random.Random) -> None:
    """The keyword before or behind listed headlines, or advertisements among them."""
    if not d.listed:
        sprinkled(d, r)
        return
    k = word(d, r)
    a, b = pair(r)
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


VOICED = "Nhiều người trong vùng cũng đã tìm đến {k} của {f}, {y}.|{f} hiện {y}, đội ngũ tận tâm.|Khi cần {k}, người dân nên chọn {f} vì {y}.|Nhiều chuyên gia nhận định {k} sẽ còn tăng, bạn đọc có thể tham gia nhóm {f}.|“Tôi chỉ dùng {k} của {f}, {y}”, anh {n} nói.|Theo anh {n}, nhờ {k} mà gia đình anh {y}.|Gần đây, {f} đưa vào hoạt động dịch vụ {k}, {y}.|Không ít hộ dân chọn {k} của {f} do {y}.|Bà {n}, một khách quen của {f}, cho biết {y}.|Cũng theo {n}, {k} ở {f} {y} nên ai cũng hài lòng.|Song song đó, {k} {y} đang là xu hướng.|Được biết, {f} {y} trong tháng này.".split(
    "|"
)


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
