"""Random instants, limits and pauses of the ward."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

from hypothesis import strategies as st

from vanlang.calendars.types import Extension, LimitUnit, Pause, TimeLimit

from .world import at

EPOCH = at("01/01/2025 00:00")

instants = st.integers(0, 2 * 365 * 1440).map(lambda minute: EPOCH + timedelta(minutes=minute))

working_days = st.integers(0, 120).map(lambda halves: TimeLimit(Fraction(halves, 2), LimitUnit.WORKING_DAY))
hours = st.integers(1, 6000).map(lambda minutes: TimeLimit(Fraction(minutes, 60), LimitUnit.HOUR))
days = st.integers(1, 120).map(lambda count: TimeLimit(count, LimitUnit.DAY))
months = st.integers(1, 12).map(lambda count: TimeLimit(count, LimitUnit.MONTH))
office_limits = st.one_of(working_days, hours)
limits = st.one_of(working_days, hours, days, months)

pauses = st.tuples(instants, st.integers(0, 30 * 1440)).map(
    lambda drawn: Pause(drawn[0], drawn[0] + timedelta(minutes=drawn[1]))
)
extensions = limits.filter(lambda limit: not limit.is_same_day).map(Extension)
