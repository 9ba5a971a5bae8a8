"""Fetching public corpora, against a server on this machine."""

import hashlib
import http.server
import io
import threading
import zipfile

import pytest

from recsys import catalogue
from recsys.errors import FetchError, InputError


def zipped(**files):
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/"), content)
    return memory.getvalue()


@pytest.fixture
def server(monkeypatch):
    """A server of ``content`` that understands ranges; ``cut`` bytes and it hangs up; ``asked`` are the ranges."""

    class Handler(http.server.BaseHTTPRequestHandler):
        content, cut, asked = b"", None, []

        def do_GET(self):
            start = int((self.headers.get("Range") or "bytes=0-")[6:].rstrip("-"))
            self.asked.append(start)
            self.send_response(206 if start else 200)
            rest = self.content[start:]
            self.send_header("Content-Length", str(len(rest)))
            self.end_headers()
            self.wfile.write(rest[: self.cut])

        def log_message(self, *_):
            pass

    Handler.asked = []
    running = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    monkeypatch.setenv(catalogue.BASE_VARIABLE, f"http://127.0.0.1:{running.server_port}")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    yield Handler
    running.shutdown()
    running.server_close()


def entry(content, path="owner/repo/{revision}/small.zip"):
    digest = hashlib.sha256(content).hexdigest()
    return (catalogue.Source("small", "A small corpus", path, "abc", "MIT", digest),)


def test_a_corpus_is_fetched_checked_and_unpacked(server, tmp_path):
    server.content = zipped(a__train="một hai ba")
    steps = []
    folder = catalogue.fetch("small", tmp_path, catalogue=entry(server.content), progress=lambda *s: steps.append(s))
    assert (folder / "a" / "train").read_text("utf-8") == "một hai ba"
    assert steps[-1] == ("small.zip", 1.0)


def test_a_second_fetch_asks_nobody(server, tmp_path):
    server.content = zipped(train="x")
    catalogue.fetch("small", tmp_path, catalogue=entry(server.content))
    catalogue.fetch("small", tmp_path, catalogue=entry(server.content))
    assert server.asked == [0]


def test_a_download_that_was_cut_off_goes_on_where_it_stopped(server, tmp_path):
    server.content = zipped(train="x" * 5000)
    server.cut = 1000
    with pytest.raises(FetchError, match="the next try goes on"):
        catalogue.fetch("small", tmp_path, catalogue=entry(server.content))
    server.cut = None
    folder = catalogue.fetch("small", tmp_path, catalogue=entry(server.content))
    assert (folder / "train").read_text("utf-8") == "x" * 5000
    assert server.asked == [0, 1000]


def test_a_file_with_another_digest_is_refused_and_not_kept(server, tmp_path):
    known = entry(zipped(train="what was noted"))
    server.content = zipped(train="something else")
    with pytest.raises(FetchError, match="not the file that was noted"):
        catalogue.fetch("small", tmp_path, catalogue=known)
    assert not (tmp_path / "small.zip").exists()
    server.content = zipped(train="what was noted")
    assert catalogue.fetch("small", tmp_path, catalogue=known).is_dir()


def test_offline_is_one_clear_error(monkeypatch, tmp_path):
    monkeypatch.setenv(catalogue.BASE_VARIABLE, "http://127.0.0.1:9")
    with pytest.raises(FetchError, match=r"cannot reach http://127\.0\.0\.1:9/owner/repo/abc/small\.zip"):
        catalogue.fetch("small", tmp_path, catalogue=entry(b"x"))


def test_a_member_that_would_land_elsewhere_is_refused(server, tmp_path):
    server.content = zipped(**{"..__evil": "x"})
    with pytest.raises(FetchError, match="inside the archive's folder"):
        catalogue.fetch("small", tmp_path / "in", catalogue=entry(server.content))
    assert not (tmp_path / "evil").exists()


def test_an_unknown_corpus_lists_the_known_ones():
    with pytest.raises(InputError, match="it has vntc"):
        catalogue.fetch("vntx")


def test_a_corpus_without_a_noted_digest_is_not_trusted(tmp_path):
    with pytest.raises(FetchError, match="no digest is noted"):
        catalogue.fetch("vntc", tmp_path)


def test_every_entry_names_a_pinned_revision_and_a_licence():
    for one in catalogue.CATALOGUE:
        assert len(one.revision) == 40
        assert one.licence
        assert one.revision in one.url
