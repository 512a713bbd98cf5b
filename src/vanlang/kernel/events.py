"""
Events: what happened, told to whoever subscribed, through a job stored in the same transaction.

An app publishes its own events and never knows who listens; upper apps subscribe in their `subscribers.py`.
If the transaction rolls back, nothing was said. Each handler has a job of its own: one that fails is tried again
alone and holds up nobody. If a worker dies, the job is run again: a handler must bear being called twice.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar

Handler = Callable[[Any], None]
E = TypeVar("E", bound="Event")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What happened. Subclasses are frozen dataclasses of ids, codes and instants: never personal data."""

    name: ClassVar[str] = ""
    """Public and stable: "dossiers.received". One class, one name."""

    at: dt.datetime
    """When it happened, aware."""


_types: dict[str, type[Event]] = {}
_handlers: dict[str, list[Handler]] = {}


def event_type(cls: type[E]) -> type[E]:
    """Register an event class under its name, so that a worker can rebuild it."""
    if not cls.name or _types.get(cls.name, cls) is not cls:
        msg = f"{cls.__name__} needs a name of its own"
        raise ValueError(msg)
    _types[cls.name] = cls
    return cls


def subscribe(cls: type[E]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Call the decorated function once for each `cls`, in a job, in a transaction of its own."""

    def register(handler: Callable[[E], None]) -> Callable[[E], None]:
        _handlers.setdefault(cls.name, []).append(handler)
        return handler

    return register


def publish(event: Event) -> None:
    """Store `event` as one job for each subscriber in the running transaction. Costs nothing when nobody listens."""
    handlers = _handlers.get(event.name, [])
    if not handlers:
        return
    from vanlang.kernel.jobs import deliver_event

    payload = to_json(event)
    jobs: list[dict[str, Any]] = [
        {"name": event.name, "payload": payload, "to": name_of(handler)} for handler in handlers
    ]
    deliver_event.batch_defer(*jobs)


def name_of(handler: Handler) -> str:
    """Return under which name jobs know a handler: where it stands in the code."""
    return f"{handler.__module__}.{handler.__qualname__}"


def dispatch(name: str, payload: dict[str, Any], to: str) -> None:
    """
    Hand a stored event to one subscriber. Called by the job worker.

    Raises: LookupError when the subscriber is gone, so that the job stays and is seen instead of being lost.
    """
    handler = next((one for one in _handlers.get(name, []) if name_of(one) == to), None)
    if handler is None:
        msg = f"{name}: nobody called {to} listens any more"
        raise LookupError(msg)
    handler(from_json(name, payload))


def to_json(event: Event) -> dict[str, Any]:
    """Return the fields of `event` as JSON values."""
    return {field.name: _plain(getattr(event, field.name)) for field in dataclasses.fields(event)}


def from_json(name: str, payload: dict[str, Any]) -> Event:
    """Rebuild the event that `to_json` wrote."""
    cls = _types[name]
    annotations = {field.name: str(field.type) for field in dataclasses.fields(cls)}
    fields: dict[str, Any] = {key: _typed(value, annotations.get(key, "")) for key, value in payload.items()}
    return cls(**fields)


def _plain(value: object) -> object:
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    if isinstance(value, uuid.UUID):
        return str(value)
    return value


def _typed(value: object, annotation: str) -> object:
    if not isinstance(value, str):
        return value
    if "datetime" in annotation:
        return dt.datetime.fromisoformat(value)
    if "date" in annotation:
        return dt.date.fromisoformat(value)
    if "UUID" in annotation:
        return uuid.UUID(value)
    return value
