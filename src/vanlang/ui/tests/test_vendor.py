"""Borrowed files are what vendor.toml says, and nothing that is not ours to use is in them."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from vanlang.ui import vendor


def test_every_borrowed_file_is_as_it_was_taken() -> None:
    assert list(vendor.problems()) == []


def test_a_changed_missing_or_stray_file_is_found(tmp_path: Path) -> None:
    folder = tmp_path / "vendor"
    shutil.copytree(vendor.VENDOR, folder)
    (folder / "htmx" / "htmx.js").write_text("//")
    (folder / "govuk" / "govuk-frontend.js").unlink()
    (folder / "stray.js").write_text("")
    assert list(vendor.problems(folder)) == [
        "govuk/govuk-frontend.js: missing",
        "htmx/htmx.js: differs from vendor.toml",
        "stray.js: not named in vendor.toml",
    ]


def test_each_package_brings_its_licence() -> None:
    folders = {Path(file.target).parts[0] for package in vendor.read_manifest() for file in package.files}
    assert {folder for folder in folders if not (vendor.VENDOR / folder / "LICENSE.txt").is_file()} == set()


@pytest.mark.parametrize("word", ["Transport", "crest", "crown", "sourceMappingURL", "//cdn", "http-equiv"])
def test_what_was_taken_out_stays_out(word: str) -> None:
    found = [
        path.name
        for path in vendor.VENDOR.rglob("*")
        if path.suffix in (".css", ".js") and word in path.read_text(encoding="utf-8")
    ]
    assert found == []


def test_styles_load_only_from_this_house() -> None:
    css = vendor.VENDOR.parent / "css"
    for path in [*css.glob("*.css"), *vendor.VENDOR.rglob("*.css")]:
        for address in re.findall(r"url\(\s*[\"']?([^\"')]+)", path.read_text(encoding="utf-8")):
            assert (path.parent / address).is_file(), (path.name, address)


def test_the_font_has_every_vietnamese_letter() -> None:
    ranges = re.findall(r"unicode-range: ([^;]+);", (vendor.VENDOR.parent / "css" / "fonts.css").read_text())
    covered = {code for text in ranges for one in text.split(",") for code in _codes(one.strip())}
    letters = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ₫"
    assert {letter for letter in letters + letters.upper() if ord(letter) not in covered} == set()


def _codes(text: str) -> range:
    first, _, last = text.removeprefix("U+").partition("-")
    return range(int(first, 16), int(last or first, 16) + 1)


@pytest.mark.parametrize(
    ("change", "before", "after"),
    [
        (vendor.without_source_map, "a{}\n/*# sourceMappingURL=x.css.map */\n", "a{}\n"),
        (vendor.without_source_map, "x();//# sourceMappingURL=x.js.map", "x();\n"),
        (vendor.without_crest, ".govuk-footer__crown{a:b}.x{c:d}", ".x{c:d}"),
        (
            vendor.without_transport_font,
            "@font-face{font-family:GDS Transport;src:url(/x)}.a{font-family:GDS Transport,arial,sans-serif}",
            ".a{font-family:var(--vl-font)}",
        ),
    ],
)
def test_changes(change: object, before: str, after: str) -> None:
    assert callable(change)
    assert change(before) == after
