"""
The formal check: everything that is missing, all at once, before anything is sent.

What a machine checks here cannot be sent back for form later. So the check knows only what the catalogue is sure
of: a paper whose line nobody has judged yet, or that only some applicants need, is offered and never demanded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vanlang.intake.types import Missing, MissingKind, OtherApplicant


@dataclass(frozen=True, slots=True)
class WantedPaper:
    """A paper that the case asks for, reduced to what the check needs."""

    id: int
    name: str
    is_demanded: bool
    """Handed in by everybody, as a file: no note, nothing to show at the counter, no form that is filled in here."""


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What the electronic form has against an answer."""

    key: str
    label: str
    says: str


@dataclass(frozen=True, slots=True)
class Given:
    """A draft, reduced to what the check needs."""

    has_case: bool
    """Chosen, or there is nothing to choose."""
    has_place: bool
    phone: str
    other_applicant: OtherApplicant | None
    field_problems: Sequence[FieldProblem] = ()
    wanted: Sequence[WantedPaper] = ()
    files: Mapping[int, int] | None = None
    """How many files lie in the draft, by required document."""


def missing_from(given: Given) -> tuple[Missing, ...]:
    """Return everything that keeps a draft from being submitted, in the order of the steps."""
    return (
        *_from_place(given),
        *missing_from_contact(given.phone, given.other_applicant),
        *(
            Missing(MissingKind.FIELD, problem.key, problem.label, "", problem.says)
            for problem in given.field_problems
        ),
        *_from_papers(given),
    )


def _from_place(given: Given) -> tuple[Missing, ...]:
    found = []
    if not given.has_case:
        found.append(Missing(MissingKind.CASE, "case", "Trường hợp", "intake.case_missing"))
    if not given.has_place:
        found.append(Missing(MissingKind.PLACE, "place", "Nơi nộp hồ sơ", "intake.place_missing"))
    return tuple(found)


def missing_from_contact(phone: str, other: OtherApplicant | None) -> tuple[Missing, ...]:
    """Return what is missing about who files and for whom."""
    found: tuple[Missing, ...] = ()
    if not is_phone(phone):
        code = "intake.phone_malformed" if phone else "intake.phone_missing"
        found = (Missing(MissingKind.APPLICANT, "phone", "Số điện thoại", code),)
    return (*found, *_from_applicant(other))


def _from_applicant(other: OtherApplicant | None) -> tuple[Missing, ...]:
    if other is None:
        return ()
    kind = MissingKind.APPLICANT
    found = []
    if len(other.full_name.split()) < 2:
        found.append(
            Missing(kind, "other_name", "Họ và tên người được nộp thay", "intake.other_name_missing")
        )
    if other.personal_id and not (len(other.personal_id) == 12 and other.personal_id.isdecimal()):
        found.append(
            Missing(kind, "other_personal_id", "Số định danh cá nhân", "intake.other_personal_id_malformed")
        )
    return tuple(found)


def _from_papers(given: Given) -> tuple[Missing, ...]:
    files = given.files or {}
    return tuple(
        Missing(MissingKind.PAPER, str(paper.id), paper.name, "intake.paper_missing")
        for paper in given.wanted
        if paper.is_demanded and not files.get(paper.id)
    )


def is_phone(text: str) -> bool:
    """Tell whether a Vietnamese telephone number can be dialled: 10 or 11 digits from 0, or +84."""
    digits = "".join(letter for letter in text if letter not in " .-()")
    if digits.startswith("+84"):
        digits = "0" + digits[3:]
    return digits.isascii() and digits.isdecimal() and digits.startswith("0") and len(digits) in {10, 11}
