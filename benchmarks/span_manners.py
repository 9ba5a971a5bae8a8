"""Hijack honest articles in many manners, by strings in the text here and by whole lines in ``span_lines``."""

# ruff: noqa: D401, E501, SIM905 (tables and patterns read best on one line)

from __future__ import annotations

import random
from collections.abc import Callable

from span_drafts import Draft, mark, pair, spots
from span_lines import (
    advertised,
    captions,
    contacts,
    credit,
    dateline,
    foreign_article,
    hashtags,
    lines_alone,
    posing,
    promoted,
    related,
    tail,
    title_line,
    voiced,
)
from span_phrases import (
    FOREIGN,
    bare,
    brand,
    cap,
    domain,
    keyword,
    noun,
    phrase,
)
from span_pushes import decorated, head, pieces, push, sprinkled, squashed, word


def titled(d: Draft, r: random.Random) -> None:
    """The keyword in the title and in sentences."""
    k = word(d, r)
    head(d, r, k)
    if r.random() < 0.85:
        sprinkled(d, r, k, times=r.choice((1, 1, 2, 3, 4)))


def titled_only(d: Draft, r: random.Random) -> None:
    """The keyword in the title alone, recognisable by its dress or its words."""
    head(d, r, word(d, r))


def seeded(d: Draft, r: random.Random) -> None:
    """Brackets before the title, a squashed copy with the keyword in a sentence, a credit line."""
    k = word(d, r)
    if r.random() < 0.7:
        a, b = pair(r)
        d.title = mark(a + k + b) + r.choice(("", " ")) + d.title
    run = squashed(d, r)
    text = r.choice(
        (run + k, run + " " + k, k + run, k + " " + run, run + k, run + "-" + k, run, run + " " + k + " " + run)
    )
    push(
        d,
        r,
        text,
        style=r.choice(("comma", "before", "spaced", "spaced", "stop", "end", "inside")),
        line=0 if r.random() < 0.4 else None,
    )
    if r.random() < 0.6:
        credit(d, r, k)
    if r.random() < 0.4:
        sprinkled(d, r, k, times=r.randint(1, 3))


def copied(d: Draft, r: random.Random) -> None:
    """Squashed pieces of the title, with or without the keyword."""
    k = word(d, r)
    for _ in range(r.randint(1, 3)):
        run = squashed(d, r)
        push(d, r, r.choice((run, run + k, run + " " + k, k + " " + run, "(" + run + ")", run + "...")))


def repeated_title(d: Draft, r: random.Random) -> None:
    """The whole title and a keyword pushed into a sentence or on a line of its own."""
    k = word(d, r)
    t = d.honest
    text = r.choice((f"{t} {k}", f"{k} {t}", f"【{k}】{t}", f"{t} - {k}", f"{t}|{k}", f"{t} _ {k}"))
    if r.random() < 0.6:
        push(d, r, text, style=r.choice(("spaced", "comma", "stop", "end")))
    else:
        d.lines.insert(r.randint(1, len(d.lines)), mark(text))
    if r.random() < 0.5:
        sprinkled(d, r, k, times=r.randint(1, 2))


def ends(d: Draft, r: random.Random) -> None:
    """The keyword at ends or starts of paragraphs."""
    k = word(d, r)
    style = r.choice(("end", "start", ""))
    for n in range(r.choice((1, 2, 3, 4, 6))):
        push(d, r, decorated(k, r) if r.random() < 0.3 else k, style=style or r.choice(("end", "start")), line=n)
    if r.random() < 0.4:
        head(d, r, k)


def several(d: Draft, r: random.Random) -> None:
    """Several keywords, once or twice each."""
    for _ in range(r.randint(2, 5)):
        sprinkled(d, r, times=r.choice((1, 1, 2)))


def once(d: Draft, r: random.Random) -> None:
    """One keyword, once."""
    k = keyword(r)
    push(d, r, decorated(k, r))


def scripted(d: Draft, r: random.Random) -> None:
    """Strings of another script in sentences, in the title, on lines."""
    k = r.choice(FOREIGN)
    for _ in range(r.randint(1, 4)):
        push(d, r, r.choice((k, decorated(k, r), k + " " + brand(r), k + phrase(r))))
    if r.random() < 0.4:
        head(d, r, k)
    if r.random() < 0.4:
        credit(d, r, k)


def hidden(d: Draft, r: random.Random) -> None:
    """Sentences of another article's advert: a borrowed line with keywords all through it."""
    other = r.choice(d.others)[1]
    text = max(other[:6], key=len)[:300]
    words = text.split()
    k = phrase(r)
    for _ in range(r.randint(2, 4)):
        words.insert(r.randrange(len(words)), k)
    d.lines.insert(r.randint(1, len(d.lines)), mark(" ".join(words)))
    sprinkled(d, r, k, times=r.randint(1, 3))


def replaced(d: Draft, r: random.Random) -> None:
    """The keyword between commas or dashes, as an aside."""
    k = word(d, r)
    shape = r.choice((", {},", " – {} –", " ({})", " - {} -", " /{}/", " | {} |", ": {}", "; {};", " …{}…"))
    for _ in range(r.choice((1, 2, 3))):
        rows = [i for i, p in enumerate(d.lines) if len(spots(p)) > 5]
        if rows:
            row = r.choice(rows)
            at = r.choice(spots(d.lines[row]))
            d.lines[row] = d.lines[row][:at] + mark(shape.format(k)) + d.lines[row][at:]
    if r.random() < 0.4:
        head(d, r, k)


def everywhere(d: Draft, r: random.Random) -> None:
    """One keyword in every paragraph."""
    k = word(d, r)
    style = r.choice(("spaced", "end", "start", "before", "after"))
    for row in range(len(d.lines)):
        push(d, r, k, style=style, line=row)


def spaced_copy(d: Draft, r: random.Random) -> None:
    """A piece of the title, its spaces kept, once or doubled, with the keyword."""
    k = word(d, r)
    words = d.honest.split()
    size = r.randint(4, max(4, len(words)))
    at = r.randrange(max(1, len(words) - size + 1))
    run = " ".join(words[at : at + size])
    run = r.choice((run, run.lower(), bare(run).lower(), bare(run), run.upper()))
    if r.random() < 0.3:
        run += " " + run
    for _ in range(r.choice((1, 1, 2))):
        push(d, r, r.choice((run + " " + k, k + " " + run, run, run + k, f"{run} - {k}", f"【{k}】{run}")))
    if r.random() < 0.5:
        head(d, r, k)


LEET = str.maketrans({"a": "4", "i": "1", "o": "0", "e": "3", "A": "4", "I": "1", "O": "0", "E": "3"})


def disguised(d: Draft, r: random.Random) -> None:
    """Letters spaced out, digits or marks between or instead of letters, bold letters of mathematics."""
    k = noun(r) if r.random() < 0.5 else bare(noun(r))
    p = r.random()
    if p < 0.35:
        t = r.choice((" ", ".", "-", "_", "*", " . ")).join(k.replace(" ", ""))
        t = t if r.random() < 0.6 else t.upper()
    elif p < 0.65:
        t = bare(k).translate(LEET)
        t = t.upper() if r.random() < 0.5 else t
    elif p < 0.85:
        t = "".join(chr(0x1D5EE + ord(c) - 97) if "a" <= c <= "z" else c for c in bare(k))
    else:
        t = "".join(c + (r.choice(".*_-|") if c.isalpha() and r.random() < 0.4 else "") for c in k)
    for _ in range(r.choice((1, 2, 3))):
        push(d, r, t if r.random() < 0.7 else decorated(t, r))
    if r.random() < 0.4:
        head(d, r, t)


def inside_words(d: Draft, r: random.Random) -> None:
    """A brand pushed into the middle of words."""
    k = r.choice((brand(r).replace(" ", ""), bare(noun(r)).replace(" ", ""), bare(noun(r))))
    for _ in range(r.choice((1, 2, 3, 4, 5))):
        push(d, r, k, style="inside")
    if r.random() < 0.3:
        push(d, r, k)


JUNK = "display:none|position:absolute;left:-9999px|font-size:0|visibility:hidden|color:#fff|height:1px;overflow:hidden|text-indent:-999px".split(
    "|"
)


def leftovers(d: Draft, r: random.Random) -> None:
    """What hidden blocks leave: styles, comments, code and keywords on lines of their own."""
    words = [keyword(r) for _ in range(r.randint(2, 6))]
    style = r.choice(JUNK)
    rows = r.choice(
        (
            [".x{" + style + "}", " ".join(words)],
            ['<div style="' + style + '">' + ", ".join(words) + "</div>"],
            ["<!-- " + " ".join(words) + " -->"],
            ["#" + r.choice("abcxyz") + str(r.randint(1, 99)) + " {" + style + "} " + " | ".join(words)],
            ["{" + style + "}" + words[0], *words[1:]],
            ["document.write('" + words[0] + "');"],
            [f'<a href="https://{domain(r)}" style="{style}">{words[0]}</a>'],
        )
    )
    at = r.randint(0, len(d.lines))
    d.lines[at:at] = [mark(row) for row in rows]
    if r.random() < 0.4:
        sprinkled(d, r, words[0], times=r.randint(1, 2))


ALIEN = (
    "Situs slot gacor terpercaya dengan bonus new member 100% di awal.|Daftar sekarang dan mainkan judi bola online bersama agen resmi.|Join now and claim your free spins, no deposit required!|Best online casino in Asia, fast payout and 24/7 support.|Link alternatif slot online deposit pulsa tanpa potongan.|"
    "Bandar togel hadiah terbesar, prediksi angka jitu hari ini.|Get cheap loans online with instant approval, apply today.|Buy replica watches and handbags at the lowest price.|Agen poker online uang asli paling aman.|Watch full movie HD free download.|เว็บพนันออนไลน์ สมัครวันนี้รับโบนัส|最新网址 注册送彩金 首存翻倍|Play and win big jackpot at {d}.|Daftar {d} bonus harian.|"
    "Situs resmi {d} pasti bayar, withdraw tanpa batas.|Visit {d} for the best odds.|cheap viagra cialis online pharmacy no prescription|slot gacor hari ini rtp live|judi online, slot88, togel, poker, sbobet|Hire a hacker, recover lost bitcoin, contact {d}."
).split("|")


def alien(d: Draft, r: random.Random) -> None:
    """Sentences of promotion in other languages."""
    for _ in range(r.choice((1, 1, 2, 3))):
        text = r.choice(ALIEN).format(d=domain(r))
        if r.random() < 0.6:
            d.lines.insert(r.randint(1, len(d.lines)), mark(text))
        else:
            push(d, r, text, style=r.choice(("end", "stop", "spaced")))


LINKS = "về|của|theo|và|cùng|hoặc|tại|như|để|nhờ|từ|trên|qua|trang|xem|với|cho|bằng|trong|bởi|gồm|kèm|đến|mua|chơi|app|web|link|nhóm|dịch vụ|thông qua|liên quan đến|do|cũng như|chẳng hạn".split(
    "|"
)


def woven(d: Draft, r: random.Random) -> None:
    """The keyword with a word that leads up to it, so that it reads as part of the sentence."""
    k = word(d, r)
    for _ in range(r.choice((1, 1, 2, 3))):
        link = r.choice(LINKS)
        push(
            d,
            r,
            r.choice(
                (
                    f"{link} {k}",
                    f"{link} {k}",
                    f"{link} {k},",
                    f", {link} {k},",
                    f"({link} {k})",
                    f"{k} {link}",
                    f"{link} {k} {r.choice(LINKS)}",
                    f"– {link} {k} –",
                )
            ),
            style=r.choice(("spaced", "spaced", "spaced", "comma", "end")),
        )
    if r.random() < 0.4:
        head(d, r, k)


def misspelt(d: Draft, r: random.Random) -> None:
    """The keyword with letters doubled, lost or exchanged, differently each time."""
    k = word(d, r)

    def slip(text: str) -> str:
        at = r.randrange(len(text))
        return (
            r.choice(
                (
                    text[:at] + text[at:][1:],
                    text[:at] + text[at : at + 1] + text[at:],
                    text.replace(" ", "", 1),
                    bare(text),
                    text[:at] + text[at : at + 2][::-1] + text[at + 2 :],
                )
            )
            or text
        )

    for _ in range(r.choice((1, 2, 3, 4))):
        push(d, r, slip(k) if r.random() < 0.7 else k)
    if r.random() < 0.5:
        head(d, r, k)


CLAUSES = "của {f} {y}|, nơi {f} {y},|, như cách {f} {y},|không cần lo vì {k} {y}|{k} {y}|hồ sơ {k} {y}|tại {f} {y}|nhờ {k} {y}|(bạn đọc cần {k} có thể xem bảng giá của {f})|(xem thêm: {k})|(theo bảng giá {k} của {f})|, {k} {y}|, ai dùng {k} của {f} đều {y}|và {k} {y}|cùng ưu đãi {k} {y}|, {y},|vốn nổi tiếng về {k}|, khách của {f},|……{k}……|////{k}////|/ {k} /|(chuyên {k}, {y})|chỉ có ở {f}|do {f} {y}|; {k} {y};|– {f} {y} –|với {k} {y}|, {k} là lựa chọn tốt nhất|, đặt {k} hôm nay để {y}".split(
    "|"
)


def clauses(d: Draft, r: random.Random) -> None:
    """Clauses of advertising in the middle of sentences and behind headlines, each in other words."""
    same = pieces(r)
    for _ in range(r.choice((1, 2, 2, 3, 4))):
        fill = pieces(r) | ({"f": same["f"]} if r.random() < 0.5 else {})
        push(
            d,
            r,
            r.choice(CLAUSES).format(**fill),
            style=r.choice(("spaced", "spaced", "spaced", "comma", "clause", "end", "after")),
        )
    if d.listed and r.random() < 0.4:
        row = r.randrange(len(d.listed))
        d.listed[row] += mark(" " + r.choice(CLAUSES).format(**same).lstrip())
    if d.listed and r.random() < 0.3:
        text = cap(r.choice(("{k} {y}", "{f}: {k} {y}", "Nhận {k} {y}", "{k} ở đâu {y}")).format(**pieces(r)))
        d.listed.insert(r.randint(0, len(d.listed)), mark(text))


MANNERS: tuple[tuple[float, Callable[[Draft, random.Random], None]], ...] = (
    (3, sprinkled), (3, titled), (1.5, titled_only), (2, seeded), (1.5, copied), (0.7, repeated_title), (1, credit), (4, promoted), (1, advertised),
    (1, foreign_article), (1.2, tail), (0.7, hashtags), (0.8, lines_alone), (1.2, ends), (2, several), (2.5, once), (1.5, related), (0.8, scripted),
    (0.8, contacts), (0.6, dateline), (0.3, hidden), (1.2, replaced), (0.4, everywhere),
    (1, posing), (0.8, title_line), (0.6, spaced_copy), (0.9, disguised), (1, inside_words), (0.5, leftovers), (0.6, alien), (1.2, woven), (2, clauses), (1.5, voiced), (1.2, captions), (0.7, misspelt),
)  # fmt: skip


def hijack(d: Draft, r: random.Random) -> None:
    """Hijack a page in one manner, or two."""
    for manner in r.choices([m for _, m in MANNERS], [w for w, _ in MANNERS], k=r.choice((1, 1, 1, 2, 2, 3))):
        manner(d, r)
