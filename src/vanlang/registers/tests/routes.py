"""What the registers' routes are asked with: one entry of an agency, with its document and a gap."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.conf import settings
from tests.support.route_samples import People, Sample

from vanlang.files.api import store
from vanlang.files.tests.samples import pdf
from vanlang.identity.api import Role
from vanlang.kernel.ids import new_id
from vanlang.registers.api import Holder, Proof, load_registers, register_entry


def an_entry(people: People, *, facts: dict[str, object] | None = None) -> uuid.UUID:
    """Return an entry of the birth register at home, held by the citizen."""
    load_registers(folder=settings.VANLANG_REFERENCE / "registers", at=people.at)
    person_id = people.citizen.person_id
    assert person_id
    file = store(content=pdf(), name="giay-khai-sinh.pdf", at=people.at)
    proof = Proof(
        dossier_id=new_id(), number="15/GKS-UBND", issued_on=people.at.date(), title="Giấy khai sinh", file_id=file.id,
        token="kWd0Y3JlZ2lzdGVyLXNhbXBsZQ",
    )  # fmt: skip
    return register_entry(
        register_code="birth",
        agency_id=people.home,
        holder=Holder(person_id=person_id, name="Trần Gia An"),
        proof=proof,
        facts=facts or {"child_name": "Trần Gia An", "child_gender": "male"},
        actor=people.at_home[Role.CLERK],
        at=people.at,
    )


def _entry(people: People) -> dict[str, object]:
    return {"entry_id": an_entry(people)}


def _register(people: People) -> dict[str, object]:
    an_entry(people)
    return {"code": "birth"}


def _of(arguments: Callable[[People], dict[str, object]], **more: object) -> Sample:
    return Sample(arguments, **more)  # type: ignore[arg-type] # fields by name


SAMPLES: dict[str, Sample] = {
    "registers:entry": _of(_entry),
    "registers:complete": _of(_entry),
    "registers:document": _of(_entry),
    "registers:register": _of(_register, owned=False),
    "registers:export": _of(_register, owned=False),
}
