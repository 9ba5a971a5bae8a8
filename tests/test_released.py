"""The recipe of the released topics, on a small invented data folder."""

import json
import lzma

import numpy as np
import pytest

from recsys import released
from recsys.errors import CorpusError
from recsys.taxonomy import NO, UNKNOWN, YES, LabelMapping, Taxonomy

TREE = Taxonomy.from_file()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Corpora of twelve invented rows a label, one annotated by hand."""
    root = tmp_path_factory.mktemp("data")
    hand = {key: id_ for key, id_ in released.read_annotations() if key == "news-2024/dev"}
    for name, file in released.FILES.items():
        path = root / file
        path.parent.mkdir(exist_ok=True)
        labels = LabelMapping.from_file(name, taxonomy=TREE).labels
        rows = [
            {
                "id": f"{name}-{i}",
                "title": f"tin {label} số {i}",
                "body": f"chuyện {label} thứ {i} ở nơi {i}",
                "topics": [label],
            }
            for i in range(12)
            for label in labels
        ]
        if name == "news-2024":
            rows[0]["id"] = hand["news-2024/dev"]
        with lzma.open(path, "wt", encoding="utf-8") as lines:
            lines.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        if name == "news-2020":
            with lzma.open(root / released.HINTS, "wt", encoding="utf-8") as lines:
                lines.write(json.dumps(rows[0] | {"topics": [released.HINT]}, ensure_ascii=False) + "\n")
    return root


@pytest.fixture(scope="module")
def rows(folder):
    return released.gather(folder, taxonomy=TREE)


def test_no_file_named_test_is_read():
    assert not any("test" in file for file in released.FILES.values())


def test_annotated_rows_have_all_their_topics_known(rows):
    guided = (rows.guide != UNKNOWN).all(axis=1)
    assert (rows.source[guided] == "starter").sum() == (rows.source == "starter").sum()
    assert (guided & (rows.source == "news-2024")).sum() == 1
    others = ~guided & ~released._hinted(rows)
    assert (rows.guide[others] == UNKNOWN).all()


def test_of_a_row_found_by_keywords_one_topic_is_certain_and_the_others_unknown(rows):
    places = np.flatnonzero(released._hinted(rows))
    assert "news-2020" in rows.source[places]
    for place in places:
        certain = {TREE.columns[k] for k in np.flatnonzero(rows.guide[place] == YES)}
        assert certain == TREE.grown([released.HINT])
        assert not (rows.guide[place] == NO).any()


def test_every_expert_learns_from_its_own_papers_only(rows):
    Y, costs, experts = released.problem(rows, taxonomy=TREE)
    assert Y.shape == costs.shape
    assert (costs > 0).all()
    archive, news = experts
    assert (Y[rows.source != "vntc"][:, list(archive.sections.values())] == UNKNOWN).all()
    assert (Y[rows.source == "vntc"][:, list(news.sections.values())] == UNKNOWN).all()
    assert set(Y[rows.source == "vntc", archive.gate]) == {YES}
    assert set(Y[rows.source == "starter", archive.gate]) == {NO}
    assert set(Y[rows.source == "starter", news.gate]) == {NO}
    assert set(Y[rows.source == "headlines-2026", news.gate]) == {NO}
    assert set(Y[rows.source == "news-2024", news.gate]) == {YES}


def test_without_recent_papers_earlier_ones_teach_their_expert(rows):
    older = rows[rows.source != "news-2024"]
    Y, _, (_, news) = released.problem(older, taxonomy=TREE)
    earlier = older.source == "news-2020"
    assert set(Y[earlier, news.gate]) == {YES}
    assert (Y[earlier][:, news.sections[TREE.columns.index("giao-duc")]] == YES).any()


def test_what_a_paper_of_today_filed_counts_as_true_beside_the_guide(rows):
    truth, counts = released.calibration_set(rows, taxonomy=TREE)
    guided = (rows.guide != UNKNOWN).all(axis=1)
    assert ((counts > 0) == guided).all()
    both = guided & (rows.source == "news-2024")
    assert (truth[both] == np.maximum(rows.guide[both], rows.paper[both] == YES)).all()
    assert (truth[~guided] == UNKNOWN).all()


def test_a_section_is_never_no_where_its_topic_is_yes(rows):
    Y, _, _ = released.problem(rows, taxonomy=TREE)
    at = TREE.columns.index
    for topic, section in TREE.parents.items():
        assert (Y[Y[:, at(topic)] == YES, at(section)] == YES).all()


def test_the_recipe_gives_a_small_model_that_can_be_saved(rows):
    fitted = released.fit(rows, taxonomy=TREE)
    model = fitted.model
    assert model.topics == TREE.columns
    assert model.tables["folded"].coef.dtype == np.int8
    p = model.probabilities(rows.texts[:50])
    for topic, section in TREE.parents.items():
        assert (p[:, TREE.columns.index(section)] >= p[:, TREE.columns.index(topic)]).all()
    arrays, meta = model.state()
    again = type(model).from_state(arrays, json.loads(json.dumps(meta)))
    np.testing.assert_array_equal(again.probabilities(rows.texts[:50]), p)


def test_a_missing_corpus_is_one_clear_error(tmp_path):
    with pytest.raises(CorpusError, match="no such file; the released model is fitted on"):
        released.gather(tmp_path, taxonomy=TREE)
