"""The cache of compiled kernels: private, outside the package, dispensable."""

import os
import pathlib
import shutil
import stat
import subprocess
import sys

import pytest

from recsys import jit

PACKAGE = pathlib.Path(jit.__file__).parent
posix = pytest.mark.skipif(os.name != "posix", reason="modes and owners are of POSIX")


def run(code, *, home, path, **environment):
    """Run ``code`` in a new process with a home and a package path of its own."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "VIRTUAL_ENV") if name in os.environ}
    kept |= {"HOME": str(home), "PYTHONPATH": str(path), "PYTHONDONTWRITEBYTECODE": "1"} | environment
    done = subprocess.run([sys.executable, "-c", code], env=kept, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@posix
def test_the_folder_is_private_even_where_it_was_not(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "linux")
    folder = tmp_path / "recsys" / "numba"
    folder.mkdir(parents=True, mode=0o777)
    folder.chmod(0o777)
    assert jit.cache_folder().parent == folder
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@posix
def test_a_folder_of_somebody_else_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(os, "getuid", lambda: tmp_path.stat().st_uid + 1)
    assert jit.cache_folder() is None


def test_no_folder_is_no_cache_and_no_error(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    monkeypatch.setattr(sys, "platform", "linux")
    assert jit.cache_folder() is None


@posix
def test_kernels_of_a_read_only_package_are_cached_in_the_folder_of_the_user(tmp_path):
    package = tmp_path / "installed" / "recsys"
    shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__", "web", "scale", "data", "models"))
    for path in (package, *package.rglob("*")):
        path.chmod(path.stat().st_mode & ~0o222)
    try:
        code = (
            "from recsys.kernels_rows import bucket_starts as f; import numpy as np\n"
            "f(np.zeros(1, np.uint64), 1); print(sum(f.stats.cache_hits.values()), sum(f.stats.cache_misses.values()))"
        )
        first, second = (run(code, home=tmp_path / "home", path=package.parent) for _ in range(2))
    finally:
        for path in (package, *package.rglob("*")):
            path.chmod(path.stat().st_mode | 0o200)
    assert (first, second) == ("0 1", "1 0")
    assert not list(package.rglob("*.nbi"))
    assert list((tmp_path / "home").rglob("*.nbi"))


def test_a_change_of_any_kernel_has_a_folder_of_its_own(tmp_path, monkeypatch):
    (tmp_path / "kernels.py").write_text("one")
    for name in ("simd.py", "span_columns.py"):
        (tmp_path / name).write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(jit, "__file__", str(tmp_path / "jit.py"))
    first, again = jit.cache_folder(), jit.cache_folder()
    (tmp_path / "kernels.py").write_text("two")
    assert first == again != jit.cache_folder()


def test_other_packages_keep_their_own_cache_folder():
    import numba

    before = numba.config.CACHE_DIR
    jit.kernel(lambda: 1)
    assert before == numba.config.CACHE_DIR


def test_tagging_imports_neither_scikit_learn_nor_underthesea(tmp_path):
    code = (
        "import sys, numpy as np\n"
        "from recsys.tfidf import Scorer, Tfidf\n"
        "scorer = Scorer(np.arange(1, 9, dtype=np.uint64), np.ones(8), np.ones((8, 2), np.int8), np.zeros(2))\n"
        "scorer.decision(['Giá vàng tăng'])\n"
        "print([m for m in ('sklearn', 'scipy.sparse', 'underthesea', 'joblib') if m in sys.modules])"
    )
    environment = {"XDG_CACHE_HOME": os.environ["XDG_CACHE_HOME"]} if "XDG_CACHE_HOME" in os.environ else {}
    assert run(code, home=pathlib.Path.home(), path=PACKAGE.parent, **environment) == "[]"
