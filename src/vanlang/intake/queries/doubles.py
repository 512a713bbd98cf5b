"""What may be there already: a person under another number, a dossier of the same matter. Warnings, never refusals."""

from __future__ import annotations

import datetime as dt
import uuid

from vanlang.dossiers.api import PartyFacts, list_similar, mask_name, mask_personal_id
from vanlang.identity.api import (
    Actor,
    PersonCard,
    clean_personal_id,
    find_entity,
    find_person,
    list_people_like,
)
from vanlang.intake.cards import Doubles, EntityTold, PartiesTold, PersonDouble, PersonTold
from vanlang.intake.rules.differences import Difference, Facts, differences
from vanlang.kernel.vietnamese import normalise, search_key


def find_doubles(
    *,
    told: PartiesTold,
    procedure_code: str,
    actor: Actor,
    at: dt.datetime,
    dossier_id: uuid.UUID | None = None,
    repeats: bool = False,
) -> Doubles:
    """
    Return the people and dossiers that may be the ones which are about to be written down again. All masked.

    A person: the same name and day of birth under another number; or the same number under another name. A dossier: the
    same procedure, the same applicant or subject, open or ended lately; `dossier_id` is the one being filed. What `repeats` by nature
    (copies are certified again and again) is not compared: a warning that always comes is read by nobody.
    """
    written = [party for party in (told.applicant, told.agent, told.subject) if isinstance(party, PersonTold)]
    concerned = [party for party in (told.applicant, told.subject) if party is not None]
    return Doubles(
        people=tuple(double for party in written for double in _people_like(party)),
        dossiers=()
        if repeats
        else list_similar(
            procedure_code=procedure_code,
            parties=tuple(_facts(party) for party in concerned),
            actor=actor,
            at=at,
            besides=dossier_id,
        ),
    )


def differences_to_known(told: PersonTold, known: PersonCard) -> tuple[Difference, ...]:
    """Return what is told differently from what the house knows. The caller wrote the read."""
    return differences(
        Facts(known.full_name, known.born_on, known.gender, known.address),
        Facts(told.full_name, told.born_on, told.gender, told.address),
    )


def _people_like(told: PersonTold) -> list[PersonDouble]:
    number = clean_personal_id(told.personal_id)
    found = []
    known = find_person(number) if number else None
    if known is not None and search_key(known.full_name) != search_key(told.full_name):
        found.append(_double(known, same_number=True))
    others = list_people_like(full_name=normalise(told.full_name), born_on=told.born_on, personal_id=number)
    return [*found, *(_double(card) for card in others)]


def _double(card: PersonCard, *, same_number: bool = False) -> PersonDouble:
    return PersonDouble(
        person_id=card.id,
        name=mask_name(card.full_name),
        personal_id=mask_personal_id(card.personal_id) if card.personal_id else "",
        born_on=card.born_on,
        same_number=same_number,
    )


def _facts(told: PersonTold | EntityTold) -> PartyFacts:
    if isinstance(told, EntityTold):
        entity = find_entity(told.kind, told.number)
        return PartyFacts(full_name="", entity_id=entity.id if entity else None)
    number = clean_personal_id(told.personal_id)
    known = find_person(number) if number else None
    return PartyFacts(
        person_id=known.id if known else None,
        full_name=normalise(told.full_name),
        personal_id=number,
        phone=told.phone.strip(),
    )
