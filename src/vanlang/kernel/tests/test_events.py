from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import ClassVar

import pytest
from pytest_django import DjangoAssertNumQueries

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

    def listen(event: TeaPoured) -> None:
        heard.append(event)

    events.publish(TeaPoured(at=at, cup=uuid.uuid4(), on=at.date(), grams=1))
    assert not ProcrastinateJob.objects.exists()  # nobody listens: nothing is stored

    events.subscribe(TeaPoured)(listen)
    try:
        event = TeaPoured(at=at, cup=uuid.uuid4(), on=at.date(), grams=2)
        events.publish(event)
        job = ProcrastinateJob.objects.get()
        assert job.task_name == "kernel.deliver_event"
        events.dispatch(**job.args)
        assert heard == [event]
    finally:
        events._handlers.pop(TeaPoured.name)


@pytest.mark.django_db
def test_however_many_listen_it_is_one_statement(
    at: dt.datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    from procrastinate.contrib.django.models import ProcrastinateJob

    def first(event: TeaPoured) -> None: ...
    def second(event: TeaPoured) -> None: ...
    def third(event: TeaPoured) -> None: ...

    for handler in (first, second, third):
        events.subscribe(TeaPoured)(handler)
    try:
        with django_assert_num_queries(1):
            events.publish(TeaPoured(at=at, cup=uuid.uuid4(), on=at.date(), grams=2))
        told = [job.args["to"].rpartition(".")[2] for job in ProcrastinateJob.objects.order_by("id")]
        assert told == ["first", "second", "third"]
    finally:
        events._handlers.pop(TeaPoured.name)


@pytest.mark.django_db
def test_one_subscriber_that_fails_holds_up_no_other(at: dt.datetime) -> None:
    from procrastinate.contrib.django.models import ProcrastinateJob

    heard: list[TeaPoured] = []

    def spill(event: TeaPoured) -> None:
        raise BrokenPipeError

    def drink(event: TeaPoured) -> None:
        heard.append(event)

    events.subscribe(TeaPoured)(spill)
    events.subscribe(TeaPoured)(drink)
    try:
        events.publish(TeaPoured(at=at, cup=uuid.uuid4(), on=at.date(), grams=2))
        spilling, drinking = ProcrastinateJob.objects.order_by("id")
        with pytest.raises(BrokenPipeError):
            events.dispatch(**spilling.args)
        events.dispatch(**drinking.args)
        assert len(heard) == 1
        with pytest.raises(LookupError, match="nobody"):
            events.dispatch(**{**drinking.args, "to": "somebody.else"})
    finally:
        events._handlers.pop(TeaPoured.name)
