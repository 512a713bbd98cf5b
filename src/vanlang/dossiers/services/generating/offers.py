"""What can be asked for: cases of procedures that a dossier of the province may be filed under."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from vanlang.calendars.api import TimeLimit
from vanlang.catalogue.api import CaseCard, PaperKind
from vanlang.dossiers.rules.lives.roads import Desk, Front, Middle, Road
from vanlang.dossiers.rules.lives.walking import walk
from vanlang.dossiers.rules.steps import Step
from vanlang.dossiers.services.terms import Terms, terms_of
from vanlang.dossiers.types import Channel, Paper
from vanlang.kernel.errors import Refusal

BOOK_KIND = "KQ"
"""The book in which the results of a synthetic province are numbered."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One case of one version, with what its dossiers copy from it."""

    version_id: int
    case_id: int
    code: str
    name: str
    request: str
    title: str
    """What its outcome is called."""
    process: tuple[Step, ...]
    limits: Mapping[Channel, TimeLimit]
    papers: tuple[Paper, ...]

    @property
    def is_phased(self) -> bool:
        return any(step.phase > 1 for step in self.process)

    def road(self, front: Front, desk: Desk, middle: Middle) -> Road:
        """Return the road, or the plain one where this procedure's process does not lead along it."""
        ends_early = middle in {Middle.STOPPED, Middle.WITHDRAWN}
        wanted = Middle.OBLIGED if self.is_phased and not ends_early else middle
        return Road(front, desk, wanted)


def offers_of(version_ids: Iterable[int]) -> list[Offer]:
    """
    Return what can be lived of some versions: cases with a time limit online and at the counter and a process that the table carries.

    Left out are cases that write a register: the entry is the commands' work, and a generated result has none.
    """
    found = []
    for version_id in version_ids:
        terms = terms_of(version_id)
        for case in terms.version.cases:
            offer = _offer(version_id, terms, case)
            if offer is not None:
                found.append(offer)
    return found


def _offer(version_id: int, terms: Terms, case: CaseCard) -> Offer | None:
    limits = {
        channel: limit
        for channel in (Channel.ONLINE, Channel.DIRECT)
        if (limit := terms.limit_for(channel, case.id)) is not None
    }
    if len(limits) < 2 or case.yields is not None:
        return None
    kinds = terms.version.outcome_kinds
    offer = Offer(
        version_id=version_id,
        case_id=case.id,
        code=terms.code,
        name=terms.name,
        request=case.title[:500],
        title=(kinds[0].name if kinds else "Kết quả giải quyết")[:300],
        process=tuple(terms.process_for(case.id)),
        limits=limits,
        papers=_papers(case),
    )
    plain = walk(offer.road(Front.ONLINE, Desk.ASSIGNED, Middle.PLAIN).strides, offer.process)
    return None if isinstance(plain, Refusal) else offer


def _papers(case: CaseCard) -> tuple[Paper, ...]:
    asked = [
        one for one in case.documents if one.kind in {PaperKind.FORM, PaperKind.PAPER} and one.is_required
    ]
    return tuple(
        Paper(
            name=one.name[:300],
            required_document_id=one.id,
            originals=max(one.originals or 0, 0 if one.copies else 1),
            copies=one.copies or 0,
        )
        for one in asked[:4]
    )
