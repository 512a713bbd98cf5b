"""Days compared with statements: what fits, what waits, what a person explains."""

from __future__ import annotations

import dataclasses

import pytest

from vanlang.payments import api
from vanlang.payments.errors import MoneyNotAcceptable, MoneyNotPossible
from vanlang.payments.models import DayClose
from vanlang.payments.queries import reconciling as queries
from vanlang.payments.services import reconciling
from vanlang.payments.tests.reconciling.conftest import DAY, PLATFORM, Books
from vanlang.payments.types import (
    DifferenceState,
    LedgerAccount,
    Match,
)


def test_a_day_that_fits_is_closed_and_paid_out(books: Books) -> None:
    books.pay("GD1")
    books.pay("GD2")
    books.state(books.taken)
    assert books.differences() == {}
    books.close()
    assert (books.balance(LedgerAccount.CLEARING), books.balance(LedgerAccount.BANK)) == (0, 116_000)
    sheet = queries.get_day(books.agency, PLATFORM, books.on, today=books.on + DAY)
    assert (sheet.ours_vnd, sheet.theirs_vnd, sheet.fitting) == (116_000, 116_000, 2)
    assert sheet.refusal is not None
    assert sheet.refusal.code == "payments.day_is_closed"
    assert not api.prove_books().faults


def test_the_hour_at_which_a_day_ends_makes_no_difference(books: Books) -> None:
    books.pay("GD1", at=books.at + DAY)
    (line,) = books.taken
    books.state([dataclasses.replace(line, on=books.on)], at=books.at + 2 * DAY)
    books.state([], on=books.on + DAY, at=books.at + 2 * DAY)
    assert books.differences() == books.differences(books.on + DAY) == {}
    (one,) = queries.compare_both(books.agency, PLATFORM, books.on)
    assert one.match is Match.DAY


def test_what_they_lack_waits_for_the_next_statement_and_then_for_a_person(books: Books) -> None:
    books.pay("GD1")
    books.state([])
    assert books.differences() == {"GD1": (Match.MISSING_THERE, DifferenceState.WAITING)}
    with pytest.raises(MoneyNotPossible, match="day_is_unexplained"):
        books.close()
    books.state([], on=books.on + DAY, at=books.at + 2 * DAY)
    assert books.differences() == {"GD1": (Match.MISSING_THERE, DifferenceState.OPEN)}


def test_the_next_statement_may_bring_it(books: Books) -> None:
    books.pay("GD1")
    books.state([])
    books.state(books.taken, on=books.on + DAY, at=books.at + 2 * DAY)
    assert books.differences() == {"GD1": (Match.MISSING_THERE, DifferenceState.HEALED)}
    assert books.differences(books.on + DAY) == {}
    books.close(at=books.at + 2 * DAY)


@pytest.mark.parametrize(
    ("change", "match"),
    [
        (lambda lines: [dataclasses.replace(lines[0], vnd=57_000)], Match.AMOUNT),
        (lambda lines: [*lines, *lines], Match.DOUBLED),
    ],
)
def test_what_differs_is_a_persons_task_until_explained(books: Books, change: object, match: Match) -> None:
    books.pay("GD1")
    books.state(change(books.taken))  # type: ignore[operator] # a function of the lines
    assert books.differences() == {"GD1": (match, DifferenceState.OPEN)}
    with pytest.raises(MoneyNotAcceptable):
        reconciling.explain(
            difference_id=books.of("GD1"), explanation="  ok  ", actor=books.hanh, at=books.at
        )
    reconciling.explain(
        difference_id=books.of("GD1"),
        explanation="Nền tảng xác nhận bằng văn bản",
        actor=books.hanh,
        at=books.at,
    )
    books.close()
    assert DayClose.objects.get().explained == 1


def test_an_explanation_holds_only_for_what_it_explained(books: Books) -> None:
    books.pay("GD1")
    line = books.taken[0]
    books.state([dataclasses.replace(line, vnd=57_000)])
    reconciling.explain(
        difference_id=books.of("GD1"), explanation="Phí của nền tảng bị trừ", actor=books.hanh, at=books.at
    )
    books.state([dataclasses.replace(line, vnd=57_000)])
    assert books.differences()["GD1"][1] is DifferenceState.EXPLAINED, "said again"
    books.state([dataclasses.replace(line, vnd=56_000)])
    assert books.differences()["GD1"][1] is DifferenceState.OPEN
    books.state(books.taken)
    assert books.differences()["GD1"][1] is DifferenceState.HEALED
    with pytest.raises(MoneyNotPossible, match="difference_is_over"):
        reconciling.explain(
            difference_id=books.of("GD1"), explanation="Không còn gì để nói", actor=books.hanh, at=books.at
        )
