"""The demo's certificates: every leader of the cast gets their own, every agency with a registry clerk gets its seal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from vanlang.identity.api import SYSTEM, Role, list_officers
from vanlang.kernel import clock
from vanlang.organizations.api import list_agencies
from vanlang.signing import ports
from vanlang.signing.errors import AuthorityError
from vanlang.signing.queries import find_credential_of_appointment, find_seal_of_agency
from vanlang.signing.services import enrol_agency, enrol_officer, trust_root


def load(folder: Path, report: Callable[[str], None]) -> None:
    """Trust the sandbox's authority and enrol who is not enrolled yet. A silent authority is reported and left alone."""
    authority = ports.outside().authority
    if authority is None:
        report("Chứng thư trình diễn: bỏ qua, chưa khai báo cơ quan chứng thực")
        return
    at = clock.now()
    try:
        trust_root(name="Cơ quan chứng thực thử nghiệm", block=authority.root(), actor=SYSTEM, at=at)
        made = sum(_enrol(agency.id, at) for agency in list_agencies(at.date()))
    except AuthorityError as error:
        report(f"Chứng thư trình diễn: cơ quan chứng thực chưa cấp được ({error.code})")
        return
    report(f"Chứng thư trình diễn: thêm {made}")


def _enrol(agency_id: int, at: dt.datetime) -> int:
    """Enrol one agency's seal and leaders; return how many are new."""
    made = 0
    officers = list_officers(agency_id, at.date())
    if any(Role.CLERK in officer.roles for officer in officers) and find_seal_of_agency(agency_id) is None:
        enrol_agency(agency_id=agency_id, actor=SYSTEM, at=at)
        made += 1
    for officer in officers:
        if Role.LEADER in officer.roles and find_credential_of_appointment(officer.id) is None:
            enrol_officer(appointment_id=officer.id, actor=SYSTEM, at=at)
            made += 1
    return made
