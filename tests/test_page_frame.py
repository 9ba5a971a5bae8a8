"""The frame of a page: lines that speak of the site, told by shape and words."""

import pytest

from recsys import page_frame


@pytest.mark.parametrize(
    "line",
    [
        "Chia sẻ: Facebook | Zalo | In trang",
        "Ý kiến bạn đọc (3)",
        "Quay lại | Lên đầu trang",
        "Gửi bài về: toasoan@bao.example",
        "♥ 88 Thích   ➤ Chia sẻ",
        "Hotline: 0900 111 222",
        "#cầu #đường",
    ],
)
def test_lines_about_the_site_are_its_frame(line):
    assert page_frame.is_frame(line)


@pytest.mark.parametrize(
    "line",
    [
        "Ảnh: Chia sẻ của bạn đọc",
        "(Theo Báo Tin tức)",
        "Vụ án đang được mở rộng.",
        "Lưu Thị Mai",
        "Nhiều bạn đọc đã gửi quà về cho hai chị em ngay trong đêm, trường xếp không hết.",
        "Mùa lúa chín",
    ],
)
def test_sources_names_and_sentences_are_not(line):
    assert not page_frame.is_frame(line)


def test_only_lines_outside_the_prose_are_dropped():
    def is_prose(line):
        return line.endswith(".")

    lines = ["Chia sẻ", "Mở đầu.", "Chia sẻ", "Kết thúc.", "Bình luận (0)", "Minh Anh"]
    assert page_frame.trim(lines, is_prose) == ["Mở đầu.", "Chia sẻ", "Kết thúc.", "Minh Anh"]
    assert page_frame.trim(["Chia sẻ", "thơ", "thơ"], is_prose) == ["Chia sẻ", "thơ", "thơ"]
