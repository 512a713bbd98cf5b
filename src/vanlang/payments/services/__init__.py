"""The commands of money: each is one transaction, and writes into the books, the log and the queue of events together."""

from vanlang.payments.services.cash import carry_to_bank, note_difference, take_cash
from vanlang.payments.services.collecting import set_account
from vanlang.payments.services.demanding import cancel_demand, demand_for, exempt, price_of, unexempt
from vanlang.payments.services.paying import (
    Confirmed,
    begin_payment,
    confirm,
    expire,
    fail,
    is_open,
    set_pay_address,
)
from vanlang.payments.services.receipting import cancel_receipt, complete_receipt, issue_receipt
from vanlang.payments.services.refunding import ask_refund, confirm_refund, decline_refund, propose_refund
from vanlang.payments.services.settling import book_settlement
from vanlang.payments.services.straying import match_stray, return_stray

__all__ = [
    "Confirmed",
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
    "exempt",
    "expire",
    "fail",
    "is_open",
    "issue_receipt",
    "match_stray",
    "note_difference",
    "price_of",
    "propose_refund",
    "return_stray",
    "set_account",
    "set_pay_address",
    "take_cash",
    "unexempt",
]
