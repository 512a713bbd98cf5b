"""The dictionary of facts: its page is current, its words can be written on a label and in Word."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from django.conf import settings

from vanlang.documents.rules.fields import DOSSIER_FIELDS, MARKS, as_markdown


def test_the_page_of_the_dictionary_is_current() -> None:
    page = Path(settings.VANLANG_ROOT) / "docs" / "reference" / "template-fields.md"
    assert page.read_text(encoding="utf-8") == as_markdown(), "print it again: manage.py template_fields"


def test_every_word_is_a_name_and_occurs_once() -> None:
    fields = (*DOSSIER_FIELDS, *MARKS)
    assert len({field.name for field in fields}) == len(fields)
    for field in fields:
        assert field.name.isidentifier()
        assert unicodedata.is_normalized("NFC", field.word)
        assert not set("{}#[]") & set(field.word)
        assert field.sample
