"""Two opinions, written apart: 20,000 random questions here, a million in `./vanlang bench calendars`."""

from __future__ import annotations

from collections import Counter

from vanlang.calendars.rules.counting import due

from .cases import Case, benches, cases, differs, from_plain
from .oracle import due_of

COUNT = 20_000
SEED = 1


def test_rules_and_oracle_agree() -> None:
    met: Counter[str] = Counter()
    wrong = []
    for case in cases(COUNT, SEED, benches()):
        answer = due(
            case.bench.calendar,
            received_at=case.received_at,
            limit=case.limit,
            pauses=case.pauses,
            extensions=case.extensions,
        )
        second = due_of(case.bench.office, *case.plain)
        met.update(_features(case, stopped=answer.is_stopped, forecast=answer.forecast))
        if differs(case, answer, second):
            wrong.append(
                (
                    case.bench.name,
                    case.received_at,
                    case.limit,
                    case.pauses,
                    case.extensions,
                    answer,
                    from_plain(second[0]),
                    second[1],
                )
            )
    assert not wrong, f"{len(wrong)} of {COUNT} differ; the first: {wrong[0]}"
    # A comparison is worth what it covers: every feature is met often, and not only together with others.
    rare = {feature: met[feature] for feature in FEATURES if met[feature] < 400}
    assert not rare


FEATURES = (
    "hour",
    "day",
    "working_day",
    "month",
    "same day",
    "half",
    "paused",
    "extended",
    "stopped",
    "forecast",
    "plain",
)


def _features(case: Case, *, stopped: bool, forecast: bool) -> list[str]:
    flags = {
        "same day": case.limit.is_same_day,
        "half": case.limit.amount.denominator == 2,
        "paused": bool(case.pauses),
        "extended": bool(case.extensions),
        "stopped": stopped,
        "forecast": forecast,
        "plain": not case.pauses and not case.extensions,
    }
    return [case.limit.unit.value, *(name for name, holds in flags.items() if holds)]
