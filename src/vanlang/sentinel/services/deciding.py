"""What a person does about one difference: send again, take theirs, or say why it may stay."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction

from vanlang.audit.api import record_act
from vanlang.identity.api import Actor
from vanlang.kernel.errors import refuse_if
from vanlang.sentinel import ports
from vanlang.sentinel.errors import RemedyNotPossibleError, SystemNotComparedError
from vanlang.sentinel.models import SyncDifference
from vanlang.sentinel.queries.differences import access_difference
from vanlang.sentinel.rules.deciding import may_explain, may_give
from vanlang.sentinel.rules.versions import sides_of
from vanlang.sentinel.types import DifferenceKind, DifferenceState, Remedy, StateOwner

ACTS = {Remedy.SEND: "sentinel.send_again", Remedy.FETCH: "sentinel.take_theirs"}


@transaction.atomic
def give_remedy(*, difference_id: uuid.UUID, remedy: Remedy, actor: Actor, at: dt.datetime) -> None:
    """Send again what is true here, or take what is true there. Raises: DifferenceNotFoundError, RemedyNotPossibleError."""
    row = access_difference(difference_id, actor=actor, for_update=True)
    versions = row.versions
    refuse_if(
        may_give(
            remedy, owner=StateOwner(row.owner), state=DifferenceState(row.state), is_here=bool(versions["here"]),
            is_there=bool(versions["there"]),
        ),
        RemedyNotPossibleError,
    )  # fmt: skip
    comparison = _comparison(row.system)
    if remedy is Remedy.SEND:
        given = comparison.send({row.code: frozenset(DifferenceKind(kind) for kind in row.kinds)}, at)
    else:
        given = comparison.fetch({row.code: sides_of(versions)[1][0]}, at)
    if row.code not in given:
        raise RemedyNotPossibleError("sentinel.nothing_to_take")
    row.state, row.remedy, row.given_at = DifferenceState.HEALING, remedy, at
    row.remedies_given += 1
    row.save(update_fields=["state", "remedy", "given_at", "remedies_given"])
    _recorded(ACTS[remedy], row, actor, at)


@transaction.atomic
def explain(*, difference_id: uuid.UUID, why: str, actor: Actor, at: dt.datetime) -> None:
    """Say why a difference may stay as it is, until one of the sides changes. Raises: as `give_remedy`."""
    row = access_difference(difference_id, actor=actor, for_update=True)
    refuse_if(may_explain(DifferenceState(row.state)), RemedyNotPossibleError)
    row.state, row.why, row.explained_at = DifferenceState.EXPLAINED, why, at
    row.explained_by_id = actor.appointment_id
    row.save(update_fields=["state", "why", "explained_at", "explained_by"])
    _recorded("sentinel.explain", row, actor, at)


def _comparison(system: str) -> ports.Comparison:
    try:
        return ports.get_comparison(system)
    except LookupError:
        raise SystemNotComparedError(system=system) from None


def _recorded(act: str, row: SyncDifference, actor: Actor, at: dt.datetime) -> None:
    record_act(
        act=act, actor=actor, object_type="sync_difference", object_id=str(row.pk), at=at,
        facts={"system": row.system, "code": row.code},
    )  # fmt: skip
