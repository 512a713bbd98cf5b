"""
What an answer of the portal means for what was sent.

Seen: "0" done, "3" and "-3" exists already, any other is tried again. Assumed: the codes named below
(docs/reference/national-portal.md); one that is not known stays a reason to try again.
"""

from __future__ import annotations

from vanlang.connectors.api import SystemVerdict

DONE = "0"
EXISTS = frozenset({"3", "-3"})
LOGIN_REFUSED = "-1"
SESSION_OVER = "-2"
OWNED_ELSEWHERE = "8"
LOST_THERE = "10"
"""It does not know the dossier. Of a step that is told behind its dossier: what it was told is lost there."""
_REFUSED = frozenset({"5", "6", "7", OWNED_ELSEWHERE, "9"})
_SENTENCES = {
    "5": "nationalportal.unknown_procedure_there",
    "6": "nationalportal.unknown_agency_there",
    "7": "nationalportal.misfit_there",
    OWNED_ELSEWHERE: "nationalportal.owned_elsewhere_there",
    LOST_THERE: "nationalportal.lost_there",
    LOGIN_REFUSED: "nationalportal.login_refused",
}


def verdict_of(code: str) -> SystemVerdict:
    """Return what a code of the portal says of one record. `EXISTS` is for the caller: it can be said otherwise."""
    if code == DONE:
        return SystemVerdict.TAKEN
    if code in _REFUSED or code in EXISTS:
        return SystemVerdict.REFUSED
    if code == LOGIN_REFUSED:
        return SystemVerdict.UNREACHABLE
    return SystemVerdict.TEMPORARY


def verdict_of_status(status: int) -> SystemVerdict | None:
    """Return what an HTTP status says of a call, None where the answer must be read."""
    match status:
        case 200:
            return None
        case 401 | 403 | 404 | 405:
            return SystemVerdict.UNREACHABLE
        case 429 | 502 | 503:
            return SystemVerdict.TEMPORARY
        case _ if status >= 500:
            return SystemVerdict.UNCLEAR
        case _:
            return SystemVerdict.TEMPORARY


def sentence_code_of(code: str) -> str:
    """Return the code of our sentence for one of the portal's; its own where we have none."""
    return _SENTENCES.get(code, code)
