"""
Read a chain's definition, and say everything that is wrong with it at once.

A definition is data (`reference/chains/*.toml`): legs, which waits for which, who settles each, which answers and
outcomes pass from leg to leg. Pure: what it names in the catalogue is checked by `services.loading`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from vanlang.chains.types import LegPlan, Plan
from vanlang.kernel.errors import Refusal

_KEY = re.compile(r"^[a-z][a-z0-9_]{0,29}$")
_LIMIT = re.compile(r"^(?P<amount>[1-9][0-9]{0,3}) (?P<unit>working_day|day|hour|month)$")
LIMIT_FORM = "20 working_day"


def read_plan(text: str) -> Plan | tuple[Refusal, ...]:
    """Return the plan that `text` (TOML) defines, legs in the order they can run; or every reason why it cannot."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return (Refusal("chains.not_readable", {"problem": str(error)}),)
    return plan_of(raw)


def plan_of(raw: Mapping[str, Any]) -> Plan | tuple[Refusal, ...]:
    """Return the plan of a parsed definition, or every reason why it cannot stand."""
    legs = tuple(_leg(one) for one in raw.get("leg", ()))
    wrong = (*_wrong_head(raw, legs), *(refusal for leg in legs for refusal in _wrong_leg(leg, legs)))
    if wrong:
        return wrong
    ordered = in_order(legs)
    if ordered is None:
        return (Refusal("chains.circle", {"legs": ", ".join(leg.key for leg in legs)}),)
    return Plan(
        code=str(raw["code"]),
        title=str(raw["title"]),
        short_title=str(raw.get("short_title", raw["title"])),
        limit=str(raw.get("limit", "")),
        source=str(raw.get("source", "")),
        procedure_code=str(raw.get("procedure", "")),
        legs=ordered,
    )


def _leg(raw: Mapping[str, Any]) -> LegPlan:
    after = raw.get("after", ())
    return LegPlan(
        key=str(raw.get("key", "")),
        title=str(raw.get("title", "")),
        procedure_code=str(raw.get("procedure", "")),
        case_number=int(raw.get("case", 1)),
        after=(after,) if isinstance(after, str) else tuple(after),
        agency_code=str(raw.get("agency", "")),
        outside=str(raw.get("outside", "")),
        limit=str(raw.get("limit", "")),
        answers={str(key): str(value) for key, value in raw.get("answers", {}).items()},
        papers={str(key): str(value) for key, value in raw.get("papers", {}).items()},
    )


def _wrong_head(raw: Mapping[str, Any], legs: Sequence[LegPlan]) -> Iterator[Refusal]:
    if not raw.get("code") or not raw.get("title"):
        yield Refusal("chains.no_name")
    if len(legs) < 2:
        yield Refusal("chains.too_short", {"legs": len(legs)})
    if raw.get("limit") and not _LIMIT.match(str(raw["limit"])):
        yield Refusal("chains.limit_not_readable", {"limit": raw["limit"], "form": LIMIT_FORM})
    keys = [leg.key for leg in legs]
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        yield Refusal("chains.leg_twice", {"leg": key})
    first = [leg for leg in legs if not leg.after]
    if legs and (len(first) != 1 or first[0].is_outside):
        yield Refusal("chains.no_first_leg", {"legs": ", ".join(leg.key for leg in first)})


def _wrong_leg(leg: LegPlan, legs: Sequence[LegPlan]) -> Iterator[Refusal]:
    known = {other.key: other for other in legs}
    named: dict[str, object] = {"leg": leg.key}
    if not _KEY.match(leg.key) or not leg.title:
        yield Refusal("chains.leg_no_name", named)
    if bool(leg.procedure_code) == leg.is_outside:
        yield Refusal("chains.leg_neither", named)
    if leg.limit and not _LIMIT.match(leg.limit):
        yield Refusal("chains.limit_not_readable", named | {"limit": leg.limit, "form": LIMIT_FORM})
    for other in leg.after:
        if other not in known or other == leg.key:
            yield Refusal("chains.leg_unknown", named | {"other": other})
    for other in leg.papers:
        if other not in ancestors(leg.key, legs):
            yield Refusal("chains.paper_from_nowhere", named | {"other": other})
    for name, source in leg.answers.items():
        other, _, answer = source.partition(".")
        if other not in known or other == leg.key or not answer:
            yield Refusal("chains.answer_from_nowhere", named | {"field": name, "source": source})


def ancestors(key: str, legs: Sequence[LegPlan]) -> frozenset[str]:
    """Return the legs that must be done before `key` starts, near and far; safe where legs go in circles."""
    after = {leg.key: leg.after for leg in legs}
    found: set[str] = set()
    ask = list(after.get(key, ()))
    while ask:
        one = ask.pop()
        if one not in found:
            found.add(one)
            ask.extend(after.get(one, ()))
    return frozenset(found)


def in_order(legs: Sequence[LegPlan]) -> tuple[LegPlan, ...] | None:
    """Return the legs so that each comes after those it waits for, else as they stand; None when they go in circles."""
    left, done = list(legs), list[LegPlan]()
    while left:
        keys = {leg.key for leg in done}
        ready = next((leg for leg in left if keys.issuperset(leg.after)), None)
        if ready is None:
            return None
        done.append(ready)
        left.remove(ready)
    return tuple(done)


def limit_of(text: str) -> tuple[int, str] | None:
    """Return amount and unit of a limit as definitions write it, or None for none."""
    found = _LIMIT.match(text)
    return (int(found["amount"]), found["unit"]) if found else None
