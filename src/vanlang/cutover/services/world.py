"""Read another system's lines against the house: words by the wording, agencies by their names, procedures in the catalogue."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property

from vanlang.catalogue.api import find_procedure, get_version
from vanlang.cutover.models import SourceSystem
from vanlang.cutover.rules.reading import instant, steps
from vanlang.cutover.types import Instant, Standing
from vanlang.dossiers.api import (
    Act,
    Channel,
    Course,
    Elsewhere,
    Filing,
    PartyFacts,
    PastAct,
    State,
    may_adopt,
    national_code,
)
from vanlang.identity.api import PersonFacts, check_personal_id, list_staff, remember_person
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.errors import Refusal
from vanlang.organizations.api import Found, Names, names_on
from vanlang.sheets.api import Values, fold

_INSTANTS = ("submitted_at", "received_at", "due_at", "finished_at", "delivered_at")
_NOT_SAID = {
    "applicant_id": "số định danh",
    "applicant_phone": "điện thoại",
    "due_at": "ngày hẹn trả",
    "officer": "cán bộ đang giữ",
    "history": "lịch sử xử lý",
}


@dataclass
class Reader:
    """One system's lines read on one day."""

    system: SourceSystem
    at: dt.datetime
    _procedures: dict[str, tuple[int, int | None] | None] = field(default_factory=dict)

    @cached_property
    def names(self) -> Names:
        return names_on(self.at.date())

    @cached_property
    def officers(self) -> dict[tuple[str, int], tuple[int, int]]:
        """(user name, agency) → (appointment, unit)."""
        return {
            (card.username, card.agency_id): (card.appointment_id, card.unit_id)
            for card in list_staff(self.at.date())
        }

    def agency(self, said: str) -> tuple[int, str] | None:
        """Return (id, code) of the agency that a name or code means today; None when it means none, or several."""
        found = self.names.find(said)
        return (found.place.id, found.place.code) if isinstance(found, Found) else None

    def state(self, said: str) -> State | None:
        """Return our state for a word of theirs, by the wording or by our own code."""
        word = self.system.states.get(fold(said), said)
        return State(word) if word in set(State) else None

    def procedure(self, code: str) -> tuple[int, int | None] | None:
        """Return (version, its only case or None) of a procedure in force."""
        if code not in self._procedures:
            card = find_procedure(code, self.at.date())
            version = get_version(card.version_id) if card else None
            only = version.case(None) if version else None
            self._procedures[code] = (version.id, only.id if only else None) if version else None
        return self._procedures[code]

    def standing(self, values: Values) -> Standing | None:
        """Return how a dossier stands there; None when its state or agency is no word that is known."""
        state, agency = self.state(str(values["state"])), self.agency(str(values["agency"]))
        if state is None or agency is None:
            return None
        due, finished = (instant(str(values.get(key) or ""), VIETNAM) for key in ("due_at", "finished_at"))
        return Standing(
            str(values["external_code"]), state.value, national_of(state), agency[1],
            due.at.date().isoformat() if due else "", finished.at.date().isoformat() if finished else "",
        )  # fmt: skip

    def judge(self, values: Values) -> list[Refusal]:
        """Return why a line cannot be taken over; empty when it can."""
        refusals = [
            Refusal("cutover.unknown_state", {"said": str(values["state"])[:60]}) if self.state(str(values["state"])) is None else None,
            Refusal("cutover.unknown_agency", {"said": str(values["agency"])[:80]}) if self.agency(str(values["agency"])) is None else None,
            Refusal("cutover.unknown_procedure", {"said": str(values["procedure"])}) if self.procedure(str(values["procedure"])) is None else None,
            *(
                Refusal("cutover.bad_instant", {"said": str(values.get(key))[:40]})
                for key in _INSTANTS
                if values.get(key) and instant(str(values[key]), VIETNAM) is None
            ),
            *(
                Refusal("cutover.unknown_act", {"said": word[:60]})
                for _, word, _, _ in steps(str(values.get("history") or ""))
                if self._act(word) is None
            ),
        ]  # fmt: skip
        number = "".join(str(values.get("applicant_id") or "").split())
        if number and check_personal_id(number) is not None:
            refusals.append(Refusal("cutover.bad_personal_id"))
        found = [one for one in refusals if one is not None]
        if found:
            return found
        refusal = may_adopt(self.course(values), self.at)
        return [refusal] if refusal else []

    def course(self, values: Values) -> Course:
        """Return the dossier's course there. The line has been judged."""
        told = {key: self._instant(values, key) for key in _INSTANTS}
        history = tuple(
            PastAct(self._act(word) or Act.SUBMIT, moment.at, who, note)
            for when, word, who, note in steps(str(values.get("history") or ""))
            if (moment := instant(when, VIETNAM)) is not None
        )
        state = self.state(str(values["state"])) or State.SUBMITTED
        received = told["received_at"]
        return Course(
            state=state,
            submitted_at=_at(told["submitted_at"] or received),
            received_at=None if state is State.REFUSED else _at(received),
            finished_at=_at(told["finished_at"]),
            is_held=self._holder(values) is not None,
            history=history,
        )

    def unknown(self, values: Values) -> tuple[str, ...]:
        """Return what the other system does not say of a dossier: a list for its reader, never a value."""
        silent = [name for key, name in _NOT_SAID.items() if not values.get(key)]
        hours = [
            key
            for key in _INSTANTS
            if (moment := self._instant(values, key)) is not None and not moment.has_time
        ]
        return (*silent, *(["giờ của các mốc thời gian"] if hours else []))

    def filing(self, values: Values) -> Filing:
        """Return the filing of a judged line; the person is remembered."""
        agency, procedure = self.agency(str(values["agency"])), self.procedure(str(values["procedure"]))
        assert agency and procedure  # noqa: S101 - the line has been judged
        facts = PersonFacts(
            full_name=str(values["applicant_name"]),
            personal_id=str(values.get("applicant_id") or ""),
            address=str(values.get("applicant_address") or ""),
            phone=str(values.get("applicant_phone") or ""),
        )
        applicant = PartyFacts(
            person_id=remember_person(facts=facts, at=self.at, keep_known=True), full_name=facts.full_name, personal_id=facts.personal_id,
            address=facts.address, phone=facts.phone,
        )  # fmt: skip
        return Filing(
            procedure_version_id=procedure[0], case_id=procedure[1], applicant=applicant,
            channel=Channel(str(values.get("channel") or Channel.DIRECT.value)),
            intake_agency_id=agency[0], competent_agency_id=agency[0], return_agency_id=agency[0],
            request=str(values.get("request") or ""),
        )  # fmt: skip

    def elsewhere(self, values: Values) -> Elsewhere:
        """Return where a judged line comes from."""
        holder = self._holder(values)
        return Elsewhere(
            system=self.system.code,
            external_code=str(values["external_code"]),
            course=self.course(values),
            due_at=_at(self._instant(values, "due_at")),
            delivered_at=_at(self._instant(values, "delivered_at")),
            holder_id=holder[0] if holder and self.state(str(values["state"])) is State.IN_PROGRESS else None,
            holder_unit_id=holder[1]
            if holder and self.state(str(values["state"])) is State.IN_PROGRESS
            else None,
            unknown=self.unknown(values),
        )

    def _holder(self, values: Values) -> tuple[int, int] | None:
        agency = self.agency(str(values["agency"]))
        username = str(values.get("officer") or "").lower()
        return self.officers.get((username, agency[0])) if agency and username else None

    def _act(self, said: str) -> Act | None:
        word = self.system.acts.get(fold(said), said)
        return Act(word) if word in set(Act) else None

    def _instant(self, values: Values, key: str) -> Instant | None:
        return instant(str(values.get(key) or ""), VIETNAM)


def national_of(state: State) -> str:
    """Return the national code of a state, "" where the house has none."""
    code = national_code(state)
    return code.value if code else ""


def _at(moment: Instant | None) -> dt.datetime | None:
    return moment.at if moment else None
