from vanlang.payments.models.books import Entry, EntryLeg
from vanlang.payments.models.carried import CarriedDifference
from vanlang.payments.models.demands import Demand, DemandLine, FeeQuestion
from vanlang.payments.models.held import HeldStatement
from vanlang.payments.models.money import Payment, Refund, Stray
from vanlang.payments.models.places import CollectingAccount
from vanlang.payments.models.receipts import FeeReceipt
from vanlang.payments.models.reconciling import (
    DayClose,
    MoneyDifference,
    MonthClose,
    StatementImport,
    StatementRow,
)
from vanlang.payments.models.wire import FalseSeal, Inquiry

__all__ = [
    "CarriedDifference",
    "CollectingAccount",
    "DayClose",
    "Demand",
    "DemandLine",
    "Entry",
    "EntryLeg",
    "FalseSeal",
    "FeeQuestion",
    "FeeReceipt",
    "HeldStatement",
    "Inquiry",
    "MoneyDifference",
    "MonthClose",
    "Payment",
    "Refund",
    "StatementImport",
    "StatementRow",
    "Stray",
]
