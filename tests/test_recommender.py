import json
import os
import pathlib
import subprocess
import sys
import threading

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import recsys
from recsys import Article, Headline, InputError, ModelError, corpus, storage

PAGES = pathlib.Path(__file__).parents[1] / "data" / "pages"
SIBLINGS = {
    "Chủ xe ở Ý Yên mất 86 triệu đồng sau khi đặt lịch đăng kiểm trên trang giả",
    "Cục Đăng kiểm công bố bảy tên miền giả mạo, khuyên chủ xe đổi mật khẩu",
    "Bảng theo dõi 320 nạn nhân trong máy tính của kẻ lập trang đăng kiểm giả",
}


@pytest.fixture(scope="module")
def model():
    return recsys.load()


@pytest.fixture(scope="module")
def starter():
    return corpus.starter()


def test_the_seed_page_is_given_back_tagged_and_cleared_of_its_list(model, shared):
    page = recsys.parse_page((shared / "data" / "seed" / "page.txt").read_text("utf-8"))
    answer = model.recommend(page)
    given = {t.topic for t in answer.topics}
    assert {"an-ninh-mang", "quan-he-quoc-te"} <= given
    assert not given & {"the-thao", "bong-da"}
    assert len(page.related) == 20
    judged = [r for r in (*answer.related, *answer.rejected) if r.source == "page"]
    assert {r.headline for r in judged} == {h.title for h in page.related}
    assert not any(r.belongs for r in judged)
    by_id = {a.id: a for a in corpus.starter()}
    archive = [by_id[r.id] for r in (*answer.related, *answer.rejected) if r.source == "archive"]
    assert "an-ninh-mang" in archive[0].topics


def test_true_siblings_on_a_hijacked_page_are_kept_among_strangers(model):
    page = recsys.parse_page((PAGES / "hijacked.txt").read_bytes())
    assert page.hijacked
    assert "soi keo" not in (page.title + page.body).lower()
    kept = {r.headline for r in model.recommend(page).related if r.source == "page"}
    assert kept == SIBLINGS


def test_rank_gives_every_candidate_once_best_first(model, starter):
    ranked = model.rank(starter[0], [Headline(a.title, id=a.id) for a in starter[1:60]])
    assert sorted(r.id for r in ranked) == sorted(a.id for a in starter[1:60])
    chances = [r.probability for r in ranked]
    assert chances == sorted(chances, reverse=True)
    assert all(0 <= r.score <= 1 and 0 <= r.probability <= 1 for r in ranked)


def test_tag_many_equals_tag_one_by_one(model, starter):
    assert model.tag_many(starter[:20]) == [model.tag(a) for a in starter[:20]]


def test_sections_are_as_probable_as_their_topics(model, starter):
    found = model.topic_probabilities(starter[:50])
    assert found.dtype == np.float32
    assert found.shape == (50, len(model.topics))
    for topic, section in model.taxonomy.parents.items():
        assert (found[:, model.topics.index(section)] >= found[:, model.topics.index(topic)] - 1e-6).all()


def test_a_section_is_given_only_where_none_of_its_topics_is(model, starter):
    for tags in model.tag_many(starter[:100]):
        given = {t.topic for t in tags}
        assert not any(model.taxonomy.parents.get(t) in given for t in given)


@pytest.mark.parametrize("nothing", ["", "!!! ??? 。。。", "\u200b", {"title": ""}])
def test_an_article_without_words_has_no_topic_and_nothing_belongs(model, nothing):
    answer = model.recommend(nothing, candidates=["Giá vàng tăng", ""])
    assert answer.topics == ()
    assert answer.related == ()
    assert len(answer.rejected) == 2


@given(st.text(max_size=200), st.lists(st.text(max_size=40), max_size=4))
def test_any_text_is_answered(model, text, headlines):
    answer = model.recommend(text, candidates=headlines)
    assert len(answer.related) + len(answer.rejected) == len(headlines)


def test_forms_of_one_text_get_the_same_tags(model, starter):
    import unicodedata

    article = starter[3]
    nfd = Article(*(unicodedata.normalize("NFD", t) for t in (article.title, article.lead, article.body)))
    as_dict = {"title": article.title, "lead": article.lead, "body": article.body}
    assert model.tag(nfd) == model.tag(as_dict) == model.tag(article)


@pytest.mark.parametrize(
    ("article", "message"),
    [
        (None, "got NoneType"),
        (3, "got int"),
        ({"title": 3}, "title must be a string"),
        (Article(None), "must be a string"),
    ],
)
def test_what_is_no_article_gives_one_clear_error(model, article, message):
    with pytest.raises(InputError, match=message):
        model.tag(article)


def test_bad_candidates_and_counts_are_refused(model):
    with pytest.raises(InputError, match="expected a Headline"):
        model.rank("Tin", [3])
    with pytest.raises(InputError, match="k must be"):
        model.recommend("Tin", k=-1)


def test_recommend_searches_ones_own_index_and_never_returns_the_article(model, starter):
    index = model.new_index()
    index.add(starter)
    answer = model.recommend(starter[0], candidates=index)
    found = [r.id for r in (*answer.related, *answer.rejected)]
    assert starter[0].id not in found
    assert {r.source for r in (*answer.related, *answer.rejected)} == {"archive"}
    siblings = {a.id for a in starter if a.story == starter[0].story} - {starter[0].id}
    assert siblings & {r.id for r in answer.related}


def test_k_is_a_ceiling(model, starter):
    few = model.recommend(starter[0], k=1)
    assert len(few.related) <= 1
    assert few.related == model.recommend(starter[0], k=5).related[: len(few.related)]


def test_explain_names_terms_of_the_text(model, starter):
    reasons = model.explain(starter[0], candidates=[starter[1].title, "Giá tiêu tăng"])
    assert reasons.topics
    assert reasons.topics[0].terms
    assert len(reasons.candidates) == 2
    for reason in reasons.candidates:
        assert all(0 <= share <= 1 for _, share in reason.shared)


def test_a_saved_model_answers_the_same(model, starter, tmp_path):
    model.save(tmp_path / "m")
    again = recsys.load(tmp_path / "m")
    np.testing.assert_array_equal(again.topic_probabilities(starter[:9]), model.topic_probabilities(starter[:9]))
    assert again.rank(starter[0], ["Một", starter[1].title]) == model.rank(starter[0], ["Một", starter[1].title])


def test_a_damaged_model_is_refused_by_the_name_of_the_file(model, tmp_path):
    model.save(tmp_path / "m")
    victim = next((tmp_path / "m").glob("topics-*.safetensors"))
    content = bytearray(victim.read_bytes())
    content[len(content) // 2] ^= 1
    victim.write_bytes(content)
    with pytest.raises(ModelError, match=victim.name):
        recsys.load(tmp_path / "m")


def test_the_released_model_is_small_and_holds_no_code():
    directory = storage.builtin("models/released")
    assert sum(storage.sizes(directory).values()) <= 20_000_000
    assert {p.suffix for p in directory.iterdir()} <= {".safetensors", ".json", ".md"}


def test_many_threads_get_the_same_answers(model, starter):
    expected = [model.recommend(a) for a in starter[:8]]
    got = [None] * 8

    def work(n):
        got[n] = model.recommend(starter[n])

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == expected


def test_tagging_imports_no_scikit_learn():
    code = "import sys, recsys; recsys.load().tag('Tin tặc tấn công ngân hàng'); print('sklearn' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"


def recsys_command(*arguments, text=None, **environment):
    return subprocess.run(
        [sys.executable, "-m", "recsys", *map(str, arguments)],
        input=text,
        capture_output=True,
        text=True,
        env=os.environ | environment,
        check=False,
    )


def test_the_command_cleans_a_page_and_judges_its_list():
    run = recsys_command("page", PAGES / "hijacked.txt", "--json")
    answer = json.loads(run.stdout)
    assert answer["hijacked"]
    assert {r["headline"] for r in answer["related"] if r["belongs"]} == SIBLINGS
    assert "belong" in recsys_command("page", PAGES / "hijacked.txt").stdout


def test_the_command_reads_standard_input_and_files_of_articles(tmp_path):
    assert "an-ninh-mang" in recsys_command("tag", "-", text="Tin tặc\nMã độc đánh cắp mật khẩu ngân hàng.").stdout
    path = tmp_path / "a.jsonl"
    path.write_text('{"title": "Đội tuyển bóng đá thắng đậm"}\n{"title": "Giá vàng"}\n', "utf-8")
    lines = recsys_command("tag", path, "--json").stdout.splitlines()
    assert [json.loads(line)["title"] for line in lines] == ["Đội tuyển bóng đá thắng đậm", "Giá vàng"]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("none.txt", None, "cannot be read"),
        ("a.txt", b"T\n\xff", "a.txt:2: expected UTF-8"),
        ("a.jsonl", b"{", "a.jsonl:1"),
    ],
)
def test_the_command_says_what_is_wrong_in_one_line(tmp_path, name, content, message):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    run = recsys_command("tag", tmp_path / name)
    assert run.returncode == 2
    assert message in run.stderr
    assert run.stderr.count("\n") == 1


def test_another_default_model_is_taken_from_the_environment(tmp_path):
    run = recsys_command("tag", "-", text="Tin", RECSYS_MODEL=str(tmp_path / "nowhere"))
    assert run.returncode == 2
    assert "nowhere" in run.stderr


def test_a_string_is_tagged_as_the_article_it_stands_for(model, starter):
    for article in starter[:20]:
        text = f"{article.title}\n{article.lead}\n{article.body}"
        assert model.tag(text) == model.tag(corpus.as_article(text))


def test_one_string_is_no_sequence_of_articles_or_headlines(model):
    with pytest.raises(InputError, match="got one str"):
        model.tag_many("Giá vàng tăng")
    with pytest.raises(InputError, match="got one str"):
        model.rank("Giá vàng tăng mạnh", "Giá vàng tăng")


@pytest.mark.parametrize("text", ["1", "a", "?"])
def test_a_text_that_says_next_to_nothing_gets_no_topic(model, text):
    assert model.tag(text) == []


def test_training_refuses_a_directory_before_any_work(tmp_path):
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "thesis.txt").write_text("mine")
    with pytest.raises(ModelError, match="not written by recsys"):
        storage.check_writable(tmp_path / "theirs")
    storage.check_writable(tmp_path / "new" / "deep")


def test_what_belongs_beyond_what_was_asked_for_is_counted(model, starter):
    article = next(a for a in starter if sum(b.story == a.story for b in starter) > 3)
    siblings = [b for b in starter if b.story == article.story and b.id != article.id]
    everything = model.recommend(article, siblings)
    assert everything.left_out == 0
    assert model.recommend(article, siblings, k=0).left_out == len(everything.related)
