"""The national catalogue of July 2026 itself, where it is at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from vanlang.catalogue import api
from vanlang.catalogue.rules.reading.rows import read_row
from vanlang.catalogue.services.storing import lacks_of
from vanlang.catalogue.types import Reason

pytestmark = pytest.mark.shared_data
FILE = Path("data") / "procedures" / "dichvucong_2026-07.jsonl.gz"


def test_every_row_is_read_and_no_bare_number_is_a_day(shared: Path) -> None:
    rows = list(api.read_source_file(shared / FILE))
    sources = [row.source for row in rows if row.source]
    assert (len(rows), len(sources)) == (2142, 2142)
    ready = 0
    for source in sources:
        reading = read_row(source, cited_as="-")
        ready += not lacks_of(reading.content, reading.questions)
        bare = any(row.unit is None and row.duration for row in source.channels)
        if bare:
            asked = {question.reason for question in reading.questions}
            assert asked & {Reason.LIMIT_UNIT_MISSING, Reason.LIMIT_GLUED, Reason.LIMITS_SEVERAL}, source.code
        for case in reading.content.cases:
            assert all(
                not paper.name.lower().endswith((".docx", ".doc", ".pdf"))
                or _asked(reading.questions, paper.name)
                for paper in case.papers
            ), source.code
    assert ready >= 750


def _asked(questions: object, name: str) -> bool:
    return any(question.path == f"papers/{name}" for question in questions)  # type: ignore[attr-defined] # a tuple of Question
