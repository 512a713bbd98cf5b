"""
Walk a process through the table of transitions without a dossier: does it lead from filing to delivery, and who is needed?

Pure: the very table that decides is asked, with somebody of each party who is near enough to everything. Nothing is
written, so nothing has to be undone and no code is burnt.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vanlang.dossiers.rules import steps
from vanlang.dossiers.rules.acts import Act
from vanlang.dossiers.rules.states import Hat, Party, State, waits_for
from vanlang.dossiers.rules.steps import Step
from vanlang.dossiers.rules.transitions import Facts, Standing, is_final, may, target

MOST = 60
"""More acts than any straight road needs: whoever walks on goes in a circle."""

_ROAD: dict[State, tuple[tuple[Act, Party], ...]] = {
    State.DRAFT: ((Act.SUBMIT, Party.APPLICANT),),
    State.SUBMITTED: ((Act.RECEIVE, Party.COUNTER),),
    State.AWAITING_COMPLETION: ((Act.ANSWER_SUPPLEMENT, Party.APPLICANT),),
    State.RECEIVED: ((Act.HAND_OVER, Party.COUNTER),),
    State.HANDED_OVER: ((Act.CLAIM, Party.SPECIALIST),),
    State.IN_PROGRESS: ((Act.PROPOSE, Party.SPECIALIST), (Act.HAND_OVER, Party.SPECIALIST)),
    State.AWAITING_SUPPLEMENT: ((Act.ANSWER_SUPPLEMENT, Party.APPLICANT),),
    State.AWAITING_OPINION: ((Act.GIVE_OPINION, Party.SPECIALIST),),
    State.PROPOSED: ((Act.APPROVE, Party.LEADER), (Act.ENDORSE, Party.LEADER)),
    State.APPROVED: ((Act.SIGN, Party.LEADER),),
    State.SIGNED: ((Act.RELEASE, Party.CLERK),),
    State.RELEASED: ((Act.DELIVER, Party.COUNTER),),
}
"""What is done in each state on the way to delivery, the likeliest first."""

_DETOURS = {
    State.SUBMITTED: (Act.REQUEST_SUPPLEMENT, Party.COUNTER),
    State.IN_PROGRESS: (Act.REQUEST_SUPPLEMENT, Party.SPECIALIST),
}


@dataclass(frozen=True, slots=True)
class Stride:
    """One act of the walk."""

    act: Act
    party: Party
    before: State
    after: State
    step: str
    """The step of the process that it belongs to; empty where the process names none."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """How far a walk came."""

    strides: tuple[Stride, ...]
    state: State
    refusal: str = ""
    """Code of the refusal that ended it; empty when it came to its end."""


def rehearse(process: Sequence[Step], *, detours: Iterator[bool]) -> Rehearsal:
    """
    Return a walk from filing to delivery under `process`.

    `detours` is asked in each state that has a way round (a supplement, an opinion) whether to take it.
    """
    state, position, strides = State.DRAFT, 0, list[Stride]()
    rounds: set[State] = set()
    while not is_final(state) and len(strides) < MOST:
        found = _next(state, process, position, detours, rounds)
        if isinstance(found, str):
            return Rehearsal(tuple(strides), state, found)
        act, party = found
        after = target(act, _facts(state, party, process, position))
        name = process[position].name if process else ""
        strides.append(Stride(act, party, state, after, name))
        onward = act is Act.ENDORSE or (act is Act.HAND_OVER and state is State.IN_PROGRESS)
        position = steps.position_after(
            act, steps=process, position=position, waits_for=waits_for(after), onward=onward
        )
        state = after
    return Rehearsal(tuple(strides), state, "" if is_final(state) else "dossiers.act_not_in_state")


def _next(
    state: State, process: Sequence[Step], position: int, detours: Iterator[bool], rounds: set[State]
) -> tuple[Act, Party] | str:
    """Return what is done next and by whom, or the code of the refusal."""
    ways = list(_ROAD[state])
    if state in _DETOURS and state not in rounds and next(detours, False):
        rounds.add(state)
        ways.insert(0, _DETOURS[state])
    code = ""
    for act, party in ways:
        refusal = may(act, _facts(state, party, process, position))
        if refusal is None:
            return act, party
        code = code or refusal.code
    return code


def _facts(state: State, party: Party, process: Sequence[Step], position: int) -> Facts:
    return Facts(
        state=state,
        standing=Standing(parties=frozenset({party}), hats=frozenset(Hat), holds=True, in_unit=True),
        leaders_ahead=steps.another_follows(Party.LEADER, steps=process, position=position),
        specialists_ahead=steps.another_follows(Party.SPECIALIST, steps=process, position=position),
    )
