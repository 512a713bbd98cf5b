"""Commands, named by the legal act: keyword-only, one transaction each, audited in it."""

from vanlang.dossiers.services.acting import Moved
from vanlang.dossiers.services.adopting import Elsewhere, adopt
from vanlang.dossiers.services.apologies import drop_apology, explain_delay
from vanlang.dossiers.services.consulting import consult, consult_unit, forgo_opinion, give_opinion
from vanlang.dossiers.services.correcting import keep_outcome, reopen, revoke
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
    hand_over,
    hand_over_many,
)
from vanlang.dossiers.services.leaving import deliver, extend, stop, withdraw
from vanlang.dossiers.services.paper_copies import move_paper_copy
from vanlang.dossiers.services.phasing import close_phase, fulfil_obligation
from vanlang.dossiers.services.printing import print_form
from vanlang.dossiers.services.rating import RatedDossier, get_rated, rate
from vanlang.dossiers.services.receiving import receive, receive_at_counter, refuse
from vanlang.dossiers.services.scans import add_scans
from vanlang.dossiers.services.supplementing import (
    answer_supplement,
    approve_supplement,
    decline_supplement,
    propose_supplement,
    request_supplement,
)
from vanlang.dossiers.services.tracking import track
from vanlang.dossiers.services.transferring import Transferred, transfer

__all__ = [
    "BulkResult",
    "Elsewhere",
    "Moved",
    "RatedDossier",
    "Refused",
    "Transferred",
    "add_scans",
    "adopt",
    "answer_supplement",
    "approve",
    "approve_supplement",
    "assign",
    "assign_many",
    "claim",
    "close_phase",
    "consult",
    "consult_unit",
    "decline_supplement",
    "deliver",
    "drop_apology",
    "endorse",
    "explain_delay",
    "extend",
    "find_filed",
    "forgo_opinion",
    "fulfil_obligation",
    "get_rated",
    "give_opinion",
    "hand_over",
    "hand_over_many",
    "keep_outcome",
    "move_paper_copy",
    "prepare_to_sign",
    "print_form",
    "propose",
    "propose_supplement",
    "rate",
    "receive",
    "receive_at_counter",
    "refuse",
    "release",
    "reopen",
    "request_supplement",
    "return_for_rework",
    "revoke",
    "sign",
    "stop",
    "submit",
    "track",
    "transfer",
    "withdraw",
]
