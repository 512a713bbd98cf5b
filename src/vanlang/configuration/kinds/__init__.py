"""The kinds of tables: one module each, one list of all. A kind says what is there, what a line means, and how it is written."""

from vanlang.configuration.kinds.agencies import AGENCIES
from vanlang.configuration.kinds.base import Kind
from vanlang.configuration.kinds.days import DAYS
from vanlang.configuration.kinds.fees import FEES
from vanlang.configuration.kinds.forms import FORMS
from vanlang.configuration.kinds.hours import HOURS
from vanlang.configuration.kinds.officers import OFFICERS
from vanlang.configuration.kinds.processes import PROCESSES
from vanlang.configuration.kinds.units import UNITS

KINDS: dict[str, Kind] = {
    kind.card.slug: kind for kind in (AGENCIES, UNITS, OFFICERS, PROCESSES, FEES, FORMS, DAYS, HOURS)
}

__all__ = ["KINDS", "Kind"]
