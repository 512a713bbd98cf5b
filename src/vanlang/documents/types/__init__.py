"""
What each printed paper says: one frozen type for each template, so that a missing fact stops before the printer.

A type carries facts, not layout: days as `date`, instants as aware `datetime`, codes as `Qr`. The template
words them. Fields that are None (or empty) are left out of the page.
"""

from vanlang.documents.types.cards import (
    DocumentNumber,
    OutcomeAct,
    OutcomeCard,
    OutcomeState,
    RegisterLine,
)
from vanlang.documents.types.forms import (
    ApologyForm,
    ControlSlip,
    DocumentLine,
    DossierRegister,
    ExtensionLine,
    HandOver,
    MissingLine,
    ReceiptForm,
    RefusalForm,
    RegisterRow,
    SecondIntake,
    StopForm,
    SupplementForm,
)
from vanlang.documents.types.outcomes import (
    Article,
    CertifiedCopy,
    DecisionLetter,
    Extract,
    Fact,
    FactGroup,
    Original,
    OutcomeData,
)
from vanlang.documents.types.page import (
    Contact,
    Head,
    PaperData,
    Party,
    Qr,
    Sheet,
    SignatureBox,
    Signer,
)
from vanlang.documents.types.word import (
    Mark,
    PageSize,
    WordTemplateCard,
    WrittenPaper,
)

__all__ = [
    "ApologyForm",
    "Article",
    "CertifiedCopy",
    "Contact",
    "ControlSlip",
    "DecisionLetter",
    "DocumentLine",
    "DocumentNumber",
    "DossierRegister",
    "ExtensionLine",
    "Extract",
    "Fact",
    "FactGroup",
    "HandOver",
    "Head",
    "Mark",
    "MissingLine",
    "Original",
    "OutcomeAct",
    "OutcomeCard",
    "OutcomeData",
    "OutcomeState",
    "PageSize",
    "PaperData",
    "Party",
    "Qr",
    "ReceiptForm",
    "RefusalForm",
    "RegisterLine",
    "RegisterRow",
    "SecondIntake",
    "Sheet",
    "SignatureBox",
    "Signer",
    "StopForm",
    "SupplementForm",
    "WordTemplateCard",
    "WrittenPaper",
]
