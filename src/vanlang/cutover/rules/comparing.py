"""Two systems, one dossier: where they differ. What only one of them knows is no difference of the other's making."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from vanlang.cutover.types import Difference, Standing


def differences(
    theirs: Mapping[str, Standing], ours: Mapping[str, Standing], *, closed: frozenset[str]
) -> Iterator[tuple[str, Difference, str, str, str]]:
    """
    Yield (code there, difference, agency, what they say, what we say).

    `closed` are states that are over: a dossier that is over and not here is history, and none is missed.
    """
    for code, there in theirs.items():
        here = ours.get(code)
        if here is None:
            if there.state not in closed:
                yield code, Difference.MISSING_HERE, there.agency, there.state, ""
            continue
        if there.national != here.national:
            yield code, Difference.STATE, there.agency, there.state, here.state
        if there.agency != here.agency:
            yield code, Difference.AGENCY, there.agency, there.agency, here.agency
        if there.due_on and here.due_on and there.due_on != here.due_on:
            yield code, Difference.DUE, there.agency, there.due_on, here.due_on
        if there.finished_on != here.finished_on:
            yield code, Difference.FINISHED, there.agency, there.finished_on, here.finished_on
    for code, here in ours.items():
        if code not in theirs and here.state not in closed:
            yield code, Difference.MISSING_THERE, here.agency, "", here.state
