"""What the rules make of the lines of a page, before the network is asked."""

from recsys import line_rules as rules

PAGE = [
    "Trang chủ > Xã hội > Giao thông",
    "Cầu Vàm Lở thông xe sau hai năm lỡ hẹn vì thiếu cát đắp đường dẫn",
    "12/03/2024 10:30",
    "",
    "Sáng nay chiếc xe khách đầu tiên qua cầu Vàm Lở, hai năm sau ngày lẽ ra phải xong, giữa tiếng vỗ tay của hai xã.",
    "Chia sẻ Facebook Zalo",
    "Chủ đầu tư nói nguyên nhân chính là thiếu cát đắp đường dẫn, giá cát trong hai năm ấy đã tăng gấp đôi.",
    "Tin liên quan",
    "- ·Bến phà Vàm Lở chở chuyến cuối cùng",
    "- ·Giá cát xây dựng hạ nhiệt sau khi mở thêm ba mỏ",
    "Bản quyền thuộc Báo Sông Nước",
]


def test_every_line_of_a_plain_page_is_what_it_seems():
    title, body, listed = rules.TITLE, rules.BODY, rules.LISTED
    expected = [rules.FURNITURE, title, rules.DATE, rules.NOTHING, body, rules.FURNITURE, body, rules.HEADING]
    assert rules.opinions(PAGE) == [*expected, listed, listed, rules.FURNITURE]


def test_no_title_is_sought_below_very_many_lines():
    menu = ["Trang chủ > Xã hội"] * (rules.LOWEST_TITLE + 10)
    assert rules.TITLE not in rules.opinions([*menu, *PAGE])
    assert rules.opinions([""] * 2000 + PAGE)[2001] == rules.TITLE
