"""
The written script, played over the real pages for the twenty procedures that a commune is asked for most.

The pages are asked by Django's test client, what Tab stops at is read off them, and what the keys would send is sent:
each procedure is really received. Which twenty is the starter catalogue's own order of popularity, among those that
are ready and settled at a commune; the shared data name no volume of a procedure.
"""

from __future__ import annotations

import datetime as dt
import html
import os
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from tests.support.keystrokes import PROMISE, Count, tab_stops, tabs_between

from vanlang.catalogue.api import Channel, Level, ProcedureCard, get_version, list_procedures, load_starter
from vanlang.desk.tests.officers import browser_of
from vanlang.dossiers.models import Dossier
from vanlang.dossiers.tests.factories import World
from vanlang.eforms.api import load_definitions
from vanlang.identity.api import SYSTEM

pytestmark = pytest.mark.usefixtures("monday")
MANUAL = Path(settings.VANLANG_ROOT) / "docs" / "manual-vi" / "tiep-nhan-tai-quay.md"
BEGINS, ENDS = "<!-- twenty procedures: begins -->\n", "<!-- twenty procedures: ends -->"
PERSON = {"c-personal_id": "025190012123", "c-full_name": "Nguyễn Thị Lan", "c-phone": "0912345678"}
TOP = 20


@dataclass(frozen=True, slots=True)
class Played:
    card: ProcedureCard
    how: str
    """What is typed to open it."""
    count: Count


@pytest.fixture
def top(world: World, at: dt.datetime) -> list[ProcedureCard]:
    load_definitions(settings.VANLANG_REFERENCE / "eforms")
    load_starter(actor=SYSTEM, at=at)
    ready = list_procedures(at.date(), level=Level.COMMUNE, only_ready=True)
    takeable = [card for card in ready if limit_at_counter(card) is not None]
    return takeable[:TOP]


def limit_at_counter(card: ProcedureCard) -> object:
    """Return the time limit over the counter; a procedure that is filed online only has none."""
    version = get_version(card.version_id)
    return version.limit_for(Channel.DIRECT, version.cases[0].id if version.cases else None)


def play(client: Client, world: World, card: ProcedureCard, frequent: list[str]) -> Played:
    """Receive a known person's dossier of one procedure by the script, and count."""
    hands = Count()
    hands.thoughts.append("which procedure")
    typed = str(frequent.index(card.code) + 1) if card.code in frequent else card.code
    hands.keys += len(typed) + 1
    answer = client.get("/can-bo/tiep-nhan/", {"q": typed, "chon": "1"})
    assert answer.status_code == 302, f"{card.code}: Enter opens it"
    hands.answers += 1
    address, page = answer["Location"], client.get(answer["Location"]).content.decode()
    if "id_c-personal_id" not in page:
        cases = re.findall(r'href="(\?truong-hop=\d+)"', page)
        hands.thoughts.append("which case")
        hands.keys, hands.answers = hands.keys + 1, hands.answers + 1
        address += cases[0]
        page = client.get(address).content.decode()
    hands.thoughts.append("read the number on the card")
    hands.keys += 12 + 1  # and Tab: the person is filled in
    hands.answers += 1
    hands.thoughts.append("is it this person")
    sent = {**values_of(page), **PERSON, "viec": "nhan"}
    if "id_all-papers" in page:
        hands.keys += tabs_between(page, "id_c-full_name", "id_all-papers") + 1  # and Space
        hands.thoughts.append("are the papers all there")
        sent["all-papers"] = "1"
    for name in re.findall(r'name="(paper-\d+)"', page):
        sent.pop(name, None)
    if "id_c-competent" in tab_stops(page):
        hands.keys += tabs_between(page, "id_c-full_name", "id_c-competent") + 4
        hands.thoughts.append("which agency decides")
        sent["c-competent"] = str(world.viet_tri.id)
    hands.thoughts.append("receive")
    hands.keys += 1
    hands.answers += 1
    received = client.post(address, sent)
    assert received.status_code == 303, (card.code, html.unescape(received.content.decode())[-4000:])
    return Played(card, typed, hands)


def values_of(page: str) -> dict[str, str]:
    """Return what the form of intake sends as it stands: inputs with a value, boxes and radios that are ticked."""
    form = page[page.index('class="desk-intake"') :]
    sent: dict[str, str] = {}
    for tag in re.findall(r"<input\b[^>]*>", form):
        told = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        boxed = told.get("type") in {"checkbox", "radio"}
        if told.get("name") and told.get("type") != "file" and (not boxed or "checked" in tag):
            sent[told["name"]] = html.unescape(told.get("value", ""))
    for name, inside in re.findall(r'<select\b[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)"[^>]*\bselected', inside)
        sent[name] = chosen[1] if chosen else ""
    return sent


def test_twenty_procedures_each_under_a_minute(
    world: World, top: list[ProcedureCard], at: dt.datetime
) -> None:
    client = browser_of(world.hung)
    frequent = [card.code for card in list_procedures(at.date(), only_frequent=True, only_ready=True)[:9]]
    before = Dossier.objects.count()
    played = [play(client, world, card, frequent) for card in top]
    assert len(played) == TOP
    assert Dossier.objects.filter(state="received").count() == before + TOP
    assert max(one.count.seconds for one in played) < PROMISE
    known = [one.count.keys for one in played if one.card.code in frequent]
    assert known
    assert max(known) <= 25, "a frequent one needs no more than 25 keys"
    text = MANUAL.read_text(encoding="utf-8")
    start, end = text.index(BEGINS) + len(BEGINS), text.index(ENDS)
    if os.environ.get("VANLANG_RENEW_GOLDEN"):
        MANUAL.write_text(text[:start] + table(played) + text[end:], encoding="utf-8")
        text = MANUAL.read_text(encoding="utf-8")
        end = text.index(ENDS)
    assert text[start:end] == table(played), "renew on purpose with ./vanlang golden, and read the difference"


def table(played: list[Played]) -> str:
    """Return the table of the manual."""
    head = "| Thủ tục | Gõ để mở | Phím | Nghĩ | Chờ | Quy ra |\n|---|---|---|---|---|---|\n"
    return head + "".join(
        f"| {shortened(one.card.name)} | `{one.how}` | {one.count.keys} | {len(one.count.thoughts)} | "
        f"{one.count.answers} | {f'{one.count.seconds:.1f}'.replace('.', ',')} giây |\n"
        for one in played
    )


def shortened(name: str) -> str:
    return name if len(name) <= 90 else f"{name[:90].rsplit(' ', 1)[0]} …"
