"""What an officer typed and ticked for one dossier: blank, shown again as it stands, or judged."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from django.http import HttpRequest, QueryDict

from vanlang.desk.forms import counter as forms
from vanlang.desk.forms.counter import CounterForm
from vanlang.desk.forms.parties import PartiesForm, blank_parties
from vanlang.desk.queries.drafts import suggest_kind
from vanlang.desk.queries.held import HeldOffer, list_held_offers
from vanlang.desk.rules.counter import AskedPaper, Handed, missing_papers, uncounted_papers
from vanlang.desk.rules.outcomes import DraftKind
from vanlang.desk.types import CounterIntake, HeldUse
from vanlang.desk.views.counter.carrying import visit_of
from vanlang.desk.views.counter.ground import Ground
from vanlang.desk.views.counter.person import NUMBER, PersonStep, fill_in, initial_of
from vanlang.dossiers.api import Channel
from vanlang.eforms import api as eforms
from vanlang.identity.api import check_personal_id, clean_personal_id, find_person
from vanlang.intake.api import Doubles, PartiesTold, find_doubles
from vanlang.kernel import clock
from vanlang.kernel.ids import new_id
from vanlang.nationalportal.api import Brought, StoreCard, get_store

MADE = "c-dossier_id"
_APPLICANT = "applicant_"
"""Fields of forms that say who files: the counter has typed them already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What stands on the page of an intake: the person and the ways, who is who, papers, answers."""

    form: CounterForm
    parties: PartiesForm
    asked: Sequence[AskedPaper]
    handed: Sequence[Handed] = ()
    paper_errors: Mapping[int, str] = field(default_factory=dict)
    answered: eforms.Answers | None = None
    """None while the electronic form was not begun."""
    step: PersonStep = field(default_factory=PersonStep)
    """What was looked up of the person."""
    offers: Sequence[HeldOffer] = ()
    """What the state has issued to them that stands for papers."""
    agreed: Set[uuid.UUID] = frozenset()
    """The entries of `offers` that they let the dossier use."""
    store: StoreCard | None = None
    """What the national store is known to hold of them for this page; masked."""
    fetch: Set[uuid.UUID] = frozenset()
    """The results of the store that they let the dossier have."""

    def is_valid(self) -> bool:
        """Tell whether everything fits; both forms are judged, so that everything wrong is told at once."""
        are_valid = self.form.is_valid() & self.parties.is_valid()
        return are_valid and not self.paper_errors and (self.answered is None or self.answered.is_valid)

    @property
    def dossier_id(self) -> uuid.UUID:
        return forms.dossier_id_of(self.form)

    def read_parties(self) -> PartiesTold:
        """Return who is who, with the paper of a mandate: a file is read once."""
        return self.parties.told(self.form.visitor())


def blank(ground: Ground) -> Typed:
    """Return a new page, where nothing is typed yet."""
    return Typed(
        form=ground.form(),
        parties=PartiesForm(initial=blank_parties()),
        asked=forms.asked_papers(ground.case),
        store=stored_for(None, "", ground),
    )


def looked_up(request: HttpRequest, ground: Ground) -> Typed:
    """Return what was typed with the person filled in, not judged: a card that cannot be read costs nothing."""
    typed, step = fill_in(request, ground.actor)
    offers = held_by(typed.get(NUMBER, ""), ground)
    store = stored_for(made_in(request), typed.get(NUMBER, ""), ground)
    asked, answered = forms.asked_papers(ground.case), _answered(ground, request.POST, request.POST)
    return Typed(
        form=ground.form(known=initial_of(typed)),
        parties=PartiesForm(request.POST),
        asked=asked,
        handed=forms.read_papers(asked, request.POST, request.FILES),
        answered=replace(answered, errors={}) if answered else None,
        step=step,
        offers=offers,
        agreed=agreed_in(request, offers),
        store=store,
        fetch=fetched_in(request, store),
    )


def made_in(request: HttpRequest) -> uuid.UUID | None:
    """Return the id that the page made for its dossier, as it was posted."""
    try:
        return uuid.UUID(request.POST.get(MADE, ""))
    except ValueError:
        return None


def stored_for(dossier_id: uuid.UUID | None, number: str, ground: Ground) -> StoreCard:
    """Return what the national store is known to hold of the person of a number, for the page that made `dossier_id`."""
    clean = clean_personal_id(number)
    person = find_person(clean) if clean and check_personal_id(clean) is None else None
    owner = person.id if person else new_id()  # what was named for another number is not theirs
    return get_store(dossier_id or new_id(), case=ground.case, on=clock.today(), owner=owner, masked=True)


def fetched_in(request: HttpRequest, store: StoreCard) -> frozenset[uuid.UUID]:
    """Return the results of the store that the person agreed to, of those that it named for this page."""
    ticked = set(request.POST.getlist("dong-y-kho"))
    return frozenset(one.id for one in store.offers if str(one.id) in ticked)


def held_by(number: str, ground: Ground) -> tuple[HeldOffer, ...]:
    """Return what the state has issued to the person of a number, as far as it stands for papers of the case."""
    return list_held_offers(number, case=ground.case, actor=ground.actor, at=clock.now())


def agreed_in(request: HttpRequest, offers: Sequence[HeldOffer]) -> frozenset[uuid.UUID]:
    """Return the entries that the person agreed to, of those that are theirs and can be used; another id means nothing."""
    ticked = set(request.POST.getlist("dong-y"))
    return frozenset(one.entry.id for one in offers if str(one.entry.id) in ticked and not one.why_not)


def judged(request: HttpRequest, ground: Ground, *, may_miss: bool) -> Typed:
    """Return what was typed with everything that is wrong; `may_miss`: papers that are not there are asked for."""
    asked = forms.asked_papers(ground.case)
    handed = forms.read_papers(asked, request.POST, request.FILES)
    offers = held_by(request.POST.get(NUMBER, ""), ground)
    agreed = agreed_in(request, offers)
    store = stored_for(made_in(request), request.POST.get(NUMBER, ""), ground)
    fetch = fetched_in(request, store)
    referenced = {paper for one in offers if one.entry.id in agreed for paper, _ in one.papers}
    referenced |= {one.required_document_id for one in store.offers if one.id in fetch}
    return Typed(
        form=ground.form(request.POST),
        parties=PartiesForm(request.POST, request.FILES),
        asked=asked,
        handed=handed,
        paper_errors=_paper_errors(asked, handed, referenced, may_miss=may_miss),
        offers=offers,
        agreed=agreed,
        store=store,
        fetch=fetch,
        answered=_answered(ground, request.POST, _with_applicant(ground, request.POST)),
    )


def find_doubles_of(typed: Typed, who: PartiesTold, ground: Ground) -> Doubles:
    """Return what may be there already for the people of a valid page."""
    return find_doubles(
        told=who,
        procedure_code=ground.version.code,
        actor=ground.actor,
        at=clock.now(),
        dossier_id=typed.dossier_id,
        repeats=suggest_kind(ground.version) is DraftKind.CERTIFIED_COPY,
    )


def intake_of(
    request: HttpRequest,
    typed: Typed,
    who: PartiesTold,
    ground: Ground,
    doubles: Doubles,
    brought: tuple[Brought, ...] = (),
) -> CounterIntake:
    """Return a valid page as the dossier that is brought to the counter."""
    told = typed.form.cleaned_data
    return CounterIntake(
        dossier_id=typed.dossier_id,
        version_id=ground.version.id,
        case_id=ground.case_id,
        procedure_code=ground.version.code,
        parties=who,
        doubles=doubles,
        request=told["request"],
        channel=Channel(told["channel"]),
        competent_agency_id=told["competent"],
        return_agency_id=told["return_to"],
        papers=forms.handed_papers(typed.asked, typed.handed, request.FILES),
        answers=dict(typed.answered.values) if typed.answered else {},
        visit_id=visit_of(request),
        by_post=told["by_post"],
        uses=tuple(
            HeldUse(entry_id=one.entry.id, holder_id=one.holder_id, document_id=paper)
            for one in typed.offers
            if one.entry.id in typed.agreed
            for paper, _ in one.papers
        ),
        brought=brought,
    )


def _paper_errors(
    asked: Sequence[AskedPaper], handed: Sequence[Handed], referenced: Set[int], *, may_miss: bool
) -> dict[int, str]:
    uncounted = {
        paper.id: "Chưa có số bản chính, bản sao hoặc bản quét." for paper in uncounted_papers(asked, handed)
    }
    missing = () if may_miss else missing_papers(asked, handed, referenced)
    return uncounted | {paper.id: "Giấy tờ này chưa có." for paper in missing}


def _answered(ground: Ground, typed: QueryDict, answers: Mapping[str, object]) -> eforms.Answers | None:
    definition = ground.definition
    if definition is None or not _is_answered(definition, typed):
        return None
    return eforms.validate(definition, answers, on=clock.today())


def _is_answered(definition: eforms.FormDefinition, data: QueryDict) -> bool:
    """Tell whether the electronic form was begun: a citizen who brings it on paper is not asked again."""
    asked = [field for field in definition.fields if field.widget != "checkbox"]
    return any(data.get(field.name, "").strip() for field in asked if not field.name.startswith(_APPLICANT))


def _with_applicant(ground: Ground, data: QueryDict) -> dict[str, object]:
    """Return what was answered; the applicant is not typed twice."""
    answers: dict[str, object] = {
        name: values if len(values) > 1 else values[0] for name, values in data.lists() if values
    }
    known = {
        "applicant_name": data.get("c-full_name", ""),
        "applicant_personal_id": data.get("c-personal_id", ""),
        "applicant_phone": data.get("c-phone", ""),
        "applicant_address": data.get("c-address", ""),
        "applicant_commune": ground.agency.code,
    }
    return answers | {name: value for name, value in known.items() if not answers.get(name)}
