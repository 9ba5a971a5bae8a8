"""The groups of links in an HTML page that list other articles, inside the story or below it."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from recsys import html_blocks as blocks
from recsys.article import Headline
from recsys.line_signs import headline, is_list_heading
from recsys.page_text import Draft

_RELATED = re.compile(
    r"(?i)relate|lien-?quan|cung-?chuyen-?muc|tin-?khac|tin-?moi|more-?news|other-?news|news-?other|read-?more|see-?more|xem-?them|box-?category|list-?news|tin-?lien|same-?cat|doc-?them|recommend"
)


def take_lists(tree: HtmlElement, story: HtmlElement, draft: Draft) -> None:
    """Take the groups of links that list other articles: those inside the story out of it, then those after it."""
    inside = [
        box
        for box in story.iterdescendants("ul", "ol", "div", "section", "article", "aside", "table", "p", "blockquote")
        if _is_list(box)
    ]
    taken: set[HtmlElement] = set()
    for box in inside:
        if any(above in taken for above in box.iterancestors()):
            continue
        taken.add(box)
        _take(box, draft)
    after, found = False, False
    boxes: dict[HtmlElement, None] = {}  # in order
    for element in tree.body.iterdescendants("ul", "ol", "div", "section", "article", "aside"):
        after = after or element is story
        if (
            after
            and not _within(element, story)
            and not blocks.BESIDE.search(blocks.named(element))
            and _is_list(element)
            and not any(a in boxes for a in element.iterancestors())
        ):
            boxes[element] = None
    for box in boxes:
        if not found or _RELATED.search(blocks.named(box)) or _headed(box):
            found = _take(box, draft) or found
    for box in taken:
        if box.getparent() is not None:
            box.drop_tree()


def _within(element: HtmlElement, story: HtmlElement) -> bool:
    return element is story or any(above is story for above in element.iterancestors())


def _headlines(box: HtmlElement) -> list[HtmlElement]:
    return [
        a
        for a in box.iter("a")
        if len(words := blocks.text(a).split()) >= 4 and len(" ".join(words)) >= 18 and len(words) <= 45
    ]


def _headed(box: HtmlElement) -> bool:
    before = box.getprevious()
    first = next(iter(blocks.blocks(box)), None)
    return (before is not None and isinstance(before.tag, str) and is_list_heading(blocks.text(before))) or (
        first is not None and is_list_heading(first[1])
    )


def _is_list(box: HtmlElement) -> bool:
    """Whether most of an element's text is links to other articles."""
    links = _headlines(box)
    if not links:
        return False
    text, linked = len(blocks.text(box)), sum(len(blocks.text(a)) for a in links)
    known = bool(_RELATED.search(blocks.named(box))) or _headed(box)
    if box.tag == "p":
        return (len(links) == 1 and linked >= text - 14 and text != linked) or (known and linked * 10 >= text * 8)
    return (known and linked * 10 >= text * 4) or (len(links) >= 2 and linked * 10 >= text * 8)


def _take(box: HtmlElement, draft: Draft) -> bool:
    """Add a list's headlines, each once; where headings have links, theirs alone: others are excerpts."""
    added, seen = False, {h.title for h in draft.related}
    headed = [
        a
        for a in _headlines(box)
        if a.getparent() is not None and a.getparent().tag in ("h1", "h2", "h3", "h4", "h5", "strong", "li", "b")
    ]
    for link in headed or _headlines(box):
        item = headline(blocks.text(link))
        url = link.get("href") or ""
        if item is None or item.title == draft.title or item.title in seen:
            continue
        draft.related.append(
            Headline(item.title, url="" if url.startswith(("#", "javascript:")) else url, published=item.published)
        )
        seen.add(item.title)
        added = True
    return added
