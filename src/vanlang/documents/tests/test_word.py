"""Word templates: what they may say, how they are filled, and the converter's contract and its failures."""

from __future__ import annotations

import datetime as dt
import io
import os
import stat
import zipfile
from pathlib import Path

import pytest

from vanlang.documents import api, ports
from vanlang.documents.adapters.soffice import Soffice, find_soffice
from vanlang.documents.models import WordTemplate
from vanlang.documents.rules import word
from vanlang.documents.rules.word import TemplateReading, read_template, render
from vanlang.documents.tests.letters import LETTER, MARKED, exported, template, text_of_docx
from vanlang.documents.tests.pages import codes_in, opened, text_of, texts_in
from vanlang.documents.tests.signer import sign
from vanlang.documents.tests.test_numbering import add_agency
from vanlang.files.api import FileRefusedError, read
from vanlang.files.tests.samples import office, relations
from vanlang.identity.api import SYSTEM
from vanlang.kernel.errors import OutsideSystemError, Refusal
from vanlang.kernel.scope import Scope, acting

ANSWERS = frozenset({"child_name"})
NEEDED = "{{ số_văn_bản }} {{ ngày_văn_bản }} "


# ---- rules -------------------------------------------------------------------------------------


def test_what_a_template_names_is_listed() -> None:
    reading = read_template(
        template(*LETTER, "{{ khai.child_name }}", header="{{ mã_hồ_sơ }}"), answers=ANSWERS
    )
    assert isinstance(reading, TemplateReading)
    assert set(reading.fields) == {
        "số_văn_bản", "ngày_văn_bản", "người_nộp", "số_định_danh", "chủ_hồ_sơ", "chỗ_ký", "mã_xác_minh",
        "khai.child_name", "mã_hồ_sơ",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("line", "code", "named"),
    [
        ("{{ tuổi }}", "documents.template_field_unknown", "tuổi"),
        ("{{ khai.age }}", "documents.template_field_unknown", "khai.age"),
        ("{{ người_nộp.__class__ }}", "documents.template_construct", ".__class__"),
        ("{{ khai.__class__ }}", "documents.template_field_unknown", "khai.__class__"),
        ("{{ khai.child_name.upper }}", "documents.template_construct", ".upper"),
        ("{{ người_nộp|upper }}", "documents.template_construct", "Filter"),
        ("{{ người_nộp['x'] }}", "documents.template_construct", "Getitem"),
        ("{{ người_nộp() }}", "documents.template_construct", "Call"),
        ("{{ ''.join(người_nộp) }}", "documents.template_construct", "Call"),
        ("{% for x in người_nộp %}{{ x }}{% endfor %}", "documents.template_construct", "For"),
        ("{% set x = 1 %}", "documents.template_construct", "Assign"),
        ("{% include 'x' %}", "documents.template_construct", "Include"),
        ("{% macro f() %}{% endmacro %}", "documents.template_construct", "Macro"),
        ("{{ 10 ** 10 }}", "documents.template_construct", "Pow"),
        ("{{ người_nộp ~ thủ_tục }}", "documents.template_construct", "Concat"),
        ("{{ range }}", "documents.template_field_unknown", "range"),
        ("{{ người_nộp", "documents.template_syntax", None),
        ("{% if người_nộp %}", "documents.template_syntax", None),
    ],
)
def test_what_a_template_may_not_say_is_named(line: str, code: str, named: str | None) -> None:
    refusal = read_template(template(NEEDED, line), answers=ANSWERS)
    assert isinstance(refusal, Refusal)
    assert refusal.code == code
    if named is not None:
        assert named in refusal.facts.values()


@pytest.mark.parametrize("missing", word.REQUIRED)
def test_a_template_needs_places_for_number_and_day(missing: str) -> None:
    kept = next(name for name in word.REQUIRED if name != missing)
    refusal = read_template(template(f"{{{{ {kept} }}}}"), answers=())
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.facts["field"]) == ("documents.template_field_missing", missing)


def test_facts_are_filled_in_and_never_read_as_a_template() -> None:
    hostile = "Lan {{ 7 * 7 }} <w:p> & {% if %}"
    filled = render(template(*LETTER), facts={"người_nộp": hostile, "số_định_danh": "025"}, answers={})
    text = text_of_docx(filled)
    assert f"Xác nhận ông/bà {hostile}, số định danh 025." in text
    assert "Số: [[SO]]/GXN-UBND" in text
    assert "[[CHO-KY]]" in text
    assert "Cho " not in text, "a choice that is not taken leaves nothing"


def test_no_file_at_all_is_no_template() -> None:
    for content in (b"", b"PK\x03\x04", office()):
        assert isinstance(read_template(content, answers=()), Refusal)


# ---- commands ----------------------------------------------------------------------------------


def save(agency_id: int, content: bytes, at: dt.datetime, **more: str) -> api.WordTemplateCard:
    facts = {"procedure_code": "1.001193", "case_title": "", "name": "Giấy xác nhận", **more}
    return api.save_word_template(
        agency_id=agency_id, content=content, answers=ANSWERS, actor=SYSTEM, at=at, **facts
    )


@pytest.mark.django_db
def test_versions_are_kept_and_the_newest_is_used(at: dt.datetime) -> None:
    agency = add_agency()
    first = save(agency, template(*LETTER), at)
    second = save(agency, template(*LETTER, "mới"), at)
    own = save(agency, template(*LETTER), at, case_title="Có yếu tố nước ngoài")
    assert (first.version, second.version, own.version) == (1, 2, 1)
    listed = api.list_word_templates(agency_id=agency, procedure_code="1.001193", case_title="")
    assert [card.id for card in listed] == [second.id]
    for_case = api.list_word_templates(
        agency_id=agency, procedure_code="1.001193", case_title="Có yếu tố nước ngoài"
    )
    assert {card.id for card in for_case} == {second.id, own.id}
    filled = api.fill_word_template(first.id, agency_id=agency, facts={"người nộp": "Bà Lan"}, answers={})
    assert "mới" not in text_of_docx(filled), "an older version still fills as it was"
    assert "Nguyễn Thị Lan" in text_of_docx(api.sample_of(second.id, agency_id=agency))


@pytest.mark.django_db
def test_a_refused_template_leaves_the_old_one(at: dt.datetime) -> None:
    agency = add_agency()
    kept = save(agency, template(*LETTER), at)
    with pytest.raises(api.WordTemplateRefusedError) as refused:
        save(agency, template(*LETTER, "{{ tuổi }}"), at)
    assert refused.value.facts["field"] == "tuổi"
    assert [card.id for card in api.list_word_templates(agency_id=agency, procedure_code="1.001193")] == [
        kept.id
    ]


def with_part(name: str, content: str) -> bytes:
    """Return a template with one more part, or with a part in place of its own."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(template(*LETTER))) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            if entry.filename != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, content)
    return out.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "code"),
    [
        (with_part("word/vbaProject.bin", "x"), "files.active_content"),
        (
            with_part(
                "word/_rels/settings.xml.rels",
                relations("http://x/attachedTemplate", "http://evil.example/t.dotm"),
            ),
            "files.active_content",
        ),
        (with_part("word/bomb.xml", "0" * 60_000_000), "files.zip_suspicious"),
        (b"MZ\x90", "files.type_not_allowed"),
        (b"%PDF-1.7", "files.type_not_allowed"),
    ],
    ids=["macro", "outside template", "bomb", "program", "pdf"],
)
def test_files_that_run_or_reach_out_are_refused(content: bytes, code: str, at: dt.datetime) -> None:
    agency = add_agency()
    with pytest.raises(FileRefusedError) as refused:
        save(agency, content, at)
    assert refused.value.code == code
    assert not WordTemplate.objects.exists()


@pytest.mark.django_db
def test_templates_are_their_agencys(at: dt.datetime) -> None:
    agency = add_agency()
    card = save(agency, template(*LETTER), at)
    other = add_agency("H44.101", "UBND phường Nông Trang")
    with pytest.raises(api.UnknownWordTemplateError):
        api.fill_word_template(card.id, agency_id=other, facts={}, answers={})
    with acting(Scope.officer(other)):
        assert not WordTemplate.objects.exists()


# ---- what comes back ---------------------------------------------------------------------------


def finished(content: bytes, at: dt.datetime) -> tuple[api.WrittenPaper, object]:
    return api.take_finished(
        content=content,
        title="Giấy xác nhận",
        head=api.Head(agency="UBND phường Việt Trì", place="Việt Trì"),
        signer=api.Signer(title="Phó Chủ tịch", name="Phạm Văn Phúc"),
        at=at,
        account_id=None,
    )


@pytest.mark.django_db
def test_number_day_code_and_signature_stand_where_the_writer_put_them(at: dt.datetime) -> None:
    agency = add_agency()
    paper, file_id = finished(exported(*MARKED, pages=2), at)
    paper = api.WrittenPaper(
        head=paper.head,
        signer=paper.signer,
        title=paper.title,
        pages=paper.pages,
        marks=tuple(mark for mark in paper.marks if mark.page == 1),
        verification=api.Qr("https://van-lang.test/xac-minh/abc/"),
    )
    card = api.draft_outcome(
        agency_id=agency,
        book_kind="GXN",
        title="Giấy xác nhận",
        data=paper,
        base_file_id=file_id,  # type: ignore[arg-type] # the id given above
        actor=SYSTEM,
        at=at,
    )
    draft = api.read_outcome(card.id)
    assert "DỰ THẢO" in text_of(draft)
    signed = api.sign_outcome(outcome_id=card.id, signer=sign, actor=SYSTEM, at=at)
    pdf = api.read_outcome(card.id)
    assert signed.symbol == "01/GXN-UBND"
    number = texts_in(pdf, 1, (80, 842 - 110, 170, 842 - 80))
    assert "01" in number
    assert "ngày 23 tháng 11 năm 2026" in text_of(pdf).replace("\xa0", " ")
    assert [code.split("#")[0] for code in codes_in(pdf)] == ["https://van-lang.test/xac-minh/abc/"]
    with opened(pdf) as document:
        assert len(document) == 2


@pytest.mark.django_db
@pytest.mark.parametrize(("gone", "field"), [(0, "số_văn_bản"), (1, "ngày_văn_bản")])
def test_a_letter_without_its_marks_is_refused_by_name(gone: int, field: str, at: dt.datetime) -> None:
    lines = [line for index, line in enumerate(MARKED) if index != gone]
    with pytest.raises(api.OutcomeRefusedError) as refused:
        finished(exported(*lines), at)
    assert (refused.value.code, refused.value.facts["field"]) == ("documents.mark_missing", field)


@pytest.mark.django_db
def test_a_word_file_comes_back_only_where_it_can_be_converted(at: dt.datetime) -> None:
    content = template("[[SO]] [[NGAY-VAN-BAN]]")
    with ports.plugged(None), pytest.raises(api.OutcomeRefusedError) as refused:
        finished(content, at)
    assert refused.value.code == "documents.no_converter"
    with ports.plugged(lambda docx: exported(*MARKED)):
        paper, file_id = finished(content, at)
    assert read(file_id).startswith(b"%PDF")  # type: ignore[arg-type] # the id given above
    assert {mark.kind for mark in paper.marks} == {"number", "day", "signer", "code"}


# ---- the converter: a program by the name of soffice, of our own making ------------------------


def program(folder: Path, script: str) -> str:
    """Write a program `soffice` that does what `script` says; its arguments are in "$@", the folder for the PDF in $out."""
    path = folder / "soffice"
    path.write_text(
        '#!/bin/sh\nprev=""\nfor one in "$@"; do [ "$prev" = --outdir ] && out="$one"; prev="$one"; done\n'
        f'source="$prev"\n{script}\n'
    )
    path.chmod(path.stat().st_mode | stat.S_IEXEC)
    return str(path)


def test_the_converter_is_called_as_libreoffice_wants_it(tmp_path: Path) -> None:
    made = program(
        tmp_path,
        f'echo "$@" > "{tmp_path}/asked"; cp "$source" "{tmp_path}/given"; env > "{tmp_path}/env"; printf "%%PDF-1.7 ok" > "$out/letter.pdf"',
    )
    os.environ["VANLANG_A_SECRET"] = "s"
    try:
        assert Soffice(made)(b"docx bytes") == b"%PDF-1.7 ok"
    finally:
        del os.environ["VANLANG_A_SECRET"]
    asked = (tmp_path / "asked").read_text()
    assert "--headless" in asked
    assert "--convert-to pdf:writer_pdf_Export" in asked
    assert "-env:UserInstallation=file://" in asked
    assert (tmp_path / "given").read_bytes() == b"docx bytes"
    assert "VANLANG_A_SECRET" not in (tmp_path / "env").read_text(), "the converter learns nothing of ours"


@pytest.mark.parametrize(
    "script",
    [
        "exit 1",
        "exit 0",
        'printf "not a pdf" > "$out/letter.pdf"',
        "kill -9 $$",
        'printf "%%PDF-x" > "$out/letter.pdf"; exit 77',
    ],
    ids=["fails", "makes nothing", "makes something else", "is killed", "fails after all"],
)
def test_a_converter_that_fails_is_told_apart(tmp_path: Path, script: str) -> None:
    with pytest.raises(OutsideSystemError) as failed:
        Soffice(program(tmp_path, script))(b"x")
    assert (failed.value.code, failed.value.retryable) == ("documents.conversion_failed", False)


def test_a_converter_that_hangs_is_ended_with_its_children(tmp_path: Path) -> None:
    made = program(tmp_path, f'(sh -c "echo \\$\\$ > {tmp_path}/child; exec tail -f /dev/null") & wait')
    with pytest.raises(OutsideSystemError) as failed:
        Soffice(made, seconds=1.5)(b"x")
    assert (failed.value.code, failed.value.retryable) == ("documents.conversion_too_slow", True)
    child = int((tmp_path / "child").read_text())
    state = Path(f"/proc/{child}/stat")
    assert not state.exists() or state.read_text().split()[2] == "Z"


def test_a_converter_that_is_no_program(tmp_path: Path) -> None:
    with pytest.raises(OutsideSystemError):
        Soffice(str(tmp_path / "nothing"))(b"x")


def test_libreoffice_is_found_on_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_soffice() is None
    program(tmp_path, "exit 0")
    found = find_soffice()
    assert found is not None
    assert found.program == str(tmp_path / "soffice")
