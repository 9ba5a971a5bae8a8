"""The line tagger: every line of a page gets one kind, and an article is told from the frame around it."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from recsys import line_kernels, line_rules, line_tagger, parse_page
from recsys.page_text import drafted, read_text

ARTICLE = [
    "Xã Tả Van góp công bắc lại cây cầu treo bị lũ cuốn",
    "Sáu tuần sau trận lũ, hơn một trăm người dân xã Tả Van đã bắc xong cây cầu treo mới dài bốn mươi hai mét.",
    "Cáp và gỗ do một hợp tác xã ở thị trấn cho mượn, công làm thì mỗi nhà góp ba ngày, nhà neo người góp cơm.",
    "Chủ tịch xã nói cây cầu chở được xe máy, nhưng mỗi lượt chỉ hai chiếc, và sẽ được kiểm tra sau mỗi mùa mưa.",
]
FOOT = ["Hỏi đáp sức khỏe | Đặt lịch", "Thảo luận (0)"]
LIST = [
    "Trường bản Cát Cát có thêm hai phòng học",
    "Giá thảo quả giảm một nửa, người trồng chưa vội bán",
    "Đường lên Ý Tý thông xe trở lại sau ba ngày sạt lở",
    "Chợ phiên Mường Hum họp sớm vì rét",
]


def test_a_list_is_told_without_a_heading_or_bullets():
    draft = read_text("\n".join([*ARTICLE, "Thanh Hòa", *LIST]))
    assert draft.title == ARTICLE[0]
    assert draft.paragraphs == [*ARTICLE[1:], "Thanh Hòa"]
    assert [h.title for h in draft.related] == LIST


def test_a_frame_that_no_list_of_words_knows_is_dropped():
    head, foot = ["NHỊP SỐNG VÙNG CAO", "26°C Lào Cai"], ["Ý kiến của bạn (0)", "Gửi tòa soạn", "© Nhịp sống vùng cao"]
    draft = read_text("\n".join([*head, *ARTICLE, "Thanh Hòa", *foot]))
    assert draft.title == ARTICLE[0]
    assert draft.paragraphs == [*ARTICLE[1:], "Thanh Hòa"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet="aàbkè 0.,[]【】#@—京-·|:Ả\0\U0001f600", max_size=90), max_size=30))
def test_every_page_has_one_title_and_every_line_one_kind(rows):
    lines = [row.strip() for row in rows]
    said = line_rules.opinions(lines)
    kinds = line_tagger.tagger().kinds(lines, said)
    assert len(kinds) == len(lines)
    assert kinds.count(line_rules.TITLE) == said.count(line_rules.TITLE) <= 1
    assert all(kind == line_rules.NOTHING for kind, line in zip(kinds, lines, strict=True) if not line)
    draft = drafted(lines, kinds)
    assert len(draft.paragraphs) == kinds.count(line_rules.BODY) + kinds.count(line_rules.DOUBTED)
    assert len(draft.related) <= kinds.count(line_rules.LISTED)


def test_lines_are_described_by_finite_numbers_and_their_first_and_last_words():
    lines = ["Một", "Hai ba bốn năm sáu", "12. Bảy tám", "\0"]
    blank = np.array([False, True, False, False])
    x, words = line_tagger.described(lines, blank, [line_rules.NOTHING] * 4)
    assert x.shape == (4, line_kernels.NUMBERS + line_rules.OPINIONS)
    assert np.isfinite(x).all()
    first, last = line_kernels.FIRST_WORDS, line_kernels.LAST_WORDS
    assert ((words >= 0).sum(1) == [2, first + last, first + last, 0]).all()
    assert words[0, 0] == words[0, first]
    assert x[1, line_kernels.AFTER_BLANK] == 1
    assert x[0, line_kernels.AFTER_BLANK] == 0


def test_what_the_rules_keep_and_the_network_drops_is_looked_at_but_no_part_of_the_body():
    draft = drafted([*ARTICLE, "Gửi phản hồi"], [line_rules.TITLE, *[line_rules.BODY] * 3, line_rules.DOUBTED])
    assert draft.paragraphs == [*ARTICLE[1:], "Gửi phản hồi"]
    assert draft.doubted == {3}
    page = parse_page("\n".join([*ARTICLE, *FOOT, *LIST]))
    doubted = read_text("\n".join([*ARTICLE, *FOOT, *LIST])).doubted
    assert doubted
    assert page.body.split("\n") == ARTICLE[1:]
    assert not page.hijacked


def test_a_page_of_very_many_lines_is_read_by_the_rules_alone():
    lines = ["- ·Tin"] * (line_tagger.MOST + 1)
    said = line_rules.opinions(lines)
    assert line_tagger.tagger().kinds(lines, said) == said


def test_lists_lose_what_all_their_headlines_begin_or_end_with():
    for form in ("{n}. {}", "{n:02d} {}", "14:{n:02d} {}", "::{}", "{} (1{n}/3)", "▪ {}", "{}   12/0{n}/2024"):
        rows = [form.format(line, n=n) for n, line in enumerate(LIST, 1)]
        draft = read_text("\n".join([*ARTICLE, "Tin liên quan", *rows]))
        assert [h.title for h in draft.related] == LIST, form


def test_what_a_headline_begins_with_stays_where_it_says_something():
    for rows in (
        ["30% học sinh cận thị", "50% xe máy quá hạn", "80% dân số có điện thoại"],
        ["5 bãi biển đẹp nhất miền Trung", "7 món ăn phải thử ở Huế", "10 điểm đến mùa thu"],
        ["3-5 người mắc kẹt mỗi mùa lũ", "$20 một thùng dầu", "2-3 ngày nữa rét đậm"],
    ):
        draft = read_text("\n".join([*ARTICLE, "Tin liên quan", *rows]))
        assert [h.title for h in draft.related] == rows


def test_empty_lines_between_all_lines_divide_nothing():
    rows = [*ARTICLE, "Tin liên quan", *LIST]
    assert read_text("\n\n".join(rows)) == read_text("\n".join(rows))


def test_a_title_that_begins_like_furniture_is_a_title_and_stands_once():
    for title in ("Đăng ký xe máy ở đâu nhanh nhất?", "Theo dõi chặt diễn biến bão số 3 trên Biển Đông"):
        draft = read_text("\n".join([title, title, *ARTICLE[1:]]))
        assert draft.title == title
        assert draft.paragraphs == ARTICLE[1:]


def test_a_page_without_a_paragraph_keeps_its_lines():
    rows = [f"{hour}:45 Gió giật cấp {hour} ở Cô Tô, tàu thuyền đã vào bờ" for hour in range(8, 14)]
    draft = read_text("\n".join(["Bão số 3 đổ bộ Quảng Ninh", *rows]))
    assert draft.paragraphs == rows
    assert not draft.related
