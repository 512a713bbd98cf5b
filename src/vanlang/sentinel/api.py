"""
Sync sentinel: proves that our side and another system hold the same, and says where they do not.

**It knows records, not dossiers.** An app that speaks with a system registers a *comparison* (`ports.py`): how our records
are streamed, how the other side is asked, who owns the state of each, what is still under way, how to tell again and how
to fetch. From then on every night, and whenever somebody asks,

    our records ──▶ a forest of hashes ──┐
                                         ├─▶ go down where they differ ─▶ differences ─▶ remedy, or a person
    their digests, list or export ───────┘

and what differs is one row that stays the same row until a later comparison does not find it any more. Whoever owns the
state is believed: ours is sent again, theirs is fetched, at most twice by itself; what no lost message can explain is a
person's from the start, and so is everything when so much differs that the other side must be another copy (ADR 0020).
Format and questions: docs/reference/sentinel.md, for whoever wants to be compared with us.

    register_comparison(comparison)                        in `ready` of the app that knows the system
    ask_run(system=…, first_on=…, last_on=…, at=…)  carry_out(run_id=…, clock=…)
    list_differences(actor, …)  get_difference(id, actor=…)   an agency's own, or all for administrators
    prove_month(system, year, month)                       day by day, with counts and digests

**What is kept** of a record is what is compared: code, agency, state, days, numbers of results. No name, no text.
"""

from vanlang.sentinel.errors import (
    DifferenceNotFoundError,
    ExportError,
    RangeError,
    RemedyNotPossibleError,
    RunGoesOnError,
    RunNotFoundError,
    SystemNotComparedError,
)
from vanlang.sentinel.ports import Comparison, CountsItself, Other, forget, register_comparison
from vanlang.sentinel.queries.differences import count_open, get_difference, list_differences
from vanlang.sentinel.queries.runs import get_run, last_done, prove_month
from vanlang.sentinel.services.asking import ask_run
from vanlang.sentinel.services.comparing import carry_out
from vanlang.sentinel.types import (
    DifferenceKind,
    DifferenceState,
    Lens,
    MonthProof,
    Node,
    Path,
    Record,
    Remedy,
    RunCard,
    RunState,
    StateOwner,
    Traffic,
    Way,
)

__all__ = [
    "Comparison",
    "CountsItself",
    "DifferenceKind",
    "DifferenceNotFoundError",
    "DifferenceState",
    "ExportError",
    "Lens",
    "MonthProof",
    "Node",
    "Other",
    "Path",
    "RangeError",
    "Record",
    "Remedy",
    "RemedyNotPossibleError",
    "RunCard",
    "RunGoesOnError",
    "RunNotFoundError",
    "RunState",
    "StateOwner",
    "SystemNotComparedError",
    "Traffic",
    "Way",
    "ask_run",
    "carry_out",
    "count_open",
    "forget",
    "get_difference",
    "get_run",
    "last_done",
    "list_differences",
    "prove_month",
    "register_comparison",
]
