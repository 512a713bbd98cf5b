"""The templates as their readers get them, with the cast's data: for whoever writes them."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from vanlang.identity.api import officer_required
from vanlang.notifications.errors import MessageNotFoundError
from vanlang.notifications.labels import KINDS, VALUE_TYPES
from vanlang.notifications.queries.links import absolute
from vanlang.notifications.queries.templates import find_template, list_templates
from vanlang.notifications.rules import sms, wording
from vanlang.notifications.rules.wording import Envelope
from vanlang.ui.rendering import render_page


@officer_required
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every template, by kind."""
    groups: dict[str, list[object]] = {}
    for template in list_templates():
        groups.setdefault(KINDS[template.kind], []).append(template)
    return render_page(request, "notifications/templates.html", {"groups": groups.items()})


@officer_required
@require_safe
def preview(request: HttpRequest, code: str) -> HttpResponse:
    """One template in all its forms, filled with its examples."""
    template = find_template(code)
    if template is None:
        raise MessageNotFoundError
    values = wording.examples(template)
    bare, full = (
        wording.compose(template, values=values, envelope=_envelope(), diacritics=diacritics)
        for diacritics in (False, True)
    )
    context = {
        "template": template,
        "kind": KINDS[template.kind],
        "letter": full,
        "text": wording.as_text(full),
        "shorts": [
            {
                "title": title,
                "text": letter.short,
                "letters": len(letter.short),
                "parts": len(sms.shape_of(letter.short).parts),
                "cost": sms.shape_of(letter.short).cost(settings.VANLANG_SMS_PART_VND),
            }
            for title, letter in (("Không dấu", bare), ("Có dấu", full))
        ],
        "values": [
            (name, VALUE_TYPES[one.type], wording.written(one.type, one.example))
            for name, one in sorted(template.values.items())
        ],
    }
    return render_page(request, "notifications/template.html", context)


def _envelope() -> Envelope:
    return Envelope(
        agency="UBND phường Việt Trì",
        agency_short="Phường Việt Trì",
        agency_contact="Số 1 Hùng Vương, phường Việt Trì",
        name="Nguyễn Thị Lan",
        link=absolute("/ho-so/"),
        stop_link=absolute("/thong-bao/ngung/…/"),
        short_link=absolute("/thong-bao/t/Ab3dEf6hIj9_/"),
    )
