"""
What can be done to a dossier, named by the legal act. Nothing else changes its state.

Law: unverified
"""

from __future__ import annotations

from enum import StrEnum


class Act(StrEnum):
    """A legal act. Each is one command, one movement in the history, one record in the audit."""

    DRAFT = "draft"
    SUBMIT = "submit"
    RECEIVE = "receive"
    REFUSE = "refuse"
    REQUEST_SUPPLEMENT = "request_supplement"
    ANSWER_SUPPLEMENT = "answer_supplement"
    HAND_OVER = "hand_over"
    ASSIGN = "assign"
    CLAIM = "claim"
    """Take a dossier out of the unit's tray oneself."""
    CONSULT = "consult"
    """Ask another agency for its opinion."""
    GIVE_OPINION = "give_opinion"
    PROPOSE = "propose"
    ENDORSE = "endorse"
    """Agree at a lower level of leadership and pass the draft on to the next one."""
    APPROVE = "approve"
    RETURN_FOR_REWORK = "return_for_rework"
    SIGN = "sign"
    RELEASE = "release"
    EXTEND = "extend"
    """Give a new due date with an apology (form 04)."""
    STOP = "stop"
    WITHDRAW = "withdraw"
    DELIVER = "deliver"
