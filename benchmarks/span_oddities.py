"""Honest pages that look hijacked: songs in brackets, quoted spam, brands, hashtags, odds, foreign names."""

# ruff: noqa: E501, SIM108, SIM905 (tables and patterns read best on one line)

from __future__ import annotations

import random

from span_drafts import GIVEN, Draft, name, pair, spots
from span_phrases import (
    HONEST_TITLES,
    bare,
    brand,
    cap,
    honest_line,
    keyword,
    noun,
    phone,
    phrase,
    sentence,
)

SCRIPTS = "李明|王小红|陈大文|东方红|Владимир Путин|Сергей Лебедев|Анна Каренина|สมชาย|กรุงเทพ|김민수|서울|東京|山田太郎|季风|大城小爱|Москва|พัทยา|한강|さくら|青花瓷|Ελλάδα|محمد|नमस्ते|春卷|粉红女郎".split(
    "|"
)


SONGS = "Bến|Đèn dầu|Nước lớn|Mùa hoa|Đêm trắng|Về nhà|Sông|Cát bụi|Giấc mơ trưa|Phố cũ|Ngày xưa ơi|Mưa|Người ơi|Chiếc lá cuối|Tháng ba|Biển nhớ|Con đường|Lá thư|VIP|Lãng du|Gió mùa|Trăng khuya|Chợ nổi|Cánh đồng|Hẹn|Khúc ru".split(
    "|"
)


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
    a, b = pair(r)
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
