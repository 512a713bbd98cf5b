"""
A dossier from receipt to delivery.

**What it is.** One request of one applicant under one version of one procedure. It is in one of seventeen states
(`State`); who must act next, where it lies and which clock runs are columns of one table (`rules/states.py`). What can
be done to it is a legal act (`Act`); one other table, state × act × actor → state (`rules/transitions.py`), decides
whether it may be done, shows the buttons, draws the diagram (docs/reference/dossier-states.md) and is walked by the
tests. Nothing else changes a state, and no act asks whether a dossier is late: lateness warns and counts.

**The acts**, one command each. All take `dossier_id`, `actor`, `at` and `expected_version` (the `version` that the page
was shown with; a stale one is answered by `ChangedMeanwhile`, who and when) and return `Moved`:

    submit(filing=…)  receive_at_counter(filing=…)                file; or file and receive at once
    receive()         refuse(reasons=[…])                         code and appointment; or form 03
    request_supplement(items=[…])  answer_supplement(answers=[…]) everything at once, before or after receipt; form 02
    propose_supplement(items=[…], again=Again(…))  approve_supplement()  decline_supplement(reason=…)
                                                                  a second time during processing: by the leader
    hand_over(unit_id=…)  assign(to_appointment_id=…)  claim()    to a tray; to an officer; out of the tray
    consult(agency_ids=[…], question=…, days=5)                   other agencies, seated until they answer: the limit pauses
    consult_unit(unit_ids=[…], question=…, days=5)                units of the same agency: the limit runs on
    give_opinion(opinion=…)  forgo_opinion(opinion_id=…, reason=…) each with its own time; late and missing ones are shown
    close_phase(obligation=…)  fulfil_obligation(papers=(…))      between two phases of a process; form 01 again
    propose(draft=Draft(…), to_appointment_id=…, address_of=…)    an outcome before the leader
    endorse()  approve()  return_for_rework(reason=…)             by levels of leadership, as the process names them
    sign()  or  prepare_to_sign() → sign(signer=pdf)              the leader's key in this house, or a page signed elsewhere
    release()                                                     the clerk issues it, its signature verified: on time or late
    extend(more=TimeLimit(…), reason=…)                           apology and new appointment; form 04
    explain_delay(reason=…)  drop_apology(reason=…)               of the apology that a job drafts a working day ahead
    stop(reason=…)  withdraw()                                    form 05; at the applicant's wish
    deliver(channel=…, receiver=…)
    reopen(reason=…, to_appointment_id=…, days=3)  keep_outcome(reason=…)   correct what was issued, with a clock of its own
    revoke(reason=…, number=…, revoked_on=…)                      out of force by a decision
    adopt(filing=…, elsewhere=Elsewhere(…))                      from another system, idempotent by its code there

`add_scans(papers=[…])` adds scans of what was handed in: no act, nothing moves.
`hand_over_many` and `assign_many` are the same acts for a list: each dossier is its own transaction, and `BulkResult`
names what was refused and why. `submit` with a `dossier_id` of the caller's is idempotent.

`transfer` moves the open work of an officer, a unit or an agency that is gone, a batch in one transaction, on
an officer's order: each keeps its due date and gets a movement (`TRANSFER`, or back into a tray, or back to be written
anew where another agency decides now). `list_transferable` says before what would go where, and what would stay.

An act is one transaction: the dossier locked, seen (`access`), allowed (`may`), moved; its movement, its audit record and
its event (`events.py`) written with it. Refusals are `ActNotAllowed` (403), `ActNotPossible` (409), `NotAcceptable` (422),
`DossierNotFound` (404, also for what is not yours to know), each with code and facts; `kernel.labels.sentence_of` has
the Vietnamese sentence and what to do now. `allowed_acts` on a page is the same rule, so a button never lies.

**Who is who.** Five facts, written at filing and never inferred later: subject (whose matter), applicant (in whose
name), operator (whose hand: taken from who acts), payer, recipient. Left out of a `Filing`, subject, payer and recipient
are the applicant. Each is a person or a legal entity. Who stood up for the applicant is the `agent`; on what `Authority`
is looked up, and "none shown" is an answer, not a refusal.

**Who may see.** An agency sits at a dossier by its *seat*: it takes in, decides, advises, or returns, and one agency may
wear several of these hats. Officers see the dossiers at which their agency sits; citizens those they filed or that were
filed for them, and those of the legal entity for which they act; payer and recipient alone none; administrators none. One rule (`rules/access.py: sight_of`) is read as object check and as list filter,
and row-level security in PostgreSQL repeats it underneath; seats are written by the database from the dossier's row.
Commands work in the scope of the caller (`kernel.scope`), with no more sight than the actor has.

**Questions.**

    list_inbox(actor, filter=InboxFilter.MINE, at=…, text=…, page=1) → Page of masked SeatCards; no read
    list_in_states(actor, states={…}, at=…, hat=…)  → a pile in its order, masked, the same cards
    search_inbox(actor, InboxQuery(…), at=…, after=…)  → Listing: filtered, sorted, onward by keys
    count_inbox(actor, at=…)                        → {filter: count}, one query
    get_dossier_page(id or code, actor=…, purpose=…, at=…) → DossierPage; the read is written first
    open_paper(id, attachment_id=…)  open_outcome(id)   before a file is shown to an officer; the read is written first
    list_for_citizen(actor, at=…)  get_for_citizen(id or code, actor=…, at=…)
    list_similar(procedure_code=…, parties=…, actor=…, at=…)   what may be the same matter: a warning, masked
    track(code=…, second_fact=…, at=…)              → PublicStatus, throttled: last 4 digits of personal id or telephone
    get_by_public_token(token, at=…)                → PublicStatus: what the code on a receipt or outcome leads to
    get_briefs(ids, actor=…)                        → where they stand, for apps that keep things about them; no personal data
    explain_due(id or code, actor=…)                → the due date line by line
    list_register(RegisterFilter(…))  export_register()  print_register(volume=…)   form 07: masked on the screen, logged exports
    list_apologies(actor)  list_second_requests(actor)   what waits for the leader beside the inbox
    list_unsent_apologies(actor, since=…)           drafted, and not needed: the dossier was done in time
    print_form(id or code, form=Form.RECEIPT, address_of=…, actor=…, at=…) → PDF/A
    find_standing_of(id or code)                    → Standing: whose it is and what is asked, for a message about it
    list_told(ids)  list_told_steps(pairs)          → what another system is told, many at once; iterate_tellable(from_at=…, to_at=…)
    iterate_received(first_on, last_on)  list_compared(codes=…)  → codes, days, states, numbers alone: what two systems compare
    prove(at)                                       → Proof: every open dossier has an owner, a clock and a next step
    list_stuck(agency_id, at)  count_stuck(agency_id) → StuckCards: what lies still at an agency and why, alarms first

**Nothing lies still unseen.** Each hour a job notes what the proof finds and what did not move for days beyond its step
(`StuckReason`); what stands so for more than a working day is an alarm, told once by `DossierStuck`.

**After a release** the citizen has the electronic outcome at once. Its paper is a second delivery with a road of its own
(`rules/paper_copies.py`, `move_paper_copy`); no clock hangs on it. `rate` keeps what the citizen says of the dossier: never a condition
for anything, never by staff, shown to officers only as figures of five ratings and more.

**Time** is `calendars': receipt, limit, pauses and extensions are kept as facts, and the due date is asked again
whenever one is added; when days off or office hours change, by a job for every dossier that rests on them (a due
change of kind `CALENDAR`, `DossierDueMoved`). The limit pauses only in the two states that wait for the citizen or for
another agency.
"""

from vanlang.dossiers.cards import (
    ActButton,
    AttachmentCard,
    CitizenCard,
    CorrectionCard,
    DossierBrief,
    DossierPage,
    DraftedApology,
    DueChangeCard,
    Listing,
    MovementCard,
    MoveNews,
    OpinionCard,
    OutcomeInfo,
    Owner,
    Page,
    PrecedentCard,
    Precedents,
    ProposedSupplement,
    PublicStatus,
    SeatCard,
    SimilarDossier,
    StuckCard,
    SupplementCard,
    SupplementItemCard,
    TransferCandidate,
    WhoIsWho,
)
from vanlang.dossiers.errors import (
    ActNotAllowed,
    ActNotPossible,
    ChangedMeanwhile,
    DossierNotFound,
    NotAcceptable,
    TooManyTries,
)
from vanlang.dossiers.events import (
    ApologyDrafted,
    DossierDelivered,
    DossierDueMoved,
    DossierEvent,
    DossierExtended,
    DossierMoved,
    DossierReceived,
    DossierRefused,
    DossierReopened,
    DossierStopped,
    DossierStuck,
    DossierSubmitted,
    DossierWithdrawn,
    ObligationFulfilled,
    ObligationRequested,
    OpinionAsked,
    OutcomeApproved,
    OutcomeReleased,
    OutcomeReplaced,
    OutcomeRevoked,
    OutcomeSigned,
    SupplementAnswered,
    SupplementProposed,
    SupplementRequested,
)
from vanlang.dossiers.labels import (
    ACTS,
    AGAIN_GROUNDS,
    AUTHORITIES,
    CHANNELS,
    CITIZEN_STATES,
    CLOCKS,
    FORMS,
    HATS,
    INBOX_FILTERS,
    MEDIA,
    OPINIONS,
    OUTCOME_KINDS,
    PAPER_ACTS,
    PAPER_STATES,
    PARTIES,
    RATING_QUESTIONS,
    REGISTER_PARTS,
    STATES,
    TIMELINESS,
)
from vanlang.dossiers.queries import (
    CallBack,
    ComparedDossier,
    HelpMonth,
    InboxQuery,
    OpenCount,
    OpenLine,
    PaperCopyCard,
    Proof,
    RatingCard,
    RatingSummary,
    Standing,
    ToldDossier,
    ToldOutcome,
    ToldPaper,
    ToldStep,
    ToldSupplement,
    Violation,
    count_help,
    count_inbox,
    count_open_under,
    count_received,
    count_standing,
    count_stuck,
    earlier_national,
    explain_due,
    find_adopted,
    find_dossier_id,
    find_paper_copy,
    find_standing_of,
    get_answers,
    get_briefs,
    get_by_public_token,
    get_dossier_page,
    get_for_citizen,
    iterate_received,
    iterate_tellable,
    list_call_backs,
    list_compared,
    list_for_citizen,
    list_in_states,
    list_inbox,
    list_moves_since,
    list_open_under,
    list_paper_copies,
    list_precedents,
    list_seat_cards,
    list_similar,
    list_stuck,
    list_told,
    list_told_steps,
    list_transferable,
    open_outcome,
    open_paper,
    prove,
    rating_of,
    rating_summary,
    require_seat,
    search_inbox,
    template_facts,
    why_no_scans,
)
from vanlang.dossiers.queries.register import RegisterFilter, count_register, list_register
from vanlang.dossiers.queries.tasks import list_apologies, list_second_requests, list_unsent_apologies
from vanlang.dossiers.rules.acts import Act
from vanlang.dossiers.rules.adopting import ADOPTABLE, Course, PastAct, may_adopt
from vanlang.dossiers.rules.codes import DossierCode
from vanlang.dossiers.rules.lateness import Timeliness
from vanlang.dossiers.rules.masking import mask_email, mask_name, mask_personal_id, mask_phone
from vanlang.dossiers.rules.opinions import OpinionStatus
from vanlang.dossiers.rules.paper_copies import PaperAct, PaperState
from vanlang.dossiers.rules.parties import Authority
from vanlang.dossiers.rules.rating import LEAST as LEAST_RATINGS
from vanlang.dossiers.rules.rating import RATEABLE, RatingQuestion, Tally
from vanlang.dossiers.rules.rehearsing import Rehearsal, Stride, rehearse
from vanlang.dossiers.rules.states import FINAL, OPEN, Clock, Hat, NationalCode, Party, State, national_code
from vanlang.dossiers.rules.steps import Phase, Step
from vanlang.dossiers.rules.stuck import StuckReason
from vanlang.dossiers.rules.supplement import Again, AgainGround, ItemKind, SupplementItem
from vanlang.dossiers.services import (
    BulkResult,
    Elsewhere,
    Moved,
    RatedDossier,
    Refused,
    Transferred,
    add_scans,
    adopt,
    answer_supplement,
    approve,
    approve_supplement,
    assign,
    assign_many,
    claim,
    close_phase,
    consult,
    consult_unit,
    decline_supplement,
    deliver,
    drop_apology,
    endorse,
    explain_delay,
    extend,
    find_filed,
    forgo_opinion,
    fulfil_obligation,
    generating,
    get_rated,
    give_opinion,
    hand_over,
    hand_over_many,
    keep_outcome,
    move_paper_copy,
    prepare_to_sign,
    print_form,
    propose,
    propose_supplement,
    rate,
    receive,
    receive_at_counter,
    refuse,
    release,
    reopen,
    request_supplement,
    return_for_rework,
    revoke,
    sign,
    stop,
    submit,
    track,
    transfer,
    withdraw,
)
from vanlang.dossiers.services.registers import export_register, print_register, volumes_of
from vanlang.dossiers.types import (
    AddressOf,
    Answer,
    AttachmentKind,
    Channel,
    Draft,
    DueChangeKind,
    Filing,
    Form,
    InboxFilter,
    InboxSort,
    Medium,
    OutcomeKind,
    OwnerKind,
    Paper,
    PartyFacts,
    RegisterPart,
    TransferFrom,
    TransferTo,
)

__all__ = [
    "ACTS",
    "ADOPTABLE",
    "AGAIN_GROUNDS",
    "AUTHORITIES",
    "CHANNELS",
    "CITIZEN_STATES",
    "CLOCKS",
    "FINAL",
    "FORMS",
    "HATS",
    "INBOX_FILTERS",
    "LEAST_RATINGS",
    "MEDIA",
    "OPEN",
    "OPINIONS",
    "OUTCOME_KINDS",
    "PAPER_ACTS",
    "PAPER_STATES",
    "PARTIES",
    "RATEABLE",
    "RATING_QUESTIONS",
    "REGISTER_PARTS",
    "STATES",
    "TIMELINESS",
    "Act",
    "ActButton",
    "ActNotAllowed",
    "ActNotPossible",
    "AddressOf",
    "Again",
    "AgainGround",
    "Answer",
    "ApologyDrafted",
    "AttachmentCard",
    "AttachmentKind",
    "Authority",
    "BulkResult",
    "CallBack",
    "ChangedMeanwhile",
    "Channel",
    "CitizenCard",
    "Clock",
    "ComparedDossier",
    "CorrectionCard",
    "Course",
    "DossierBrief",
    "DossierCode",
    "DossierDelivered",
    "DossierDueMoved",
    "DossierEvent",
    "DossierExtended",
    "DossierMoved",
    "DossierNotFound",
    "DossierPage",
    "DossierReceived",
    "DossierRefused",
    "DossierReopened",
    "DossierStopped",
    "DossierStuck",
    "DossierSubmitted",
    "DossierWithdrawn",
    "Draft",
    "DraftedApology",
    "DueChangeCard",
    "DueChangeKind",
    "Elsewhere",
    "Filing",
    "Form",
    "Hat",
    "HelpMonth",
    "InboxFilter",
    "InboxQuery",
    "InboxSort",
    "ItemKind",
    "Listing",
    "Medium",
    "MoveNews",
    "Moved",
    "MovementCard",
    "NationalCode",
    "NotAcceptable",
    "ObligationFulfilled",
    "ObligationRequested",
    "OpenCount",
    "OpenLine",
    "OpinionAsked",
    "OpinionCard",
    "OpinionStatus",
    "OutcomeApproved",
    "OutcomeInfo",
    "OutcomeKind",
    "OutcomeReleased",
    "OutcomeReplaced",
    "OutcomeRevoked",
    "OutcomeSigned",
    "Owner",
    "OwnerKind",
    "Page",
    "Paper",
    "PaperAct",
    "PaperCopyCard",
    "PaperState",
    "Party",
    "PartyFacts",
    "PastAct",
    "Phase",
    "PrecedentCard",
    "Precedents",
    "Proof",
    "ProposedSupplement",
    "PublicStatus",
    "RatedDossier",
    "RatingCard",
    "RatingQuestion",
    "RatingSummary",
    "Refused",
    "RegisterFilter",
    "RegisterPart",
    "Rehearsal",
    "SeatCard",
    "SimilarDossier",
    "Standing",
    "State",
    "Step",
    "Stride",
    "StuckCard",
    "StuckReason",
    "SupplementAnswered",
    "SupplementCard",
    "SupplementItem",
    "SupplementItemCard",
    "SupplementProposed",
    "SupplementRequested",
    "Tally",
    "Timeliness",
    "ToldDossier",
    "ToldOutcome",
    "ToldPaper",
    "ToldStep",
    "ToldSupplement",
    "TooManyTries",
    "TransferCandidate",
    "TransferFrom",
    "TransferTo",
    "Transferred",
    "Violation",
    "WhoIsWho",
    "add_scans",
    "adopt",
    "answer_supplement",
    "approve",
    "approve_supplement",
    "assign",
    "assign_many",
    "claim",
    "close_phase",
    "consult",
    "consult_unit",
    "count_help",
    "count_inbox",
    "count_open_under",
    "count_received",
    "count_register",
    "count_standing",
    "count_stuck",
    "decline_supplement",
    "deliver",
    "drop_apology",
    "earlier_national",
    "endorse",
    "explain_delay",
    "explain_due",
    "export_register",
    "extend",
    "find_adopted",
    "find_dossier_id",
    "find_filed",
    "find_paper_copy",
    "find_standing_of",
    "forgo_opinion",
    "fulfil_obligation",
    "generating",
    "get_answers",
    "get_briefs",
    "get_by_public_token",
    "get_dossier_page",
    "get_for_citizen",
    "get_rated",
    "give_opinion",
    "hand_over",
    "hand_over_many",
    "iterate_received",
    "iterate_tellable",
    "keep_outcome",
    "list_apologies",
    "list_call_backs",
    "list_compared",
    "list_for_citizen",
    "list_in_states",
    "list_inbox",
    "list_moves_since",
    "list_open_under",
    "list_paper_copies",
    "list_precedents",
    "list_register",
    "list_seat_cards",
    "list_second_requests",
    "list_similar",
    "list_stuck",
    "list_told",
    "list_told_steps",
    "list_transferable",
    "list_unsent_apologies",
    "mask_email",
    "mask_name",
    "mask_personal_id",
    "mask_phone",
    "may_adopt",
    "move_paper_copy",
    "national_code",
    "open_outcome",
    "open_paper",
    "prepare_to_sign",
    "print_form",
    "print_register",
    "propose",
    "propose_supplement",
    "prove",
    "rate",
    "rating_of",
    "rating_summary",
    "receive",
    "receive_at_counter",
    "refuse",
    "rehearse",
    "release",
    "reopen",
    "request_supplement",
    "require_seat",
    "return_for_rework",
    "revoke",
    "search_inbox",
    "sign",
    "stop",
    "submit",
    "template_facts",
    "track",
    "transfer",
    "volumes_of",
    "why_no_scans",
    "withdraw",
]
