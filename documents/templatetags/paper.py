"""What the templates of papers are built from; the rules are those of Nghị định 30/2020/NĐ-CP.

The filters take values as they are frozen: dates are dates or "2022-01-11".
"""

import datetime
import re

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import mark_safe

from common.text import clean_text, count_words
from documents.engine.qr import qr_svg
from documents.letterhead import authority_words, kept_by, number_mark, profile_of
from documents.outline import ARTICLE, CHAPTER, CLAUSE, PARAGRAPH, POINT

register = template.Library()
# Room to write by hand; no-break, because ordinary blanks collapse.
BLANK = "\N{NO-BREAK SPACE}" * 6
_PLACES = {"tỉnh", "xã", "phường"}
_NAMED_AFTER = ["hồ", "chí", "minh"]


def as_date(value):
    """A date, an ISO text as it is frozen, or nothing."""
    if isinstance(value, str):
        return datetime.date.fromisoformat(value[:10]) if value else None
    return value.date() if isinstance(value, datetime.datetime) else value


@register.filter
def upper_vi(text):
    """Capitals as text, so that reading the file back gives what is seen."""
    return str(text or "").upper()


@register.filter
def keep_end(text):
    """The last words of a centred name stay together: no line that says only "TỈNH", none that ends with it."""
    words = str(text or "").split()
    last = [word.lower() for word in words[-3:]]
    is_long = len(words) > 3 and (last[0] in _PLACES or last[-1] in _PLACES or last == _NAMED_AFTER)
    count = 3 if is_long else 2
    tail = " ".join(words[-count:])
    # Longer words may have to break in a narrow column.
    if len(words) <= count or len(tail) > 7 * count:
        return text
    return format_html('{} <span class="keep">{}</span>', " ".join(words[:-count]), tail)


@register.filter
def counted(number):
    """A count in official prose: 6 → "06", 1486 → "1.486" (DOC-32)."""
    return "" if number in (None, "") else count_words(int(number))


@register.filter
def short_date(value):
    """11/01/2022."""
    day = as_date(value)
    return f"{day:%d/%m/%Y}" if day else ""


@register.filter
def long_date(value, year=None):
    """ "ngày 05 tháng 3 năm 2026": days under 10, months 1 and 2 with a zero (DOC-10); blanks without a date."""
    day = as_date(value)
    if day is None:
        return f"ngày{BLANK}tháng{BLANK}năm {year or BLANK}"
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


@register.simple_tag
def place_date(paper):
    """ "Phú Thọ, ngày 11 tháng 01 năm 2022" (DOC-10)."""
    place = (paper["letterhead"] or {}).get("place", "")
    words = long_date(paper["issued_on"], paper["year"])
    return f"{place}, {words}" if place else words[0].upper() + words[1:]


@register.simple_tag
def paper_number(paper):
    """ "05/TTr-KTĐ", in a draft blanks and the symbol (DOC-9, DOC-23); in a Party paper "05-TTr/BTC" (PTY-3)."""
    blank = f"{BLANK}{number_mark(profile_of(paper))}{paper['symbol']}" if paper["symbol"] else BLANK
    return paper["number"] or blank


@register.filter
def about(text):
    """Trích yếu of a công văn: "V/v trả hồ sơ", however it was typed (DOC-13)."""
    return "V/v " + re.sub(r"^(về việc|v/v)\s*:?\s*", "", str(text or "").strip(), flags=re.IGNORECASE)


@register.simple_tag
def signature_role(signature, profile="", in_grid=False):
    """The lines above the signature: authority ("TM. …") and post (DOC-19), in the form of the paper (PTY-4).

    In the narrow columns of a grid the last words of a line stay together.
    """
    authority, post = authority_words(signature.get("authority"), profile), signature.get("post")
    # Where nobody is signed for, the post is what gives the right to sign.
    kind = mark_safe(' class="post"') if authority else ""
    lines = [("", authority), (kind, post)]
    shown = keep_end if in_grid else str
    return format_html_join("", "<p{}>{}</p>", ((kind, shown(upper_vi(line))) for kind, line in lines if line))


@register.simple_tag
def paragraphs(text, end=False):
    """Typed text as paragraphs, one per line; `end=True` closes the last with "./." (DOC-15)."""
    lines = [line for line in clean_text(str(text or "")).split("\n") if line]
    if end and lines:
        lines[-1] = with_end_mark(lines[-1])
    return format_html_join("\n", "<p>{}</p>", ((line,) for line in lines))


@register.filter
def with_end_mark(text):
    """Exactly one "./." at the end, whatever the text ended with (DOC-15); a Party paper prints "." of it."""
    return re.sub(r"[\s./;,]*$", "", str(text)) + "./."


@register.simple_tag
def grounds(lines):
    """Căn cứ: italic, one per line, each ends with ";", the last with "." (DOC-14)."""
    clean = [re.sub(r"[\s.;,]*$", "", str(line)) for line in lines if str(line).strip()]
    rows = [(line + (";" if number < len(clean) else "."),) for number, line in enumerate(clean, 1)]
    return format_html_join("\n", '<p class="ground">{}</p>', rows)


@register.inclusion_tag("documents/paper/_letterhead.html")
def letterhead(paper):
    """Quốc hiệu, Tiêu ngữ, names of the bodies, số ký hiệu, place and date, in the profile of the issuer."""
    head = paper["letterhead"]
    profile = head["profile"] if head else "state"
    return {"paper": paper, "head": head, "profile_template": f"documents/paper/_letterhead_{profile}.html"}


@register.filter
def profile(paper):
    """The form a paper is laid out in: the class of its page."""
    return profile_of(paper)


@register.inclusion_tag("documents/paper/_heading.html")
def heading(paper):
    """Name of the type and trích yếu with its rule (DOC-11, DOC-12)."""
    return {"paper": paper}


@register.inclusion_tag("documents/paper/_addressee.html", takes_context=True)
def addressee(context, *names):
    """Kính gửi: one name on the line, several one below the other (DOC-18); a Party tờ trình says Kính trình (PTY-4)."""
    flat = []
    for name in names:
        flat += name if isinstance(name, list | tuple) else [name]
    paper = context.get("paper")
    is_submission = paper and profile_of(paper) == "party" and paper["type_name"].lower() == "tờ trình"
    return {"names": [name for name in flat if name], "label": "Kính trình" if is_submission else "Kính gửi"}


@register.inclusion_tag("documents/paper/_closing.html", takes_context=True)
def closing(context, signature, recipients=()):
    """Nơi nhận on the left, the signature block on the right, kept whole and with the last lines of the body."""
    paper = context.get("paper")
    lines = [re.sub(r"[\s.;,]*$", "", str(line).lstrip("- ")) for line in recipients or ()]
    lines = [kept_by(line, paper) for line in lines if line]
    ended = [line + (";" if number < len(lines) else ".") for number, line in enumerate(lines, 1)]
    beside, below = _beside_the_signature(ended)
    return {
        "signature": signature,
        "recipients": beside,
        "more_recipients": below,
        "profile": profile_of(paper),
        **_proof_once(context),
    }


def _beside_the_signature(lines):
    """The lines kept whole with the signature, and of a list longer than half a page the others, which may go overleaf.

    Kept whole as well, they would push the signature onto a page of its own.
    """
    heights = [1 + len(line) // 48 for line in lines]
    if sum(heights) <= 25:
        return lines, []
    count = next(number for number in range(1, len(lines)) if sum(heights[:number]) >= 12)
    return lines[:count], lines[count:]


@register.inclusion_tag("documents/paper/_minutes_closing.html", takes_context=True)
def minutes_closing(context, left, right):
    """Two signatures side by side: secretary left, chair right (DOC-28)."""
    return {"signatures": [left, right], "profile": profile_of(context.get("paper"))}


@register.inclusion_tag("documents/paper/_signature_grid.html", takes_context=True)
def signature_grid(context, signatures, columns=3):
    """A block per signer in 2 or 3 columns, each kept whole across pages (DOC-31).

    A signature with a `field` (and a `unit`) is one to be signed with a certificate.
    """
    columns = int(columns)
    if columns not in (2, 3):
        raise template.TemplateSyntaxError("signature_grid: columns must be 2 or 3")
    signatures = list(signatures)
    rows = [signatures[start : start + columns] for start in range(0, len(signatures), columns)]
    return {"rows": rows, "columns": columns, "profile": profile_of(context.get("paper"))}


@register.inclusion_tag("documents/paper/_proof.html", takes_context=True)
def proof(context):
    """The code of the paper and a QR with the address where it is proven (F93).

    Nothing in a draft, and nothing where `closing` has printed it already, in the room below Nơi nhận.
    """
    return _proof_once(context)


def _proof_once(context):
    paper, printed = context.get("paper") or {}, context.get("_printed", set())
    if not paper.get("proof") or "proof" in printed:
        return {}
    printed.add("proof")
    code, url = paper["proof"]["code"], paper["proof"]["url"]
    picture = qr_svg(url, title=f"Mã QR xác minh văn bản {code}", description=f"Địa chỉ xác minh: {url}")
    return {"code": code, "url": url, "picture": picture}


@register.inclusion_tag("documents/paper/_annex_head.html")
def annex_head(paper, title, number=""):
    """ "Phụ lục I", its title, "(Kèm theo Tờ trình số … ngày …)" (DOC-30); `number` is Roman, if there are several."""
    issuer = (paper["letterhead"] or {}).get("issuing_name", "")
    return {"paper": paper, "title": title, "number": number, "issuer": issuer}


@register.simple_block_tag
def annex(content, landscape=False):
    """A set of pages of its own, numbered from 1 (DOC-4); `landscape=True` for wide tables (DOC-1)."""
    kind = "annex-landscape" if landscape else "annex-portrait"
    return format_html('<section class="annex {}">{}</section>', kind, mark_safe(content))


@register.simple_block_tag
def article(content, number, title=""):
    """Điều: "Điều 1. Tên điều" in bold, then its text (DOC-17)."""
    head = format_html("Điều {}. {}", number, conditional_escape(title))
    return format_html('<section class="article"><h2>{}</h2>{}</section>', head, mark_safe(content))


@register.simple_tag
def outline(blocks):
    """Chapters, articles, clauses and points as `documents.outline.parse_outline` reads them (DOC-16, DOC-17)."""
    blocks = list(blocks or ())
    has_chapters = any(block["kind"] == CHAPTER for block in blocks)
    return format_html_join("\n", "{}", ((_outline_line(block, has_chapters),) for block in blocks))


def _outline_line(block, has_chapters):
    kind, number, title, text = (block.get(key, "") for key in ("kind", "number", "title", "text"))
    if kind == CHAPTER:
        return chapter(number, title)
    if kind == ARTICLE:
        # One level below a chapter, so that bookmarks and screen readers see what belongs to what.
        level = "h3" if has_chapters else "h2"
        head = format_html("Điều {}. {}", number, title)
        return format_html('<{} class="article-head">{}</{}>', mark_safe(level), head, mark_safe(level))
    mark = {CLAUSE: ". ", POINT: ") ", PARAGRAPH: ""}[kind]
    return format_html("<p>{}{}{}</p>", number, mark, text)


def _second_line(title):
    # The blank is for the bookmark, which knows no lines.
    return format_html(" <br>{}", upper_vi(title)) if title else ""


@register.simple_tag
def chapter(number, title=""):
    """Phần, Chương: "Chương I" and its title in capitals, centred on two lines (DOC-16)."""
    return format_html('<h2 class="chapter">Chương {}{}</h2>', number, _second_line(title))
