"""What certification learns of its dossiers: an electronic copy got its number, or was sent back after its signature."""

from __future__ import annotations

from vanlang.certification.models import CertificationEntry
from vanlang.certification.services.cancelling import renewed, strike_out
from vanlang.documents.api import get_outcome
from vanlang.dossiers import api as dossiers
from vanlang.dossiers.api import Act, DossierMoved, OutcomeSigned
from vanlang.identity.api import SYSTEM
from vanlang.kernel.events import subscribe

_PURPOSE = "Ghi số vào sổ chứng thực"
_RETURNED = "Trả lại để ký lại, số đã hủy"


@subscribe(OutcomeSigned)
def note_number(event: OutcomeSigned) -> None:
    """Write number, day and signer of an electronic copy on its line. Called twice, nothing is written twice."""
    row = (
        CertificationEntry.objects.select_for_update(of=("self",))
        .filter(dossier_id=event.dossier_id, electronic=True, number=None, cancelled_at=None)
        .first()
    )
    if row is None:
        return
    info = dossiers.open_outcome(event.dossier_id, actor=SYSTEM, purpose=_PURPOSE, at=event.at)
    if info is None or info.document_id is None or not info.number:
        return  # sent back meanwhile: that number is void, and stands in the register
    card = get_outcome(info.document_id)
    if card.issued_on is None:
        return
    row.number, row.year, row.certified_on = int(info.number), card.issued_on.year, card.issued_on
    row.signer = card.signer
    row.save(update_fields=["number", "year", "certified_on", "signer"])


@subscribe(DossierMoved)
def note_return(event: DossierMoved) -> None:
    """Strike out the line of an electronic copy that was sent back after its signature; the original waits anew."""
    if event.act != Act.RETURN_FOR_REWORK:
        return
    rows = CertificationEntry.objects.select_for_update(of=("self",)).filter(
        dossier_id=event.dossier_id, electronic=True, number__isnull=False, cancelled_at=None
    )
    for row in rows:
        info = dossiers.open_outcome(event.dossier_id, actor=SYSTEM, purpose=_PURPOSE, at=event.at)
        if info is not None and info.number and int(info.number) == row.number:
            continue  # this return is over: the dossier was signed again since
        strike_out(row, note=_RETURNED, by=None, at=event.at)
        renewed(row).save(force_insert=True)
