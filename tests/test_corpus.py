import csv
import gzip
import json
import lzma

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recsys import corpus
from recsys.article import Article
from recsys.errors import CorpusError

ROWS = [
    {"title": "Một", "lead": "hai", "body": "ba\nbốn, “năm”", "topics": ["the-thao", "xa-hoi"], "id": "1", "more": 3},
    {"title": "Sáu", "topics": "the-thao", "story": "s"},
]
ARTICLES = [
    Article("Một", "hai", "ba\nbốn, “năm”", id="1", topics=("the-thao", "xa-hoi")),
    Article("Sáu", topics=("the-thao",), story="s"),
]


def lines(rows):
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def write(path, rows):
    kind = path.suffixes[0]
    if kind == ".jsonl":
        content = lines(rows)
    elif kind == ".json":
        content = json.dumps(rows).encode()
    elif kind == ".csv":
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, ["title", "lead", "body", "topics", "id", "story"], extrasaction="ignore")
            writer.writeheader()
            writer.writerows([r | {"topics": json.dumps(r["topics"]) if "more" in r else r["topics"]} for r in rows])
        return path
    else:
        pa = pytest.importorskip("pyarrow")
        from pyarrow import parquet

        columns = {name: [r.get(name) for r in rows] for name in ("title", "lead", "body", "id", "story")}
        topics = [[r["topics"]] if isinstance(r["topics"], str) else r["topics"] for r in rows]
        parquet.write_table(pa.table(columns | {"topics": topics}), path)
        return path
    path.write_bytes({".gz": gzip.compress, ".xz": lzma.compress}.get(path.suffix, bytes)(content))
    return path


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.jsonl.xz", "a.json", "a.json.gz", "a.csv", "a.parquet"])
def test_every_format_gives_the_same_articles(tmp_path, name):
    assert corpus.read(write(tmp_path / name, ROWS)) == ARTICLES


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"{not json", r"a\.jsonl:2: expected one JSON object a line"),
        (b"[" * 100_000, r"a\.jsonl:2: expected one JSON object a line"),
        (b'"text"', r"a\.jsonl:2: expected an object"),
        (b"\xff\xfe", r"a\.jsonl:2: expected UTF-8, got byte 0xff at 0"),
        (b'{"title": "T"}', r'a\.jsonl:2: no topics; write \["the-thao"\]'),
        (b'{"title": 3, "topics": "x"}', r"a\.jsonl:2: title must be a string, got 3"),
        (b'{"title": "T", "topics": [1]}', r"a\.jsonl:2: topics must be a list of strings"),
        (b'{"title": " ", "topics": "x"}', r"a\.jsonl:2: expected text in title, lead or body"),
    ],
)
def test_a_broken_line_is_named_and_costs_no_other(tmp_path, line, message):
    path = tmp_path / "a.jsonl"
    path.write_bytes(lines(ROWS[:1]) + line + b"\n" + lines(ROWS[1:]))
    with pytest.raises(CorpusError, match=message):
        corpus.read(path)
    errors = []
    assert corpus.read(path, report=errors.append) == ARTICLES
    assert len(errors) == 1


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", b"", "expected a name ending in"),
        ("a.json", b"{}", "expected a JSON list"),
        ("a.csv", b"x,y\n1,2\n", "expected a header"),
        ("a.csv", b"title,topics\n\xff\xfe,x\n", "expected UTF-8"),
        ("a.csv", b'title,topics\n"open,x\n', "not CSV"),
        ("a.jsonl.gz", b"not gzip", "cannot be read"),
        ("a.jsonl.xz", lzma.compress(b'{"title": "T", "topics": "x"}\n' * 9)[:-20], "cannot be read"),
        ("a.parquet", b"PAR1nope", "not a Parquet file"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_gives_one_error(tmp_path, name, content, message):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(CorpusError, match=message):
        corpus.read(tmp_path / name)


def test_a_missing_file_is_told_with_the_folder_looked_in(tmp_path):
    with pytest.raises(CorpusError, match="no such file"):
        corpus.read(tmp_path / "a.jsonl")


def test_the_starter_corpus_is_whole():
    articles = corpus.starter()
    assert len({a.id for a in articles}) == len(articles)
    assert all(a.title and a.lead and a.body and a.topics and a.story and a.published for a in articles)


@given(st.lists(st.sampled_from(["", "a", "b", "c", "d"]), max_size=40), st.integers(2, 5), st.integers(0, 3))
def test_folds_keep_stories_whole(stories, k, seed):
    articles = [Article("t", story=s) for s in stories]
    folds = corpus.story_folds(articles, k, seed=seed)
    assert len(folds) == len(articles)
    for story in set(stories) - {""}:
        assert len({f for f, s in zip(folds, stories, strict=True) if s == story}) == 1
    np.testing.assert_array_equal(folds, corpus.story_folds(articles, k, seed=seed))


def test_folds_of_lone_articles_differ_by_one_at_most():
    sizes = np.bincount(corpus.story_folds([Article("t")] * 23, 5))
    assert sizes.max() - sizes.min() <= 1
