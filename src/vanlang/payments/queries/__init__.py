"""Questions about money. Row-level security lies under all of them: what is not shown is not there."""

from vanlang.payments.queries.books import prove_books, trial_balance
from vanlang.payments.queries.demands import (
    find_demand,
    find_demand_by_code,
    get_demand,
    get_lines_of,
    get_payment,
    has_strayed,
    is_payment_in_cash,
    list_payments_to_expire,
    list_unpaid,
    owed_at,
)
from vanlang.payments.queries.exemptions import find_exemption, list_exemptions
from vanlang.payments.queries.places import find_collecting, house_agency
from vanlang.payments.queries.receipts import get_receipt, list_incomplete, list_receipts, read_xml
from vanlang.payments.queries.settlements import get_settlement, get_settlements
from vanlang.payments.queries.tasks import (
    find_payment_by_reference,
    get_refund,
    get_stray,
    list_questions,
    list_refunds,
    list_strays,
)

__all__ = [
    "find_collecting",
    "find_demand",
    "find_demand_by_code",
    "find_exemption",
    "find_payment_by_reference",
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
    "is_payment_in_cash",
    "list_exemptions",
    "list_incomplete",
    "list_payments_to_expire",
    "list_questions",
    "list_receipts",
    "list_refunds",
    "list_strays",
    "list_unpaid",
    "owed_at",
    "prove_books",
    "read_xml",
    "trial_balance",
]
