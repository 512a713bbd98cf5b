"""
What can go wrong with the national portal.

    OutsideSystemError  PortalError          it did not do its part: `verdict` says what that means for what was sent
                        PapersPendingError   a paper that a message names was not fetched yet
                        StoreSilentError     the store of results, while somebody waits
    Conflict            CannotTakeInError    what it told us needs a person first
                        ClaimNotPossibleError, ResultUnusableError, FeedNotPossibleError
    NotAllowed          FeedNotAllowedError
    Invalid             RouteNotAcceptableError
    NotFound            RouteNotFoundError, ClaimNotFoundError, ResultNotFoundError
"""

from __future__ import annotations

from collections.abc import Mapping

from vanlang.connectors.api import SystemVerdict
from vanlang.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, OutsideSystemError
from vanlang.nationalportal.types import SYSTEM

_AGAIN = frozenset({SystemVerdict.TEMPORARY, SystemVerdict.UNREACHABLE, SystemVerdict.UNCLEAR})


class PortalError(OutsideSystemError):
    """The portal said no, nothing, or nonsense. Carries its code, never its text, which may name people."""

    code = "nationalportal.did_not_answer"

    def __init__(
        self, verdict: SystemVerdict, portal_code: str, answer: Mapping[str, object] | None = None
    ) -> None:
        self.verdict, self.portal_code = verdict, portal_code
        self.answer: Mapping[str, object] = answer or {}
        """What it answered, where it could be read: a call may be refused as a whole and taken in parts."""
        super().__init__(SYSTEM, retryable=verdict in _AGAIN, portal_code=portal_code)


class CannotTakeInError(Conflict):
    """A message of the portal cannot be applied as it is: a person mends what is missing, and lets it try again."""

    code = "nationalportal.cannot_take_in"


class PapersPendingError(OutsideSystemError):
    """A paper was not fetched yet."""

    code = "nationalportal.papers_pending"

    def __init__(self) -> None:
        super().__init__(SYSTEM, retryable=True)


class RouteNotFoundError(NotFound):
    code = "nationalportal.route_not_found"


class RouteNotAcceptableError(Invalid):
    code = "nationalportal.route_period"


class ClaimNotFoundError(NotFound):
    code = "nationalportal.claim_not_found"


class ClaimNotPossibleError(Conflict):
    code = "nationalportal.claim_decided"


class StoreSilentError(OutsideSystemError):
    """The national store does not answer while somebody waits: they go on without it."""

    code = "nationalportal.store_is_silent"

    def __init__(self) -> None:
        super().__init__(SYSTEM, retryable=True)


class ResultNotFoundError(NotFound):
    """The store named no such result for this matter, or it is another person's."""

    code = "nationalportal.result_not_found"


class ResultUnusableError(Conflict):
    """The file of a result was not taken: its signature is not valid, it is gone, or it does not pass our checks."""

    code = "nationalportal.result_gone"


class FeedNotPossibleError(Conflict):
    """Nothing of what was chosen can be proposed or decided upon now."""

    code = "nationalportal.feed_nothing_chosen"


class FeedNotAllowedError(NotAllowed):
    """Who proposed does not decide."""

    code = "nationalportal.feed_second_person"
