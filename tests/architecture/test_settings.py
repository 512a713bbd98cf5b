"""Every variable of the environment is explained in both languages, and nothing is explained that nobody reads."""

from __future__ import annotations

import re

from launcher.secrets import MAKERS
from launcher.settings import ROOT
from launcher.settings_page import explained, page, read_by_the_code

VARIABLES = {one.name: one for listed in explained().values() for one in listed}


def test_every_variable_that_is_read_is_explained() -> None:
    """Else: write a line in config/variables.toml."""
    assert sorted(set(read_by_the_code()) - set(VARIABLES)) == []


def test_nothing_is_explained_that_nobody_reads() -> None:
    assert sorted(set(VARIABLES) - set(read_by_the_code())) == []


def test_what_we_make_as_a_secret_is_one() -> None:
    assert [name for name in MAKERS if name in VARIABLES and not VARIABLES[name].secret] == []


def test_what_sounds_secret_is_one() -> None:
    sounds = re.compile(r"SECRET|PASSWORD|TOKEN$|PRIVATE|_KEY$")
    assert [name for name, one in VARIABLES.items() if sounds.search(name) and not one.secret] == []


def test_the_page_is_the_one_that_would_be_printed() -> None:
    """Else: `PYTHONPATH=src python -m launcher.settings_page > docs/reference/settings.md`."""
    assert (ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8") == page()


def test_the_form_of_a_server_names_only_what_there_is() -> None:
    form = (ROOT / "deploy" / "vanlang.env").read_text(encoding="utf-8")
    assert sorted(set(re.findall(r"^([A-Z_]+)=", form, re.MULTILINE)) - set(VARIABLES)) == []
