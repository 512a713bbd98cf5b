from __future__ import annotations

from vanlang.kernel.errors import Conflict, Invalid, NotFound, Refusal


class ChainNotFoundError(NotFound):
    """There is no such chain, or it is not yours to know."""

    code = "chains.not_found"


class ChainNotOpenableError(Conflict):
    """A chain cannot be opened today: `lacks` names the leg and why."""

    code = "chains.not_openable"


class LegNotPossibleError(Conflict):
    """The leg is not in a state for this."""

    code = "chains.leg_not_possible"


class NotAcceptableError(Invalid):
    """What was sent lacks something."""

    code = "chains.reason_missing"


class PlanRefusedError(Invalid):
    """A definition cannot stand; `refusals` are all the reasons."""

    code = "chains.plan_refused"

    def __init__(self, refusals: tuple[Refusal, ...], *, file: str = "") -> None:
        super().__init__(
            None,
            file=file,
            codes=", ".join(sorted({refusal.code for refusal in refusals})),
            count=len(refusals),
        )
        self.refusals = refusals
