"""Oracles are unicodedata and re; keys are compared between writings of one text."""

import re
import unicodedata

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recsys import kernels, text
from recsys.errors import InputError

words = st.text(st.sampled_from("hoàòaóáqúuýyỳùthuỳekhoẻỏgiìaHOÀÒ -\u200b\u0301\u0300") | st.characters(), max_size=40)


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("hoà", "hòa"),
        ("HOÀ", "HÒA"),
        ("Hoà", "Hòa"),
        ("thuý", "thúy"),
        ("khoẻ", "khỏe"),
        ("quý", "quý"),
        ("Quỳ", "Quỳ"),
        ("hoàn", "hoàn"),
        ("hoài", "hoài"),
        ("toàn hoà-bình", "toàn hòa-bình"),
        ("a\u0301", "á"),
        ("kh\u00ado\u200bẻ\ufeff", "khỏe"),
        ("già", "già"),
        ("thuở", "thuở"),
    ],
)
def test_normalize_places_tone_marks_one_way(written, normal):
    assert text.normalize(written) == normal


@settings(max_examples=300, deadline=None)
@given(words)
def test_normalize_is_idempotent_and_does_not_change_keys(written):
    once = text.normalize(written)
    assert text.normalize(once) == once
    assert np.array_equal(text.tokens(written).keys, text.tokens(once).keys)


@settings(max_examples=200, deadline=None)
@given(words)
def test_every_form_of_unicode_and_case_has_the_keys_of_the_text(written):
    keys = text.tokens(written).keys
    assert np.array_equal(text.tokens(unicodedata.normalize("NFD", written)).keys, keys)


@pytest.mark.parametrize("upper", ["THUÝ", "ĐƯỜNG HOÀ", "ỆỄẪẰ ƯỢỠ"])
def test_case_does_not_change_keys(upper):
    assert np.array_equal(text.tokens(upper).keys, text.tokens(upper.lower()).keys)


def test_bare_keys_are_those_of_the_stripped_text():
    written = "Đường phố Hà Nội: quý khách thuỷ chung, ƯỢM ằẫệ 😀 ñ"
    stripped = text.tokens(text.strip_diacritics(written))
    assert np.array_equal(text.tokens(written).bare_keys, stripped.keys)
    assert text.strip_diacritics("Đường phố") == "Duong pho"


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(exclude_categories=["Mn", "Cf", "Mc", "Me"]), max_size=60))
def test_tokens_are_those_of_re(written):
    tokens = text.tokens(written)
    assert tokens.words() == re.findall(r"\w+", tokens.text)
    assert len(set(tokens.keys.tolist())) == len({text.normalize(w).replace("ς", "σ").lower() for w in tokens.words()})


def test_flags_tell_capitals_digits_and_starts():
    tokens = text.tokens('Giá vàng "SJC" tăng 2%. Ông Hoà nói: "Tôi mua 3.5 tấn".\nÝ kiến Aa1')
    told = dict(zip(tokens.words(), tokens.flags.tolist(), strict=True))
    starts = {word for word, flags in told.items() if flags & kernels.SENTENCE_START}
    assert starts == {"Giá", "Ông", "Tôi", "Ý"}
    assert {word for word, flags in told.items() if flags & kernels.ALL_CAPITALS} == {"SJC"}
    assert {word for word, flags in told.items() if flags & kernels.HAS_DIGIT} == {"2", "3", "5", "Aa1"}
    assert {w for w, f in told.items() if f & kernels.INITIAL_CAPITAL} == {
        "Giá",
        "SJC",
        "Ông",
        "Hoà",
        "Tôi",
        "Ý",
        "Aa1",
    }


def test_places_count_code_points_after_emoji():
    tokens = text.tokens("😀😀 hoà 𝐀𝐁 bình")
    assert tokens.words() == ["hoà", "𝐀𝐁", "bình"]
    assert len(tokens) == 3


def test_an_unknown_form_is_told():
    with pytest.raises(InputError, match="exact, folded, bare"):
        text.tables("plain")
