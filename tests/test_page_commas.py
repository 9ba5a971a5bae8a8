"""Commas: the model says what a reader would say where a sentence is clear."""

import pytest

from recsys import page_commas


@pytest.mark.parametrize(
    ("before", "after"),
    [("Theo ông Nguyễn Văn Minh", "giám đốc công ty"), ("Trong khi đó", "người dân vẫn chờ nước sạch")],
)
def test_a_comma_is_expected_where_one_belongs(before, after):
    assert page_commas.log_odds(before, after) > 0


@pytest.mark.parametrize(("before", "after"), [("Chính", "phủ vừa ban hành"), ("Bộ Giáo", "dục và Đào tạo cho biết")])
def test_no_comma_is_expected_inside_a_word_or_a_name(before, after):
    assert page_commas.log_odds(before, after) < 0


def test_only_the_words_near_the_gap_count():
    near = page_commas.log_odds("anh nói với tôi", "rồi đi")
    assert page_commas.log_odds("Một câu dài ở rất xa phía trước. " * 9 + "anh nói với tôi", "rồi đi") == near
