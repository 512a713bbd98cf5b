"""The books, asked: what every account has, and whether all of it holds."""

from __future__ import annotations

import datetime as dt

from django.db import connection
from django.db.models import Q, Sum

from vanlang.kernel.clock import VIETNAM
from vanlang.payments.cards import BookFault, BooksProof, TrialBalance
from vanlang.payments.models import Demand, Entry, EntryLeg, Payment
from vanlang.payments.types import LedgerAccount


def trial_balance(agency_id: int, from_on: dt.date, to_on: dt.date) -> TrialBalance:
    """Return the balance of every account of an agency before and after a half-open period, and what moved in it."""
    begins, ends = (dt.datetime.combine(day, dt.time(), VIETNAM) for day in (from_on, to_on))
    within = Q(entry__at__gte=begins, entry__at__lt=ends)
    rows = (
        EntryLeg.objects.filter(agency_id=agency_id, entry__at__lt=ends)
        .values("account")
        .annotate(
            before=Sum("vnd", filter=Q(entry__at__lt=begins), default=0),
            debit=Sum("vnd", filter=within & Q(vnd__gt=0), default=0),
            credit=Sum("vnd", filter=within & Q(vnd__lt=0), default=0),
        )
    )
    found = {LedgerAccount(row["account"]): row for row in rows}
    known = [account for account in LedgerAccount if account in found]
    return TrialBalance(
        agency_id=agency_id,
        before={account: int(found[account]["before"]) for account in known},
        debit={account: int(found[account]["debit"]) for account in known},
        credit={account: -int(found[account]["credit"]) for account in known},
        after={
            account: int(sum(found[account][part] for part in ("before", "debit", "credit")))
            for account in known
        },
    )


_CHECKS = {
    # every entry balances, within its own agency
    "entry_unbalanced": """
        SELECT entry.id::text, 0, COALESCE(sum(leg.vnd), 0) FROM payments_entry AS entry
        LEFT JOIN payments_entryleg AS leg ON leg.entry_id = entry.id
        GROUP BY entry.id HAVING COALESCE(sum(leg.vnd), 0) <> 0 OR count(leg.id) < 2
            OR bool_or(leg.agency_id <> entry.agency_id)""",
    # what demands say is owed, and what is on its way back of paid ones, is what the books say payers owe
    "receivable_differs": """
        SELECT agency.id::text, COALESCE(demands.vnd, 0), COALESCE(books.vnd, 0)
        FROM organizations_agency AS agency
        LEFT JOIN (
            SELECT agency_id, sum(vnd) AS vnd FROM (
                SELECT agency_id, amount_vnd AS vnd FROM payments_demand WHERE state = 'open'
                UNION ALL
                SELECT agency_id, amount_vnd FROM payments_refund WHERE state = 'asked' AND payment_id IS NOT NULL
            ) AS owed GROUP BY agency_id
        ) AS demands ON demands.agency_id = agency.id
        LEFT JOIN (
            SELECT agency_id, sum(vnd) AS vnd FROM payments_entryleg WHERE account = 'receivable' GROUP BY agency_id
        ) AS books ON books.agency_id = agency.id
        WHERE COALESCE(demands.vnd, 0) <> COALESCE(books.vnd, 0)""",
    # a demand is the sum of its lines
    "demand_differs_from_lines": """
        SELECT demand.id::text, demand.amount_vnd, COALESCE(sum(line.owed_vnd), 0) FROM payments_demand AS demand
        LEFT JOIN payments_demandline AS line ON line.demand_id = demand.id
        GROUP BY demand.id HAVING demand.amount_vnd <> COALESCE(sum(line.owed_vnd), 0)""",
    # a demand is paid when a payment covers it, exactly, and not otherwise
    "demand_not_covered": """
        SELECT demand.id::text, CASE demand.state WHEN 'paid' THEN demand.amount_vnd ELSE 0 END, covered.vnd
        FROM payments_demand AS demand CROSS JOIN LATERAL (
            SELECT COALESCE(sum(payment.amount_vnd), 0) AS vnd FROM payments_payment AS payment
            WHERE payment.demand_id = demand.id AND payment.state IN ('booked', 'refunding')
        ) AS covered
        WHERE covered.vnd <> CASE demand.state WHEN 'paid' THEN demand.amount_vnd ELSE 0 END""",
    # money that a payment says came is in the books once
    "payment_not_in_books": """
        SELECT payment.id::text, payment.amount_vnd, COALESCE(sum(leg.vnd), 0) FROM payments_payment AS payment
        LEFT JOIN payments_entry AS entry ON entry.payment_id = payment.id AND entry.occasion IN (
            'paid_by_platform', 'paid_by_bank', 'paid_in_cash', 'stray_matched')
        LEFT JOIN payments_entryleg AS leg ON leg.entry_id = entry.id AND leg.vnd > 0
        WHERE payment.booked_at IS NOT NULL
        GROUP BY payment.id HAVING COALESCE(sum(leg.vnd), 0) <> payment.amount_vnd""",
    # money laid aside and not explained is what suspense has, but for what drawers were counted with
    "suspense_differs": """
        SELECT agency.id::text, COALESCE(strays.vnd, 0), COALESCE(books.vnd, 0)
        FROM organizations_agency AS agency
        LEFT JOIN (
            SELECT agency_id, sum(amount_vnd) AS vnd FROM payments_stray WHERE state = 'open' GROUP BY agency_id
        ) AS strays ON strays.agency_id = agency.id
        LEFT JOIN (
            SELECT leg.agency_id, -sum(leg.vnd) AS vnd FROM payments_entryleg AS leg
            JOIN payments_entry AS entry ON entry.id = leg.entry_id
            WHERE leg.account = 'suspense' AND entry.occasion NOT IN ('drawer_over', 'drawer_short')
            GROUP BY leg.agency_id
        ) AS books ON books.agency_id = agency.id
        WHERE COALESCE(strays.vnd, 0) <> COALESCE(books.vnd, 0)""",
    # what closed days left, and nobody cleared, is what the account of differences has
    "differences_differ": """
        SELECT agency.id::text, COALESCE(carried.vnd, 0), COALESCE(books.vnd, 0)
        FROM organizations_agency AS agency
        LEFT JOIN (
            SELECT agency_id, sum(vnd) AS vnd FROM payments_carrieddifference WHERE cleared_at IS NULL GROUP BY agency_id
        ) AS carried ON carried.agency_id = agency.id
        LEFT JOIN (
            SELECT agency_id, sum(vnd) AS vnd FROM payments_entryleg WHERE account = 'differences' GROUP BY agency_id
        ) AS books ON books.agency_id = agency.id
        WHERE COALESCE(carried.vnd, 0) <> COALESCE(books.vnd, 0)""",
    # money asked back is what the account of refunds has
    "refunds_differ": """
        SELECT agency.id::text, COALESCE(asked.vnd, 0), COALESCE(books.vnd, 0)
        FROM organizations_agency AS agency
        LEFT JOIN (
            SELECT agency_id, sum(amount_vnd) AS vnd FROM payments_refund WHERE state = 'asked' GROUP BY agency_id
        ) AS asked ON asked.agency_id = agency.id
        LEFT JOIN (
            SELECT agency_id, -sum(vnd) AS vnd FROM payments_entryleg WHERE account = 'refunds' GROUP BY agency_id
        ) AS books ON books.agency_id = agency.id
        WHERE COALESCE(asked.vnd, 0) <> COALESCE(books.vnd, 0)""",
}  # fmt: skip


def prove_books() -> BooksProof:
    """Check all books against themselves and against what they are about; in one snapshot when the caller has one."""
    faults = []
    with connection.cursor() as cursor:
        for what, statement in _CHECKS.items():
            cursor.execute(statement)
            faults += [
                BookFault(what=what, key=str(key), expected_vnd=int(expected), found_vnd=int(found))
                for key, expected, found in cursor.fetchall()
            ]
    return BooksProof(
        entries=Entry.objects.count(),
        demands=Demand.objects.count(),
        payments=Payment.objects.count(),
        faults=tuple(faults),
    )
