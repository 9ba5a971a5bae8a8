"""The topic tree, and what labels of corpora say about it."""

import json

import numpy as np
import pytest

from recsys.errors import CorpusError, InputError
from recsys.taxonomy import LabelMapping, Taxonomy

CORPORA = ("vntc", "news-2020", "news-2024", "headlines-2026")
TREE = {
    "sections": [
        {
            "id": "s",
            "vi": "S",
            "en": "S",
            "topics": [{"id": "a", "vi": "A", "en": "A"}, {"id": "b", "vi": "B", "en": "B"}],
        },
        {"id": "t", "vi": "T", "en": "T", "topics": []},
    ]
}


def test_the_built_in_tree_has_a_section_for_every_topic_and_names_in_two_languages():
    tree = Taxonomy.from_file()
    assert (len(tree.sections), len(tree.parents)) == (12, 18)
    assert tree.section_of("an-ninh-mang") == "cong-nghe"
    assert tree.name("an-ninh-mang") == "An ninh mạng"
    assert tree.name("an-ninh-mang", "en") == "Cybersecurity"
    assert set(tree.columns) == set(tree.sections) | set(tree.parents)


def test_a_topic_implies_its_section():
    tree = Taxonomy(TREE)
    assert tree.columns == ["s", "a", "b", "t"]
    assert tree.targets([["a"], ["t"], []]).tolist() == [[1, 1, 0, 0], [0, 0, 0, 1], [0, 0, 0, 0]]


def test_unknown_is_not_negative():
    tree = Taxonomy(TREE)
    assert tree.partial_targets(yes=["s"]).tolist() == [1, -1, -1, 0]
    assert tree.partial_targets(yes=["a"]).tolist() == [1, 1, -1, 0]
    assert tree.partial_targets(yes=["t"], unknown=["s"]).tolist() == [-1, -1, -1, 1]
    assert tree.partial_targets(yes=["t"], unknown=["a"]).tolist() == [-1, -1, -1, 1]


def test_labels_of_the_tree_give_the_part_of_it_that_they_touch():
    tree = Taxonomy.for_labels({"bong-da", "giao-duc"})
    assert tree.columns == ["giao-duc", "the-thao", "bong-da"]
    assert Taxonomy(json.loads(json.dumps(tree.tree))).columns == tree.columns


def test_other_labels_give_a_flat_list_without_sections():
    tree = Taxonomy.for_labels({"vi-tinh", "the-thao"})
    assert tree.columns == ["the-thao", "vi-tinh"]
    assert (tree.parents, tree.sections, tree.section_of("vi-tinh")) == ({}, [], "")
    assert tree.targets([["vi-tinh"]]).tolist() == [[0, 1]]


@pytest.mark.parametrize("corpus", CORPORA)
def test_no_label_of_a_public_corpus_makes_a_fine_topic_of_the_label_impossible(corpus):
    tree = Taxonomy.from_file()
    mapping = LabelMapping.from_file(corpus, taxonomy=tree)
    rows = mapping.targets([[label] for label in mapping.labels])
    for row in rows:
        state = dict(zip(tree.columns, row, strict=True))
        for topic, section in tree.parents.items():
            assert state[topic] <= state[section] or state[section] == -1 or state[topic] == -1
            if state[section] == 1 and state[topic] != 1:
                assert state[topic] == -1


def test_computers_say_nothing_about_cybersecurity_and_science_and_technology_is_one_of_two():
    tree = Taxonomy.from_file()
    at = tree.columns.index
    row = LabelMapping.from_file("vntc", taxonomy=tree).targets([["vi-tinh"]])[0]
    assert (row[at("cong-nghe")], row[at("an-ninh-mang")], row[at("the-thao")]) == (1, -1, 0)
    row = LabelMapping.from_file("news-2020", taxonomy=tree).targets([["khoa-hoc-cong-nghe"]])[0]
    assert (row[at("khoa-hoc")], row[at("cong-nghe")]) == (-1, -1)


def test_of_several_labels_yes_wins_over_unknown_over_no():
    mapping = LabelMapping(Taxonomy(TREE), {"x": {"yes": ["s"]}, "y": {"yes": ["t"], "unknown": ["s"]}}, name="c")
    assert mapping.targets([["x", "y"]])[0].tolist() == [1, -1, -1, 1]


@pytest.mark.parametrize("corpus", CORPORA)
def test_the_mapping_knows_every_label_of_the_real_files(corpus, shared):
    import lzma

    from recsys.released import FILES

    mapping = LabelMapping.from_file(corpus, taxonomy=Taxonomy.from_file())
    with lzma.open(shared / "data" / FILES[corpus], "rt", encoding="utf-8") as lines:
        labels = {label for line in lines for label in json.loads(line)["topics"]}
    assert labels == set(mapping.labels)


def test_bad_trees_and_labels_are_one_clear_error():
    with pytest.raises(CorpusError, match="stands twice"):
        Taxonomy({"labels": ["a", "a"]})
    with pytest.raises(CorpusError, match="need id, vi and en"):
        Taxonomy({"sections": [{"id": "a"}]})
    with pytest.raises(InputError, match="no topic 'x' in the tree"):
        Taxonomy(TREE).targets([["x"]])
    with pytest.raises(CorpusError, match="expected labels among x"):
        LabelMapping(Taxonomy(TREE), {"x": {}}, name="c").targets([["z"]])
    with pytest.raises(CorpusError, match="no corpus 'nope'"):
        LabelMapping.from_file("nope", taxonomy=Taxonomy.from_file())


def test_annotations_name_topics_of_the_tree_once_each():
    from recsys.released import read_annotations

    tree = Taxonomy.from_file()
    given = read_annotations()
    assert len(given) > 1000
    assert all(topic in tree for topics in given.values() for topic in topics)
    assert np.all([len(set(topics)) == len(topics) for topics in given.values()])
