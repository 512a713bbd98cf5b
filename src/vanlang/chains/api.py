"""
Interlinked procedures: several procedures asked for at once, with one form, one date and one page for the citizen.

A *chain* is defined by data (`reference/chains/*.toml`): legs, which waits for which, who settles each, what passes
from one to the next. Birth – residence – health insurance is a file; so is any other. A leg is a dossier of its own
with its own agency, its own clock and its own history, or an errand to an agency that this house does not reach by
wire, whose answer is written by hand with its evidence.

    opened = open_chain(chain_id=…, plan_id=…, applicant=…, channel=…, answers=…, papers=[…], actor=…, at=…)
    card = get_chain(opened.chain_id, actor=…, at=…)      legs, clocks, the one date, the forecast
    get_chain_by_token(token, at=…)                       what the citizen's page shows: no name, no paper
    leg_of(dossier_id, actor=…)                    "bước 2/3 của …", for a dossier's page

Once the first leg is received the rest goes by itself: a leg starts when those before it have a result (`subscribers`
hear it), bearing the applicant's own answers, the papers that were handed in for it, and the outcomes of the legs
before. What cannot start (its agency was merged away, its procedure lost its time limit, a leg before was refused)
is blocked with the reason and waits for a person: `retry_leg`, `drop_leg`, `answer_outside`. Nothing is lost and the
other legs go on. The one date is the limit of the whole, counted by `calendars` from the receipt; the forecast beside
it says when the last leg will be done if nobody is late.
"""

from vanlang.chains.errors import (
    ChainNotFoundError,
    ChainNotOpenableError,
    LegNotPossibleError,
    NotAcceptableError,
    PlanRefusedError,
)
from vanlang.chains.labels import CHAIN_STATES, LEG_STATES, LEG_TONES
from vanlang.chains.queries import (
    AskedPaper,
    asked_papers,
    get_chain,
    get_chain_by_token,
    get_plan,
    joined_form,
    leg_of,
    list_chains,
    list_for_citizen,
    list_plans,
)
from vanlang.chains.services.deciding import answer_outside, drop_leg, note_sent, retry_leg
from vanlang.chains.services.loading import load_plans
from vanlang.chains.services.opening import Handed, open_chain
from vanlang.chains.types import (
    ChainCard,
    ChainLine,
    ChainState,
    LegCard,
    LegOf,
    LegState,
    Opened,
    Plan,
    PlanCard,
)

__all__ = [
    "CHAIN_STATES",
    "LEG_STATES",
    "LEG_TONES",
    "AskedPaper",
    "ChainCard",
    "ChainLine",
    "ChainNotFoundError",
    "ChainNotOpenableError",
    "ChainState",
    "Handed",
    "LegCard",
    "LegNotPossibleError",
    "LegOf",
    "LegState",
    "NotAcceptableError",
    "Opened",
    "Plan",
    "PlanCard",
    "PlanRefusedError",
    "answer_outside",
    "asked_papers",
    "drop_leg",
    "get_chain",
    "get_chain_by_token",
    "get_plan",
    "joined_form",
    "leg_of",
    "list_chains",
    "list_for_citizen",
    "list_plans",
    "load_plans",
    "note_sent",
    "open_chain",
    "retry_leg",
]
