from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import ClassVar

import pytest

from vanlang.kernel import events


@events.event_type
@dataclass(frozen=True, slots=True, kw_only=True)
class TeaPoured(events.Event):
    name: ClassVar[str] = "tests.tea_poured"
    cup: uuid.UUID
    on: dt.date
    grams: int


def test_an_event_survives_being_stored(at: dt.datetime) -> None:
    event = TeaPoured(at=at, cup=uuid.uuid4(), on=at.date(), grams=3)
    assert events.from_json(event.name, events.to_json(event)) == event


@pytest.mark.django_db
def test_an_event_becomes_a_job_of_the_same_transaction(at: dt.datetime) -> None:
    from procrastinate.contrib.django.models import ProcrastinateJob

    heard: list[TeaPoured] = []
    events.publish(TeaPoured(at=at, cup=uuid.uuid4(), on=at.date(), grams=1))
    assert not ProcrastinateJob.objects.exists()  # nobody listens: nothing is stored

    events.subscribe(TeaPoured)(heard.append)
    try:
        event = TeaPoured(at=at, cup=uuid.uuid4(), on=at.date(), grams=2)
        events.publish(event)
        job = ProcrastinateJob.objects.get()
        assert job.task_name == "kernel.deliver_event"
        events.dispatch(**job.args)
        assert heard == [event]
    finally:
        events._handlers.pop(TeaPoured.name)
