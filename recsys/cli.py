"""The ``recsys`` command: every subcommand reads a file or ``-``, prints for people, or JSON for machines."""

from __future__ import annotations

import dataclasses
import io
import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from recsys.errors import InputError, RecsysError

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from recsys.article import Article, Page
    from recsys.catalogue import Source
    from recsys.protocols import Evaluated
    from recsys.recommender import Model

app = typer.Typer(
    help="Vietnamese news: tag articles, judge the headlines beside them, clean scraped pages.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
corpus_app = typer.Typer(help="Public labelled corpora.", no_args_is_help=True)
app.add_typer(corpus_app, name="corpus")

File = Annotated[str, typer.Argument(help="A file, or - for standard input.", metavar="FILE|-")]
ModelOption = Annotated[
    Path | None, typer.Option("--model", help="A model directory; else RECSYS_MODEL, else the released.")
]
Json = Annotated[bool, typer.Option("--json", help="One JSON object a line, for machines.")]
CORPUS_SUFFIXES = (".jsonl", ".ndjson", ".json", ".csv", ".parquet", ".gz", ".xz")
PAGE_SUFFIXES = (".html", ".htm", ".xhtml")


def main() -> None:
    """Run the command; an error of ours is one line on standard error and exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")  # Vietnamese, whatever the terminal was set to
    try:
        app(standalone_mode=True)
    except RecsysError as error:
        sys.stderr.write(f"recsys: {error}\n")
        sys.exit(2)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


@app.command()
def tag(file: File, model: ModelOption = None, as_json: Json = False) -> None:
    """Tag an article (text: the first line is its title), or every article of a corpus file."""
    from recsys import terminal

    loaded = _load(model)
    articles = list(_articles(file))
    for article, found in zip(articles, loaded.tag_many(articles), strict=True):
        if as_json:
            _print_json({"id": article.id, "title": article.title, "topics": [dataclasses.asdict(t) for t in found]})
        elif len(articles) == 1:
            _print(terminal.tag_lines(found))
        else:
            _print(terminal.tag_line(article, found))


@app.command()
def page(file: File, model: ModelOption = None, as_json: Json = False) -> None:
    """Clean a scraped page: what was injected struck through, its topics, and a verdict on each listed headline."""
    from recsys import terminal
    from recsys.page import parse_page

    source = _read(file)
    parsed = parse_page(source)
    loaded = _load(model)
    tags, judged = loaded.tag(parsed), loaded.rank(parsed, parsed.related)
    if as_json:
        verdicts = [dataclasses.asdict(dataclasses.replace(r, source="page")) for r in judged]
        _print_json(dataclasses.asdict(parsed) | {"topics": [dataclasses.asdict(t) for t in tags], "related": verdicts})
    else:
        _print(terminal.page(parsed, source, tags=tags, judged=judged))


@app.command()
def recommend(
    file: File,
    model: ModelOption = None,
    archive: Annotated[Path | None, typer.Option(help="A directory of your own index; else the demonstration.")] = None,
    k: Annotated[int, typer.Option("-k", help="At most so many headlines.")] = 10,
    as_page: Annotated[bool, typer.Option("--page", help="The file is a scraped page (always so for .html).")] = False,
    as_json: Json = False,
) -> None:
    """Give an article's topics and the headlines that belong beside it: its page's own, and the archive's."""
    from recsys import terminal

    loaded = _load(model)
    article = _page(file) if as_page or _is_page(file) else _first(file)
    index = None if archive is None else loaded.new_index(archive)
    answer = loaded.recommend(article, index, k)
    if as_json:
        _print_json(dataclasses.asdict(answer))
        return
    _print(terminal.recommendation(answer))
    if archive is None and loaded.is_demonstration:
        _print(
            terminal.note("The archive is a demonstration: the built-in corpus, which is fiction. Yours: --archive DIR")
        )


@app.command()
def explain(
    file: File,
    candidate: Annotated[list[str] | None, typer.Option(help="A headline to explain as well; may be repeated.")] = None,
    model: ModelOption = None,
    as_json: Json = False,
) -> None:
    """Say what speaks for each topic of an article, and for or against headlines."""
    from recsys import terminal

    reasons = _load(model).explain(_first(file), candidate or [])
    if as_json:
        _print_json(dataclasses.asdict(reasons))
    else:
        _print(terminal.explanation(reasons))


@app.command()
def evaluate(
    file: Annotated[Path, typer.Argument(help="A labelled corpus: .jsonl, .json, .csv, .parquet (+ .gz, .xz).")],
    model: ModelOption = None,
    report: Annotated[Path | None, typer.Option(help="Write an HTML report with pictures here.")] = None,
    related: Annotated[
        bool, typer.Option("--related", help="Judge what belongs instead: needs `story` in the file.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Measure a model on a labelled file: tags, best label, calibration, worst errors; or related headlines."""
    from recsys import protocols, terminal, training

    loaded = _load(model)
    if report is not None and (report.is_dir() or not report.absolute().parent.is_dir()):
        raise InputError(f"{report}: cannot be written; give a file in a folder that exists")
    if related:
        from recsys import corpus, related_figures, related_report

        found = related_figures.related_figures(loaded, list(corpus.stream(file, labelled=False)))
        figures = related_figures.table(found)
        if as_json:
            _print_json(figures)
        else:
            _print(terminal.related_table(figures))
        if report is not None:
            related_report.write(report, found, title=f"What belongs: recsys on {file.name}")
            typer.echo(f"report: {report}")
        return
    articles = training.read_all(file, report=_warn)
    evaluated = protocols.evaluate(loaded, articles, how=f"measured on {file.name}")
    errors = protocols.worst_errors(loaded, articles, evaluated)
    if as_json:
        _print_json(evaluated.summary())
    else:
        _print(terminal.evaluation(evaluated))
        _print(terminal.error_table(errors))
    if report is not None:
        _write_report(report, evaluated, title=f"recsys on {file.name}", errors=errors)


@app.command()
def train(
    file: Annotated[Path | None, typer.Option("--train", help="A labelled corpus; else the built-in one.")] = None,
    test: Annotated[Path | None, typer.Option(help="A labelled corpus to measure on; else cross-validation.")] = None,
    out: Annotated[Path | None, typer.Option(help="Where the model goes; else models/local.")] = None,
    stories: Annotated[list[Path] | None, typer.Option(help="More articles with `story`; may be repeated.")] = None,
    words: Annotated[bool, typer.Option("--words", help="Fit topics on words (slow), not on syllables.")] = False,
    released: Annotated[Path | None, typer.Option(help="Refit the released model from this data folder.")] = None,
    seed: Annotated[int, typer.Option(min=0, help="Two runs with one seed give the same figures.")] = 0,
) -> None:
    """Fit a model to a labelled corpus, measure it on stories it has not seen, and save it."""
    from recsys import cards, corpus, protocols, storage, terminal, training

    out = out or training.default_out()
    storage.check_writable(out)
    more = [a for path in stories or () for a in corpus.stream(path, labelled=False)]
    with _step_bar() as progress:
        if released is not None:
            model = training.fit_released(released, seed=seed, progress=progress)
            card = cards.released_card(model, test=test)
            training.save(model.with_card(card), out, texts={"README.md": cards.card_text(card)})
            _print(terminal.saved(out))
            return
        articles = corpus.starter() if file is None else training.read_all(file, report=_warn)
        measured_on = [] if test is None else training.read_all(test, report=_warn)
        if test is None:
            evaluated = protocols.cross_validate(articles, stories=more, words=words, seed=seed, progress=progress)
        model = training.fit(articles, stories=more, words=words, seed=seed, progress=progress)
        if test is not None:
            evaluated = protocols.evaluate(
                model, measured_on, how=f"measured on {test.name}, which fitting did not see"
            )
    card = cards.local_card(articles, evaluated, source="the built-in corpus" if file is None else file.name, seed=seed)
    archive = () if file is None else articles
    training.save(model.with_card(card), out, archive=archive, texts={"README.md": cards.card_text(card)})
    _print(terminal.evaluation(evaluated))
    _print(terminal.saved(out))


def train_main() -> None:
    """Run ``recsys train`` under the name of ``train.py``."""
    sys.argv[1:1] = ["train"]
    main()


@corpus_app.command("list")
def corpus_list() -> None:
    """List the public corpora that can be fetched."""
    from recsys import terminal
    from recsys.catalogue import CATALOGUE

    _print(terminal.pairs("Public corpora", [(s.name, _entry(s)) for s in CATALOGUE]))


def _entry(source: Source) -> str:
    missing = "" if source.digest else "; no digest is noted, so fetching needs --digest"
    return f"{source.title}; {source.licence}; revision {source.revision[:12]}{missing}"


@corpus_app.command("fetch")
def corpus_fetch(
    name: str, digest: Annotated[str | None, typer.Option(help="SHA-256 that the file must have.")] = None
) -> None:
    """Download a public corpus, resuming and checking its digest."""
    from recsys.catalogue import fetch

    typer.echo(fetch(name, digest=digest))


def _warn(error: RecsysError) -> None:
    sys.stderr.write(f"recsys: skipped {error}\n")


def _write_report(path: Path, evaluated: Evaluated, *, title: str, errors: Sequence[tuple[str, ...]]) -> None:
    from recsys import report

    report.write(
        path,
        title=title,
        note=evaluated.how,
        tags=evaluated.tags,
        labels=evaluated.labels,
        probabilities=evaluated.probabilities,
        truth=evaluated.truth,
        errors=errors,
    )
    typer.echo(f"report: {path}")


@contextmanager
def _step_bar() -> Iterator[Any]:
    """Show one progress bar a step on standard error; yields the callback ``(step, share)``."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description:<28}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as progress:
        bars: dict[str, Any] = {}

        def report(step: str, share: float) -> None:
            if step not in bars:
                bars[step] = progress.add_task(step, total=1.0)
            progress.update(bars[step], completed=share)

        yield report


def _load(path: Path | None) -> Model:
    from recsys.recommender import load

    return load(path)


def _articles(file: str) -> Iterator[Article]:
    """Yield the articles of a corpus file, or the one article that a text is."""
    from recsys import corpus

    if file.lower().endswith(CORPUS_SUFFIXES):
        yield from corpus.stream(file, labelled=False)
    else:
        yield corpus.as_article(_page(file) if _is_page(file) else _decoded(_read(file), file))


def _is_page(file: str) -> bool:
    return file.lower().endswith(PAGE_SUFFIXES)


def _first(file: str) -> Article:
    articles = _articles(file)
    first = next(articles, None)
    if first is None:
        raise InputError(f"{file}: expected an article, got none; give a file that holds one")
    if next(articles, None) is not None:
        sys.stderr.write(f"recsys: {file} holds several articles; only the first is looked at\n")
    return first


def _page(file: str) -> Page:
    from recsys.page import parse_page

    return parse_page(_read(file))


def _read(file: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise InputError(f"{file}: cannot be read ({error.strerror}); give a file, or - for standard input") from None


def _decoded(content: bytes, file: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        byte = f"byte 0x{content[error.start]:02x}"
        raise InputError(f"{file}:{line}: expected UTF-8, got {byte}; save the file as UTF-8") from None


def _print(renderable: RenderableType) -> None:
    _console().print(renderable)


def _console() -> Console:
    from rich.console import Console

    return Console(highlight=False, soft_wrap=False)


def _print_json(value: object) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, default=float, allow_nan=False) + "\n")
