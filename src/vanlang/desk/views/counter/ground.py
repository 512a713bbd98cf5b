"""What a page of intake stands on: the officer, their agency, the procedure's version and case, who decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, QueryDict

from vanlang.catalogue.api import CaseCard, VersionCard, competent_agency_for, find_procedure, get_version
from vanlang.desk.errors import NoProcedureError, NotTakenHereError
from vanlang.desk.forms import counter as forms
from vanlang.desk.forms.counter import CounterForm
from vanlang.dossiers.api import Channel
from vanlang.eforms import api as eforms
from vanlang.identity.api import Actor, actor_from
from vanlang.kernel import clock
from vanlang.organizations.api import AgencyCard, get_agency, list_agencies


@dataclass(frozen=True, slots=True)
class Ground:
    """What a page of intake stands on."""

    actor: Actor
    agency: AgencyCard
    version: VersionCard
    case: CaseCard | None
    competent_id: int | None
    wanted: Channel = Channel.DIRECT
    """How it comes; the page of an envelope that came says so."""

    @property
    def channels(self) -> tuple[Channel, ...]:
        """How this case can come: with no time limit for a channel, nothing is received over it."""
        return self.channels_of(self.case_id)

    def channels_of(self, case_id: int | None) -> tuple[Channel, ...]:
        """Return how a case can come; before a case is named, how one of them can."""
        return tuple(one for one in forms.COUNTER_CHANNELS if self.version.is_timed(one, case_id))

    @property
    def channel(self) -> Channel:
        """How it comes, as long as the page says nothing else."""
        return self.wanted if self.wanted in self.channels else self.channels[0]

    @property
    def cases(self) -> list[tuple[CaseCard, bool]]:
        """The cases, each with whether it can be received here."""
        return [(case, bool(self.channels_of(case.id))) for case in self.version.cases]

    @property
    def case_id(self) -> int | None:
        return self.case.id if self.case else None

    @property
    def definition(self) -> eforms.FormDefinition | None:
        """The electronic form of the case, if there is one today."""
        if self.case is None or not self.case.form_code:
            return None
        try:
            return eforms.get_definition(self.case.form_code, on=clock.today())
        except eforms.UnknownFormError:
            return None

    def form(self, data: QueryDict | None = None, known: Mapping[str, object] | None = None) -> CounterForm:
        """Return the form with what was sent, or with what is `known` and not judged yet."""
        if self.competent_id is not None:
            competent = [(self.competent_id, get_agency(self.competent_id, clock.today()).name)]
        else:
            competent = [(int(card.id), card.name) for card in list_agencies(clock.today())]
        return_to = [(int(self.agency.id), f"Tại đây: {self.agency.short_name}")]
        if self.competent_id not in {None, self.agency.id}:
            return_to.append((competent[0][0], competent[0][1]))
        initial = forms.blank(
            competent_id=self.competent_id, return_id=int(self.agency.id), channel=self.channel
        )
        return CounterForm(
            data,
            initial=initial | dict(known or {}),
            competent=competent,
            return_to=return_to,
            channels=self.channels,
        )


def ground_of(request: HttpRequest, code: str) -> Ground:
    """
    Return what the page of a procedure stands on.

    Raises: NoProcedureError when it takes no dossiers, NotTakenHereError when it takes none that is brought.
    """
    actor, on = actor_from(request), clock.today()
    card = find_procedure(code, on)
    if card is None or not card.is_ready or actor.agency_id is None:
        raise NoProcedureError
    version = get_version(card.version_id)
    wanted = request.GET.get("truong-hop", "")
    ground = Ground(
        actor=actor,
        agency=get_agency(actor.agency_id, on),
        version=version,
        case=version.case(int(wanted) if wanted.isdecimal() else None),
        competent_id=competent_agency_for(version.id, actor.agency_id, on),
        wanted=Channel.POSTAL if request.GET.get("kenh") == Channel.POSTAL else Channel.DIRECT,
    )
    if not ground.channels:
        raise NotTakenHereError
    return ground
