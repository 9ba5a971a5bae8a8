"""The reason given for a cut is what a reader sees in it."""

import pytest

from recsys.page_signs import squash
from recsys.page_why import reason

TITLE = "Nhà vườn thắp đèn ép thanh long ra trái sớm"


@pytest.mark.parametrize(
    ("string", "why"),
    [
        ("hàvườnthắpđènépthanhlong soi keo", "tiêu đề viết liền, mất dấu cách"),
        ("【soi keo】", "đóng trong ngoặc lạ"),
        ("(责任编辑)", "chữ nước ngoài lạc giữa bài"),
        ("vào abc88.example.com ngay", "đường dẫn hoặc liên hệ quảng cáo"),
        ("soi keo hom nay", "viết không dấu giữa bài có dấu"),
        ("thuê xe cưới", "chèn giữa câu: bỏ đi câu vẫn liền mạch"),
    ],
)
def test_each_sign_has_its_words(string, why):
    text = f"{TITLE}\nĐèn sáng rực {string} suốt đêm trên cánh đồng."
    start = text.index(string)
    assert reason(text, start, start + len(string), title_end=len(TITLE), squashed=squash(text).text) == why


def test_what_recurs_is_told_so():
    text = f"{TITLE}\nĐèn sáng thuê xe cưới suốt đêm. Nông dân thuê xe cưới vui."
    start = text.index("thuê xe cưới")
    found = reason(text, start, start + 12, title_end=len(TITLE), squashed=squash(text).text)
    assert found == "lặp lại ở những chỗ không liên quan"
