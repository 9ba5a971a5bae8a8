import json
import pathlib
import subprocess
import sys

import numpy as np
import pytest

import recsys
from recsys import Article, CorpusError, cards, corpus, protocols, training

ROOT = pathlib.Path(__file__).parents[1]


@pytest.fixture(scope="module")
def sample():
    articles = corpus.starter()
    stories = sorted({a.story for a in articles})[:120]
    return [a for a in articles if a.story in set(stories)]


@pytest.fixture(scope="module")
def evaluated(sample):
    return protocols.cross_validate(sample)


def test_held_out_stories_are_tagged_and_found_far_better_than_by_lot(evaluated):
    assert evaluated.tags.micro.f1 > 2 * evaluated.floors["random"]
    assert evaluated.tags.micro.f1 > evaluated.floors["majority"]
    assert evaluated.stories["ndcg_at_10"] > 5 * evaluated.stories["random"]


def test_two_runs_with_one_seed_give_the_same_figures(sample, evaluated):
    again = protocols.cross_validate(sample)
    np.testing.assert_array_equal(again.probabilities, evaluated.probabilities)
    assert again.summary() == evaluated.summary()


def test_the_card_tells_how_figures_were_made(sample, evaluated):
    card = cards.local_card(sample, evaluated, source="a sample", seed=0)
    text = cards.card_text(json.loads(json.dumps(card)))
    assert "no article was judged by a model that saw its story" in text
    assert "refitted on all of them" in text


def test_the_released_card_tells_every_topic_on_every_held_out_set():
    card = cards.released_card(recsys.load(), test=None)
    text = cards.card_text(json.loads(json.dumps(card)))
    for name, figures in card["figures"].items():
        section = text.partition(f"## {name}\n")[2].partition("\n## ")[0]
        for topic, found in figures["topics"].items():
            assert f"| {topic} | {found['articles']:,} | {found['f1']:.3f} (" in section
            assert f"({found['predictions']:,})" in section
    assert "how to refit" in text.lower()


def test_a_topic_seen_once_and_flat_labels_are_learned_without_fuss():
    articles = [Article(f"bóng đá trận {n}", body="cầu thủ ghi bàn " * 5, topics=("thể thao",)) for n in range(20)]
    articles += [Article(f"giá vàng phiên {n}", body="ngân hàng lãi suất " * 5, topics=("tiền",)) for n in range(20)]
    articles += [Article("nấu phở bò", body="nồi nước dùng", topics=("bếp",))]
    model = training.fit(articles)
    assert model.topics == ["bếp", "thể thao", "tiền"]
    assert [t.topic for t in model.tag("cầu thủ ghi bàn trận bóng đá")] == ["thể thao"]
    assert model.tag("cầu thủ ghi bàn trận bóng đá")[0].section == ""


def test_a_model_of_words_segments_what_it_is_given_and_says_so_when_loaded(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    articles = [Article(f"trận bóng đá {n}", body="cầu thủ ghi bàn thắng", topics=("thể thao",)) for n in range(12)]
    articles += [Article(f"phiên chợ {n}", body="ngân hàng tăng lãi suất", topics=("tiền",)) for n in range(12)]
    model = training.fit(articles, words=True)
    text = "ngân hàng giảm lãi suất"
    assert [t.topic for t in model.tag(text)] == ["tiền"]
    assert "ngân hàng" in [term for term, _ in model.evidence(text, "tiền")]
    model.save(tmp_path / "m")
    np.testing.assert_array_equal(
        recsys.load(tmp_path / "m").topic_probabilities([text]), model.topic_probabilities([text])
    )


@pytest.mark.parametrize("articles", [[], [Article("một", topics=("a",))], [Article("một", topics=("a",))] * 3])
def test_a_corpus_nothing_can_be_learned_from_is_refused(articles):
    with pytest.raises(CorpusError, match="expected two"):
        training.fit(articles)


def train(*arguments, **options):
    command = [sys.executable, ROOT / "train.py", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)


def test_train_saves_a_model_that_loads_with_its_own_archive(tmp_path, sample):
    path = tmp_path / "mine.jsonl"
    rows = [
        {"title": a.title, "lead": a.lead, "body": a.body, "topics": list(a.topics), "story": a.story, "id": a.id}
        for a in sample
    ]
    path.write_text("\n".join(map(json.dumps, rows)) + "\n{broken\n", "utf-8")
    run = train("--train", path, "--test", path, "--out", tmp_path / "m")
    assert run.returncode == 0, run.stderr
    assert f"skipped {path}:{len(rows) + 1}" in run.stderr
    assert "micro" in run.stdout
    model = recsys.load(tmp_path / "m")
    assert not model.is_demonstration
    assert len(model.archive) == len(sample)
    assert (tmp_path / "m" / "README.md").read_text("utf-8").startswith("# Model card")


def test_train_says_which_file_is_missing(tmp_path):
    run = train("--train", tmp_path / "none.jsonl", "--out", tmp_path / "m")
    assert run.returncode == 2
    assert "none.jsonl: no such file" in run.stderr
    assert not (tmp_path / "m").exists()
