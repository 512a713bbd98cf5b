"""The tree and the descent: whatever is lost, doubled or altered is found, and nothing else; equal copies cost one question."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vanlang.sentinel.rules.descent import FEW, compare
from vanlang.sentinel.rules.differences import REMEDIES, remedy_for
from vanlang.sentinel.rules.trees import Forest, canonical, digest_of, holds, key_of, row_of
from vanlang.sentinel.types import DifferenceKind, Node, Path, Record, Remedy, StateOwner

AGENCIES = ("H44.100", "H44.17", "H44.8")
STATES = tuple(str(code) for code in range(1, 11))


class Copy:
    """A replica in memory, which counts what it is asked."""

    def __init__(self, records: Sequence[Record]) -> None:
        self._records = records
        self._forest = Forest(records)
        self.questions = 0

    def children(self, paths: Sequence[Path]) -> Mapping[Path, Mapping[str, Node]]:
        self.questions += 1
        return self._forest.children(paths)

    def records(self, paths: Sequence[Path]) -> list[Record]:
        return [record for record in self._records if any(holds(path, record) for path in paths)]


def record(number: int, **changed: object) -> Record:
    day = 1 + number % 28
    plain = Record(
        code=f"H44.100-202608{day:02}-{number:06}",
        agency=AGENCIES[number % 3],
        state=STATES[number % 10],
        received=f"202608{day:02}083000",
        due=f"202609{day:02}170000",
        results=((("KQ.G10.000001", f"{number:064x}"),) if number % 2 else ()),
    )
    return dataclasses.replace(plain, **changed)  # type: ignore[arg-type]


def never(_code: str) -> frozenset[str]:
    return frozenset()


records = st.lists(st.integers(0, 400), unique=True, max_size=120).map(
    lambda numbers: [record(n) for n in numbers]
)


@given(records, st.randoms(use_true_random=False))
def test_the_order_of_a_list_is_nobodys_business(some: list[Record], chance: random.Random) -> None:
    other = list(some)
    chance.shuffle(other)
    assert Forest(some).node(()) == Forest(other).node(())


@given(records)
def test_a_branch_holds_what_its_twigs_hold(some: list[Record]) -> None:
    forest = Forest(some)
    for path in [(), *((one.day,) for one in some), *((one.day, key_of(one.code).hex()[0]) for one in some)]:
        below = forest.children([path])[path]
        assert sum(node.count for node in below.values()) == forest.node(path).count
        assert forest.node(path).count == sum(holds(path, one) for one in some)


@settings(max_examples=150)
@given(records, st.data())
def test_exactly_what_was_spoiled_is_named(some: list[Record], data: st.DataObject) -> None:
    theirs, expected = list(some), {}
    for one in data.draw(st.lists(st.sampled_from(some), unique=True, max_size=12)) if some else []:
        theirs.remove(one)
        match data.draw(
            st.sampled_from(
                [
                    DifferenceKind.LOST,
                    DifferenceKind.DOUBLED,
                    DifferenceKind.STATE,
                    DifferenceKind.DATES,
                    DifferenceKind.RESULTS,
                    DifferenceKind.PLACE,
                ]
            )
        ):
            case DifferenceKind.LOST:
                expected[one.code] = {DifferenceKind.LOST}
            case DifferenceKind.DOUBLED:
                theirs += [one, dataclasses.replace(one, due=data.draw(st.sampled_from(["", one.due])))]
                expected[one.code] = {DifferenceKind.DOUBLED}
            case DifferenceKind.STATE:
                theirs.append(dataclasses.replace(one, state="x"))
                expected[one.code] = {DifferenceKind.STATE}
            case DifferenceKind.DATES:
                moved = data.draw(st.sampled_from(["20260901101010", "20250101000000"]))
                theirs.append(dataclasses.replace(one, received=moved))
                expected[one.code] = {DifferenceKind.DATES}
            case DifferenceKind.RESULTS:
                theirs.append(dataclasses.replace(one, results=(*one.results, ("KQ.G10.000002", "1"))))
                expected[one.code] = {DifferenceKind.RESULTS}
            case DifferenceKind.PLACE:
                theirs.append(dataclasses.replace(one, agency="H44.99"))
                expected[one.code] = {DifferenceKind.PLACE}
    stranger = record(9_999)
    if data.draw(st.booleans()):
        theirs.append(stranger)
        expected[stranger.code] = {DifferenceKind.STRANGE}
    found = compare(Copy(some), Copy(theirs), earlier=never)
    assert {one.code: set(one.kinds) for one in found.differences} == expected


@given(records)
def test_equal_copies_are_equal_after_one_question(some: list[Record]) -> None:
    there = Copy(list(reversed(some)))
    found = compare(Copy(some), there, earlier=never)
    assert found.differences == ()
    assert there.questions == 1
    assert found.compared == len(some)


def test_a_state_of_before_is_a_message_that_did_not_arrive() -> None:
    mine, theirs = record(7, state="9"), record(7, state="4")
    (found,) = compare(Copy([mine]), Copy([theirs]), earlier=lambda _: frozenset({"2", "4"})).differences
    assert found.kinds == {DifferenceKind.BEHIND}
    assert (found.here, found.there) == ((mine,), (theirs,))


def test_a_crowded_day_is_narrowed_before_anything_is_fetched() -> None:
    crowd = [dataclasses.replace(record(0), code=f"H44.8-{number:06}") for number in range(5_000)]
    there = [dataclasses.replace(one, state="5") if one is crowd[77] else one for one in crowd]
    found = compare(Copy(crowd), Copy(there), earlier=never)
    assert [one.code for one in found.differences] == [crowd[77].code]
    assert found.fetched_records <= FEW


def test_part_of_the_tree_may_be_compared_alone() -> None:
    here, there = [record(1), record(2)], [record(1), record(2, state="x")]
    assert compare(Copy(here), Copy(there), earlier=never, roots=[(record(1).day,)]).differences == ()


@given(records)
def test_what_separates_fields_cannot_forge_them(some: list[Record]) -> None:
    assert len({canonical(one) for one in some}) == len(some)
    a, b = record(1, due="1", finished="2"), record(1, due="1\x1f2", finished="")
    assert canonical(a) != canonical(b)


def test_the_vector_of_the_specification() -> None:
    one = Record(
        "000.00.04.H44-260803-0001", "H44.4", "10", "20260803081500", "20260810170000", "20260807100000",
        "20260807143000", (("KQ.G02.000001", "12/GP-UBND"),),
    )  # fmt: skip
    assert key_of(one.code).hex() == "64064418e9a74068"
    assert row_of(one).hex() == "64064418e9a74068edd0d3c45e72c4b227229302019df30e"
    assert digest_of(row_of(one)).hex() == "ca88aa691b55c0ab94ce2a7f217fac23"
    other = Record("000.00.04.H44-260803-0002", "H44.4", "4", "20260803082000")
    assert row_of(other).hex() == "99569fc7d604d57c3843a00ecfdda5246d504e7c0a1c6244"
    assert Forest([other, one]).node(("20260803",)) == Node(
        2, bytes.fromhex("a04a4e847fce254fb1c24ac542fae3be")
    )


@pytest.mark.parametrize(("owner", "kind"), sorted(REMEDIES))
def test_every_difference_has_a_remedy_and_the_owner_is_believed(
    owner: StateOwner, kind: DifferenceKind
) -> None:
    remedy = remedy_for(frozenset({kind}), owner)
    assert remedy in {Remedy.PERSON, Remedy.SEND if owner is StateOwner.HERE else Remedy.FETCH}


def test_the_table_is_whole() -> None:
    assert set(REMEDIES) == {(owner, kind) for owner in StateOwner for kind in DifferenceKind}


def test_one_doubt_is_enough_for_a_person() -> None:
    assert (
        remedy_for(frozenset({DifferenceKind.DATES, DifferenceKind.STATE}), StateOwner.HERE) is Remedy.PERSON
    )
    assert (
        remedy_for(frozenset({DifferenceKind.DATES, DifferenceKind.BEHIND}), StateOwner.HERE) is Remedy.SEND
    )
