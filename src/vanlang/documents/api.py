"""
Papers: official documents set, numbered, signed and released.

Three things are here. **Typesetting**: `typeset` turns facts into a PDF/A page by a typst template; every printed
form of the house and every outcome goes through it, with the same letterhead, fonts and rules of Decree 30/2020.
An agency may put its own template in place of any of ours, without code. **Books**: `take_number` gives the next
number of an agency's book for a kind and year, in the transaction of the document that bears it; numbers restart
on 1 January and have no gap and no repeat, because a rollback takes its number back. **Outcomes**: what a dossier
ends with, drafted by the specialist, numbered and signed in one act by the leader, released by the registry clerk.

**Word templates**: an agency writes its own in Word, naming facts of one
dictionary (docs/reference/template-fields.md); `fill_word_template` fills one from a dossier, and what the specialist
finished comes back by `take_finished` as the PDF over which number, day and signature are printed.

Why number and day come with the signature and not with the release: a signed PDF can never be written into again
(docs/adr/0008). Papers know no keys: whoever calls hands in what signs and what checks.
"""

from vanlang.documents.errors import (
    NumberRefusedError,
    OutcomeRefusedError,
    TemplateBrokenError,
    UnknownOutcomeError,
    UnknownWordTemplateError,
    WordTemplateRefusedError,
)
from vanlang.documents.events import OutcomeReleased
from vanlang.documents.ports import SheetSigner, SignatureCheck, word_to_pdf
from vanlang.documents.queries import (
    get_outcome,
    head_of,
    list_register,
    list_word_templates,
    read_outcome,
    signer_of,
)
from vanlang.documents.rules.fields import DOSSIER_FIELDS, MARKS, WORDS, TemplateField
from vanlang.documents.rules.numbering import CERTIFICATION
from vanlang.documents.services.numbering_many import number_from, void_numbers_from
from vanlang.documents.services.numbers import set_agency_mark, take_number, void_number
from vanlang.documents.services.outcomes import (
    attach_signed,
    draft_outcome,
    number_outcome,
    release_outcome,
    revise_outcome,
    sign_outcome,
    void_outcome,
)
from vanlang.documents.services.word import (
    fill_word_template,
    sample_of,
    save_word_template,
    take_finished,
)
from vanlang.documents.types import (
    ApologyForm,
    Article,
    CertifiedCopy,
    Contact,
    ControlSlip,
    DecisionLetter,
    DocumentLine,
    DocumentNumber,
    DossierRegister,
    ExtensionLine,
    Extract,
    Fact,
    FactGroup,
    HandOver,
    Head,
    Mark,
    MissingLine,
    Original,
    OutcomeCard,
    OutcomeData,
    OutcomeState,
    PageSize,
    PaperData,
    Party,
    Qr,
    ReceiptForm,
    RefusalForm,
    RegisterLine,
    RegisterRow,
    SecondIntake,
    Sheet,
    SignatureBox,
    Signer,
    StopForm,
    SupplementForm,
    WordTemplateCard,
    WrittenPaper,
)
from vanlang.documents.typesetting import compose, qr_svg, typeset

__all__ = [
    "CERTIFICATION",
    "DOSSIER_FIELDS",
    "MARKS",
    "WORDS",
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
    "NumberRefusedError",
    "Original",
    "OutcomeCard",
    "OutcomeData",
    "OutcomeRefusedError",
    "OutcomeReleased",
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
    "SheetSigner",
    "SignatureBox",
    "SignatureCheck",
    "Signer",
    "StopForm",
    "SupplementForm",
    "TemplateBrokenError",
    "TemplateField",
    "UnknownOutcomeError",
    "UnknownWordTemplateError",
    "WordTemplateCard",
    "WordTemplateRefusedError",
    "WrittenPaper",
    "attach_signed",
    "compose",
    "draft_outcome",
    "fill_word_template",
    "get_outcome",
    "head_of",
    "list_register",
    "list_word_templates",
    "number_from",
    "number_outcome",
    "qr_svg",
    "read_outcome",
    "release_outcome",
    "revise_outcome",
    "sample_of",
    "save_word_template",
    "set_agency_mark",
    "sign_outcome",
    "signer_of",
    "take_finished",
    "take_number",
    "typeset",
    "void_number",
    "void_numbers_from",
    "void_outcome",
    "word_to_pdf",
]
