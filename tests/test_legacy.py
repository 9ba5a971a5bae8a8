"""Text from before Unicode."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recsys import corpus, legacy

VIETNAMESE = {new for _, new in legacy.TCVN3_LETTERS}
FIELDS = [text for a in corpus.starter()[::4] for text in (a.title, a.lead, a.body)]
FIELDS = [text for text in FIELDS if all(c.isascii() or c.lower() in VIETNAMESE or not c.isalpha() for c in text)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Thµnh phè Hå ChÝ Minh", "Thành phố Hồ Chí Minh"),
        ("Thaønh phoá Hoà Chí Minh", "Thành phố Hồ Chí Minh"),
        ("KINH TÕ VIÖT NAM", "KINH TẾ VIỆT NAM"),
        ("Gi&aacute; v&#224;ng &amp; USD", "Giá vàng & USD"),
    ],
)
def test_known_examples_are_decoded(old, new):
    assert legacy.decode(old) == new


@pytest.mark.parametrize(
    "text", ["São Paulo, Müller", "café crème à la carte, déjà vu", "El Niño ở Peru", "AT&T", "", "a & b"]
)
def test_text_that_only_looks_strange_stays_as_it_is(text):
    assert legacy.decode(text) == text


def test_unicode_articles_stay_as_they_are_in_nfc_and_nfd():
    for text in FIELDS:
        assert legacy.decode(text) is text or legacy.decode(text) == text
        nfd = unicodedata.normalize("NFD", text)
        assert legacy.decode(nfd) == nfd


def test_articles_in_tcvn3_come_back_but_for_capitals_that_it_does_not_have():
    for text in FIELDS:
        old = legacy.to_tcvn3(text)
        assert legacy.recognized(old) == "tcvn3"
        assert legacy.decode(old).lower() == text.lower()


def test_articles_in_vni_come_back():
    for text in FIELDS:
        old = legacy.to_vni(text)
        assert legacy.recognized(old) == "vni"
        assert legacy.decode(old) == text


def test_the_tcvn3_table_has_every_letter_of_the_alphabet_once():
    small = {new for _, new in legacy.TCVN3_LETTERS if new.islower()}
    tones = ["", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"]
    alphabet = {unicodedata.normalize("NFC", v + t) for v in "aăâeêioôơuưy" for t in tones} | {"đ"}
    assert small == {letter for letter in alphabet if not letter.isascii()}
    assert len({old for old, _ in legacy.TCVN3_LETTERS}) == len(legacy.TCVN3_LETTERS)


@given(st.text(max_size=80))
def test_any_text_can_be_decoded(text):
    assert isinstance(legacy.decode(text), str)
