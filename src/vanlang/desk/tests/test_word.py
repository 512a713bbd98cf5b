"""From an agency's Word template to a signed outcome, by the pages."""

from __future__ import annotations

import datetime as dt
import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from vanlang.desk.tests.officers import browser_of
from vanlang.documents import ports
from vanlang.documents.api import read_outcome
from vanlang.documents.tests.letters import LETTER, MARKED, exported, template, text_of_docx
from vanlang.documents.tests.pages import text_of
from vanlang.dossiers import api as dossiers
from vanlang.dossiers.models import Dossier, Outcome
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.tests.factories import Lives, World, append_signature, make_officer
from vanlang.identity.api import Role

pytestmark = pytest.mark.usefixtures("monday")
TEMPLATES = "/can-bo/thu-tuc/1.001193/mau-word/"


@pytest.fixture
def editor(world: World, at: dt.datetime) -> Client:
    unit = next(iter(world.viet_tri.units.values()))
    roles = {Role.CATALOGUE_EDITOR}
    return browser_of(make_officer("quan", "Đỗ Minh Quân", world.viet_tri.id, unit, "Quản trị", roles, at))


def upload(editor: Client, *lines: str, status: int = 303) -> str:
    file = SimpleUploadedFile("mau.docx", template(*lines))
    answer = editor.post(TEMPLATES, {"name": "Giấy xác nhận", "case": "", "file": file})
    assert answer.status_code == status, answer.content.decode()[-2000:]
    return str(answer.content.decode())


def test_an_editor_uploads_a_template_and_sees_what_it_uses(editor: Client) -> None:
    upload(editor, *LETTER)
    page = editor.get(TEMPLATES).content.decode()
    assert "Giấy xác nhận" in page
    assert "số_định_danh" in page
    assert "!!undefined" not in page
    sample = re.search(r'href="(/can-bo/mau-word/[^"]+\.docx)"', page)
    assert sample
    assert "Nguyễn Thị Lan" in text_of_docx(editor.get(sample[1]).content)
    refused = upload(editor, *LETTER, "{{ tuổi }}", status=422)
    assert "“tuổi”" in refused
    assert "mẫu cũ vẫn được dùng" in refused


def test_a_template_becomes_a_signed_outcome(
    world: World, lives: Lives, editor: Client, at: dt.datetime
) -> None:
    upload(editor, *LETTER)
    dossier_id = lives.to(State.IN_PROGRESS)
    mai = browser_of(world.mai)
    address = f"/can-bo/ho-so/{dossier_id}/trinh-ket-qua/word/"
    assert "Soạn bằng Word" in mai.get(f"/can-bo/ho-so/{dossier_id}/trinh-ket-qua/").content.decode()
    page = mai.get(address).content.decode()
    assert "!!undefined" not in page
    link = re.search(r'href="([^"]+\.docx)"', page)
    assert link
    filled = text_of_docx(mai.get(link[1]).content)
    assert "Xác nhận ông/bà Nguyễn Thị Lan, số định danh 025190012123." in filled
    upload(editor, *LETTER, "Bản mới")  # a template that changed does not touch what was made of it
    told = {
        "granted": "granted",
        "title": "Giấy xác nhận",
        "book_kind": "GXN",
        "leader": str(world.phuc.appointment_id),
        "expected_version": str(Dossier.objects.get(pk=dossier_id).version),
    }
    lost = SimpleUploadedFile("thu.pdf", exported("không còn chỗ giữ"))
    refused = mai.post(address, {**told, "file": lost})
    assert refused.status_code == 409
    assert "[[SO]]" in refused.content.decode()
    assert 'value="Giấy xác nhận"' in refused.content.decode()
    sent = mai.post(address, {**told, "file": SimpleUploadedFile("thu.pdf", exported(*MARKED))})
    assert sent.status_code == 303, sent.content.decode()[-2000:]
    dossiers.approve(dossier_id=dossier_id, actor=world.phuc, at=at)
    dossiers.sign(dossier_id=dossier_id, signer=append_signature, actor=world.phuc, at=at)
    outcome = Outcome.objects.get(dossier_id=dossier_id)
    assert outcome.number == "01/GXN-UBND"
    assert outcome.document_id
    text = text_of(read_outcome(outcome.document_id))
    assert "Xác nhận Nguyễn Thị Lan." in text
    assert "ngày 23 tháng 11 năm 2026" in text


def test_where_the_machine_converts_a_word_file_is_taken(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.IN_PROGRESS)
    mai, address = browser_of(world.mai), f"/can-bo/ho-so/{dossier_id}/trinh-ket-qua/word/"
    told = {
        "granted": "granted",
        "title": "Giấy xác nhận",
        "book_kind": "GXN",
        "leader": str(world.phuc.appointment_id),
    }
    with ports.plugged(None):
        refused = mai.post(address, {**told, "file": SimpleUploadedFile("thu.docx", template("x"))})
        assert refused.status_code == 409
        assert "Lưu dưới dạng PDF" in refused.content.decode()
    with ports.plugged(lambda docx: exported(*MARKED)):
        assert "Word (.docx)" in mai.get(address).content.decode()
        sent = mai.post(address, {**told, "file": SimpleUploadedFile("thu.docx", template("x"))})
    assert sent.status_code == 303


def test_only_who_may_propose(world: World, lives: Lives) -> None:
    dossier_id: uuid.UUID = lives.to(State.IN_PROGRESS)
    answer = browser_of(world.thao).get(f"/can-bo/ho-so/{dossier_id}/trinh-ket-qua/word/")
    assert answer.status_code == 409
    assert browser_of(world.mai).get(TEMPLATES).status_code == 403
