import functools
import itertools
import multiprocessing
import os
import pathlib
import signal
import threading
import time
from dataclasses import replace
from multiprocessing.synchronize import Event

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stories import newsroom

from recsys import copies, features, ranking
from recsys.article import Article, Headline
from recsys.errors import InputError, ModelError
from recsys.index import HeadlineIndex
from recsys.postings import Postings
from recsys.ranking import Ranker
from recsys.records import Records


@functools.cache
def ranker() -> Ranker:
    return ranking.fit(newsroom(), seed=1)


ARTICLES = newsroom(seed=3)


def filled(path: pathlib.Path | None = None) -> HeadlineIndex:
    index = HeadlineIndex(ranker(), path)
    index.add(ARTICLES)
    return index


def rows_of(articles: list[Article]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return ranker().likeness.weighting.rows(map(features.whole, articles))


def dense(articles: list[Article]) -> np.ndarray:
    """Return all cosines the slow way."""
    indptr, keys, weights = rows_of(articles)
    rows = [dict(zip(keys[a:b].tolist(), weights[a:b].tolist(), strict=True)) for a, b in itertools.pairwise(indptr)]
    return np.array([[sum(w * q.get(k, 0) for k, w in d.items()) for d in rows] for q in rows])


def test_nearest_is_a_full_sort_of_all_cosines() -> None:
    postings = Postings()
    postings.add(*rows_of(ARTICLES))
    expected = dense(ARTICLES)
    for i, article in enumerate(ARTICLES[:20]):
        story = features.read_article(article, ranker().likeness)
        found, cosines = postings.nearest(story, len(ARTICLES), exact=True)
        assert cosines[:, 0] == pytest.approx(np.sort(expected[i])[::-1][: len(found)], abs=1e-5)
        assert expected[i][found] == pytest.approx(cosines[:, 0], abs=1e-5)


def test_documents_added_one_by_one_are_found_as_those_added_together() -> None:
    together, single = Postings(), Postings()
    together.add(*rows_of(ARTICLES))
    for article in ARTICLES:
        single.add(*rows_of([article]))
    story = features.read_article(ARTICLES[7], ranker().likeness)
    for a, b in zip(together.nearest(story, 12), single.nearest(story, 12), strict=True):
        assert np.array_equal(a, b)


def test_the_best_k_are_a_prefix_of_the_best_k_and_one() -> None:
    postings = Postings()
    postings.add(*rows_of(ARTICLES))
    story = features.read_article(ARTICLES[0], ranker().likeness)
    for k in range(1, 12):
        assert np.array_equal(postings.nearest(story, k)[0], postings.nearest(story, k + 1)[0][:k])


def test_the_query_itself_is_never_found_and_others_of_its_story_are() -> None:
    index = filled()
    for article in ARTICLES[:10]:
        found = [r.id for r in index.search(article, k=5)]
        assert article.id not in found
        assert found[0].split("-")[0] == article.id.split("-")[0]


def test_a_query_without_an_id_equals_no_document() -> None:
    index = filled()
    found = {r.id: r for r in index.search(replace(ARTICLES[0], id=""), k=3)}
    assert found[ARTICLES[0].id].score == pytest.approx(1.0, abs=1e-4)


def test_k_is_a_ceiling() -> None:
    index = filled()
    assert index.search(ARTICLES[0], k=0) == []
    assert len(index.search(ARTICLES[0], k=3)) == 3
    assert index.search(Article("qqq zzz"), k=50) == []
    with pytest.raises(InputError, match="k must be"):
        index.search(ARTICLES[0], k=-1)


def test_an_empty_archive_finds_nothing() -> None:
    assert HeadlineIndex(ranker()).search(ARTICLES[0]) == []


def test_results_come_most_probable_first_from_the_archive() -> None:
    found = filled().search(ARTICLES[4], k=20)
    assert [r.probability for r in found] == sorted((r.probability for r in found), reverse=True)
    assert {r.source for r in found} == {"archive"}


def test_an_id_already_there_is_replaced() -> None:
    index = filled()
    index.add([Article("Bản tin hoàn toàn mới về sao chổi", id=ARTICLES[1].id)])
    assert len(index) == len(ARTICLES)
    assert index.search(Article("sao chổi"), k=1)[0].id == ARTICLES[1].id
    assert ARTICLES[1].id not in [r.id for r in index.search(ARTICLES[0], k=2)]


def test_of_several_with_one_id_the_last_counts() -> None:
    index = HeadlineIndex(ranker())
    assert index.add([Headline("cũ kỹ", id="x"), Headline("mới toanh", id="x")]) == ["x", "x"]
    assert [r.headline for r in index.search(Article("cũ kỹ mới toanh"))] == ["mới toanh"]


def test_articles_without_an_id_get_one_from_their_content() -> None:
    index = HeadlineIndex(ranker())
    first, second, again = index.add([Article("một"), Article("hai"), Article("một")])
    assert first == again != second
    assert index.ids == [second, first] or index.ids == [first, second]


def test_removed_articles_are_found_no_more() -> None:
    index = filled()
    index.remove([ARTICLES[1].id, ARTICLES[2].id])
    assert len(index) == len(ARTICLES) - 2
    assert not {ARTICLES[1].id, ARTICLES[2].id} & {r.id for r in index.search(ARTICLES[0], k=50)}


def test_unknown_ids_to_remove_are_listed_and_nothing_is_removed() -> None:
    index = filled()
    with pytest.raises(InputError, match="'nowhere', 'gone'"):
        index.remove([ARTICLES[0].id, "nowhere", "gone"])
    assert len(index) == len(ARTICLES)
    with pytest.raises(InputError, match="one str"):
        index.remove("0-1")


def test_something_that_is_no_article_is_refused() -> None:
    with pytest.raises(InputError, match="expected an Article"):
        HeadlineIndex(ranker()).add([Article("một"), 2])  # type: ignore[list-item]


def test_near_copies_stand_under_the_best_of_them() -> None:
    index = filled()
    copy = replace(ARTICLES[1], id="copy", title="Bản sao: " + ARTICLES[1].title)
    index.add([copy])
    found = index.search(ARTICLES[0], k=20)
    (group,) = [r for r in found if r.id in (copy.id, ARTICLES[1].id)]
    assert {group.id, *(c.id for c in group.copies)} == {copy.id, ARTICLES[1].id}


def test_diversity_zero_is_relevance_and_more_of_it_lowers_likeness() -> None:
    index = filled()
    plain = [r.id for r in index.search(ARTICLES[0], k=5)]
    assert [r.id for r in index.search(ARTICLES[0], k=5, diversity=0.0)] == plain

    def sameness(diversity: float) -> float:
        chosen = [
            next(a for a in ARTICLES if a.id == r.id) for r in index.search(ARTICLES[0], k=5, diversity=diversity)
        ]
        return float(dense(chosen).sum())

    assert sameness(0.9) <= sameness(0.0)
    with pytest.raises(InputError, match="diversity"):
        index.search(ARTICLES[0], diversity=2)


def test_a_half_life_prefers_the_day_of_the_article() -> None:
    old = [replace(a, id="old" + a.id, published="2020-01-01") for a in ARTICLES]
    index = filled()
    index.add(old)
    found = index.search(ARTICLES[0], k=3, half_life=30)
    assert not any(r.id.startswith("old") for r in found)
    with pytest.raises(InputError, match="half_life"):
        index.search(ARTICLES[0], half_life=0)


def test_recency_is_a_half_after_a_half_life() -> None:
    now = copies.recency(["2026-01-01", "2026-01-11", "", "2026"], now="2026-01-11", half_life=10)
    assert now == pytest.approx([0.5, 1.0, 1.0, 0.5])


def test_an_archive_on_disk_opens_as_it_was(tmp_path: pathlib.Path) -> None:
    index = filled(tmp_path / "archive")
    index.remove([ARTICLES[5].id])
    index.close()
    again = HeadlineIndex(ranker(), tmp_path / "archive")
    assert again.ids == [a.id for a in ARTICLES if a.id != ARTICLES[5].id]
    memory = filled()
    memory.remove([ARTICLES[5].id])
    assert again.search(ARTICLES[0]) == memory.search(ARTICLES[0])


def test_a_second_opener_sees_what_the_first_writes(tmp_path: pathlib.Path) -> None:
    first, second = filled(tmp_path), HeadlineIndex(ranker(), tmp_path)
    assert len(second) == len(ARTICLES)
    first.add([Article("sao chổi Halley trở lại", id="new"), replace(ARTICLES[0], title="đã đổi")])
    first.remove([ARTICLES[3].id])
    assert second.ids == first.ids
    assert second.search(Article("sao chổi Halley"))[0].id == "new"
    second.add([Article("hai", id="two")])
    assert "two" in first.ids


def test_a_directory_that_is_a_file_or_no_archive_is_refused(tmp_path: pathlib.Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="directory"):
        HeadlineIndex(ranker(), tmp_path / "file")
    (tmp_path / "articles.sqlite").write_bytes(b"not a database, surely" * 100)
    with pytest.raises(ModelError, match="cannot be opened"):
        HeadlineIndex(ranker(), tmp_path)


def _add_for_ever(path: pathlib.Path, ready: Event) -> None:
    index = HeadlineIndex(ranker(), path)
    for n in range(10_000):
        (added,) = index.add([Article(f"bản tin số {n}", id=f"n{n}")])
        with (path / "promised").open("a") as promised:
            promised.write(added + "\n")
        ready.set()


@pytest.mark.skipif(os.name != "posix", reason="kills a process")
def test_what_add_returned_survives_a_killed_process(tmp_path: pathlib.Path) -> None:
    context = multiprocessing.get_context("fork")
    ready = context.Event()
    process = context.Process(target=_add_for_ever, args=(tmp_path, ready))
    process.start()
    assert ready.wait(30)
    time.sleep(0.1)
    os.kill(process.pid or 0, signal.SIGKILL)
    process.join()
    promised = (tmp_path / "promised").read_text().split("\n")[:-1]
    ids = HeadlineIndex(ranker(), tmp_path).ids
    assert set(promised) <= set(ids)
    assert len(ids) <= len(promised) + 1


def test_searches_go_on_while_articles_are_added() -> None:
    index = HeadlineIndex(ranker())
    index.add(ARTICLES[:3])
    failures: list[Exception] = []

    def search() -> None:
        try:
            for _ in range(60):
                index.search(ARTICLES[0], k=5)
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    for article in ARTICLES[3:]:
        index.add([article])
    for thread in threads:
        thread.join()
    assert not failures
    assert len(index) == len(ARTICLES)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.booleans(), st.text(max_size=12)), max_size=25))
def test_an_archive_behaves_as_a_dictionary(steps: list[tuple[str, bool, str]]) -> None:
    index, model = HeadlineIndex(ranker()), dict[str, str]()
    for key, add, title in steps:
        if add:
            model.pop(key, None)
            model[key] = title
            index.add([Article(title, id=key)])
        elif key in model:
            del model[key]
            index.remove([key])
        else:
            with pytest.raises(InputError):
                index.remove([key])
    assert index.ids == list(model)
    assert len(index) == len(model)


def test_maximal_marginal_relevance_by_hand() -> None:
    relevance = np.array([0.9, 0.8, 0.7])
    similarity = np.array([[1, 1, 0], [1, 1, 0], [0, 0, 1.0]])
    assert copies.varied(relevance, similarity, diversity=0) == [0, 1, 2]
    assert copies.varied(relevance, similarity, diversity=0.5) == [0, 2, 1]


def test_groups_of_copies_do_not_chain() -> None:
    similarity = np.array([[1, 0.96, 0.5], [0.96, 1, 0.96], [0.5, 0.96, 1]])
    assert copies.collapsed(similarity) == [[0, 1], [2]]


def test_lone_surrogates_are_kept_out_of_the_records() -> None:
    index = HeadlineIndex(ranker())
    (added,) = index.add([Article("mất nửa ký tự \ud800", body="mất nửa ký tự", id="a\udfff")])
    assert index.ids == [added]
    assert index.search(Article("mất nửa ký tự"))[0].headline == "mất nửa ký tự ?"


def kept(path: pathlib.Path) -> HeadlineIndex:
    """Return an archive on disk that keeps vectors of few articles too."""
    index = filled(path)
    index._keep(at_least=1)
    return index


def test_an_archive_opened_from_kept_vectors_answers_as_one_that_reads_its_articles(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = kept(tmp_path)
    first.remove([ARTICLES[3].id])
    first.add([replace(ARTICLES[4], title="Giá vàng tăng phiên thứ ba"), replace(ARTICLES[5], id="mới")])
    expected = [first.search(a, exact=True) for a in ARTICLES[:12]]
    streamed: list[int] = []
    whole = Records.stream
    monkeypatch.setattr(Records, "stream", lambda self, after: streamed.append(after) or whole(self, after))
    again = HeadlineIndex(ranker(), tmp_path)
    assert streamed == [len(ARTICLES)]
    assert set(again.ids) == set(first.ids)
    for found, wanted in zip([again.search(a, exact=True) for a in ARTICLES[:12]], expected, strict=True):
        assert {r.id: r.score for r in found} == pytest.approx({r.id: r.score for r in wanted}, abs=1e-6)


@pytest.mark.parametrize("damage", ["rows", "manifest", "other archive", "other model"])
def test_kept_vectors_that_do_not_fit_are_made_again(tmp_path: pathlib.Path, damage: str) -> None:
    kept(tmp_path).close()
    folder = tmp_path / "vectors"
    if damage == "rows":
        (file,) = folder.glob("rows*")
        file.write_bytes(file.read_bytes()[:-4] + b"\1\2\3\4")
    elif damage == "manifest":
        (folder / "manifest.json").write_text("{}")
    elif damage == "other archive":
        for file in tmp_path.glob("articles.sqlite*"):
            file.unlink()
        HeadlineIndex(ranker(), tmp_path).add([replace(a, title="khác", lead="", body="") for a in ARTICLES])
    other = ranking.fit(newsroom(seed=9), seed=2) if damage == "other model" else ranker()
    again = HeadlineIndex(other, tmp_path)
    fresh = HeadlineIndex(other)
    fresh.add(again._records.brief([n])[0] if damage == "other archive" else a for n, a in enumerate(ARTICLES, 1))
    for article in ARTICLES[:4]:
        scores = [{r.id: r.score for r in index.search(article, exact=True)} for index in (again, fresh)]
        assert scores[0] == pytest.approx(scores[1], abs=1e-6)


def test_what_another_handle_writes_while_one_adds_is_found_by_both(tmp_path):
    first, second = (HeadlineIndex(ranker(), tmp_path / "a") for _ in range(2))

    def articles():
        second.add([Article("Cầu mới thông xe sau hai năm", id="theirs")])
        yield Article("Giá vàng tăng mạnh trong tuần", id="ours")

    first.add(articles())
    assert set(first.ids) == set(second.ids) == {"theirs", "ours"}
    first.remove(["theirs"])
    assert set(second.ids) == {"ours"}


def test_one_string_is_no_list_of_articles():
    with pytest.raises(InputError, match="got one str"):
        HeadlineIndex(ranker()).add("Giá vàng tăng")


def test_an_archive_that_cannot_be_written_is_searched_and_refuses_more(tmp_path, monkeypatch):
    index = HeadlineIndex(ranker(), tmp_path / "a")
    index.add(ARTICLES[:8])
    index.close()
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    fixed = HeadlineIndex(ranker(), tmp_path / "a")
    assert fixed.ids == [a.id for a in ARTICLES[:8]]
    assert fixed.search(ARTICLES[8], k=3)
    with pytest.raises(ModelError, match="cannot be written"):
        fixed.add(ARTICLES[8:9])
    assert len(fixed) == 8
