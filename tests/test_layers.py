"""Imports point downward only: a room may import the rooms below it, never those beside or above."""

import ast
import pathlib
import subprocess
import sys

PACKAGE = pathlib.Path(__file__).parents[1] / "recsys"
LAYERS = [
    {"errors", "article", "jit", "simd", "dates", "blas"},
    {"kernels", "kernels_svm", "batches", "storage", "calibration", "catalogue", "metrics", "copies", "records"},
    {"kernels_rows", "kernels_tokens", "pair_kernels", "topic_kernels", "legacy", "keyterms"},
    {"page_signs", "page_frame", "page_commas", "span_kernels", "span_columns", "line_signs"},
    {
        "text",
        "index_kernels",
        "headline_kernels",
        "svm",
        "taxonomy",
        "corpus",
        "line_rules",
        "line_kernels",
        "html_blocks",
    },
    {"span_seam_kernels", "page_why", "span_text", "span_repeat_kernels", "span_look_kernels", "span_network_kernels"},
    {"terms", "close_kernels", "page_restore", "evaluation", "span_feature_kernels", "line_tagger"},
    {"tfidf", "span_tagger", "page_text"},
    {"topics", "likeness", "vectorizer", "page_tagger", "html_lists"},
    {"topic_fitting", "features", "page_html"},
    {"released", "postings", "reasons", "page"},
    {"samples"},
    {"judging"},
    {"ranking"},
    {"vector_cache", "related_data"},
    {"index"},
    {"recommender"},
    {"training", "report"},
    {"protocols", "related_figures"},
    {"cards", "terminal", "related_report"},
    {"cli", "web", "scale"},
]


def imports_of(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("recsys"):
            names = [node.module] if node.module != "recsys" else [f"recsys.{a.name}" for a in node.names]
        elif isinstance(node, ast.Import):
            names = [a.name for a in node.names if a.name.startswith("recsys.")]
        yield from (name.split(".")[1] for name in names)


def test_every_room_has_its_layer():
    rooms = {p.stem for p in PACKAGE.glob("*.py")} - {"__init__", "__main__"}
    assert rooms == set().union(*LAYERS) & rooms


def test_imports_point_downward():
    level = {room: i for i, rooms in enumerate(LAYERS) for room in rooms}
    for path in PACKAGE.glob("*.py"):
        if path.stem not in ("__init__", "__main__"):
            for room in imports_of(path):
                assert level[room] < level[path.stem], f"{path.name} imports {room}"


def test_importing_recsys_loads_nothing_heavy():
    heavy = ("numba", "sklearn", "underthesea", "scipy", "numpy")
    code = f"import sys, recsys; print([m for m in {heavy} if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
