"""
What can go wrong with other systems.

    NotFound  LetterNotFoundError
    Conflict  LetterNotPossibleError    only a dead letter is tried again or given up
    Invalid   ReplayError               a range that is none, or a kind that nobody sends
"""

from __future__ import annotations

from vanlang.kernel.errors import Conflict, Invalid, NotFound


class LetterNotFoundError(NotFound):
    code = "connectors.letter_not_found"


class LetterNotPossibleError(Conflict):
    code = "connectors.letter_is_not_dead"


class ReplayError(Invalid):
    code = "connectors.nothing_to_replay"
