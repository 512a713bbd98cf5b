"""What is taken and what is refused, told by the bytes alone."""

from __future__ import annotations

import io
import resource
import zipfile

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vanlang.files.rules.content import Accepted, examine
from vanlang.files.rules.kinds import FileKind, kind_of
from vanlang.files.rules.policies import IMAGES_ONLY, PAPERS, PDF_ONLY
from vanlang.kernel.errors import Refusal

from . import samples

P = pikepdf


def catalog(**entries: object):
    def change(pdf: pikepdf.Pdf) -> None:
        for key, value in entries.items():
            pdf.Root[f"/{key}"] = value

    return change


def attached(name: str, content: bytes):
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.attachments[name] = P.AttachedFileSpec(pdf, content, filename=name)

    return change


def half(content: bytes) -> bytes:
    return content[: len(content) // 2]


ACCEPTED = {
    "pdf": (samples.pdf(3), FileKind.PDF, 3),
    "pdf with packed objects": (samples.pdf(2, object_stream_mode=P.ObjectStreamMode.generate), FileKind.PDF, 2),
    "pdf with a harmless attachment": (samples.pdf(1, attached("số liệu.csv", b"a,b\n1,2\n")), FileKind.PDF, 1),
    "pdf that opens at a page": (
        samples.pdf(1, lambda it: it.Root.update({"/OpenAction": P.Array([it.pages[0].obj, P.Name.Fit])})),
        FileKind.PDF,
        1,
    ),
    "jpeg": (samples.image("JPEG"), FileKind.JPEG, 1),
    "jpeg with a film behind it": (samples.image("JPEG") + b"\0\0\0\x18ftypmp42" + b"\0" * 400, FileKind.JPEG, 1),
    "png": (samples.image("PNG"), FileKind.PNG, 1),
    "webp": (samples.image("WEBP"), FileKind.WEBP, 1),
    "word": (samples.office(), FileKind.DOCX, None),
    "word with a link": (
        samples.office({"word/_rels/document.xml.rels": samples.relations("hyperlink", "https://example.vn")}),
        FileKind.DOCX,
        None,
    ),
}  # fmt: skip

REFUSED = {
    "nothing": (b"", "files.empty"),
    "text": ("Xin chào".encode(), "files.type_not_allowed"),
    "program": (b"MZ\x90\0" + b"\0" * 200, "files.type_not_allowed"),
    "web page": (b"<!doctype html><script>alert(1)</script>", "files.type_not_allowed"),
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "files.type_not_allowed"),
    "pdf after junk": (b"GIF89a;" + samples.pdf(), "files.type_not_allowed"),
    "heic": (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 300, "files.heic"),
    "too large": (b"%PDF-" + b"0" * PAPERS.max_bytes, "files.too_large"),
    # PDF
    "pdf head and junk": (b"%PDF-1.7\n" + bytes(range(256)) * 20, "files.broken_pdf"),
    "pdf cut in half": (half(samples.pdf(5)), "files.broken_pdf"),
    "pdf without its end": (samples.pdf(5)[:-60], "files.broken_pdf"),
    "pdf without pages": (samples.pdf(0), "files.broken_pdf"),
    "pdf with a password": (samples.pdf(encryption=P.Encryption(user="1", owner="2")), "files.encrypted_pdf"),
    "pdf with an owner's password only": (samples.pdf(encryption=P.Encryption(user="", owner="2")), "files.encrypted_pdf"),
    "pdf with script": (
        samples.pdf(1, catalog(OpenAction=P.Dictionary(S=P.Name.JavaScript, JS=P.String("app.alert(1)")))),
        "files.active_content",
    ),
    "pdf with script in packed objects": (
        samples.pdf(
            1,
            lambda it: it.Root.update({"/AA": it.make_indirect(P.Dictionary(WC=P.Dictionary(S=P.Name.JavaScript)))}),
            object_stream_mode=P.ObjectStreamMode.generate,
        ),
        "files.active_content",
    ),
    "pdf that launches": (
        samples.pdf(1, catalog(OpenAction=P.Dictionary(S=P.Name.Launch, F=P.String("calc.exe")))),
        "files.active_content",
    ),
    "pdf with a form that is a program": (samples.pdf(1, catalog(AcroForm=P.Dictionary(XFA=P.Array([])))), "files.active_content"),
    "pdf that carries a program by name": (samples.pdf(1, attached("hóa đơn.pdf.exe", b"x")), "files.active_content"),
    "pdf that carries a program by content": (samples.pdf(1, attached("ảnh.dat", b"MZ\x90\0")), "files.active_content"),
    "pdf that bursts": (samples.object_stream_bomb(), "files.suspicious_size"),
    "pdf that is a zip too": (samples.pdf() + samples.office(), "files.two_kinds"),
    # images
    "jpeg cut in half": (half(samples.image("JPEG")), "files.broken_image"),
    "png cut in half": (half(samples.image("PNG")), "files.broken_image"),
    "webp cut in half": (half(samples.image("WEBP")), "files.broken_image"),
    "jpeg head and junk": (b"\xff\xd8\xff\xe0" + b"x" * 500, "files.broken_image"),
    "png of 900 megapixels": (samples.png_claiming(30_000, 30_000), "files.image_too_large"),
    "png of 100 megapixels": (samples.png_claiming(10_000, 10_000), "files.image_too_large"),
    "jpeg that is a zip too": (samples.image("JPEG") + samples.office(), "files.two_kinds"),
    # office
    "plain zip": (samples.office().replace(b"word/document", b"miss/document"), "files.type_not_allowed"),
    "word cut in half": (half(samples.office()), "files.broken_office"),
    "word with a flipped byte": (samples.office()[:80] + b"\xff" + samples.office()[81:], "files.broken_office"),
    "word with macros": (samples.office({"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"}), "files.active_content"),
    "word renamed from docm": (
        samples.office({"[Content_Types].xml": '<Types><Default ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'}),
        "files.active_content",
    ),
    "word with a far template": (
        samples.office({"word/_rels/settings.xml.rels": samples.relations("attachedTemplate", "https://x.example/t.dotm")}),
        "files.active_content",
    ),
    "word with an old object": (samples.office({"word/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0"}), "files.active_content"),
    "word that climbs": (samples.office({"../../../etc/cron.d/x": "* * * * *"}), "files.zip_suspicious"),
    "word with a root path": (samples.office({"/etc/passwd": "x"}), "files.zip_suspicious"),
    "word that bursts": (samples.office({"word/media/a.xml": b"\0" * 60_000_000}), "files.zip_suspicious"),
    "word with entities": (
        samples.office({"word/styles.xml": '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>'}),
        "files.zip_suspicious",
    ),
    "word with entities in UTF-16": (
        samples.office({"word/styles.xml": '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb">]><a/>'.encode("utf-16")}),
        "files.zip_suspicious",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ACCEPTED)
def test_is_taken(name: str) -> None:
    content, kind, pages = ACCEPTED[name]
    assert examine(content, PAPERS) == Accepted(kind, pages)


@pytest.mark.parametrize("name", REFUSED)
def test_is_refused(name: str) -> None:
    content, code = REFUSED[name]
    verdict = examine(content, PAPERS)
    assert isinstance(verdict, Refusal)
    assert verdict.code == code


def test_excel_is_told_from_word() -> None:
    assert kind_of(samples.xlsx()) is FileKind.XLSX


def test_too_many_entries() -> None:
    many = samples.office({f"word/media/{number}": b"" for number in range(4100)})
    assert examine(many, PAPERS) == Refusal("files.zip_suspicious")


def test_an_entry_twice_could_show_another_text_to_another_reader() -> None:
    buffer = io.BytesIO(samples.office())
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("word/document.xml", "<other/>")
    assert examine(buffer.getvalue(), PAPERS) == Refusal("files.zip_suspicious")


@pytest.mark.parametrize(
    ("policy", "content", "code"),
    [
        (PDF_ONLY, samples.image("JPEG"), "files.type_not_allowed"),
        (PDF_ONLY, samples.office(), "files.type_not_allowed"),
        (IMAGES_ONLY, samples.pdf(), "files.type_not_allowed"),
    ],
)
def test_a_policy_takes_only_its_kinds(policy, content: bytes, code: str) -> None:
    verdict = examine(content, policy)
    assert isinstance(verdict, Refusal)
    assert verdict.code == code
    assert verdict.facts == {"accepted": policy.says}


def test_a_bomb_does_not_fill_the_memory() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert examine(samples.object_stream_bomb(600), PAPERS) == Refusal("files.suspicious_size")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000, "kilobytes"


WHOLE = [samples.pdf(2), samples.image("JPEG"), samples.image("PNG"), samples.image("WEBP"), samples.office()]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(WHOLE), st.data())
def test_no_damage_crashes_the_door(whole: bytes, data: st.DataObject) -> None:
    """Cut, flip or insert anything: the answer is a value, never an exception."""
    place = data.draw(st.integers(0, len(whole)))
    cut = data.draw(st.integers(0, 40))
    noise = data.draw(st.binary(max_size=40))
    verdict = examine(whole[:place] + noise + whole[place + cut :], PAPERS)
    assert isinstance(verdict, Accepted | Refusal)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from([samples.pdf(3), samples.image("PNG"), samples.image("WEBP"), samples.office()]),
    st.data(),
)
def test_a_file_cut_short_is_never_taken(whole: bytes, data: st.DataObject) -> None:
    cut = data.draw(st.integers(12, len(whole) - 1))
    assert isinstance(examine(whole[: len(whole) - cut], PAPERS), Refusal)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_noise_is_never_taken(noise: bytes) -> None:
    assert isinstance(examine(noise, PAPERS), Refusal)
