"""What the counter offers can be received: no procedure, case or channel is shown that a missing time limit would refuse."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from vanlang.catalogue.api import (
    Channel,
    Level,
    ProcedureCard,
    VersionCard,
    get_version,
    list_coverage,
    list_procedures,
    load_starter,
)
from vanlang.catalogue.models import TimeLimit
from vanlang.desk.tests.officers import browser_of
from vanlang.desk.tests.test_counter import told
from vanlang.dossiers.models import Dossier
from vanlang.dossiers.tests.factories import World
from vanlang.eforms.api import load_definitions
from vanlang.identity.api import SYSTEM

pytestmark = pytest.mark.usefixtures("monday")
ONLINE_ONLY = "1.010041"
AT_COUNTER = (Channel.DIRECT, Channel.POSTAL)


@pytest.fixture
def starter(world: World, at: dt.datetime) -> list[ProcedureCard]:
    load_definitions(settings.VANLANG_REFERENCE / "eforms")
    load_starter(actor=SYSTEM, at=at)
    return list_procedures(at.date(), level=Level.COMMUNE, only_ready=True)


def offered_channels(client: Client, code: str, case_id: int) -> set[str] | None:
    """Return the channels that the page of a case offers; None when the case is not taken at all."""
    answer = client.get(f"/can-bo/tiep-nhan/{code}/", {"truong-hop": case_id})
    if answer.status_code == 409:
        return None
    assert answer.status_code == 200
    return set(re.findall(r'name="c-channel" type="radio" value="([a-z]+)"', answer.content.decode()))


def timed_channels(version: VersionCard, case_id: int) -> set[str]:
    return {one.value for one in AT_COUNTER if version.limit_for(one, case_id) is not None}


def test_whatever_is_offered_has_a_time_limit_and_whatever_has_none_is_not_offered(
    world: World, starter: list[ProcedureCard]
) -> None:
    client = browser_of(world.hung)
    assert len(starter) > 20
    for card in starter:
        version = get_version(card.version_id)
        any_case = any(timed_channels(version, case.id) for case in version.cases)
        page = client.get("/can-bo/tiep-nhan/", {"q": card.code}).content.decode()
        assert (f"/can-bo/tiep-nhan/{card.code}/" in page) is any_case, card.code
        for case in version.cases:
            assert (offered_channels(client, card.code, case.id) or set()) == timed_channels(
                version, case.id
            ), (card.code, case.title)


def test_what_is_filed_online_only_says_so_in_the_list_and_is_not_opened(
    world: World, starter: list[ProcedureCard]
) -> None:
    assert ONLINE_ONLY in {card.code for card in starter}
    client = browser_of(world.hung)
    answer = client.get("/can-bo/tiep-nhan/", {"q": ONLINE_ONLY, "chon": "1"})
    assert answer.status_code == 200, "Enter opens nothing"
    assert "Danh mục chưa có thời hạn khi nộp tại quầy." in answer.content.decode()
    straight = client.get(f"/can-bo/tiep-nhan/{ONLINE_ONLY}/")
    assert straight.status_code == 409
    assert "Hãy hướng dẫn người dân nộp trực tuyến" in straight.content.decode()
    many = client.get(reverse("counter:batch_many"), {"ma": ONLINE_ONLY}).content.decode()
    assert f"Thủ tục {ONLINE_ONLY} chưa có thời hạn khi nộp tại quầy" in many


def test_a_channel_without_a_limit_is_neither_shown_nor_taken(world: World) -> None:
    TimeLimit.objects.filter(version_id=world.version_id, channel=Channel.POSTAL).delete()
    client = browser_of(world.hung)
    address = "/can-bo/tiep-nhan/1.001193/"
    assert 'value="postal"' not in client.get(address, {"kenh": "postal"}).content.decode()
    refused = client.post(address, told(client, world, **{"c-channel": "postal"}))
    assert refused.status_code == 422
    assert not Dossier.objects.exists()


def test_the_coverage_of_a_department_names_it(
    world: World, starter: list[ProcedureCard], at: dt.datetime
) -> None:
    lines = {line.code: line for line in list_coverage(at.date())}
    for card in starter:
        version = get_version(card.version_id)
        whole = all(version.limit_for(Channel.DIRECT, case.id) is not None for case in version.cases)
        assert lines[card.code].is_timed_at_counter is whole, card.code
