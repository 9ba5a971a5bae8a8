"""HTML: what a reader sees, lists with their addresses, what is hidden."""

# ruff: noqa: E501 (tables and patterns read best on one line)

import hashlib
import json
import lzma
import pathlib

import pytest

from recsys.page import is_html, parse_page

SHARED = pathlib.Path(__file__).parents[1].parent / "shared"
EXPECTED = json.loads((pathlib.Path(__file__).parent / "pages" / "html.json").read_text("utf-8"))
SENTENCE = "Người dân trong xóm đã quen với tiếng chuông của chiếc xe sách mỗi chiều thứ bảy."
PAGE = f"""<!doctype html><html><head><title>Xe sách về xóm | Báo Làng</title>
<meta property="article:published_time" content="2024-03-12T10:30:00+07:00"></head><body>
<nav><ul><li><a href="/">Trang chủ</a></li><li><a href="/a">Thời sự</a></li></ul></nav>
<main><h1>Xe sách về xóm</h1><h2 class="sapo">Cứ chiều thứ bảy, chiếc xe chở sách lại dừng ở gốc đa đầu xóm.</h2>
<div class="content"><p>{SENTENCE}</p><p>{SENTENCE[:-1]}, <a href="/x">cô Lan</a> kể.</p>
<p style="display: none">Nhà cái uy tín tặng 100k cho người mới, đăng ký ngay hôm nay kẻo lỡ.</p>
<figure><img src="a.jpg"><figcaption>Xe sách dưới gốc đa. Ảnh: Minh Hà</figcaption></figure>
<ul class="related-news"><li><a href="/tin-1.html">Hai chị em dựng trạm đo mưa</a></li></ul>
<p>{SENTENCE} Trẻ con ngồi bệt xuống đường mà đọc.</p><p>Minh Hà</p></div>
<div class="box"><h3>Tin liên quan</h3><ul><li><a href="/tin-2.html">Cây cầu treo được nối lại sau lũ</a></li>
<li><a href="https://bao.example/tin-3.html">Xóm chài học bơi giữa mùa nước</a></li></ul></div></main><footer>Bản quyền Báo Làng</footer></body></html>"""


def test_the_article_is_what_a_reader_sees():
    page = parse_page(PAGE)
    assert page.title == "Xe sách về xóm"
    assert page.body.split("\n") == [
        "Cứ chiều thứ bảy, chiếc xe chở sách lại dừng ở gốc đa đầu xóm.",
        SENTENCE,
        SENTENCE[:-1] + ", cô Lan kể.",
        "Xe sách dưới gốc đa. Ảnh: Minh Hà",
        SENTENCE + " Trẻ con ngồi bệt xuống đường mà đọc.",
        "Minh Hà",
    ]
    assert (page.published, page.author, page.hijacked) == ("2024-03-12T10:30:00+07:00", "Minh Hà", False)


def test_lists_beside_and_below_the_article_keep_their_addresses():
    assert [(h.title, h.url) for h in parse_page(PAGE).related] == [
        ("Hai chị em dựng trạm đo mưa", "/tin-1.html"),
        ("Cây cầu treo được nối lại sau lũ", "/tin-2.html"),
        ("Xóm chài học bơi giữa mùa nước", "https://bao.example/tin-3.html"),
    ]


def test_html_is_told_by_its_tags():
    assert is_html(PAGE)
    assert is_html("<p>Một</p><p>hai</p><p>ba</p>")
    assert not is_html("Giá vàng < 80 triệu, giá bạc > 1 triệu\nĐoạn hai <b>")


def test_pages_of_two_papers_read_as_a_reader_sees_them():
    folder = SHARED / "data" / "html"
    if not folder.exists():
        pytest.skip(f"{folder} is not here")
    for name, expected in EXPECTED.items():
        source = lzma.decompress((folder / name).read_bytes()).decode("utf-8")
        if name.startswith("dantri"):
            source = source.split("\n", 2)[2]
        page = parse_page(source)
        assert digest(page.title) == expected["title"], name
        assert [digest(line) for line in page.body.split("\n")] == expected["paragraphs"], name
        assert len(page.related) == expected["related"], name
        assert not page.hijacked, name


def digest(text: str) -> str:
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:16]
