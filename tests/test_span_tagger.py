"""The span tagger: tokens, what is known of them, and the spans that its network is surest of."""

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from recsys import page_tagger, simd, span_columns, span_tagger, span_text
from recsys import span_kernels as kernels
from recsys import span_network_kernels as network
from recsys.blas import one_thread
from recsys.span_network_kernels import spans

ARTICLE = (
    "Làng gốm bên sông giữ lửa bằng lò điện",
    "Sau gần mười năm vắng khói, làng gốm bên sông lại rộn tiếng bàn xoay, người trong làng kể.",
    "Theo hợp tác xã, cả làng hiện có hai mươi sáu hộ trở lại nghề, mỗi tháng bán ra chừng bốn nghìn sản phẩm.",
    "Cái khó bây giờ là đất, xã đang xin tỉnh cho khai thác một dải bãi bồi rộng hơn hai héc ta.",
)


def pieces(text):
    starts, ends, _ = span_text.known().tokens(text)
    return [text[a:b] for a, b in zip(starts.tolist(), ends.tolist(), strict=True)]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_tokens_hold_every_character_but_spaces_once_and_in_order(text):
    starts, ends, ids = span_text.known().tokens(text)
    assert "".join(pieces(text)) == "".join(c for c in text if (not c.isspace() and c != "\0") or c == "\n")
    assert (ends > starts).all()
    assert (starts[1:] >= ends[:-1]).all()
    assert ((ids >= 0) & (ids < span_text.known().words.logs.size)).all()


def test_words_that_were_glued_together_come_apart():
    assert pieces("nứt vỡngười trong làng") == ["nứt", "vỡ", "người", "trong", "làng"]
    assert pieces("làngKèo") == ["làng", "Kèo"]


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="aàbkè 0.,[]【】\n#@—京\U0001f600", max_size=200), st.integers(0, 200))
def test_every_token_of_any_text_is_described_by_finite_numbers(text, end):
    tokens = span_text.known().tokens(text)
    if not tokens[0].size:
        return
    masked = np.zeros(tokens[0].size, np.bool_)
    x, *groups = span_tagger.described(span_text.known(), text, tokens, masked, end)
    assert x.shape == (tokens[0].size, span_columns.COUNT)
    assert np.isfinite(x).all()
    assert all(g.size == tokens[0].size for g in groups)


def best_by_hand(z, ids, price):
    """Try every set of spans."""
    n, best = len(ids), 0.0
    spans = [(a, b) for a in range(n) for b in range(a + 1, n + 1) if 0 not in ids[a:b]]
    worth = {(a, b): z[a, 1] - price + z[a:b, 0].sum() + z[b - 1, 2] for a, b in spans}
    for size in (1, 2, 3):
        for chosen in itertools.combinations(spans, size):
            if all(one[1] <= other[0] for one, other in itertools.pairwise(sorted(chosen))):
                best = max(best, sum(worth[s] for s in chosen))
    return best


def test_the_spans_found_are_the_best_of_all_sets_of_spans():
    r = np.random.default_rng(0)
    for _ in range(30):
        z = r.normal(0, 2, (6, 3)).astype(np.float32)
        ids = np.where(r.random(6) < 0.2, 0, 9).astype(np.int32)
        _, scores = spans(z, ids, np.float32(1))
        assert np.isclose(scores.sum(), best_by_hand(z, ids, 1.0), atol=1e-4)


def test_an_honest_article_loses_nothing():
    assert page_tagger.find_cuts(ARTICLE[0], ARTICLE[1:], ())[1] == []


def test_a_keyword_in_brackets_and_in_sentences_is_cut_wherever_it_stands():
    k = "keo nha cai hom nay"
    rows = [
        ARTICLE[1].replace("lại rộn", f"{k} lại rộn"),
        ARTICLE[2].replace("mỗi tháng", f"mỗi {k} tháng"),
        ARTICLE[3],
    ]
    text, cuts = page_tagger.find_cuts(f"【{k}】{ARTICLE[0]}", rows, ())
    assert sum(k in text[c.start : c.end] for c in cuts) == 3


def test_an_empty_page_has_no_cuts():
    assert page_tagger.find_cuts("", (), ())[1] == []


def test_a_group_of_its_own_gets_nothing_from_others():
    rows = np.array([[1.0], [2.0], [4.0]], np.float32)
    found = np.full((3, 2), 9, np.float32)
    network.write_others(found, 1, rows, 1, np.array([0, 0, -1], np.int32))
    assert found.tolist() == [[9, 2], [9, 1], [9, 0]]


def test_a_layer_laid_out_by_rows_is_the_layer_over_five_rows_side_by_side():
    r = np.random.default_rng(1)
    h, more = r.random((17, 3), np.float32), r.random(2, np.float32)
    w, bias = r.normal(size=(5, 5, 4)).astype(np.float32), r.normal(size=4).astype(np.float32)
    for step in (1, 2):
        whole = np.concatenate((h, np.broadcast_to(more, (17, 2))), 1)
        padded = np.pad(whole, ((2 * step, 2 * step), (0, 0)))
        side = np.concatenate([padded[k * step : k * step + 17] for k in range(5)], 1)
        taps = np.ascontiguousarray(w[:, :3].transpose(1, 0, 2).reshape(3, -1))
        found = network.convolved(h @ taps, more @ w[:, 3:], bias, step)
        assert np.allclose(found, np.maximum(side @ w.reshape(25, 4) + bias, 0), atol=1e-5)


def test_a_table_of_ngrams_gives_what_was_put_into_it():
    r = np.random.default_rng(2)
    keys = np.unique(r.integers(1, 1 << 60, 700).astype(np.uint64))
    told = r.integers(1, 8, keys.size).astype(np.uint8)
    table = np.zeros(1024, np.uint16)
    assert kernels.fill(keys, told, table) < keys.size / 20
    table = np.concatenate((table, table[: simd.CELLS]))
    found = kernels.levels(keys, table)
    assert (found == told).mean() > 0.9  # the rest found no place, or another n-gram with the same mark before it
    assert (kernels.levels(keys + np.uint64(1), table) == 0).mean() > 0.9


def test_a_pair_that_news_never_has_is_more_surprising_than_one_that_it_has():
    text = "Việt Nam\nNam Việt"
    known = span_text.known()
    x, *_ = span_tagger.described(known, text, known.tokens(text), np.zeros(5, np.bool_), len(text))
    assert x[1, span_columns.SURPRISE] > x[4, span_columns.SURPRISE]
    assert x[1, span_columns.SEEN] > x[4, span_columns.SEEN]


def cut_out(text, start, end, how):
    span = how(page_tagger.Span(start, end, 1.0), text)
    return text[span.start : span.end]


def test_an_end_among_letters_moves_to_where_words_are_whole():
    text = "Kết quả vừa đăngothainhacai trên"
    assert cut_out(text, text.index("gothai"), text.index(" trên"), page_tagger.settled) == "othainhacai"
    text = "không còn mùi dsunwin79ầu nữa"
    assert cut_out(text, text.index("unwin"), text.index("ầu"), page_tagger.settled) == "sunwin79"


def test_brackets_go_in_pairs_or_stay():
    text = "nhóm 【kín】 và (mở rộng"
    assert cut_out(text, 5, 9, page_tagger.balanced) == "【kín】"
    assert cut_out(text, 6, 10, page_tagger.balanced) == "【kín】"
    assert cut_out(text, text.index("(mở"), len(text), page_tagger.balanced) == "mở rộng"


def test_a_sentence_keeps_its_stop_when_only_its_last_words_go():
    text = "Ông kể keo nha cai. Bà cười."
    assert cut_out(text, 7, 19, page_tagger.trimmed) == "keo nha cai"
    assert cut_out(text, 20, len(text), page_tagger.trimmed) == "Bà cười."


def test_spans_shrink_to_the_string_that_recurs():
    text = "a soi keo b soi keo c Kinhsoi keo d"
    found = [(2, 9), (12, 19), (22, 33)]
    spans = page_tagger.alike([page_tagger.Span(a, b, 1.0) for a, b in found], text)
    assert {text[s.start : s.end] for s in spans} == {"soi keo"}


def test_a_line_of_the_publishers_own_numbers_stands_there_by_right():
    text = "Mời bạn đọc gọi.\nHotline: 0912 345 678"
    assert page_tagger.by_right(page_tagger.Span(text.index("Hot"), len(text), 9.0), text)
    text = "Ông Hotline: 0912 345 678 kể chuyện làng."
    assert not page_tagger.by_right(page_tagger.Span(4, 25, 9.0), text)


def test_the_threads_of_blas_are_given_back_when_the_last_caller_leaves():
    from threadpoolctl import threadpool_info

    def threads():
        return [pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"]

    before = threads()
    with one_thread:
        with one_thread:
            assert set(threads()) <= {1}
        assert set(threads()) <= {1}
    assert threads() == before
