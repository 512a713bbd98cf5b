"""
What can go wrong with a paper.

    TemplateBrokenError    a template cannot be set with these facts: a mistake of ours or of an agency's override  500
    NumberRefusedError     the book does not give a number                                                          409
    UnknownOutcomeError    no such outcome, or not for you                                                          404
    UnknownWordTemplateError  no such template, or of another agency                                                  404
    WordTemplateRefusedError  a Word template names what nobody knows, lacks what is needed, or cannot be read        422
    OutcomeRefusedError    the outcome is not in a state for that act, or the signed file is not the numbered one   409
"""

from __future__ import annotations

from vanlang.kernel.errors import Conflict, DomainError, Invalid, NotFound


class TemplateBrokenError(DomainError):
    status = 500
    code = "documents.template_broken"


class NumberRefusedError(Conflict):
    code = "documents.number_refused"


class UnknownOutcomeError(NotFound):
    code = "documents.unknown_outcome"


class OutcomeRefusedError(Conflict):
    code = "documents.act_not_possible"


class UnknownWordTemplateError(NotFound):
    code = "documents.unknown_word_template"


class WordTemplateRefusedError(Invalid):
    code = "documents.template_unreadable"
