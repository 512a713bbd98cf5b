"""The line to the portal: one login, one connection, every failure named for what it means."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from vanlang.connectors.api import SystemVerdict
from vanlang.nationalportal.adapters.client import PortalAddress, PortalClient
from vanlang.nationalportal.errors import PortalError
from vanlang.nationalportal.tests.portal import ScriptedPortal, always, scripted_portal


@pytest.fixture
def portal() -> Iterator[ScriptedPortal]:
    with scripted_portal() as made:
        yield made


@pytest.fixture
def client(portal: ScriptedPortal) -> Iterator[PortalClient]:
    made = PortalClient(
        PortalAddress(portal.url, user="h44", password="secret", dstcode="VN:COM:0", agency="H44", token="t"),
        seconds=5,
    )
    yield made
    made.close()


def failure(client: PortalClient, service: str = "DongBoHoSoMC") -> PortalError:
    with pytest.raises(PortalError) as caught:
        client.ask(service, {"data": []}, share=False)
    return caught.value


def test_it_logs_in_once_and_keeps_the_connection(client: PortalClient, portal: ScriptedPortal) -> None:
    for _ in range(5):
        assert client.ask("TraCuuHoSo", {"mahoso": "a"}, share=True) == {"error_code": "0"}
    assert (portal.logins, portal.connections) == (1, 1)
    assert portal.headers[0]["dstcode"] == "VN:COM:0"
    path, call = portal.calls[0]
    assert path == "/adapter/share"
    assert call == {"session": "session-1", "madonvi": "H44", "service": "TraCuuHoSo", "mahoso": "a"}
    client.ask("DongBoHoSoMC", {}, share=False)
    assert portal.calls[-1][0] == "/adapter/integration"


def test_a_session_that_is_over_is_renewed_once(client: PortalClient, portal: ScriptedPortal) -> None:
    client.ask("LayThuTuc", {}, share=True)
    portal.sessions.append("somebody else's")
    client.ask("LayThuTuc", {}, share=True)
    assert portal.logins == 2
    portal.usual = always({"error_code": "-2"})
    assert failure(client).verdict is SystemVerdict.TEMPORARY
    assert portal.logins == 3


def test_a_refused_login_uses_up_nobodys_tries(portal: ScriptedPortal) -> None:
    stranger = PortalClient(PortalAddress(portal.url, user="h44", password="wrong"), seconds=5)
    assert failure(stranger).verdict is SystemVerdict.UNREACHABLE
    assert portal.calls == []
    stranger.close()


def test_nobody_there_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    nobody = PortalClient(PortalAddress(f"http://127.0.0.1:{port}"), seconds=1)
    assert failure(nobody).verdict is SystemVerdict.UNREACHABLE


@pytest.mark.parametrize(
    ("answer", "verdict", "code"),
    [
        (None, SystemVerdict.UNCLEAR, "RemoteDisconnected"),
        (b"<html>Bao tri</html>", SystemVerdict.UNCLEAR, "nonsense"),
        (b"[]", SystemVerdict.UNCLEAR, "nonsense"),
        (b'{"error_code": "0"', SystemVerdict.UNCLEAR, "nonsense"),
        (500, SystemVerdict.UNCLEAR, "500"),
        (503, SystemVerdict.TEMPORARY, "503"),
        (429, SystemVerdict.TEMPORARY, "429"),
        (403, SystemVerdict.UNREACHABLE, "403"),
        ({"error_code": "5"}, SystemVerdict.REFUSED, "5"),
        ({"error_code": "8"}, SystemVerdict.REFUSED, "8"),
        ({"error_code": 99}, SystemVerdict.TEMPORARY, "99"),
        ({"error_code": "3"}, SystemVerdict.REFUSED, "3"),
    ],
)
def test_every_failure_is_named_for_what_it_means(
    client: PortalClient, portal: ScriptedPortal, answer: object, verdict: SystemVerdict, code: str
) -> None:
    client.ask("LayThuTuc", {}, share=True)
    portal.usual = lambda path, call: answer  # type: ignore[assignment, return-value]
    told = failure(client)
    assert (told.verdict, told.portal_code) == (verdict, code)
    portal.usual = always({"error_code": "0"})
    assert client.ask("LayThuTuc", {}, share=True) == {"error_code": "0"}


def test_what_was_refused_in_parts_can_be_read(client: PortalClient, portal: ScriptedPortal) -> None:
    parts = {"error_code": "5", "ketqua": [{"MaHoSo": "a", "error_code": "0"}]}
    portal.usual = always(parts)
    assert failure(client).answer == parts


def test_a_paper_is_fetched_from_the_portal_and_from_nowhere_else(
    client: PortalClient, portal: ScriptedPortal
) -> None:
    portal.files["/tep/1"] = b"%PDF-1.7"
    assert client.fetch(f"{portal.url}/tep/1") == b"%PDF-1.7"
    assert portal.headers[-1]["Authorization"] == "Bearer t"
    with pytest.raises(PortalError) as gone:
        client.fetch(f"{portal.url}/tep/2")
    assert (gone.value.verdict, gone.value.portal_code) == (SystemVerdict.REFUSED, "paper_is_gone")
    with scripted_portal() as another:
        another.files["/tep/1"] = b"x"
        with pytest.raises(PortalError) as foreign:
            client.fetch(f"{another.url}/tep/1")
        assert foreign.value.portal_code == "foreign_address"
        assert another.headers == []
