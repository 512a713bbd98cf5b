"""What the routes of configuration are asked with: an import that an administrator at home proposed."""

from __future__ import annotations

from tests.support.route_samples import People, Sample

from vanlang.configuration import services
from vanlang.configuration.tests.tables import table
from vanlang.dossiers.tests.factories import make_procedure
from vanlang.identity.api import Role
from vanlang.organizations.api import get_agency, list_units


def a_run(people: People) -> dict[str, object]:
    admin = people.at_home[Role.ADMIN]
    unit = list_units(people.home, people.at.date())[0]
    code = get_agency(people.home, people.at.date()).code
    line = {
        "username": "bach.dt", "full_name": "Đinh Thị Bạch", "agency": code, "unit": unit.name, "title": "Công chức",
        "roles": ["counter"],
    }  # fmt: skip
    run_id = services.propose_import(
        kind_slug="can-bo", content=table("can-bo", line, at=people.at), file_name="can-bo.xlsx", actor=admin, at=people.at
    )  # fmt: skip
    return {"run_id": run_id}


def an_account(people: People) -> dict[str, object]:
    return {"account_id": people.at_home[Role.COUNTER].account_id}


def a_procedure(people: People) -> dict[str, object]:
    make_procedure("1.001193")
    return {"code": "1.001193"}


OWN = {200, 403, 404}
"""An import is for the role that its table needs: to an editor of the same agency a staff list does not exist."""

SAMPLES = {
    "configuration:kind": Sample(lambda people: {"kind": "can-bo"}, owned=False, answers={200, 403}),
    "configuration:template": Sample(lambda people: {"kind": "can-bo"}, owned=False, answers={200, 403}),
    "configuration:export": Sample(lambda people: {"kind": "can-bo"}, owned=False, answers={200, 403}),
    "configuration:run": Sample(a_run, answers=OWN),
    "configuration:file": Sample(a_run, answers=OWN),
    "configuration:decide": Sample(a_run, owned=False, answers={405}),
    "configuration:slips": Sample(owned=False, answers={405}),
    "configuration:reset": Sample(an_account),
    "configuration:simulation": Sample(a_procedure, owned=False),
    "configuration:touched": Sample(a_procedure, owned=False),
}
