"""Commands, named by what is done; each one transaction."""

from vanlang.petitions.services.answering import approve_answer, propose_answer, send_back
from vanlang.petitions.services.deciding import (
    accept,
    assign,
    classify,
    merge,
    refer,
    refuse,
    return_petition,
    route,
)
from vanlang.petitions.services.filing import file_petition
from vanlang.petitions.services.proving import prove
from vanlang.petitions.services.publishing import publish_version, unpublish, withhold
from vanlang.petitions.services.reissuing import reissue_secret
from vanlang.petitions.services.satisfying import say_satisfaction
from vanlang.petitions.services.supplementing import ask_supplement, go_on, supplement

__all__ = [
    "accept",
    "approve_answer",
    "ask_supplement",
    "assign",
    "classify",
    "file_petition",
    "go_on",
    "merge",
    "propose_answer",
    "prove",
    "publish_version",
    "refer",
    "refuse",
    "reissue_secret",
    "return_petition",
    "route",
    "say_satisfaction",
    "send_back",
    "supplement",
    "unpublish",
    "withhold",
]
