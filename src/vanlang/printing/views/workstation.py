"""Which printers this workstation uses: kept in its browser for a year, not with the officer who sits there today."""

from __future__ import annotations

import uuid

from django.core import signing
from django.http import HttpRequest, HttpResponse

from vanlang.identity.api import Actor
from vanlang.printing.cards import PrinterCard
from vanlang.printing.queries import list_printers
from vanlang.printing.rules.stocks import Stock

COOKIE = "vl_printers"
_YEAR = 366 * 24 * 3600


def chosen_printers(request: HttpRequest, actor: Actor) -> dict[Stock, PrinterCard]:
    """Return the printer that this workstation uses for each stock; where the agency has only one, that one."""
    named = set(_named(request))
    by_stock: dict[Stock, list[PrinterCard]] = {}
    for card in list_printers(actor):
        by_stock.setdefault(card.stock, []).append(card)
    chosen = {}
    for stock, cards in by_stock.items():
        own = next((card for card in cards if str(card.id) in named), None)
        if own is not None or len(cards) == 1:
            chosen[stock] = own or cards[0]
    return chosen


def remember(response: HttpResponse, request: HttpRequest, printer: PrinterCard, actor: Actor) -> None:
    """Use `printer` at this workstation from now on, in place of another of the same stock."""
    same = {str(card.id) for card in list_printers(actor) if card.stock is printer.stock}
    kept = [key for key in _named(request) if key not in same][-20:]
    value = signing.dumps([*kept, str(printer.id)], salt=COOKIE)
    response.set_cookie(
        COOKIE, value, max_age=_YEAR, httponly=True, samesite="Lax", secure=request.is_secure()
    )


def _named(request: HttpRequest) -> list[str]:
    try:
        read = signing.loads(request.COOKIES.get(COOKIE, ""), salt=COOKIE, max_age=_YEAR)
    except signing.BadSignature:
        return []
    return [str(key) for key in read if _is_id(str(key))] if isinstance(read, list) else []


def _is_id(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True
