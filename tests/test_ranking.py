import dataclasses
import functools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stories import newsroom

import recsys
from recsys import features, ranking
from recsys.article import Article, Headline, Related
from recsys.errors import InputError, ModelError
from recsys.likeness import Likeness
from recsys.ranking import Ranker
from recsys.samples import JudgedList


@functools.cache
def fitted() -> Ranker:
    return ranking.fit(newsroom(), seed=1)


BRIDGE = Article(
    "Cầu treo Nậm Hon đứt cáp",
    "Mười hai người rơi xuống suối sáng 17/2.",
    "Mặt cầu nghiêng hẳn. Chủ tịch xã Lò Thị Dung cho biết công trình dài 64 mét.",
    published="2026-02-17",
)
HEADLINES = [
    Headline("Xã Pá Lau: chủ tịch Lò Thị Dung bị kiểm điểm sau vụ đứt cáp", id="a", published="2026-02-17"),
    Headline("Giá vàng tăng phiên thứ ba", id="b"),
    Headline("Cầu treo Nậm Hon đứt cáp khi đám cưới đi qua", id="c", url="https://example.vn/c"),
    Headline("", id="d"),
    Headline("Giá vàng tăng phiên thứ ba", id="e"),
]


def test_every_candidate_comes_back_once_best_first() -> None:
    ranked = fitted().rank(BRIDGE, HEADLINES)
    assert sorted(r.id for r in ranked) == ["a", "b", "c", "d", "e"]
    chances = [r.probability for r in ranked]
    assert chances == sorted(chances, reverse=True)
    assert ranked[0].id == "c"
    assert ranked[0].url == "https://example.vn/c"
    assert all(0 <= r.score <= 1 and 0 <= r.probability <= 1 for r in ranked)


def test_equal_headlines_keep_the_order_given() -> None:
    ranked = [r.id for r in fitted().rank(BRIDGE, HEADLINES)]
    assert ranked.index("b") < ranked.index("e")


def test_no_candidates_give_no_answers() -> None:
    assert fitted().rank(BRIDGE, []) == []


def test_an_empty_article_relates_to_nothing() -> None:
    assert not any(r.score for r in fitted().rank(Article(""), HEADLINES))


def test_what_a_list_decides_does_not_depend_on_the_rest_of_the_list() -> None:
    whole = {r.id: r.probability for r in fitted().rank(BRIDGE, HEADLINES, setting="list")}
    for headline in HEADLINES:
        (alone,) = fitted().rank(BRIDGE, [headline], setting="list")
        assert alone.probability == pytest.approx(whole[headline.id], abs=1e-6)


def test_the_same_text_in_another_unicode_form_ranks_the_same() -> None:
    import unicodedata

    def decomposed(x: str) -> str:
        return unicodedata.normalize("NFD", x)

    article = Article(*map(decomposed, (BRIDGE.title, BRIDGE.lead, BRIDGE.body)))
    composed = Article(BRIDGE.title, BRIDGE.lead, BRIDGE.body)
    headlines = [Headline(decomposed(h.title)) for h in HEADLINES]
    one = [r.probability for r in fitted().rank(article, headlines)]
    assert one == pytest.approx([r.probability for r in fitted().rank(composed, HEADLINES)])


def test_score_is_the_cosine_of_the_weighting() -> None:
    likeness = fitted().likeness
    story = features.read_article(BRIDGE, likeness)
    titles = [h.title for h in HEADLINES]
    pairs = features.pair_features(story, features.read_headlines(titles), likeness)
    rows = {k: float(w) for k, w in zip(story.terms.tolist(), story.weights[:, 0], strict=True)}
    indptr, keys, weights = likeness.weighting.rows(titles)
    for h in range(len(titles)):
        span = slice(indptr[h], indptr[h + 1])
        pairs_of = zip(keys[span].tolist(), weights[span].tolist(), strict=True)
        assert pairs[h, 0] == pytest.approx(sum(rows.get(k, 0.0) * w for k, w in pairs_of), abs=1e-5)


def test_coverage_is_one_for_a_headline_whose_words_all_stand_in_the_article() -> None:
    likeness = fitted().likeness
    story = features.read_article(BRIDGE, likeness)
    pairs = features.pair_features(story, features.read_headlines([BRIDGE.title, "hoàn toàn khác"]), likeness)
    assert pairs[0, 3:6] == pytest.approx(1.0)
    assert pairs[1, 3:6] == pytest.approx(0.0)


def test_a_name_that_the_article_lacks_is_seen_as_missing() -> None:
    likeness = fitted().likeness
    story = features.read_article(BRIDGE, likeness)
    read = features.read_headlines(["cầu treo Suối Lừa đứt cáp", "cầu treo Nậm Hon đứt cáp"])
    missing = features.FEATURES.index("names missing")
    other, same = features.pair_features(story, read, likeness)[:, missing]
    assert other > same == 0


def test_headlines_in_capitals_have_no_names() -> None:
    read = features.read_headlines(["CẦU TREO NẬM HON ĐỨT CÁP", "Cầu treo Nậm Hon đứt cáp"])
    assert read.names.tolist() == [False] * 6 + [False, False, True, True, False, False]


def test_reasons_are_phrases_of_the_headline_that_the_article_holds() -> None:
    ranked = {r.id: r for r in fitted().rank(BRIDGE, HEADLINES)}
    assert "Lò Thị Dung" in ranked["a"].because
    assert ranked["a"].because[-1] == "cùng ngày"
    assert ranked["d"].because == ()
    for r in ranked.values():
        assert all(phrase == "cùng ngày" or phrase in r.headline for phrase in r.because)


def test_explanations_share_out_the_score_and_name_what_is_missing() -> None:
    shared, missing = fitted().explain(BRIDGE, Headline("Cầu treo Nậm Hon được Bộ trưởng Tống Duy Khải thị sát"))
    assert sum(part for _, part in shared) == pytest.approx(1.0)
    assert any("Tống Duy Khải" in phrase for phrase in missing)
    assert any("Nậm Hon" in phrase for phrase, _ in shared)
    again = fitted().explain(BRIDGE, Related("Cầu treo Nậm Hon được Bộ trưởng Tống Duy Khải thị sát"))
    assert again == (shared, missing)


def test_a_ranker_comes_back_from_its_state_unchanged_and_without_text() -> None:
    arrays, meta = fitted().state()
    for array in arrays.values():
        array = np.asarray(array)
        assert array.dtype.kind in "iuf"
    restored = Ranker.from_state(arrays, meta)
    assert restored.rank(BRIDGE, HEADLINES) == fitted().rank(BRIDGE, HEADLINES)


def test_fitting_twice_gives_the_same_ranker() -> None:
    again = ranking.fit(newsroom(), seed=1)
    for name, array in fitted().state()[0].items():
        assert np.array_equal(array, again.state()[0][name]), name


def test_a_damaged_state_is_refused_by_name() -> None:
    arrays, meta = fitted().state()
    with pytest.raises(ModelError, match="likeness"):
        Ranker.from_state(arrays, {"judges": meta["judges"]})
    with pytest.raises(ModelError, match="weights"):
        Ranker.from_state({k: a for k, a in arrays.items() if k != "list.weights"}, meta)


def test_an_article_of_no_words_is_judged_beside_headlines_without_diacritics() -> None:
    judged = recsys.load().rank("...", ["Bao so 3 do bo Quang Ninh", "Bão số 3 đổ bộ Quảng Ninh"])
    assert len(judged) == 2


def test_names_are_known_in_capitals_all_over_and_in_none_by_what_the_article_writes() -> None:
    likeness = recsys.load().ranker.likeness
    story = features.read_article(
        Article("Đã bắt Trần Văn Hậu ở Hải Phòng", body="Công an Hải Phòng vừa bắt Trần Văn Hậu vì lừa đảo."), likeness
    )

    def named(title: str) -> list[str]:
        read = features.read_headlines([title])
        names = features.names_beside(story, read, features.keys_beside(story, read), likeness)
        return [word for word, name in zip(read.tokens.words(), names, strict=True) if name]

    assert named("Công an bắt Trần Văn Hậu") == ["Trần", "Văn", "Hậu"]
    assert named("CÔNG AN BẮT TRẦN VĂN HẬU") == ["TRẦN", "VĂN", "HẬU"]
    assert named("công an bắt trần văn hậu") == ["trần", "văn", "hậu"]


def test_no_reason_is_the_front_of_another_name_or_the_word_before_another_number() -> None:
    model = recsys.load()
    article = Article(
        "Bão số 3 đổ bộ Quảng Ninh", body="Bão số 3 đổ bộ Quảng Ninh sáng 7/9, ông Nguyễn Đức Chung đi chỉ đạo cứu hộ."
    )
    explained = model.explain(article, ["Bão số 7 đổ bộ Quảng Ninh", "Nguyễn Đức Cảnh nhận giải văn học"]).candidates
    lacks = {c.related.headline: c.missing for c in explained}
    assert "Bão số 7" in lacks["Bão số 7 đổ bộ Quảng Ninh"]
    assert "Nguyễn Đức Cảnh" in lacks["Nguyễn Đức Cảnh nhận giải văn học"]
    assert all("Nguyễn Đức" not in c.related.because for c in explained)


def test_without_stories_the_cosine_decides_or_the_default_does() -> None:
    articles = [dataclasses.replace(a, story="") for a in newsroom()]
    plain = ranking.fit(articles)
    ranked = plain.rank(BRIDGE, HEADLINES)
    assert [r.score for r in ranked] == sorted((r.score for r in ranked), reverse=True)
    assert ranking.fit(articles, default=fitted()) is fitted()


def test_an_unknown_setting_is_refused() -> None:
    with pytest.raises(InputError, match="archive"):
        fitted().rank(BRIDGE, HEADLINES, setting="page")


def test_lists_judged_by_hand_move_the_decision() -> None:
    articles = newsroom()
    trap = JudgedList(BRIDGE, tuple(h.title for h in HEADLINES), (True, False, False, False, False))
    with_lists = ranking.fit(articles, likeness=fitted().likeness, lists=[trap] * 60)
    chance = {r.id: r.probability for r in with_lists.rank(BRIDGE, HEADLINES)}
    before = {r.id: r.probability for r in fitted().rank(BRIDGE, HEADLINES)}
    assert chance["c"] / chance["a"] < before["c"] / before["a"]


def test_stories_are_told_apart_in_the_newsroom_fitted_on() -> None:
    articles = newsroom()
    hits = []
    for article in articles[::5]:
        others = [a for a in articles if a.id != article.id]
        ranked = fitted().rank(article, others)
        true = {a.id for a in others if a.story == article.story}
        hits.append(len({r.id for r in ranked[: len(true)]} & true) / len(true))
    assert np.mean(hits) > 0.6


def test_likeness_needs_texts() -> None:
    with pytest.raises(InputError, match="background"):
        Likeness.fit([" ", Article("")])


def test_a_handful_of_short_texts_is_enough_to_compare_words() -> None:
    plain = ranking.fit([Article("một hai ba"), Article("bốn năm sáu")])
    first, second = plain.rank(Article("hai ba"), [Headline("bốn năm"), Headline("một hai ba")])
    assert (first.headline, second.score) == ("một hai ba", 0)


def test_likeness_learns_from_texts_without_titles() -> None:
    texts = [" ".join(f"{a.lead} {a.body}".split() * 4) for a in newsroom()]
    likeness = Likeness.fit(texts, terms=500, dims=8)
    assert len(likeness.weighting.keys) <= 500
    assert likeness.vectors.shape == (len(likeness.weighting.keys), 8)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=80), max_size=6), st.text(max_size=200))
def test_any_text_can_be_ranked(titles: list[str], body: str) -> None:
    article = Article(titles[0] if titles else "", body=body)
    ranked = fitted().rank(article, [Headline(t, id=str(i)) for i, t in enumerate(titles)])
    assert sorted(r.id for r in ranked) == sorted(map(str, range(len(titles))))
    for r in ranked:
        assert np.isfinite([r.score, r.probability]).all()
        fitted().explain(article, r)


def test_words_never_reach_into_the_next_headline() -> None:
    released = recsys.load()
    headlines = ["T", "T", "an ninh", "mạng", "Hà", "Nội"]
    together = {r.headline: r.because for r in released.rank("Công an Hà Nội về an ninh mạng", headlines)}
    for headline in headlines:
        (alone,) = released.rank("Công an Hà Nội về an ninh mạng", [headline])
        assert together[headline] == alone.because


def test_a_headline_without_diacritics_is_read_as_the_article_writes_it() -> None:
    likeness = fitted().likeness
    story = features.read_article(BRIDGE, likeness)
    read = features.read_headlines(["Cau treo Nam Hon dut cap", "Cầu treo Nậm Hon đứt cáp", "CẦU TREO NẬM HON ĐỨT CÁP"])
    bare, marked, capitals = features.pair_features(story, read, likeness)
    assert bare[0] == pytest.approx(marked[0])
    assert capitals[0] == pytest.approx(marked[0])
    (judged,) = fitted().rank(BRIDGE, [Headline("Cau treo Nam Hon dut cap khi dam cuoi di qua")])
    assert judged.because == ("Cau treo Nam Hon dut cap",)


def test_beside_an_article_without_diacritics_headlines_are_read_without() -> None:
    likeness = fitted().likeness
    story = features.read_article(Article("Cau treo Nam Hon dut cap"), likeness)
    pairs = features.pair_features(story, features.read_headlines(["Cầu treo Nậm Hon đứt cáp"]), likeness)
    assert pairs[0, 3] == 1


def test_counted_things_and_whole_names_are_told_apart() -> None:
    likeness = fitted().likeness
    story = features.read_article(BRIDGE, likeness)
    titles = ["Về mười hai người", "Về mười hai cầu", "Gặp ông Lò Thị Dung", "Gặp ông Lò Nậm Hon"]
    counted, other, name, mixed = features.pair_features(story, features.read_headlines(titles), likeness)
    names = ("counted things shared", "counted things missing", "whole names shared")
    shared, missing, whole = map(features.FEATURES.index, names)
    assert counted[shared] > other[shared] > 0
    assert other[missing] > counted[missing] == 0
    assert (name[whole], mixed[whole]) == (1, 0)


def test_one_sentence_holds_more_of_a_headline_than_words_from_everywhere() -> None:
    whole, scattered = close(BRIDGE, "Mười hai người rơi xuống suối", "Nậm Hon suối mặt công trình")
    assert whole[6] == pytest.approx(1)
    assert scattered[6] < 0.5
    lacking_nothing, lacking = close(BRIDGE, "Cầu treo", "Giá vàng")[:, 8]
    assert lacking_nothing == 0.5 != lacking


def test_days_apart_count_only_where_both_dates_are_known() -> None:
    likeness = fitted().likeness
    story = features.read_article(BRIDGE, likeness)
    dates = ["2026-02-17", "18/02/2026", "2026-06-01", "2022-01-01", ""]
    near = features.pair_features(story, features.read_headlines(["Cầu treo"] * 5, dates), likeness)[:, -2:]
    assert near[:, 0].tolist() == [1, 1, 0, 0, 0.5]
    assert near[0, 1] < near[1, 1] < near[4, 1] == 0 < near[2, 1] == near[3, 1]
    (late,) = fitted().rank(BRIDGE, [Headline("Cầu treo Nậm Hon", published="2026-06-01")])
    assert late.because[-1] == "cách 104 ngày"


def test_half_a_number_is_no_reason() -> None:
    article = Article("Ngân hàng hoàn 50.000 đồng", "Có 40 người nhận, phí 3.000 đồng.")
    shared, missing = fitted().explain(article, Headline("Phí 40.000 đồng, hoàn 50.000 đồng"))
    assert "40.000" in " ".join(missing)
    assert any("50.000" in phrase for phrase, _ in shared)
    assert all(phrase != "000" for phrase in (*missing, *(p for p, _ in shared)))


def close(article: Article, *headlines: str) -> np.ndarray:
    likeness = fitted().likeness
    return features.close_features(
        features.read_article(article, likeness), features.read_headlines(headlines), likeness
    )


def test_a_time_gone_by_and_a_place_before_a_colon_are_noticed() -> None:
    article = Article("Cầu treo Nậm Hon đứt cáp năm 2019", "Thủ tướng tới xã Pá Lau.")
    headlines = ["Cầu treo đứt năm 2012", "Cầu treo đứt năm 2019", "Cầu treo đứt năm ngoái", "Cầu dài 2012 mét"]
    assert close(article, *headlines)[:, 0].tolist() == [1, 0, 1, 1]
    openings = ["Nậm Hon: cầu đứt", "Sông Thao: cầu đứt", "cầu đứt", "Cầu: đứt", ": Nậm Hon", "xã Pá Lau: cầu", ""]
    assert close(article, *openings)[:, 1].tolist() == [1, -1, 0, 0, 0, 1, 0]


def test_what_is_near_in_meaning_is_the_best_cosine_with_a_term_of_the_article() -> None:
    likeness = fitted().likeness
    story = features.read_article(BRIDGE, likeness)
    title = "Mố cầu cứu hỏa Xyzw"
    (found,) = close(BRIDGE, title)
    weighting = likeness.weighting
    vectors = likeness.vectors / np.maximum(np.linalg.norm(likeness.vectors, axis=1, keepdims=True), 1e-12)
    units = dict(zip(weighting.keys.tolist(), vectors, strict=True))
    keys = features.read_headlines([title]).tokens.keys
    terms = [*keys.tolist(), *features.pair_kernels.neighbours(keys).tolist()]
    own = [k for k in story.terms[np.argsort(-story.weights[:, 0], kind="stable")].tolist() if k in units][:96]
    nearness = [
        1.0 if k in story.terms.tolist() else max(0.0, *(units[k] @ units[o] for o in own)) if k in units else 0.0
        for k in terms
    ]
    idf = likeness.idf_of(np.array(terms, np.uint64))
    assert found[3] == pytest.approx(nearness @ idf / idf.sum(), abs=1e-5)
    assert found[4] == pytest.approx((np.array(nearness) > 0.55) @ idf / idf.sum(), abs=1e-5)
    assert found[5] == pytest.approx(np.log1p(np.square(nearness) @ idf), abs=1e-5)
