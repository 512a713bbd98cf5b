"""
Money: what is owed for a dossier, how it came, and books that cannot lie about it (ADR 0021).

A *demand* is what one payer owes for one dossier: lines from the confirmed fees of its version, case and channel, each
with its exemption and reason. It is raised when the dossier is filed or received, by a subscriber, and by whoever cannot
wait for it (`demand_for` is once). A fee that nobody confirmed, or that must be counted first, raises none and stops
nobody: it becomes an officer's question.

A *payment* is one attempt to settle it by one way (`rules/states.py`). It covers the demand exactly, or it does not count:

    demand_for(dossier_id=…, counted={fee_id: 12})  exempt(line_id=…, exemption="poor")  unexempt()  cancel_demand()
    begin_payment(demand_id=…, way=PaymentWay.BANK_QR)       → its id; `get_payment(id).reference` is what comes back
    confirm(way=…, reference=…, transaction_id=…, amount_vnd=…)   money came: booked, repeated, contradicted, or stray
    fail(reference=…)   expire(payment_id=…)                 nothing came; should it come later, it still counts
    take_cash(demand_id=…, amount_vnd=…)                     into the officer's open drawer (`ports.Till`), exactly
    carry_to_bank()   note_difference()   book_settlement()  the drawer, the count, the platform's payout
    match_stray(stray_id=…, demand_id=…)   return_stray()    money that fitted nothing: for what it was, or back
    propose_refund()   ask_refund(expected_balance=…)   confirm_refund()   decline_refund()
    issue_receipt(payment_id=…)   cancel_receipt()           a number of the agency's book, without gap; PDF and signed XML

`confirm` may be called by anybody who has checked a seal, in any order and as often as they like: the transaction's id is
booked once, by a constraint of the database. Ways that lie outside register themselves (`ports.register_way`) and are
told of what was begun and what is to go back; what they say comes in by `confirm`, `fail`, `confirm_refund`, `decline_refund`.

**The books** are double-entry, per agency: every act above is one balanced entry of `rules/ledger.py`, only added to;
the database refuses one that does not balance. `prove_books` (`manage.py payments check`) compares them with what they
are about.

A synthetic province has money too: `generating` plans what payers do, and writes it by the thousand (ADR 0023).

**Evidence for others.** `get_settlement(dossier_id)`, and for many at once `get_settlements(ids)`, say what is owed and by
which payments it was paid, with the ids of the entries that hold the money. Nothing outside this app says that
something is paid. Events (`events.py`) say when: `DemandRaised`, `PaymentBooked`, `MoneyStrayed`, `RefundAsked`,
`RefundConfirmed`. Amounts are whole đồng.
"""

from vanlang.payments.cards import (
    BookFault,
    BooksProof,
    CollectingCard,
    DemandCard,
    ExemptionCard,
    LineCard,
    PaidBy,
    PaymentCard,
    QuestionCard,
    Raised,
    ReceiptCard,
    RefundCard,
    Settlement,
    StrayCard,
    TrialBalance,
)
from vanlang.payments.errors import MoneyNotAcceptable, MoneyNotAllowed, MoneyNotFound, MoneyNotPossible
from vanlang.payments.events import DemandRaised, MoneyStrayed, PaymentBooked, RefundAsked, RefundConfirmed
from vanlang.payments.labels import DEMAND_STATES, GAPS, PAYMENT_STATES, REFUND_STATES, WAYS
from vanlang.payments.ports import OutsideWay, Till, register_till, register_way
from vanlang.payments.queries import (
    find_collecting,
    find_demand,
    find_demand_by_code,
    find_exemption,
    find_payment_by_reference,
    get_demand,
    get_lines_of,
    get_payment,
    get_receipt,
    get_refund,
    get_settlement,
    get_settlements,
    get_stray,
    has_strayed,
    house_agency,
    is_payment_in_cash,
    list_exemptions,
    list_questions,
    list_receipts,
    list_refunds,
    list_strays,
    list_unpaid,
    owed_at,
    prove_books,
    read_xml,
    trial_balance,
)
from vanlang.payments.rules.bank_qr import encode as encode_bank_qr
from vanlang.payments.rules.before import Moment
from vanlang.payments.rules.matching import Arriving
from vanlang.payments.rules.words import dong_in_words
from vanlang.payments.services import (
    Confirmed,
    ask_refund,
    begin_payment,
    book_settlement,
    cancel_demand,
    cancel_receipt,
    carry_to_bank,
    complete_receipt,
    confirm,
    confirm_refund,
    decline_refund,
    demand_for,
    exempt,
    expire,
    fail,
    generating,
    is_open,
    issue_receipt,
    match_stray,
    note_difference,
    price_of,
    propose_refund,
    return_stray,
    set_account,
    set_pay_address,
    take_cash,
    unexempt,
)
from vanlang.payments.types import (
    BankAccount,
    DemandState,
    FeeGap,
    LedgerAccount,
    Occasion,
    PaymentState,
    PaymentWay,
    RefundState,
    StrayReason,
    StrayState,
    TransferRequest,
)

__all__ = [
    "DEMAND_STATES",
    "GAPS",
    "PAYMENT_STATES",
    "REFUND_STATES",
    "WAYS",
    "Arriving",
    "BankAccount",
    "BookFault",
    "BooksProof",
    "CollectingCard",
    "Confirmed",
    "DemandCard",
    "DemandRaised",
    "DemandState",
    "ExemptionCard",
    "FeeGap",
    "LedgerAccount",
    "LineCard",
    "Moment",
    "MoneyNotAcceptable",
    "MoneyNotAllowed",
    "MoneyNotFound",
    "MoneyNotPossible",
    "MoneyStrayed",
    "Occasion",
    "OutsideWay",
    "PaidBy",
    "PaymentBooked",
    "PaymentCard",
    "PaymentState",
    "PaymentWay",
    "QuestionCard",
    "Raised",
    "ReceiptCard",
    "RefundAsked",
    "RefundCard",
    "RefundConfirmed",
    "RefundState",
    "Settlement",
    "StrayCard",
    "StrayReason",
    "StrayState",
    "Till",
    "TransferRequest",
    "TrialBalance",
    "ask_refund",
    "begin_payment",
    "book_settlement",
    "cancel_demand",
    "cancel_receipt",
    "carry_to_bank",
    "complete_receipt",
    "confirm",
    "confirm_refund",
    "decline_refund",
    "demand_for",
    "dong_in_words",
    "encode_bank_qr",
    "exempt",
    "expire",
    "fail",
    "find_collecting",
    "find_demand",
    "find_demand_by_code",
    "find_exemption",
    "find_payment_by_reference",
    "generating",
    "get_demand",
    "get_lines_of",
    "get_payment",
    "get_receipt",
    "get_refund",
    "get_settlement",
    "get_settlements",
    "get_stray",
    "has_strayed",
    "house_agency",
    "is_open",
    "is_payment_in_cash",
    "issue_receipt",
    "list_exemptions",
    "list_questions",
    "list_receipts",
    "list_refunds",
    "list_strays",
    "list_unpaid",
    "match_stray",
    "note_difference",
    "owed_at",
    "price_of",
    "propose_refund",
    "prove_books",
    "read_xml",
    "register_till",
    "register_way",
    "return_stray",
    "set_account",
    "set_pay_address",
    "take_cash",
    "trial_balance",
    "unexempt",
]
