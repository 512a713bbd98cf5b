"""Code lists: what differs is shown, nothing of ours is changed, half a list closes nothing."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse
from tests.support.people import sign_in

from vanlang.catalogue.models import ProcedureVersion
from vanlang.dossiers.tests.factories import make_officer
from vanlang.identity.api import Role
from vanlang.kernel.clock import frozen
from vanlang.nationalportal.adapters.lists import pull_lists
from vanlang.nationalportal.models import ListDifference
from vanlang.nationalportal.rules.lists import ListLine, compare
from vanlang.nationalportal.tests.conftest import MINUTE, Wire
from vanlang.nationalportal.tests.portal import Call
from vanlang.nationalportal.types import ListChange, ListKind
from vanlang.organizations.types import UnitKind


def test_names_differ_only_when_their_letters_do() -> None:
    theirs = {"1": "Đăng ký  khai sinh", "2": "Mới", "3": "Tên khác"}
    assert list(compare(theirs, {"1": "đăng ký khai sinh", "3": "Tên", "4": "Cũ"})) == [
        ListLine(ListChange.NEW, "2", "Mới", ""),
        ListLine(ListChange.CHANGED, "3", "Tên khác", "Tên"),
        ListLine(ListChange.CLOSED, "4", "", "Cũ"),
    ]


def answering(procedures: dict[str, str], *, total: int | None = None) -> object:
    """Return a portal that answers lists page by page, one row a page."""

    def reply(path: str, call: Call) -> Call:
        agencies = {"H44.100": "UBND phường Việt Trì", "H44.555": "UBND xã Mới", "H01": "Hà Nội"}
        lists = {
            "LayDanhSachTTHC": ("MATTHC", "TENTTHC", procedures),
            "LayDanhMucCoQuan": ("MADONVI", "TENDONVI", agencies),
            "LayDanhMucLinhVuc": ("MALINHVUC", "TENLINHVUC", {"LV1": "Hộ tịch"}),
        }
        code, name, rows = lists[call["service"]]
        some = list(rows.items())[int(call["trang"]) - 1 : int(call["trang"])]
        return {
            "error_code": "0", "data": [{code: key, name: value} for key, value in some], "tong": total or len(rows),
        }  # fmt: skip

    return reply


def test_what_differs_is_kept_and_gone_when_it_is_alike_again(wire: Wire) -> None:
    wire.portal.usual = answering({"1.001193": "Tên mới", "9.000001": "Thủ tục mới"})  # type: ignore[assignment]
    before = list(ProcedureVersion.objects.values())
    found = pull_lists(at=wire.at, line=wire.line)
    assert found[ListKind.PROCEDURE] == 2
    changes = dict(ListDifference.objects.values_list("code", "change"))
    assert changes["9.000001"] == "new" and changes["1.001193"] == "changed"
    assert changes["H44.555"] == "new" and changes["H44.101"] == "closed" and "H01" not in changes
    wire.portal.usual = answering({"1.001193": "Thủ tục đăng ký khai sinh", "9.000001": "Thủ tục mới"})  # type: ignore[assignment]
    pull_lists(at=wire.at + MINUTE, line=wire.line)
    row = ListDifference.objects.get(kind="procedure")
    assert (row.code, row.since_at) == ("9.000001", wire.at)
    assert list(ProcedureVersion.objects.values()) == before


def test_half_a_list_closes_nothing(wire: Wire) -> None:
    wire.portal.usual = answering({"1.001193": "x"}, total=9)  # type: ignore[assignment]
    found = pull_lists(at=wire.at, line=wire.line)
    assert found == dict.fromkeys(ListKind)
    assert not ListDifference.objects.exists()


def test_editors_see_what_differs(wire: Wire, client: Client) -> None:
    wire.portal.usual = answering({"9.000001": "Thủ tục mới"})  # type: ignore[assignment]
    pull_lists(at=wire.at, line=wire.line)
    editor = make_officer(
        "editor", "Vũ Văn Biên", wire.world.viet_tri.id, wire.world.viet_tri.units[UnitKind.LEADERSHIP], "Quản trị",
        {Role.CATALOGUE_EDITOR}, wire.at,
    )  # fmt: skip
    sign_in(client, editor)
    with frozen(wire.at):
        answer = client.get(reverse("portal_desk:code_lists"))
    html = answer.content.decode()
    assert "9.000001" in html and "Cổng có, tỉnh chưa có" in html
