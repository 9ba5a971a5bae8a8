import pathlib
from dataclasses import replace

import pytest
from stories import newsroom

import recsys
from recsys import related_figures, related_report, training
from recsys.errors import InputError


@pytest.fixture(scope="module")
def model() -> recsys.recommender.Model:
    return training.fit([replace(a, topics=("the-thao" if i % 2 else "suc-khoe",)) for i, a in enumerate(newsroom())])


def test_the_model_stands_beside_simpler_ways_and_only_it_decides(model: recsys.recommender.Model) -> None:
    found = related_figures.related_figures(model, newsroom(seed=4))
    assert list(found) == ["recsys", "cosine", "BM25", "same topic", "newest", "random"]
    figures = related_figures.table(found)
    assert figures["recsys"]["nDCG@10"] > figures["random"]["nDCG@10"]
    assert all(0 <= row[name] <= 1 for row in figures.values() for name in ("nDCG@10", "MAP", "P@1"))
    assert [name for name, row in figures.items() if row["precision"] is not None] == ["recsys"]
    assert (
        related_figures.table(related_figures.related_figures(model, newsroom(seed=4)))["recsys"] == figures["recsys"]
    )


def test_the_report_holds_both_pictures_and_every_method(
    model: recsys.recommender.Model, tmp_path: pathlib.Path
) -> None:
    found = related_figures.related_figures(model, newsroom(seed=4))
    related_report.write(tmp_path / "report.html", found, title="<b>tin</b>")
    page = (tmp_path / "report.html").read_text("utf-8")
    assert page.count("<svg") == 2
    assert "&lt;b&gt;tin" in page
    assert all(f"<td>{name}</td>" in page for name in found)


def test_without_stories_nothing_is_measured(model: recsys.recommender.Model) -> None:
    with pytest.raises(InputError, match="story"):
        related_figures.related_figures(model, [replace(a, story="") for a in newsroom()])
