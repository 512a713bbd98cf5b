"""
Petitions: what people say of the administration, with four clocks and one answer (ADR 0022).

A petition arrives from the portal, a counter, a hotline or the national system (`PetitionSource`); from outside, (source,
external id) is one petition for ever. It is in one of twelve states; one table, state × act × party → state
(`rules/flow.py`), allows acts, shows buttons and is walked by the tests. What somebody wrote, and who they are, is sealed.

    file_petition(brought=Brought(…), actor, at) → Filed      code, and a secret that is shown once
    classify(kind=…)  route(agency_id=…)  assign(…)  accept()  refuse(ground=…)  return_petition()  refer()  merge(into=…)
    ask_supplement(question=…)  supplement(text=…, key=…)  go_on()         the clock of handling stands still in between
    propose_answer(words=AnswerWords(…), leader_id=…)  send_back()  approve_answer(and_publish=…)
    publish_version(words=…)  withhold(reason=…)  unpublish(reason=…)      only what names nobody (`rules/privacy.py`)
    say_satisfaction(is_satisfied=…, key=…)                                the sender alone, never at an officer's device

    reissue_secret(code=…, proof=…, shown=…, actor, at) → Filed            at any counter, to a sender who shows who they are

**The sender** shows a `SenderKey`: signed in, the mark of the secret (`prove(code, secret)`), or the system that knows
them. **Officers** of the agency that holds a petition see it; row-level security repeats that underneath. Opening one is a
read and is recorded; lists show titles without personal data and count as none. Whom the classifier names as complained
of (`about`) sees and handles none of it; when they lead the agency that holds it, it goes above them.

**Clocks** (working days, by `calendars`): refuse, return or accept 2; ask for more 5; handle 15, paused while the sender is
asked; publish 2. No act asks whether a petition is late; lists, figures and a digest each morning do.

**A dossier** may be what it is about: then `list_about_dossier` says that it exists, to whoever shows the dossier. Nothing of
the dossier waits for it.

A synthetic province has petitions too: `generating` plans them and writes them by the hundred (ADR 0023).

**Published** answers are found by `list_published`; they are the only words here that anybody may read.
"""

from vanlang.petitions.actors import SenderKey, secret_mark
from vanlang.petitions.cards import (
    AboutCard,
    AgencyFigures,
    AnswerCard,
    ClockCard,
    LikeCard,
    MovementCard,
    PetitionLine,
    PetitionPage,
    PublishedCard,
    SenderPage,
    SentFile,
    SupplementCard,
    Told,
)
from vanlang.petitions.errors import (
    PetitionActError,
    PetitionChangedError,
    PetitionNotAcceptableError,
    PetitionNotAllowedError,
    PetitionNotFoundError,
    TooManyPetitionsError,
)
from vanlang.petitions.events import (
    PetitionAccepted,
    PetitionAnswered,
    PetitionClosed,
    PetitionFiled,
    PetitionPublished,
    PetitionSecretReissued,
    PetitionSupplementAsked,
)
from vanlang.petitions.labels import (
    ACTS,
    CLOCKS,
    FILTERS,
    GROUNDS,
    KIND_HINTS,
    KINDS,
    SENDER_STATES,
    SOURCES,
    STATES,
    TONES,
)
from vanlang.petitions.queries import (
    count_inbox,
    figures_of,
    find_external,
    get_petition,
    get_published,
    get_sender_page,
    get_text,
    is_told_alike,
    is_visible,
    list_about_dossier,
    list_for_export,
    list_inbox,
    list_of_sender,
    list_published,
    open_attachment,
    open_own_attachment,
    tell_outside,
)
from vanlang.petitions.requests import keep_receipt, open_receipt, receipt_mark, receipt_secret
from vanlang.petitions.services import (
    accept,
    approve_answer,
    ask_supplement,
    assign,
    classify,
    file_petition,
    generating,
    go_on,
    merge,
    propose_answer,
    prove,
    publish_version,
    refer,
    refuse,
    reissue_secret,
    return_petition,
    route,
    say_satisfaction,
    send_back,
    supplement,
    unpublish,
    withhold,
)
from vanlang.petitions.types import (
    AnswerWords,
    Brought,
    Filed,
    IdentityProof,
    Moved,
    PetitionAct,
    PetitionClock,
    PetitionFilter,
    PetitionGround,
    PetitionKind,
    PetitionSource,
    PetitionState,
    RepeatGround,
    SatisfactionWay,
    Sender,
    Sheet,
)

__all__ = [
    "ACTS",
    "CLOCKS",
    "FILTERS",
    "GROUNDS",
    "KINDS",
    "KIND_HINTS",
    "SENDER_STATES",
    "SOURCES",
    "STATES",
    "TONES",
    "AboutCard",
    "AgencyFigures",
    "AnswerCard",
    "AnswerWords",
    "Brought",
    "ClockCard",
    "Filed",
    "IdentityProof",
    "LikeCard",
    "Moved",
    "MovementCard",
    "PetitionAccepted",
    "PetitionAct",
    "PetitionActError",
    "PetitionAnswered",
    "PetitionChangedError",
    "PetitionClock",
    "PetitionClosed",
    "PetitionFiled",
    "PetitionFilter",
    "PetitionGround",
    "PetitionKind",
    "PetitionLine",
    "PetitionNotAcceptableError",
    "PetitionNotAllowedError",
    "PetitionNotFoundError",
    "PetitionPage",
    "PetitionPublished",
    "PetitionSecretReissued",
    "PetitionSource",
    "PetitionState",
    "PetitionSupplementAsked",
    "PublishedCard",
    "RepeatGround",
    "SatisfactionWay",
    "Sender",
    "SenderKey",
    "SenderPage",
    "SentFile",
    "Sheet",
    "SupplementCard",
    "Told",
    "TooManyPetitionsError",
    "accept",
    "approve_answer",
    "ask_supplement",
    "assign",
    "classify",
    "count_inbox",
    "figures_of",
    "file_petition",
    "find_external",
    "generating",
    "get_petition",
    "get_published",
    "get_sender_page",
    "get_text",
    "go_on",
    "is_told_alike",
    "is_visible",
    "keep_receipt",
    "list_about_dossier",
    "list_for_export",
    "list_inbox",
    "list_of_sender",
    "list_published",
    "merge",
    "open_attachment",
    "open_own_attachment",
    "open_receipt",
    "propose_answer",
    "prove",
    "publish_version",
    "receipt_mark",
    "receipt_secret",
    "refer",
    "refuse",
    "reissue_secret",
    "return_petition",
    "route",
    "say_satisfaction",
    "secret_mark",
    "send_back",
    "supplement",
    "tell_outside",
    "unpublish",
    "withhold",
]
