"""Commands, named by the legal act: keyword-only, one transaction each, audited in it."""

from vanlang.dossiers.services.acting import Moved
from vanlang.dossiers.services.deciding import (
    approve,
    endorse,
    prepare_to_sign,
    propose,
    release,
    return_for_rework,
    sign,
)
from vanlang.dossiers.services.filing import find_filed, submit
from vanlang.dossiers.services.handing import (
    BulkResult,
    Refused,
    assign,
    assign_many,
    claim,
    consult,
    give_opinion,
    hand_over,
    hand_over_many,
)
from vanlang.dossiers.services.leaving import deliver, extend, stop, withdraw
from vanlang.dossiers.services.printing import print_form
from vanlang.dossiers.services.receiving import receive, receive_at_counter, refuse
from vanlang.dossiers.services.scans import add_scans
from vanlang.dossiers.services.supplementing import answer_supplement, request_supplement
from vanlang.dossiers.services.tracking import track

__all__ = [
    "BulkResult",
    "Moved",
    "Refused",
    "add_scans",
    "answer_supplement",
    "approve",
    "assign",
    "assign_many",
    "claim",
    "consult",
    "deliver",
    "endorse",
    "extend",
    "find_filed",
    "give_opinion",
    "hand_over",
    "hand_over_many",
    "prepare_to_sign",
    "print_form",
    "propose",
    "receive",
    "receive_at_counter",
    "refuse",
    "release",
    "request_supplement",
    "return_for_rework",
    "sign",
    "stop",
    "submit",
    "track",
    "withdraw",
]
