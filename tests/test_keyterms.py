"""Words that an article is about."""

import subprocess
import sys

from recsys.keyterms import key_terms, segmented

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
