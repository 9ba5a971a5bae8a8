"""HTML read as a reader sees it: the heading, the blocks of the article, and the links grouped beside or below it.

The article's block and its paragraphs are found here; trafilatura finds date and author, and stands in where a page
has no block of paragraphs. Nothing is fetched. What cannot be parsed within bounds is read as text without its tags.
"""

# ruff: noqa: SIM905 (tables read best on one line)

from __future__ import annotations

import html as entities
import json
import re
from collections import defaultdict

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from recsys import html_blocks as blocks
from recsys.html_lists import take_lists
from recsys.line_signs import date_line, is_breadcrumb, is_furniture, is_list_heading, names_author
from recsys.page_signs import unmask
from recsys.page_text import Draft, read_text

LARGEST = 4_000_000  # characters given to the parser; beyond, a page is read as text
DEEPEST = 200  # nested elements
MOST = 200_000  # tags
_DROPPED = (
    "script",
    "style",
    "noscript",
    "svg",
    "iframe",
    "template",
    "form",
    "button",
    "select",
    "object",
    "canvas",
    "video",
    "audio",
    "nav",
    "footer",
    "head",
)
_HIDDEN = re.compile(
    r"(?i)display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])|(?:left|top|text-indent|margin-left)\s*:\s*-\d{3,}"
)
_LEAD = re.compile(r"(?i)sapo|lead|summary|description|chapeau|excerpt|intro\b|mo-?ta|tomtat|tom-tat")
_SITE = re.compile(r"\s+[|–—-]\s+(?:Báo\s)?[\w .]{2,40}$")
_DATED = re.compile(r"(?<!\d)(20\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])\d{6,9}(?!\d)")
_TAG = re.compile(r"<[^<>]{0,5000}>")
_BREAKING = re.compile(
    r"<\s*/?\s*(?:p|div|br|li|ul|ol|h[1-6]|tr|table|section|article|figcaption|blockquote|title)\b[^<>]{0,2000}>", re.I
)


def read_html(source: str) -> Draft:
    """Read an HTML page; one that is too large, too deep or broken as text without its tags."""
    tree = _parse(source)
    if tree is None:
        return read_text(unmask(_without_tags(source)))
    draft = Draft(title=_title(tree))
    draft.published, draft.author = _metadata(source, tree)
    _drop(tree)
    heading = _heading(tree, draft.title)
    story = _story(tree)
    if story is None:
        plain = read_text(unmask(_without_tags(source)))
        return (
            plain
            if not draft.title
            else Draft(
                draft.title,
                plain.paragraphs,
                plain.related,
                draft.published or plain.published,
                draft.author or plain.author,
            )
        )
    take_lists(tree, story, draft)
    _paragraphs(story, heading, draft)
    draft.author = draft.author or names_author(draft.paragraphs)
    return draft


def _parse(source: str) -> HtmlElement | None:
    if len(source) > LARGEST or source.count("<") > MOST or _depth(source) > DEEPEST:
        return None
    try:
        tree = document_fromstring(
            source.encode("utf-8", "replace"), HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
        )
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    return tree if tree.find("body") is not None else None


_ANY_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*?(/?)>")
_VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li td tr th dd dt option".split()
)


def _depth(source: str) -> int:
    """Bound how deep elements are nested, without building them."""
    depth = deepest = 0
    for close, name, own in _ANY_TAG.findall(source):
        if own or name.lower() in _VOID:
            continue
        depth = max(0, depth - 1) if close else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _without_tags(source: str) -> str:
    source = source[: 16 * LARGEST]
    for opening, closing in (
        ("<!--", "-->"),
        ("<script", "</script"),
        ("<style", "</style"),
        ("<head>", "</head"),
        ("<svg", "</svg"),
    ):
        source = _without(source, opening, closing)
    text = _TAG.sub(lambda tag: "\n" if _BREAKING.match(tag.group()) else "", source)
    return "\n".join(" ".join(line.split()) for line in entities.unescape(text).split("\n"))


def _without(source: str, opening: str, closing: str) -> str:
    """Drop everything between two marks; what is never closed runs to the end."""
    lower, parts, at = source.lower(), [], 0
    if len(lower) != len(source):
        lower = source
    while (start := lower.find(opening, at)) >= 0:
        parts.append(source[at:start])
        end = lower.find(closing, start)
        at = len(source) if end < 0 else end + len(closing)
    return "".join(parts) + source[at:]


def _title(tree: HtmlElement) -> str:
    """Return the heading that the page's own title confirms, or that title without the site's name."""
    declared = next(
        (" ".join((m.get("content") or "").split()) for m in tree.iter("meta") if m.get("property") == "og:title"), ""
    )
    node = tree.find(".//title")
    whole = declared or (blocks.text(node) if node is not None else "")
    headings = [t for h in tree.iter("h1") if (t := blocks.text(h))]
    if not headings:
        return unmask(whole if declared else _SITE.sub("", whole))
    words = set(whole.lower().split())
    return max(headings, key=lambda t: (len(words & set(t.lower().split())), -headings.index(t)))


def _metadata(source: str, tree: HtmlElement) -> tuple[str, str]:
    """Return date and author as the page declares them: its own fields first, then what trafilatura finds."""
    fields = {
        (m.get("property") or m.get("name") or m.get("itemprop") or "").lower(): (m.get("content") or "").strip()
        for m in tree.iter("meta")
    }
    date = next(
        (
            fields[k]
            for k in ("article:published_time", "pubdate", "datepublished", "publish-date", "date")
            if fields.get(k)
        ),
        "",
    )
    author = ""
    for script in tree.iter("script"):
        if (script.get("type") or "").lower() == "application/ld+json" and script.text and len(script.text) < 100_000:
            found = _declared(script.text)
            date, author = date or found[0], author or found[1]
    address = fields.get("og:url", "") or next(
        (e.get("href") or "" for e in tree.iter("link") if e.get("rel") == "canonical"), ""
    )
    if not date and (dated := _DATED.search(address)):
        date = f"{dated[1]}-{dated[2]}-{dated[3]}"
    if not date:
        date = _found_date(source)
    return date, author


def _declared(text: str) -> tuple[str, str]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return "", ""
    for item in data if isinstance(data, list) else [data]:
        if isinstance(item, dict) and str(item.get("datePublished") or ""):
            author = item.get("author")
            author = author[0] if isinstance(author, list) and author else author
            name = author.get("name") if isinstance(author, dict) and author.get("@type") == "Person" else ""
            return str(item["datePublished"]), str(name or "")
    return "", ""


def _found_date(source: str) -> str:
    from trafilatura.metadata import extract_metadata

    try:
        found = extract_metadata(source, extensive=False)
    except Exception:  # a guess at a date is not worth a page
        return ""
    return str(found.date or "") if found is not None else ""


def _drop(tree: HtmlElement) -> None:
    """Remove what a reader does not see, and what is never the article."""
    for element in list(tree.iter(*_DROPPED)):
        if element.getparent() is not None:
            element.drop_tree()
    for element in list(tree.iter(etree.Element)):
        style = element.get("style")
        if (
            (element.get("hidden") is not None or (style and _HIDDEN.search(style)))
            and element.getparent() is not None
            and element.tag not in ("html", "body")
        ):
            element.drop_tree()
    for line_break in list(tree.iter("br")):
        line_break.tail = "\n" + (line_break.tail or "")


def _heading(tree: HtmlElement, title: str) -> HtmlElement | None:
    return next((h for h in tree.iter("h1") if blocks.text(h) == title), None)


def _story(tree: HtmlElement) -> HtmlElement | None:
    """Return the element that holds the most text of paragraphs, a part of it counted for its parent too."""
    weight: dict[HtmlElement, float] = defaultdict(float)
    for block in tree.iter("p", "h2", "h3", "td", "div", "blockquote"):
        if block.tag in ("div", "td") and any(isinstance(c.tag, str) and c.tag in blocks.BLOCKS for c in block):
            continue
        text = blocks.text(block)
        size = len(text) - 2 * blocks.links(block)
        parent = block.getparent()
        if size < 40 or parent is None or any(blocks.BESIDE.search(blocks.named(e)) for e in (block, parent)):
            continue
        weight[parent] += size
        if (above := parent.getparent()) is not None:
            weight[above] += 0.5 * size
            if (over := above.getparent()) is not None:
                weight[over] += 0.25 * size
    return max(weight, key=lambda e: weight[e], default=None) if weight else None


def _paragraphs(story: HtmlElement, heading: HtmlElement | None, draft: Draft) -> None:
    for block, text in _lead(story, heading) + blocks.blocks(story):
        if text == draft.title or (block.tag == "h1" and text in draft.title):
            continue
        if (
            is_list_heading(text)
            or is_furniture(text)
            or is_breadcrumb(text)
            or blocks.BESIDE.search(blocks.named(block))
        ):
            continue
        if published := date_line(text):
            draft.published = draft.published or published
            continue
        if draft.paragraphs and draft.paragraphs[-1] == text:
            continue
        draft.paragraphs.append(text)


def _lead(story: HtmlElement, heading: HtmlElement | None) -> list[tuple[HtmlElement, str]]:
    """Return the blocks between the heading and the story that read as its lead."""
    if heading is None or any(e is heading for e in story.iter("h1")):
        return []
    found: list[tuple[HtmlElement, str]] = []
    above = set(story.iterancestors())
    passed = False
    for element in story.getroottree().iter(etree.Element):
        if element is story:
            break
        passed = passed or element is heading
        if not passed or element in above or element is heading or any(e is element.getparent() for e, _ in found):
            continue
        named = _LEAD.search(blocks.named(element)) and not blocks.BESIDE.search(blocks.named(element))
        if (named or (element.tag in ("h2", "p") and element.getparent() is heading.getparent())) and not any(
            e in set(element.iterancestors()) for e, _ in found
        ):
            text = blocks.text(element)
            if len(text) > 30 and 2 * blocks.links(element) < len(text) and text not in (t for _, t in found):
                found.append((element, text))
    return found
