"""Words of the catalogue: the values that its rules, tables and cards share."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Channel(StrEnum):
    """How a citizen files. The national portal's KENH 1, 2, 3."""

    DIRECT = "DIRECT"
    ONLINE = "ONLINE"
    POSTAL = "POSTAL"


class LimitUnit(StrEnum):
    """Unit of a time limit; the names are those of the calendars app."""

    HOUR = "HOUR"
    DAY = "DAY"
    WORKING_DAY = "WORKING_DAY"
    MONTH = "MONTH"


class Level(StrEnum):
    """Tier of government that settles a procedure. There is no district since 1 July 2025."""

    COMMUNE = "COMMUNE"
    PROVINCE = "PROVINCE"
    MINISTRY = "MINISTRY"
    OTHER = "OTHER"


class Audience(StrEnum):
    """Whom a procedure serves: the twelve words of the national catalogue."""

    CITIZEN = "CITIZEN"
    OVERSEAS_VIETNAMESE = "OVERSEAS_VIETNAMESE"
    FOREIGNER = "FOREIGNER"
    OFFICIAL = "OFFICIAL"
    ENTERPRISE = "ENTERPRISE"
    VIETNAMESE_ENTERPRISE = "VIETNAMESE_ENTERPRISE"
    FOREIGN_INVESTED_ENTERPRISE = "FOREIGN_INVESTED_ENTERPRISE"
    ORGANISATION = "ORGANISATION"
    FOREIGN_ORGANISATION = "FOREIGN_ORGANISATION"
    COOPERATIVE = "COOPERATIVE"
    PARTY_MEMBER = "PARTY_MEMBER"
    PARTY_ORGANISATION = "PARTY_ORGANISATION"


class OnlineLevel(StrEnum):
    """How much of a procedure can be done online. UNKNOWN: the source does not say."""

    FULL = "FULL"
    PARTIAL = "PARTIAL"
    INFORMATION = "INFORMATION"
    UNKNOWN = "UNKNOWN"


class VersionState(StrEnum):
    """A version is written, published, and in the end retired by its successor or by a decision."""

    DRAFT = "DRAFT"
    PUBLISHED = "PUBLISHED"
    RETIRED = "RETIRED"


class FeeKind(StrEnum):
    """`phí` pays for a service, `lệ phí` is a levy; the national portal counts them apart (1, 2)."""

    FEE = "FEE"
    CHARGE = "CHARGE"
    UNSTATED = "UNSTATED"


class PaperKind(StrEnum):
    """What a line among the required documents is."""

    FORM = "FORM"
    PAPER = "PAPER"
    PRESENT = "PRESENT"
    NOTE = "NOTE"
    UNCLEAR = "UNCLEAR"


class StepRole(StrEnum):
    """Who does a step of the internal process; the names are those of identity's roles."""

    COUNTER = "COUNTER"
    SPECIALIST = "SPECIALIST"
    LEADER = "LEADER"
    CLERK = "CLERK"


class Origin(StrEnum):
    """Who says so: the national catalogue as published, our starter catalogue, or a department's answer."""

    NATIONAL = "NATIONAL"
    STARTER = "STARTER"
    DEPARTMENT = "DEPARTMENT"


class Aspect(StrEnum):
    """The three things without which a procedure cannot run."""

    CLOCK = "CLOCK"
    FEE = "FEE"
    PAPERS = "PAPERS"


class Reason(StrEnum):
    """Why a reading is not certain. `rules/readiness.py` says which aspect each one keeps from being ready."""

    LIMIT_MISSING = "limit_missing"
    LIMIT_UNIT_MISSING = "limit_unit_missing"
    LIMIT_GLUED = "limit_glued"
    LIMIT_CONTRADICTED = "limit_contradicted"
    LIMITS_SEVERAL = "limits_several"
    FEE_MISSING = "fee_missing"
    FEE_PROSE = "fee_prose"
    FEE_SET_LOCALLY = "fee_set_locally"
    FEE_CONTRADICTED = "fee_contradicted"
    FEE_TOO_SMALL = "fee_too_small"
    FEE_FOREIGN_CURRENCY = "fee_foreign_currency"
    FEE_SEVERAL = "fee_several"
    FEE_DATED = "fee_dated"
    PAPERS_MISSING = "papers_missing"
    PAPER_COUNT_MISSING = "paper_count_missing"
    PAPER_COUNT_GLUED = "paper_count_glued"
    PAPER_OR_NOTE = "paper_or_note"
    GROUP_UNCLEAR = "group_unclear"
    FORM_NAME_UNCLEAR = "form_name_unclear"
    SOURCE_CHANGED = "source_changed"


class ToDoState(StrEnum):
    """A question to a department is open until it is answered or found not to apply."""

    OPEN = "OPEN"
    CONFIRMED = "CONFIRMED"
    REJECTED = "REJECTED"


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit that can be put on a clock."""

    amount: Decimal
    unit: LimitUnit
    same_day: bool = False
    """Due the day it is received, or the next working day when received after 15:00."""


@dataclass(frozen=True, slots=True)
class Money:
    """A fee that can be asked from a person. 0 is free of charge, as stated by the source."""

    amount_vnd: int
    kind: FeeKind = FeeKind.UNSTATED
    per: str = ""
    """What is counted: "bản", "hồ sơ", "thẻ"; empty when the source does not say."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many originals and copies of a paper are handed in."""

    originals: int
    copies: int
