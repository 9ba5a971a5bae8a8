"""The elements of an HTML page: their text, their links, their names, the innermost blocks."""

# ruff: noqa: E501, SIM905 (tables and patterns read best on one line)

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HtmlElement

from recsys.page_signs import unmask

BLOCKS = frozenset(
    "p div section article main aside header footer h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table tbody thead tr td th blockquote figure figcaption pre center address details summary hr".split()
)
BESIDE = re.compile(
    r"(?i)menu|navbar|breadcrumb|comment|share|social|banner|advert|\bads?\b|tags?\b|footer|header-|login|popup|weather|author-list"
)


def text(element: HtmlElement) -> str:
    """Return all text in an element, on one line."""
    return " ".join(unmask("".join(element.itertext())).split())


def links(element: HtmlElement) -> int:
    """Return how many characters of it are links."""
    return sum(len(text(a)) for a in element.iter("a"))


def named(element: HtmlElement) -> str:
    """Return its class and id."""
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def blocks(element: HtmlElement) -> list[tuple[HtmlElement, str]]:
    """Return the innermost blocks of an element and their text, in order; loose text counts as a block of its parent."""
    found: list[tuple[HtmlElement, str]] = []
    loose: list[str] = []

    def close() -> None:
        for part in "".join(loose).split("\n"):
            if said := " ".join(unmask(part).split()):
                found.append((owner[-1], said))
        loose.clear()

    owner = [element]
    for event, node in etree.iterwalk(element, events=("start", "end")):
        block = isinstance(node.tag, str) and node.tag in BLOCKS
        if event == "start":
            if block:
                close()
                owner.append(node)
            loose.append(re.sub(r"\s*\n\s*", " ", node.text or "") if isinstance(node.tag, str) else "")
        else:
            if block:
                close()
                owner.pop()
            if node is not element:
                tail = node.tail or ""
                loose.append(
                    "\n" + re.sub(r"\s*\n\s*", " ", tail[1:]) if node.tag == "br" else re.sub(r"\s*\n\s*", " ", tail)
                )
    close()
    return found
