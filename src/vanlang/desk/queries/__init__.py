"""Questions of the desk: other apps' answers put together into pages."""

from vanlang.desk.queries.addresses import public_address
from vanlang.desk.queries.cases import answers_by_name, case_view, paper_view
from vanlang.desk.queries.drafts import (
    draft_of,
    expires_on,
    outcome_data,
    suggest_draft,
    suggest_kind,
    term_of,
)
from vanlang.desk.queries.inbox import inbox_lines, procedure_codes_of_field, time_left
from vanlang.desk.queries.signatures import check_signature, verdict_of

__all__ = [
    "answers_by_name",
    "case_view",
    "check_signature",
    "draft_of",
    "expires_on",
    "inbox_lines",
    "outcome_data",
    "paper_view",
    "procedure_codes_of_field",
    "public_address",
    "suggest_draft",
    "suggest_kind",
    "term_of",
    "time_left",
    "verdict_of",
]
