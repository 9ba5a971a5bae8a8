"""A small made-up newsroom for tests of ranking and the archive: stories told several times in other words."""

import random

from recsys.article import Article

PLACES = [
    "Hòa Tiến",
    "Nậm Hon",
    "Sông Thao",
    "Bến Lức",
    "Gành Rái",
    "Tà Nung",
    "Kỳ Hà",
    "Nhơn Trạch",
    "Pá Lau",
    "Sa Vĩ",
]
THINGS = [
    ("cầu treo đứt cáp", "kiểm định", "mố cầu", "dân bản"),
    ("kho giấy bốc cháy", "cứu hỏa", "khói", "công nhân"),
    ("tiệm vàng bị cướp", "cảnh sát", "găng tay", "camera"),
    ("trận chung kết hoãn", "trọng tài", "sân cỏ", "cổ động viên"),
    ("bệnh bạch hầu lan rộng", "tiêm chủng", "bệnh viện", "học sinh"),
    ("mã độc tống tiền", "máy chủ", "dữ liệu", "tin tặc"),
]


def newsroom(stories: int = 24, per_story: int = 3, seed: int = 0) -> list[Article]:
    """Return articles of ``stories`` stories; each story has a place, a thing and a sum of its own."""
    rng = random.Random(seed)
    articles = []
    for s in range(stories):
        what, *words = THINGS[s % len(THINGS)]
        place, number = PLACES[s // len(THINGS) % len(PLACES)], str(rng.randrange(100, 999))
        for n in range(per_story):
            first, second = rng.sample(words, 2)
            articles.append(
                Article(
                    title=f"{what.capitalize()} ở {place}, {first} vào cuộc" if n else f"{place}: {what} lúc rạng sáng",
                    lead=f"Vụ việc ở {place} khiến {number} người lo lắng, {second} có mặt.",
                    body=f"Theo {first}, {what} xảy ra tại {place}.\nKhoảng {number} người lo, {second} cho biết. "
                    + " ".join(rng.sample(words, len(words))),
                    id=f"{s}-{n}",
                    story=f"story {s}",
                    published=f"2026-03-{1 + s % 27:02d}",
                )
            )
    return articles
