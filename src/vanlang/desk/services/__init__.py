"""Commands of the desk: acts of the floors below, done in one go."""

from vanlang.desk.services.bulk import claim_many
from vanlang.desk.services.counter import file_at_counter, receive_at_counter
from vanlang.desk.services.signing import release_outcome, sign_outcome
from vanlang.desk.services.storing import ask_for_visitor, bring_all

__all__ = [
    "ask_for_visitor",
    "bring_all",
    "claim_many",
    "file_at_counter",
    "receive_at_counter",
    "release_outcome",
    "sign_outcome",
]
