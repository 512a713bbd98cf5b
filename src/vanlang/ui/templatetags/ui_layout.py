"""Tags that arrange a page: head, sections, cards, tables, facts, timeline, steps, tabs, pagination, breadcrumb."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal

from django import template
from django.http import HttpRequest
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from vanlang.ui.templatetags.ui_text import vnnumber
from vanlang.ui.tones import inside, one_of
from vanlang.ui.types import Link, Page, Tone

register = template.Library()

CardLook = Literal["plain", "accent", "quiet"]
StepState = Literal["done", "current", "todo"]

# --- the head of a page, and its parts ----------------------------------------------------------


@register.simple_block_tag
def page_head(content: SafeString, *, title: str, caption: str = "", lead: str = "") -> SafeString:
    """Draw the one h1 of a page; its body holds the actions of the page, or nothing."""
    return render_to_string(
        "ui/page_head.html", {"title": title, "caption": caption, "lead": lead, "actions": inside(content)}
    )


@register.simple_block_tag
def section(content: SafeString, *, title: str, id: str = "", href: str = "", more: str = "") -> SafeString:
    """Draw an h2 and what belongs to it; `href` and `more` add a link at the right of the heading."""
    return render_to_string(
        "ui/section.html", {"title": title, "id": id, "href": href, "more": more, "body": content}
    )


@register.simple_block_tag
def card(
    content: SafeString,
    *,
    title: str = "",
    href: str = "",
    icon: str = "",
    look: CardLook = "plain",
    level: int = 3,
) -> SafeString:
    """Draw a card; with `href` the whole card leads there. `level` is the level of its heading."""
    facts = {
        "title": title,
        "href": href,
        "icon": icon,
        "look": one_of(look, CardLook, "look"),
        "level": level,
    }
    return render_to_string("ui/card.html", {**facts, "body": inside(content)})


@register.simple_block_tag
def grid(content: SafeString, *, columns: int = 3) -> SafeString:
    """Lay cards side by side: `columns` on a wide screen, one on a phone."""
    return render_to_string("ui/grid.html", {"body": content, "columns": columns})


@register.simple_block_tag
def details(content: SafeString, *, summary: str, open: bool = False) -> SafeString:
    """Draw text that unfolds on request."""
    return render_to_string("ui/details.html", {"summary": summary, "open": open, "body": content})


@register.inclusion_tag("ui/empty_state.html")
def empty_state(
    *, title: str, text: str = "", icon: str = "folder", action_text: str = "", action_href: str = ""
) -> dict[str, object]:
    """Say that there is nothing, why, and what can be done."""
    return {
        "title": title, "text": text, "icon": icon, "action_text": action_text, "action_href": action_href,
    }  # fmt: skip


# --- figures and facts --------------------------------------------------------------------------


@register.simple_block_tag
def key_figures(content: SafeString) -> SafeString:
    """Draw figures beside each other."""
    return render_to_string("ui/key_figures.html", {"body": content})


@register.inclusion_tag("ui/figure.html")
def figure(*, value: object, label: str, href: str = "", tone: Tone = "neutral") -> dict[str, object]:
    """Draw one number and what it counts; numbers are written 2.153."""
    shown = vnnumber(value) if isinstance(value, int) else value
    return {"value": shown, "label": label, "href": href, "tone": one_of(tone, Tone, "tone")}


@register.inclusion_tag("ui/facts.html")
def facts(*, rows: Sequence[tuple[str, object]], single: bool = False) -> dict[str, object]:
    """Draw short facts in columns, or in one column for a narrow place. Facts without a value are left out."""
    return {"rows": [(name, value) for name, value in rows if value not in (None, "")], "single": single}


@register.inclusion_tag("ui/summary_list.html")
def summary_list(
    *, rows: Sequence[tuple[str, object]], change_href: str = "", change_text: str = "Sửa"
) -> dict[str, object]:
    """Draw question and answer, a row each; `change_href` adds a link that leads back to the question."""
    return {"rows": rows, "change_href": change_href, "change_text": change_text}


@register.simple_block_tag
def summary(content: SafeString) -> SafeString:
    """Draw question and answer from `summary_row` tags, when answers need markup."""
    return render_to_string("ui/summary.html", {"body": content})


@register.simple_block_tag
def summary_row(
    content: SafeString, *, key: str, change_href: str = "", change_text: str = "Sửa"
) -> SafeString:
    """Draw one row of `summary`."""
    return render_to_string(
        "ui/summary_row.html",
        {"key": key, "value": inside(content), "change_href": change_href, "change_text": change_text},
    )


# --- tables -------------------------------------------------------------------------------------


@register.simple_block_tag
def table(
    content: SafeString, *, caption: str, dense: bool = False, stack: bool = True, hide_caption: bool = False
) -> SafeString:
    """
    Draw a table around its `<thead>` and `<tbody>`.

    `dense` is for officers. `stack` makes each row a card on a phone: give every cell `data-label="…"`.
    Rows may carry `data-tone="danger"` or `"warning"`, numbers `class="vl-number"`.
    """
    return render_to_string(
        "ui/table.html",
        {"caption": caption, "dense": dense, "stack": stack, "hide_caption": hide_caption, "body": content},
    )


@register.inclusion_tag("ui/pagination.html", takes_context=True)
def pagination(
    context: Context, *, page: Page[Any], label: str = "Phân trang", noun: str = "mục"
) -> dict[str, object]:
    """Draw where one is in a list and links to its other pages; other parameters of the address are kept."""
    request = context.get("request")
    query = request.GET.copy() if isinstance(request, HttpRequest) else None
    if query is not None:
        query.pop("trang", None)
    kept = query.urlencode() if query else ""
    return {"page": page, "label": label, "noun": noun, "prefix": f"?{kept}&trang=" if kept else "?trang="}


# --- what happened, where one is ----------------------------------------------------------------


@register.simple_block_tag
def timeline(content: SafeString, *, label: str = "Diễn biến") -> SafeString:
    """Draw what happened, from `event` tags, in the order they are written."""
    return render_to_string("ui/timeline.html", {"body": content, "label": label})


@register.simple_block_tag
def event(
    content: SafeString,
    *,
    title: str,
    at: date | datetime | None = None,
    who: str = "",
    tone: Tone = "neutral",
) -> SafeString:
    """Draw one event of a timeline; tone "pending" is for what is still to come."""
    has_time = isinstance(at, datetime)
    return render_to_string(
        "ui/event.html",
        {
            "title": title,
            "at": at,
            "has_time": has_time,
            "who": who,
            "tone": one_of(tone, Tone, "tone"),
            "body": inside(content),
        },
    )


@register.simple_block_tag
def steps(content: SafeString, *, label: str = "Các bước") -> SafeString:
    """Draw the steps of a journey, from `step` tags."""
    return render_to_string("ui/steps.html", {"body": content, "label": label})


@register.inclusion_tag("ui/step.html")
def step(*, text: str, state: StepState, href: str = "") -> dict[str, object]:
    """Draw one step: done, current or still to do."""
    return {"text": text, "state": one_of(state, StepState, "state"), "href": href}


@register.simple_block_tag
def tabs(content: SafeString, *, label: str) -> SafeString:
    """Draw links to the sides of one thing, from `tab` tags; each tab is an address of its own."""
    return render_to_string("ui/tabs.html", {"body": content, "label": label})


@register.inclusion_tag("ui/tab.html")
def tab(*, text: str, href: str, current: bool = False, count: int | None = None) -> dict[str, object]:
    """Draw one tab."""
    return {"text": text, "href": href, "current": current, "count": count}


@register.simple_block_tag
def breadcrumb(content: SafeString) -> SafeString:
    """Draw the way here, from `crumb` tags."""
    return render_to_string("ui/breadcrumb.html", {"body": content})


@register.inclusion_tag("ui/crumb.html")
def crumb(*, text: str, href: str = "") -> dict[str, object]:
    """Draw one place on the way; the last one has no address."""
    return {"text": text, "href": href}


@register.inclusion_tag("ui/crumbs.html")
def crumbs(*, links: Sequence[Link]) -> dict[str, object]:
    """Draw the way here from values."""
    return {"links": links}


@register.inclusion_tag("ui/back_link.html")
def back_link(*, href: str, text: str = "Quay lại") -> dict[str, object]:
    """Draw the way back."""
    return {"href": href, "text": text}


@register.simple_block_tag
def hero(
    content: SafeString,
    *,
    title: str,
    action: str,
    label: str,
    lead: str = "",
    name: str = "q",
    value: str = "",
) -> SafeString:
    """Draw the head of the front page: one question, one large search field; the body may hold examples below it."""
    return render_to_string(
        "ui/hero.html",
        {
            "title": title,
            "lead": lead,
            "action": action,
            "label": label,
            "name": name,
            "value": value,
            "after": inside(content),
        },
    )
