"""What a person reads on a terminal: tags, judged headlines, pages with what was cut, tables of figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from recsys.article import Article, Explanation, Page, Recommendation, Related, Tag
from recsys.evaluation import Counts, LabelFigures, TagFigures, calibration
from recsys.page import marked

if TYPE_CHECKING:
    from recsys.protocols import Evaluated

BAR = 20
SOURCES = {"page": "on the page", "given": "given", "archive": "archive"}


def tag_lines(found: Sequence[Tag]) -> RenderableType:
    """One line a topic: its name, section, probability and a bar."""
    if not found:
        return Text("no topic: the article is about nothing this model knows", style="dim")
    table = Table.grid(padding=(0, 2))
    for tag in found:
        bar = Text("━" * round(BAR * tag.probability), style="green") + Text("━" * (BAR - round(BAR * tag.probability)))
        bar.stylize("grey23", round(BAR * tag.probability))
        table.add_row(Text(tag.name, style="bold"), Text(tag.topic, style="cyan"), f"{tag.probability:.0%}", bar)
    return table


def headlines(judged: Iterable[Related]) -> RenderableType:
    """One line a headline: the verdict, its probability, the headline, and why."""
    table = Table.grid(padding=(0, 1))
    table.add_column(width=1)
    table.add_column(justify="right", width=4)
    table.add_column(ratio=1)
    for related in judged:
        mark, style = ("✓", "bold green") if related.belongs else ("✗", "dim")
        line = Text(related.headline, style="" if related.belongs else "dim")
        if related.because and related.belongs:
            line.append("  " + ", ".join(related.because), style="italic cyan")
        for copy in related.copies:
            line.append(f"\n= {copy.title}", style="dim")
        table.add_row(Text(mark, style=style), Text(f"{related.probability:.0%}", style=style), line)
    return table


def recommendation(answer: Recommendation, *, show_rejected: int = 5) -> RenderableType:
    """Topics, what belongs, and the first of what does not."""
    parts: list[RenderableType] = [_title("Topics"), _indent(tag_lines(answer.topics))]
    for source in ("page", "given", "archive"):
        kept = [r for r in answer.related if r.source == source]
        left = [r for r in answer.rejected if r.source == source]
        if not kept and not left:
            continue
        parts.append(_title(f"Headlines ({SOURCES[source]}): {len(kept)} of {len(kept) + len(left)} belong"))
        shown = left if source != "archive" else left[:show_rejected]
        parts.append(_indent(headlines([*kept, *shown])))
    if answer.left_out:
        parts.append(Text(f"{answer.left_out} more belong than were asked for.", style="dim"))
    elif not answer.related:
        parts.append(Text("Nothing belongs beside this article.", style="dim"))
    return Group(*parts)


def page(parsed: Page, source: bytes, *, tags: Sequence[Tag], judged: Sequence[Related]) -> RenderableType:
    """Show a page cleaned: what was injected struck through where it stood, why, its topics and its list, judged."""
    marks = marked(source)
    title, body = _struck(marks.title), _struck(marks.body)
    title.stylize("bold")
    parts: list[RenderableType] = [title, Text(), body, Text()]
    if parsed.injected:
        parts.append(_title(f"Injected: {len(parsed.injected)}"))
        table = Table.grid(padding=(0, 2))
        for item in parsed.injected:
            table.add_row(
                Text(item.where, style="dim"), Text(item.text, style="red strike"), Text(item.why, style="dim")
            )
        parts.append(_indent(table))
    parts += [_title("Topics"), _indent(tag_lines(tags))]
    if judged:
        kept = sum(r.belongs for r in judged)
        parts += [_title(f"Headlines on the page: {kept} of {len(judged)} belong"), _indent(headlines(judged))]
    return Group(*parts)


def tag_line(article: Article, found: Sequence[Tag]) -> Text:
    """Return one line: the headline and its topics."""
    title = article.title or article.body[:80]
    line = Text(title, overflow="ellipsis", no_wrap=True)
    return (
        Text(", ".join(f"{t.topic} {t.probability:.0%}" for t in found) or "-", style="cyan").append("  ").append(line)
    )


def note(text: str) -> Text:
    """Return an aside."""
    return Text(text, style="dim italic")


def evaluation(evaluated: Evaluated) -> RenderableType:
    """Show every figure of an evaluation, floors beside them, and how it was done."""
    low = ", ".join(f"{name} {f1:.3f}" for name, f1 in evaluated.floors.items())
    curve = calibration(evaluated.probabilities, evaluated.truth)
    rows = [("micro-F1 of tags without a model", low)]
    rows.append(
        ("calibration error (predictions of 0.1 and more)", f"{curve.error:.3f} ({curve.counts.sum():,} of them)")
    )
    if evaluated.stories:
        names = {"ndcg_at_10": "ranked", "by_cosine": "by cosine alone", "random": "random"}
        figures = ", ".join(f"{names[k]} {v:.3f}" for k, v in evaluated.stories.items())
        rows.append(("same story among all headlines, nDCG@10", figures))
    parts: list[RenderableType] = [tag_table(evaluated.tags)]
    if evaluated.labels is not None:
        parts.append(label_table(evaluated.labels))
    return Group(*parts, pairs("", rows), note(evaluated.how))


def error_table(errors: Sequence[tuple[str, ...]]) -> RenderableType:
    """Show the surest wrong tags and the terms that misled."""
    if not errors:
        return Text("no tag was both sure and wrong")
    table = Table("headline", "true", "given", "what misled", title="Worst errors", title_justify="left")
    for row in errors:
        table.add_row(*row)
    return table


def related_table(figures: dict[str, dict[str, float | None]]) -> Table:
    """Show how well headlines of the same story are ranked and chosen, by method."""
    columns = list(next(iter(figures.values())))
    table = Table("", *columns, title="Related headlines", title_justify="left")
    for method, row in figures.items():
        cells = (row[column] for column in columns)
        table.add_row(method, *("-" if cell is None else f"{cell:.3f}" for cell in cells))
    return table


def saved(path: Path) -> RenderableType:
    """Say where a model went and what to do with it."""
    use = f'recsys tag article.txt --model {path}\npython -c "import recsys; model = recsys.load({str(path)!r})"'
    return Group(Text(f"Saved to {path}", style="bold green"), Text(f"{use}\nexport RECSYS_MODEL={path}", style="cyan"))


def explanation(reasons: Explanation) -> RenderableType:
    """Key terms, what speaks for each topic, what each candidate shares and lacks."""
    parts: list[RenderableType] = [_title("Key terms"), _indent(Text(", ".join(reasons.key_terms) or "none"))]
    for topic in reasons.topics:
        parts.append(_title(f"{topic.name}  {topic.probability:.0%}"))
        parts.append(_indent(Text(", ".join(f"{term} {value:+.2f}" for term, value in topic.terms))))
    for reason in reasons.candidates:
        parts.append(_indent(headlines([reason.related])))
        shared = ", ".join(f"{term} {share:.0%}" for term, share in reason.shared) or "nothing"
        parts.append(
            _indent(Text(f"shares {shared}\nlacks  {', '.join(reason.missing) or 'nothing'}", style="cyan"), 6)
        )
    return Group(*parts)


def tag_table(figures: TagFigures) -> Table:
    """Precision, recall and F1 a topic, then micro and macro."""
    table = Table("topic", title=f"Tags of {figures.n:,} articles", title_justify="left")
    for column in ("articles", "precision", "recall", "F1"):
        table.add_column(column, justify="right")
    for topic, counts in figures.topics.items():
        if counts.tp + counts.fp + counts.fn:
            table.add_row(topic, *_counts(counts))
    table.add_section()
    table.add_row("micro", *_counts(figures.micro), style="bold")
    low, high = figures.interval
    table.add_row("  95 % interval", "", "", "", f"{low:.3f}-{high:.3f}", style="dim")
    table.add_row("macro", "", "", "", f"{figures.macro_f1:.3f}", style="bold")
    return table


def label_table(figures: LabelFigures) -> Table:
    """F1 a label, accuracy and macro-F1, and which label each is most often taken for."""
    table = Table("label", title=f"Best label of {figures.n:,} articles", title_justify="left")
    for column in ("articles", "F1", "most often taken for"):
        table.add_column(column, justify="left" if column.startswith("most") else "right")
    for row, label in enumerate(figures.labels):
        wrong = figures.confusion[row].copy()
        wrong[row] = 0
        worst = f"{figures.labels[wrong.argmax()]} ({wrong.max()})" if wrong.any() else ""
        table.add_row(label, f"{figures.confusion[row].sum():,}", f"{figures.f1[label]:.3f}", worst)
    table.add_section()
    table.add_row("accuracy", "", f"{figures.accuracy:.4f}", style="bold")
    table.add_row("macro-F1", "", f"{figures.macro_f1:.4f}", style="bold")
    return table


def pairs(title: str, rows: Iterable[tuple[str, str]]) -> Table:
    """Lay names and figures out in a small table."""
    table = Table("", "", title=title, title_justify="left", show_header=False)
    for name, figure in rows:
        table.add_row(name, figure)
    return table


def _counts(counts: Counts) -> tuple[str, str, str, str]:
    return f"{counts.support:,}", f"{counts.precision:.3f}", f"{counts.recall:.3f}", f"{counts.f1:.3f}"


def _struck(pieces: Iterable[tuple[str, bool]]) -> Text:
    text = Text()
    for piece, kept in pieces:
        text.append(piece, style="" if kept else "red strike")
    return text


def _title(text: str) -> Text:
    return Text(text, style="bold underline")


def _indent(renderable: RenderableType, by: int = 2) -> Padding:
    return Padding(renderable, (0, 0, 0, by))
