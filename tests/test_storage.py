import json
import os
import signal
import subprocess
import sys
import time

import numpy as np
import pytest

from recsys import storage
from recsys.errors import ModelError

ARRAYS = {
    "part": {
        "keys": np.arange(7, dtype=np.uint64),
        "half": np.array([[0.5, -1.5]], np.float16),
        "none": np.zeros((0, 3), np.float32),
        "bytes": np.array([1, -2], np.int8),
    }
}


def saved(tmp_path, **documents):
    storage.save(tmp_path / "m", ARRAYS, documents={"meta": {"a": 1} | documents}, texts={"README.md": "card\n"})
    return tmp_path / "m"


def test_what_is_saved_is_loaded(tmp_path):
    bundle = storage.load(saved(tmp_path))
    for name, array in ARRAYS["part"].items():
        np.testing.assert_array_equal(bundle.arrays["part"][name], array)
        assert bundle.arrays["part"][name].dtype == array.dtype
    assert bundle.documents == {"meta": {"a": 1}}


def test_loaded_arrays_cannot_be_written(tmp_path):
    keys = storage.load(saved(tmp_path)).arrays["part"]["keys"]
    with pytest.raises(ValueError, match="read-only"):
        keys[0] = 1


def test_any_flipped_byte_is_refused_by_the_name_of_the_file(tmp_path):
    directory = saved(tmp_path)
    for path in directory.iterdir():
        if path.name == "README.md":
            continue
        content = path.read_bytes()
        for place in np.linspace(0, len(content) - 1, 40).astype(int):
            path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
            with pytest.raises(ModelError, match=path.name):
                storage.load(directory)
        path.write_bytes(content)
    storage.load(directory)


def test_a_missing_file_is_named(tmp_path):
    directory = saved(tmp_path)
    victim = next(directory.glob("part-*.safetensors"))
    victim.unlink()
    with pytest.raises(ModelError, match=victim.name):
        storage.load(directory)


def test_a_directory_without_a_manifest_says_how_to_make_one(tmp_path):
    with pytest.raises(ModelError, match=r"train\.py"):
        storage.load(tmp_path / "nowhere")


def test_a_manifest_cannot_name_files_elsewhere(tmp_path):
    directory = saved(tmp_path)
    manifest = json.loads((directory / "manifest.json").read_text())
    manifest.pop("sha256")
    manifest["files"]["meta.json"]["file"] = "../outside.json"
    manifest["sha256"] = storage._digest(manifest)
    (directory / "manifest.json").write_bytes(storage._json(manifest))
    with pytest.raises(ModelError, match="outside"):
        storage.load(directory)


def test_a_later_save_replaces_the_earlier_and_leaves_nothing_of_it(tmp_path):
    directory = saved(tmp_path)
    before = {p.name for p in directory.iterdir()}
    saved(tmp_path, b=2)
    after = {p.name for p in directory.iterdir()}
    assert storage.load(directory).documents == {"meta": {"a": 1, "b": 2}}
    assert len(before) == len(after)


def test_somebody_elses_directory_is_left_alone(tmp_path):
    (tmp_path / "m").mkdir()
    (tmp_path / "m" / "thesis.txt").write_text("mine")
    with pytest.raises(ModelError, match="not written by recsys"):
        saved(tmp_path)
    assert (tmp_path / "m" / "thesis.txt").read_text() == "mine"


def test_a_save_killed_at_any_moment_leaves_a_loadable_directory(tmp_path):
    directory = saved(tmp_path)
    code = (
        "import sys, pathlib, numpy as np\nfrom recsys import storage\nprint('go', flush=True)\n"
        "for i in range(10**6):\n"
        "    arrays = {'part': {'x': np.full(50_000, i)}}\n"
        "    storage.save(pathlib.Path(sys.argv[1]), arrays, documents={'meta': {'i': i}})\n"
    )
    for wait in (0.0, 0.01, 0.03, 0.07):
        child = subprocess.Popen([sys.executable, "-c", code, str(directory)], stdout=subprocess.PIPE)
        assert child.stdout
        child.stdout.readline()
        time.sleep(wait)
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        bundle = storage.load(directory)
        if "i" in bundle.documents["meta"]:
            assert (bundle.arrays["part"]["x"] == bundle.documents["meta"]["i"]).all()


def test_writers_at_the_same_time_and_readers_between_them_see_whole_directories(tmp_path):
    directory = saved(tmp_path)
    code = (
        "import sys, pathlib, numpy as np\nfrom recsys import storage\n"
        "for i in range(40):\n"
        "    x = i % 3 + int(sys.argv[2])\n"  # contents come back, and so do the names of files
        "    arrays = {'part': {'x': np.full(9, x)}}\n"
        "    storage.save(pathlib.Path(sys.argv[1]), arrays, documents={'meta': {'i': x}})\n"
    )
    writers = [subprocess.Popen([sys.executable, "-c", code, str(directory), str(k)]) for k in range(3)]
    while any(writer.poll() is None for writer in writers):
        bundle = storage.load(directory)
        if "i" in bundle.documents["meta"]:
            assert (bundle.arrays["part"]["x"] == bundle.documents["meta"]["i"]).all()
    assert [writer.returncode for writer in writers] == [0, 0, 0]
    storage.load(directory)
    listed = {*json.loads((directory / "manifest.json").read_text())["files"]}
    assert len([*directory.iterdir()]) == len(listed) + 2  # the manifest and the card
