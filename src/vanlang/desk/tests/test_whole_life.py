"""A dossier's whole life through the pages of the desk, with a real key and a real authority."""

from __future__ import annotations

import io
import re
from typing import Any

import pikepdf
import pytest
from django.test import Client
from tests.support.sandbox import Outside

from vanlang.desk.tests.officers import browser_of
from vanlang.documents.api import read_outcome
from vanlang.dossiers.models import Dossier, Movement, Outcome
from vanlang.dossiers.tests.factories import World, make_world
from vanlang.files.api import page_picture
from vanlang.kernel import clock
from vanlang.organizations.api import UnitKind
from vanlang.signing.api import verify_pdf

PERSON = {
    "c-personal_id": "025190012999",
    "c-full_name": "Hà Thị Nga",
    "c-phone": "0987654321",
    "c-address": "Tổ 7, phường Việt Trì",
}


@pytest.fixture
def world_now(db: None) -> World:
    """The ground of today: certificates live in real time."""
    return make_world(clock.now())


def receive(client: Client, world: World, **more: str) -> Dossier:
    """Take a dossier in at the counter as the page would; return it."""
    page = client.get("/can-bo/tiep-nhan/1.001193/")
    made = re.search(r'name="c-dossier_id" value="([^"]+)"', page.content.decode())
    assert made
    told = {
        "viec": "nhan",
        "c-dossier_id": made[1],
        **PERSON,
        "c-channel": "direct",
        "c-competent": str(world.viet_tri.id),
        "c-return_to": str(world.viet_tri.id),
        "all-papers": "1",
        f"paper-{world.document_id}-originals": "1",
        f"paper-{world.document_id}-copies": "0",
        **more,
    }
    answer = client.post("/can-bo/tiep-nhan/1.001193/", told)
    assert answer.status_code == 303, answer.content.decode()
    assert client.post("/can-bo/tiep-nhan/1.001193/", told)["Location"] == answer["Location"], "pressed twice"
    return Dossier.objects.get(pk=made[1])


def without_marks(pdf: bytes) -> bytes:
    """Return the document without the fields in which its signatures are shown."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            del page.obj["/Annots"]
        document.save(out)
    return out.getvalue()


def act(client: Client, dossier: Dossier, slug: str, **fields: Any) -> Any:
    """Send an act's form as its page would; return the answer."""
    dossier.refresh_from_db()
    fields.setdefault("expected_version", dossier.version)
    return client.post(f"/can-bo/ho-so/{dossier.pk}/{slug}/", fields)


def test_from_the_counter_to_the_citizen(world_now: World, authority: Outside) -> None:
    world = world_now
    hung, mai, thao = (browser_of(actor) for actor in (world.hung, world.mai, world.thao))
    phuc = browser_of(world.phuc, second_factor_at=clock.now())
    dossier = receive(hung, world)
    assert dossier.state == "received"
    assert dossier.applicant_name == "Hà Thị Nga"
    page = hung.get(f"/can-bo/tiep-nhan/da-nhan/{dossier.pk}/").content.decode()
    assert dossier.code
    assert dossier.code in page
    receipt = hung.get(f"/can-bo/ho-so/{dossier.pk}/in/mau-01.pdf")
    assert receipt.content.startswith(b"%PDF")

    unit = world.viet_tri.units[UnitKind.SPECIALIST]
    assert act(hung, dossier, "chuyen-xu-ly", unit=unit).status_code == 303
    assert act(mai, dossier, "nhan-xu-ly").status_code == 303
    draft = {
        "mau": "extract",
        "granted": "granted",
        "title": "Trích lục khai sinh",
        "book_kind": "TLKS",
        "facts": "Họ và tên: HÀ GIA AN\nGiới tính: Nam\n\nNgười mẹ\nHọ và tên: HÀ THỊ NGA",
        "leader": world.phuc.appointment_id,
    }
    shown = mai.post(f"/can-bo/ho-so/{dossier.pk}/trinh-ket-qua/xem-truoc/", draft)
    picture = re.search(r'src="(/can-bo/xem-truoc/[^"]+)"', shown.content.decode())
    assert picture
    assert mai.get(picture[1]).content.startswith(b"\x89PNG")
    assert thao.get(picture[1]).status_code == 404, "a preview is its writer's"
    assert act(mai, dossier, "trinh-ket-qua", **draft).status_code == 303

    assert act(phuc, dossier, "phe-duyet").status_code == 303
    stale = act(browser_of(world.phuc), dossier, "ky-so")
    assert stale.status_code == 403, "no signature without a second factor"
    assert "Mã xác thực" in stale.content.decode()
    assert act(phuc, dossier, "ky-so").status_code == 303
    released = thao.get(f"/can-bo/ho-so/{dossier.pk}/phat-hanh/").content.decode()
    assert "Hợp lệ" in released
    assert "Nguyễn Văn Phúc" in released
    assert act(thao, dossier, "phat-hanh").status_code == 303
    assert act(hung, dossier, "tra-ket-qua", channel="direct", receiver="Hà Thị Nga").status_code == 303

    dossier.refresh_from_db()
    assert dossier.state == "delivered"
    outcome = Outcome.objects.get(dossier=dossier)
    assert outcome.number == "01/TLKS-UBND"
    assert outcome.document_id
    pdf = read_outcome(outcome.document_id)
    verdict = verify_pdf(pdf, at=clock.now())
    assert verdict.is_valid, verdict
    assert [one.signer for one in verdict.signatures if one.signer][:1] == ["Nguyễn Văn Phúc"]
    assert hung.get(f"/can-bo/ho-so/{dossier.pk}/ket-qua.pdf").content == pdf
    assert page_picture(pdf, 1) != page_picture(without_marks(pdf), 1), "the picture shows who signed"
    acts = Movement.objects.filter(dossier=dossier).order_by("number").values_list("act", flat=True)
    assert list(acts) == [
        "submit", "receive", "hand_over", "claim", "propose", "approve", "sign", "release", "deliver"
    ]  # fmt: skip
