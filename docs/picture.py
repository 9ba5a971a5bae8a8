"""Draw ``page.svg``, the picture in the README: ``python docs/picture.py``."""

import io
import pathlib
import re

from rich.console import Console

import recsys
from recsys import terminal

ROOT = pathlib.Path(__file__).parents[1]


def main() -> None:
    """Record what the terminal shows, and leave out the fonts that rich would load from elsewhere."""
    source = (ROOT / "data" / "pages" / "hijacked.txt").read_bytes()
    page, model = recsys.parse_page(source), recsys.load()
    console = Console(record=True, width=100, file=io.StringIO(), force_terminal=True, highlight=False)
    console.print(terminal.page(page, source, tags=model.tag(page), judged=model.rank(page, page.related)))
    picture = console.export_svg(title="recsys page data/pages/hijacked.txt")
    (ROOT / "docs" / "page.svg").write_text(re.sub(r"@font-face \{.*?\}", "", picture, flags=re.DOTALL), "utf-8")


if __name__ == "__main__":
    main()
