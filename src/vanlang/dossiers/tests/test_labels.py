"""Everything has a name and every refusal a sentence; the reference page is what the tables say."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given

from vanlang.calendars import api as calendars
from vanlang.dossiers import api, labels
from vanlang.dossiers.events import EVENT_OF
from vanlang.dossiers.reference import reference_page
from vanlang.dossiers.rules import lateness
from vanlang.dossiers.rules.acts import Act
from vanlang.dossiers.rules.lateness import Timeliness
from vanlang.dossiers.rules.opinions import OpinionStatus
from vanlang.dossiers.rules.states import Clock, Hat, Party, State
from vanlang.dossiers.rules.stuck import StuckReason
from vanlang.dossiers.rules.supplement import AgainGround
from vanlang.dossiers.tests import strategies
from vanlang.dossiers.types import (
    ApologyEnd,
    AttachmentKind,
    Channel,
    DueChangeKind,
    Form,
    InboxFilter,
    Medium,
    OutcomeKind,
)

NAMED: list[tuple[type[StrEnum], object]] = [
    (State, labels.STATES), (State, labels.CITIZEN_STATES), (Act, labels.ACTS), (Party, labels.PARTIES), (Hat, labels.HATS),
    (Clock, labels.CLOCKS), (Channel, labels.CHANNELS), (Timeliness, labels.TIMELINESS), (Form, labels.FORMS),
    (InboxFilter, labels.INBOX_FILTERS), (AttachmentKind, labels.ATTACHMENT_KINDS), (OutcomeKind, labels.OUTCOME_KINDS),
    (Medium, labels.MEDIA), (DueChangeKind, labels.DUE_CHANGES), (StuckReason, labels.STUCK),
    (OpinionStatus, labels.OPINIONS), (AgainGround, labels.AGAIN_GROUNDS), (ApologyEnd, labels.APOLOGY_ENDS),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "names"), NAMED)
def test_every_word_has_its_name(kind: type[StrEnum], names: dict[StrEnum, str]) -> None:
    assert set(names) == set(kind)


def test_every_refusal_has_its_sentence_and_every_sentence_its_refusal() -> None:
    room = Path(labels.__file__).parent
    raised = {
        code
        for path in room.rglob("*.py")
        if not {"tests", "migrations"} & set(path.parts) and path.name not in {"labels.py", "events.py"}
        for code in re.findall(r'"(dossiers\.[a-z_]+)"', path.read_text(encoding="utf-8"))
    }
    acts = {f"dossiers.{act}" for act in Act} | {
        "dossiers.open", "dossiers.open_outcome", "dossiers.open_paper", "dossiers.print", "dossiers.recount", "dossiers.watch", "dossiers.add_scans",
        "dossiers.apologise", "dossiers.draft_apology", "dossiers.export_register", "dossiers.rate", "dossiers.call_back",
    }  # fmt: skip
    assert raised - acts == set(labels.SENTENCES)


def test_sentences_end_and_say_what_to_do() -> None:
    for code, sentence in labels.SENTENCES.items():
        assert sentence.says.endswith("."), code
        assert sentence.do_now.endswith("."), code


def test_every_act_on_a_row_has_its_event() -> None:
    assert set(EVENT_OF) == set(Act) - {Act.DRAFT, Act.ADOPT}  # nobody is told of what happened elsewhere


def test_every_act_has_its_command() -> None:
    assert all(callable(getattr(api, act.value)) for act in Act if act is not Act.DRAFT)


def test_the_reference_page_is_what_the_tables_say() -> None:
    page = settings.VANLANG_ROOT / "docs" / "reference" / "dossier-states.md"
    assert page.read_text(encoding="utf-8") == reference_page(), "run: manage.py dossiers states"


@given(strategies.instants, strategies.instants)
def test_lateness_is_that_of_calendars(due_at: object, finished_at: object) -> None:
    ours = lateness.timeliness(due_at=due_at, finished_at=finished_at, at=finished_at)  # type: ignore[arg-type] # instants
    assert ours.value == calendars.timeliness(due_at=due_at, finished_at=finished_at).value  # type: ignore[arg-type] # instants
