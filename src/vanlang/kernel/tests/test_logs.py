"""A line never says more than is known to be harmless, whoever writes it and whatever they hand over."""

from __future__ import annotations

import io
import json
import logging  # noqa: TID251 - lines of libraries are what is tested
import sys
import uuid
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from vanlang.kernel import logs

PERSONAL = (
    "Nguyễn Thị Lan", "025185000001", "0912345678", "0912.345.678", "lan.nguyen@vi-du.example\n", "09 1234 5678",
    "+84912345678", "Nguyen Thi Lan", "025-185-000-001", "/tra-cuu/?ten=Nguyễn", "1234567890123456",
)  # fmt: skip


class Word(StrEnum):
    GOOD = "in_progress"


def written(write: Any, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Return the line that `write` writes."""
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    logs.configure()
    write(structlog.get_logger("test"))
    line: dict[str, Any] = json.loads(stream.getvalue())
    return line


@pytest.mark.parametrize("word", PERSONAL)
def test_words_that_may_name_somebody_are_hidden(word: str) -> None:
    assert logs.harmless(word) == logs.HIDDEN
    assert logs.harmless([word, 1]) == [logs.HIDDEN, 1]


@pytest.mark.parametrize(
    "value",
    ["dossiers.claim", "in_progress", "H44.100", "vanlang/ui/errors.py:41", "kernel.deliver_event", 3, 1.5, True, None],
)  # fmt: skip
def test_codes_and_numbers_are_kept(value: object) -> None:
    assert logs.harmless(value) == value


def test_ids_and_instants_are_kept() -> None:
    one, at = uuid.UUID(int=7), datetime(2026, 11, 24, 8, tzinfo=UTC)
    assert logs.harmless(one) == str(one)
    assert logs.harmless(str(uuid.uuid4())) != logs.HIDDEN
    assert logs.harmless(at) == str(at)
    assert logs.harmless("2026-11-24T08:00:00Z") == "2026-11-24T08:00:00Z"
    assert logs.harmless(date(2026, 11, 24)) == "2026-11-24"
    assert logs.harmless(Word.GOOD) == "in_progress"


@given(st.text(alphabet="0123456789", min_size=9, max_size=40), st.text(alphabet="abc_.:/", max_size=5))
def test_no_long_number_passes(digits: str, around: str) -> None:
    assert logs.harmless(f"{around}{digits}{around}") == logs.HIDDEN


def test_a_line_keeps_known_keys_and_counts_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    line = written(
        lambda log: log.info("refused", code="dossiers.not_holder", full_name="Nguyễn Thị Lan", phone="0912345678"),
        monkeypatch,
    )  # fmt: skip
    assert (line["event"], line["code"], line["left_out"]) == ("refused", "dossiers.not_holder", 2)
    assert "Lan" not in json.dumps(line, ensure_ascii=False)
    assert set(line) == {"event", "code", "left_out", "level", "time"}


def test_an_exception_is_its_type_and_its_way(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        try:
            raise ValueError("Key (personal_id)=(025185000001) already exists")
        except ValueError as cause:
            raise RuntimeError("Nguyễn Thị Lan") from cause

    def write(log: Any) -> None:
        try:
            fail()
        except RuntimeError:
            log.exception("unexpected")

    line = written(write, monkeypatch)
    assert line["error"] == "RuntimeError<ValueError"
    assert line["trace"][-1].endswith(":fail")
    assert "025185000001" not in json.dumps(line)
    assert "Lan" not in json.dumps(line, ensure_ascii=False)


def test_a_library_keeps_its_sentence_and_loses_its_values() -> None:
    formatter = logs.LineFormatter()
    told = ("/xac-minh/025185000001/",)
    record = logging.LogRecord("django.request", 40, __file__, 12, "Internal Server Error: %s", told, None)
    line = json.loads(formatter.format(record))
    assert line["event"] == "Internal Server Error: %s"
    assert line["logger"] == "django.request"
    assert line["place"].endswith("test_logs.py:12")
    assert "025185000001" not in json.dumps(line)
    ready = logging.LogRecord("lib", 40, __file__, 12, "Nguyễn Thị Lan is here", (), None)
    assert json.loads(formatter.format(ready))["event"] == "said"


def test_no_line_is_worth_a_request(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk without room, or a stream that was closed, costs the line."""

    class Full(io.StringIO):
        def write(self, _: str) -> int:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(sys, "stderr", Full())
    logs.ErrorStream().msg("{}")
    closed = io.StringIO()
    closed.close()
    monkeypatch.setattr(sys, "stderr", closed)
    logs.ErrorStream().msg("{}")
