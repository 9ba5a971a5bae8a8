"""The facade: sources of every kind, the real page, the written pages, pieces to be struck through, hostile input."""

# ruff: noqa: E501 (tables and patterns read best on one line)

import json
import pathlib
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recsys.article import Page
from recsys.errors import InputError
from recsys.page import marked, parse_page

SHARED = pathlib.Path(__file__).parents[1].parent / "shared"
WRITTEN = pathlib.Path(__file__).parent / "pages" / "pages.jsonl"

ARTICLE = [
    "Trường làng mở thư viện trong chiếc xe buýt cũ",
    "Chiếc xe buýt bị thanh lý từ năm ngoái nay đỗ ở góc sân trường, trên xe có hơn hai nghìn cuốn sách do phụ huynh góp.",
    "Mỗi giờ ra chơi, học sinh xếp hàng trước cửa xe, cô thủ thư ghi tên từng em rồi phát một tấm thẻ bằng bìa cứng.",
    "Theo cô hiệu trưởng, sau ba tháng số lượt mượn đã tăng gấp đôi, nhiều em mang sách về đọc cho ông bà nghe buổi tối.",
]
LISTED = [
    "Hai chị em dựng trạm đo mưa trên mái nhà",
    "Cây cầu treo được nối lại sau mùa lũ",
    "Xóm chài học bơi giữa mùa nước nổi",
]


def squash(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def page_text(lines: list[str]) -> str:
    return "\n".join([*lines, *(f"- ·{headline}" for headline in LISTED)])


def written() -> list[dict]:
    return [json.loads(line) for line in WRITTEN.read_text("utf-8").splitlines()]


def test_the_seed_page_is_restored_exactly():
    path = SHARED / "data" / "seed" / "page.txt"
    if not path.exists():
        pytest.skip(f"{path} is not here")
    source = path.read_text("utf-8")
    lines = source.split("\n")
    bullets = [line for line in lines if line.startswith("- ·")]
    credit = next(line for line in lines if line.startswith("("))
    start, end = source.index("】") + 1, source.index("\n")
    title = source[start:end]
    keyword = source[source.index("【") + 1 : source.index("】")]
    body = source[end + 1 : source.index("\n" + credit)]
    stuck = body.index(keyword)
    copy = body.rindex(",", 0, stuck) + 1
    body = body[:copy] + body[stuck + len(keyword) :]
    page = parse_page(source)
    assert page.title == title
    assert page.body == body
    assert [headline.title for headline in page.related] == [bullet[3:] for bullet in bullets]
    assert page.hijacked
    assert {item.where for item in page.injected} == {"title", "body"}
    assert any(keyword in item.text for item in page.injected)


def test_an_honest_page_is_only_stripped_of_its_furniture():
    furniture = [
        "Trang chủ > Giáo dục",
        ARTICLE[0],
        "Thứ Ba, 12/03/2024, 10:30 (GMT+7)",
        "Chia sẻ bài viết",
        *ARTICLE[1:],
        "Tags: thư viện, xe buýt",
        "Tin liên quan",
    ]
    page = parse_page(page_text(furniture))
    assert page == Page(ARTICLE[0], "\n".join(ARTICLE[1:]), page.related, published="2024-03-12T10:30")
    assert [headline.title for headline in page.related] == LISTED


@pytest.mark.parametrize("keyword", ["keo nha cai hom nay", "nhà cái uy tín", "kubet88"])
def test_a_keyword_in_brackets_and_sentences_is_taken_out_and_the_sentences_read_on(keyword):
    lines = list(ARTICLE)
    lines[0] = f"【{keyword}】{lines[0]}"
    lines[2] = lines[2].replace("trước cửa xe", f"trước {keyword} cửa xe")
    lines[3] = lines[3].replace("sau ba tháng", f"sau{keyword} ba tháng")
    page = parse_page(page_text(lines))
    assert (page.title, page.body) == (ARTICLE[0], "\n".join(ARTICLE[1:]))
    assert page.hijacked
    assert {item.where for item in page.injected} == {"title", "body"}
    assert all(item.why for item in page.injected)


def test_pieces_put_together_are_the_page_and_the_kept_ones_the_article():
    lines = list(ARTICLE)
    lines[0] = f"{lines[0]} | keo nha cai"
    lines[1] = lines[1].replace("góc sân", "góc keo nha cai sân")
    source = page_text(lines)
    page, pieces = parse_page(source), marked(source)
    assert "".join(text for text, kept in pieces.title if kept) == page.title
    assert "".join(text for text, kept in pieces.body if kept) == page.body
    assert any("keo nha cai" in text for text, kept in (*pieces.title, *pieces.body) if not kept)
    assert "".join(text for text, _ in pieces.body) == "\n".join(lines[1:])


def test_cleaning_a_cleaned_page_changes_nothing():
    for row in written()[:12]:
        once = parse_page(row["text"])
        again = parse_page(once.title + "\n" + once.body)
        assert (again.title, again.body) == (once.title, once.body)


def test_written_pages_keep_the_figures_reached():
    body = related = clean = 0
    rows = written()
    for row in rows:
        page = parse_page(row["text"])
        left = squash(page.title + " " + page.body)
        body += squash(page.body) == squash(row["body"])
        related += [squash(h.title) for h in page.related] == [squash(h) for h in row["related"]]
        clean += not any(squash(x) and squash(x) in left for x in row["injected"])
    assert body >= FLOOR[0] * len(rows)
    assert related >= FLOOR[1] * len(rows)
    assert clean >= FLOOR[2] * len(rows)


FLOOR = (0.88, 0.94, 0.97)  # body exact, related exact, nothing injected left


def test_composed_and_decomposed_text_are_one_page():
    source = page_text(ARTICLE)
    assert parse_page(unicodedata.normalize("NFD", source)) == parse_page(source)


def test_bytes_are_read_as_utf8_utf16_or_as_declared():
    source = page_text(ARTICLE)
    expected = parse_page(source)
    assert parse_page(source.encode("utf-8")) == expected
    assert parse_page(source.encode("utf-8-sig")) == expected
    assert parse_page(source.encode("utf-16")) == expected
    html = f'<html><head><meta charset="windows-1258"></head><body><h1>Gia ca</h1>{"<p>Mot doan van du dai de doc het mot luot, that the.</p>" * 3}é</body></html>'
    assert parse_page(html.encode("windows-1258")).title == "Gia ca"


def test_undecodable_bytes_and_wrong_types_are_one_clear_error():
    with pytest.raises(InputError, match="expected UTF-8"):
        parse_page(b"\xc3\x28 \xff tin")
    with pytest.raises(InputError, match="expected text or bytes, got int"):
        parse_page(3)  # type: ignore[arg-type]


@pytest.mark.parametrize("source", ["", " \n \n", b"", "\ufeff", "<html></html>"])
def test_an_empty_page_is_an_empty_page(source):
    assert parse_page(source) == Page("", "")


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                *ARTICLE,
                *LISTED,
                "【",
                "】",
                "keo nha cai",
                "- ·",
                "(责任编辑:",
                ")",
                "\n",
                " ",
                ",",
                "<p>",
                "</div>",
                "https://a.vip/x",
                "🎰",
                "\u200b",
                "w88",
                "1. ",
            ]
        ),
        max_size=40,
    ).map("".join)
)
def test_no_page_of_such_pieces_fails(source):
    page = parse_page(source)
    assert page.hijacked == bool(page.injected)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400) | st.binary(max_size=300))
def test_no_text_or_bytes_raise_anything_but_an_input_error(source):
    try:
        page = parse_page(source)
    except InputError:
        return
    assert "".join(text for text, kept in marked(source).title if kept) == page.title


@pytest.mark.parametrize(
    "source",
    [
        "<div>" * 200_000,
        "<html><body>" + "<b><i>" * 100_000,
        "ắ" * 500_000,
        "Một bài\n" + "- ·Đầu đề khá dài ở đây\n" * 50_000,
        "Một bài\n" + "- a\n" * 50_000,
        "<!--" * 100_000,
        "<p " * 100_000,
        "like 1111 " * 40 + "\n" + "【a】" * 50_000,
    ],
    ids=["nested", "unclosed", "one word", "bullets", "weak bullets", "comments", "open tags", "brackets"],
)
def test_hostile_pages_come_back(source):
    assert isinstance(parse_page(source), Page)


@pytest.mark.parametrize("run", ["_" * 9000, "a_" * 4500, "_ " * 4500, "-" * 9000, ": " * 4500])
def test_what_stands_beside_a_cut_cannot_hang_a_page(run):
    source = f"{ARTICLE[0]}\n【keo nha cai】{run} keo nha cai.b\n{ARTICLE[1]}【keo nha cai】"
    assert parse_page(source).hijacked


@pytest.mark.parametrize("front", ["đánh giá", "xxxx", "http", "[a", "tin", "- ·Tin một http", "theo", "12/3"])
@pytest.mark.parametrize("blank", [" ", "\u00a0", "\t"])
def test_long_runs_of_white_space_cannot_hang_a_page(front, blank):
    row = front + blank * 5000 + "0y"
    page = parse_page("\n".join([ARTICLE[0], *ARTICLE[1:], "Tin liên quan", row, row[:240], row]))
    assert page.title == ARTICLE[0]
