"""Words that an article is about."""

import subprocess
import sys

import pytest

from recsys.keyterms import key_terms, segmented, segmented_many

TEXT = "Mã độc tống tiền tấn công bệnh viện\nBệnh viện Tây Đằng đã báo cho công an. Bệnh viện không trả tiền."


def test_words_of_several_syllables_are_read_as_words():
    found = key_terms(TEXT)
    assert "mã độc" in [term.lower() for term in found]
    assert all(" " in term or term[0].isupper() for term in found)
    assert all(term.lower() in TEXT.lower() for term in found)
    assert "_" not in " ".join(found)


def test_fewer_terms_are_the_first_of_more():
    assert key_terms(TEXT, n=2) == key_terms(TEXT, n=5)[:2]


def test_a_text_without_words_has_none():
    assert key_terms("") == []
    assert key_terms("12 % ...\n\n") == []


def test_segmentation_joins_syllables_and_keeps_lines():
    assert segmented("an ninh mạng\n\nbệnh viện").count("\n") == 2
    assert "bệnh_viện" in segmented("an ninh mạng\n\nbệnh viện")


def test_key_terms_load_underthesea_only_when_asked():
    code = "import sys, recsys.keyterms; print('underthesea' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"


def test_many_texts_are_segmented_as_one_by_one_and_remembered(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    texts = ["an ninh mạng", "bệnh viện Tây Đằng", ""]
    told = []
    found = segmented_many(texts, progress=lambda step, share: told.append((step, share)))
    assert found == [segmented(text) for text in texts]
    assert [step for step, _ in told] == ["words"] * 3
    assert told[-1][1] == 1.0
    monkeypatch.setattr("recsys.keyterms.segmented", lambda text: pytest.fail("segmented a second time"))
    assert segmented_many(texts) == found
