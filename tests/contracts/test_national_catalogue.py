"""
The portal's catalogue over the wire, against the sandbox's own process: what is asked, what is answered, what becomes of it.

What the province has in force is what the portal learns of it (`manage.py nationalportal published`); said back, nothing differs.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.management import call_command
from django.test.utils import captured_stdout

from tests.contracts.test_national_portal import Line, agrees, door, line
from vanlang.catalogue.models import Field, ProcedureVersion
from vanlang.kernel.clock import frozen
from vanlang.nationalportal.adapters.client import PortalAddress, PortalClient
from vanlang.nationalportal.adapters.feed import pull_feed
from vanlang.nationalportal.adapters.lists import pull_lists
from vanlang.nationalportal.models import FeedItem, FeedRun
from vanlang.nationalportal.services.feed import ask_feed
from vanlang.nationalportal.types import ListKind

__all__ = ["door", "line"]
OURS = "1.001193"


@dataclass
class There:
    """Both ends, and what is in force."""

    line: Line
    client: PortalClient
    told: dict[str, Any]

    def publish(self, *procedures: dict[str, Any]) -> None:
        self.line.outside.order("national_portal", "catalogue", procedures=list(procedures))

    def read(self) -> FeedRun:
        run_id = ask_feed(actor=None, at=self.line.at, defer=False)
        pull_feed(run_id, clock=lambda: self.line.at, line=self.client)
        return FeedRun.objects.get(pk=run_id)


@pytest.fixture
def there(line: Line, settings: Any) -> Iterator[There]:
    with frozen(line.at), captured_stdout() as out:
        call_command("nationalportal", "published", stdout=out)
    told = json.loads(out.getvalue())
    line.outside.fresh()
    line.outside.order("national_portal", "catalogue", **told)
    client = PortalClient(PortalAddress(**settings.VANLANG_NATIONAL_PORTAL), seconds=10)
    yield There(line, client, told)
    client.close()


def test_what_is_asked_and_answered(there: There) -> None:
    answer = there.client.ask("LayThuTuc", {"maTTHC": OURS}, share=True)
    assert agrees("LayThuTuc_tra_loi", answer)


def test_said_back_nothing_differs(there: There) -> None:
    run = there.read()
    assert (run.state, run.done, run.failure) == ("done", len(there.told["procedures"]), "")
    assert not FeedItem.objects.exists()


def test_new_changed_and_withdrawn_over_the_wire(there: There) -> None:
    before = list(ProcedureVersion.objects.values())
    (ours,) = [one for one in there.told["procedures"] if one["MATTHC"] == OURS]
    new = {**ours, "MaTTHC": "9.000001", "MATTHC": "9.000001", "TENTTHC": "Mới"}
    there.publish(new, {**ours, "YEUCAU": "Phải có mặt"})
    there.read()
    assert dict(FeedItem.objects.values_list("code", "change")) == {OURS: "changed", "9.000001": "new"}
    there.line.outside.order("national_portal", "withdraw", procedures=[OURS])
    there.read()
    assert FeedItem.objects.get(pk=OURS).change == "withdrawn"
    assert list(ProcedureVersion.objects.values()) == before


@pytest.mark.parametrize("mode", ["nonsense", "error_500", "drop", "expire_session", "code:99"])
def test_however_it_misbehaves_for_a_moment_the_reading_is_whole(there: There, mode: str) -> None:
    path = "/adapter/share" if mode in {"error_500", "drop"} else "/adapter/share/LayThuTuc"
    there.line.outside.misbehave("national_portal", mode, path=path)
    run = there.read()
    assert run.state == "done" or run.failure
    assert not FeedItem.objects.exists()
    again = there.read()
    assert (again.state, again.silent) == ("done", 0)


def test_sectors_have_codes_there_and_get_them_here_by_name(there: There) -> None:
    assert Field.objects.get(name="Hộ tịch").code == ""
    found = pull_lists(at=there.line.at, line=there.client)
    assert found[ListKind.SECTOR] == 1, "the list is not empty any more"
