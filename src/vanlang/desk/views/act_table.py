"""
Which page serves which act: address, form, and the one command that it calls.

`make` builds the form for a dossier (choices come from the dossier's agency); `do` calls the command. What may be
done now is decided by the table of the app `dossiers`, here is only how it is asked for.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from vanlang.calendars.api import LimitUnit, TimeLimit
from vanlang.catalogue.api import get_version
from vanlang.desk import services
from vanlang.desk.forms import acts as forms
from vanlang.desk.forms.supplements import AnswerForm, Askable, SupplementForm
from vanlang.desk.rules.outcomes import lines_of
from vanlang.dossiers import api as dossiers
from vanlang.dossiers.api import Act, Answer, Channel, DossierPage, ItemKind, Medium, Moved, Paper
from vanlang.eforms import api as eforms
from vanlang.files.api import store
from vanlang.identity.api import Actor, Role, list_officers
from vanlang.kernel.vietnamese import normalise
from vanlang.organizations.api import UnitKind, list_agencies, list_units
from vanlang.ui.types import ButtonTone

Files: TypeAlias = "MultiValueDict[str, UploadedFile[bytes]]"


@dataclass(frozen=True, slots=True)
class Doing:
    """Who does it, to what, when: what every command is told."""

    dossier_id: uuid.UUID
    actor: Actor
    at: dt.datetime
    expected_version: int | None

    @property
    def common(self) -> dict[str, Any]:
        return {
            "dossier_id": self.dossier_id,
            "actor": self.actor,
            "at": self.at,
            "expected_version": self.expected_version,
        }


Make = Callable[[Mapping[str, Any] | None, DossierPage, dt.date], forms.ActForm]
Do = Callable[[Doing, forms.ActForm, Files], Moved]


@dataclass(frozen=True, slots=True)
class ActView:
    """How an act is asked for."""

    slug: str
    make: Make
    do: Do
    lead: str = ""
    """What the act does, in a sentence above its form."""
    fresh_factor: bool = False
    """Only with a second factor shown just now."""


@dataclass(frozen=True, slots=True)
class ActPage:
    """An act that is asked for on a page of its own; here is only where that page is."""

    slug: str


def _plain(kind: type[forms.ActForm]) -> Make:
    return lambda data, page, on: kind(data, initial={"expected_version": page.version})


def _initial(page: DossierPage, **more: object) -> dict[str, object]:
    return {"expected_version": page.version, **more}


# ---- forms that ask the dossier's agency for their choices --------------------------------------


def _hand_over_form(data: Mapping[str, Any] | None, page: DossierPage, on: dt.date) -> forms.HandOverForm:
    units = [
        (str(unit.id), unit.name)
        for unit in list_units(page.competent_agency_id, on)
        if unit.kind is UnitKind.SPECIALIST
    ]
    return forms.HandOverForm(data, units=units, initial=_initial(page))


def _assign_form(data: Mapping[str, Any] | None, page: DossierPage, on: dt.date) -> forms.AssignForm:
    officers = [
        (str(card.id), f"{card.name} ({card.unit_name})")
        for card in list_officers(page.competent_agency_id, on, role=Role.SPECIALIST)
    ]
    return forms.AssignForm(data, officers=officers, initial=_initial(page))


def _consult_unit_form(
    data: Mapping[str, Any] | None, page: DossierPage, on: dt.date
) -> forms.ConsultUnitForm:
    units = [
        (str(unit.id), unit.name)
        for unit in list_units(page.competent_agency_id, on)
        if int(unit.id) != page.owner.unit_id
    ]
    return forms.ConsultUnitForm(data, units=units, initial=_initial(page))


def _of_opinion(kind: type[forms.OfOpinionForm]) -> Make:
    def make(data: Mapping[str, Any] | None, page: DossierPage, on: dt.date) -> forms.OfOpinionForm:
        awaited = [one for one in page.opinions if one.is_open]
        if kind is forms.OpinionForm:
            awaited = [one for one in awaited if one.is_mine] or awaited
        names = [(str(one.id), one.asked) for one in awaited]
        return kind(data, awaited=names, initial=_initial(page))

    return make


def _reopen_form(data: Mapping[str, Any] | None, page: DossierPage, on: dt.date) -> forms.ReopenForm:
    officers = [
        (str(card.id), f"{card.name} ({card.unit_name})")
        for card in list_officers(page.competent_agency_id, on, role=Role.SPECIALIST)
    ]
    return forms.ReopenForm(data, officers=officers, initial=_initial(page, officer=page.specialist_id))


def _extend_form(data: Mapping[str, Any] | None, page: DossierPage, on: dt.date) -> forms.ExtendForm:
    """An apology that the house drafted fills the form in; the leader writes what else is right."""
    drafted = page.apology
    more = {"days": drafted.more_days, "reason": drafted.reason} if drafted else {}
    return forms.ExtendForm(data, initial=_initial(page, **more))


def _explain_form(data: Mapping[str, Any] | None, page: DossierPage, on: dt.date) -> forms.ReasonForm:
    return forms.ReasonForm(data, initial=_initial(page, reason=page.apology.reason if page.apology else ""))


def _consult_form(data: Mapping[str, Any] | None, page: DossierPage, on: dt.date) -> forms.ConsultForm:
    agencies = [
        (str(agency.id), agency.name) for agency in list_agencies(on) if agency.id != page.competent_agency_id
    ]
    return forms.ConsultForm(data, agencies=agencies, initial=_initial(page))


def _supplement_form(data: Mapping[str, Any] | None, page: DossierPage, on: dt.date) -> SupplementForm:
    return SupplementForm(
        data, askables=askables_of(page, on), again=page.supplements_asked > 0, initial=_initial(page)
    )


def askables_of(page: DossierPage, on: dt.date) -> list[Askable]:
    """Return what can be asked for: the papers of the case, then the fields of its form."""
    case = get_version(page.procedure_version_id).case(page.case_id)
    if case is None:
        return []
    papers = [Askable(ItemKind.DOCUMENT, str(paper.id), paper.name) for paper in case.documents]
    if not case.form_code or not page.answers:
        return papers
    try:
        definition = eforms.get_definition(case.form_code, on=page.submitted_at.date())
    except eforms.UnknownFormError:
        return papers
    return papers + [Askable(ItemKind.FIELD, field.name, field.label) for field in definition.fields]


def _answer_form(data: Mapping[str, Any] | None, page: DossierPage, on: dt.date) -> AnswerForm:
    asked = next((card for card in reversed(page.supplements) if card.answered_at is None), None)
    if asked is None:
        raise dossiers.ActNotPossible("dossiers.supplement_not_asked")
    return AnswerForm(data, request=asked, initial=_initial(page))


def _release_form(data: Mapping[str, Any] | None, page: DossierPage, on: dt.date) -> forms.ActForm:
    on_paper = page.outcome is not None and page.outcome.medium is Medium.PAPER
    number = page.outcome.number if page.outcome else ""
    return (forms.ReleasePaperForm if on_paper else forms.ReleaseForm)(
        data, initial=_initial(page, number=number)
    )


def _deliver_form(data: Mapping[str, Any] | None, page: DossierPage, on: dt.date) -> forms.DeliverForm:
    return forms.DeliverForm(data, initial=_initial(page, receiver=page.parties.recipient.full_name))


# ---- from a form to its command -------------------------------------------------------------------


def _refuse(doing: Doing, form: forms.ActForm, files: Files) -> Moved:
    told = form.cleaned_data
    return dossiers.refuse(
        **doing.common,
        reasons=lines_of(told["reasons"]),
        legal_ground=told["legal_ground"],
        guidance=told["guidance"],
    )


def _request_supplement(doing: Doing, form: forms.ActForm, files: Files) -> Moved:
    assert isinstance(form, SupplementForm)  # noqa: S101 - made by _supplement_form
    return dossiers.request_supplement(
        **doing.common,
        items=form.items(),
        note=form.cleaned_data["note"],
        answer_by_on=form.cleaned_data["answer_by_on"],
        again=form.again(),
    )


def _propose_supplement(doing: Doing, form: forms.ActForm, files: Files) -> Moved:
    assert isinstance(form, SupplementForm)  # noqa: S101 - made by _supplement_form
    return dossiers.propose_supplement(
        **doing.common,
        items=form.items(),
        note=form.cleaned_data["note"],
        answer_by_on=form.cleaned_data["answer_by_on"],
        again=form.again(),
    )


def _answer_supplement(doing: Doing, form: forms.ActForm, files: Files) -> Moved:
    assert isinstance(form, AnswerForm)  # noqa: S101 - made by _answer_form
    answers = []
    for index, item in enumerate(form.request.items):
        name = f"answer-{index}"
        if item.kind is ItemKind.FIELD:
            answers.append(Answer(kind=item.kind, key=item.key, value=normalise(form.data.get(name, ""))))
        elif (paper := _handed(name, item.label, form.data, files, doing)) is not None:
            answers.append(Answer(kind=item.kind, key=item.key, paper=paper))
    return dossiers.answer_supplement(**doing.common, answers=answers, note=form.cleaned_data["note"])


def _handed(name: str, label: str, data: Mapping[str, Any], files: Files, doing: Doing) -> Paper | None:
    """Return the paper that answers an item: its scan, or the paper itself when the box is ticked."""
    scan = files.get(name)
    if scan is not None and scan.size:
        card = store(
            content=scan.read(), name=scan.name or label, at=doing.at, uploaded_by=doing.actor.account_id
        )
        return Paper(name=label, file_id=card.id)
    return Paper(name=label, originals=1) if data.get(f"{name}-paper") else None


def _hand_over(doing: Doing, form: forms.ActForm, files: Files) -> Moved:
    return dossiers.hand_over(
        **doing.common, unit_id=form.cleaned_data["unit"], note=form.cleaned_data["note"]
    )


def _assign(doing: Doing, form: forms.ActForm, files: Files) -> Moved:
    return dossiers.assign(
        **doing.common, to_appointment_id=form.cleaned_data["officer"], note=form.cleaned_data["note"]
    )


def _consult(doing: Doing, form: forms.ActForm, files: Files) -> Moved:
    assert isinstance(form, forms.ConsultForm)  # noqa: S101 - made by _consult_form
    return dossiers.consult(
        **doing.common,
        agency_ids=form.asked,
        question=form.cleaned_data["question"],
        days=form.cleaned_data["days"],
    )


def _consult_unit(doing: Doing, form: forms.ActForm, files: Files) -> Moved:
    told = form.cleaned_data
    return dossiers.consult_unit(
        **doing.common, unit_ids=told["units"], question=told["question"], days=told["days"]
    )


def _give_opinion(doing: Doing, form: forms.ActForm, files: Files) -> Moved:
    told = form.cleaned_data
    return dossiers.give_opinion(**doing.common, opinion=told["opinion"], opinion_id=_which(form))


def _forgo_opinion(doing: Doing, form: forms.ActForm, files: Files) -> Moved:
    return dossiers.forgo_opinion(**doing.common, reason=form.cleaned_data["reason"], opinion_id=_which(form))


def _which(form: forms.ActForm) -> uuid.UUID | None:
    chosen = form.cleaned_data["which"]
    return uuid.UUID(str(chosen)) if chosen else None


def _fulfil(doing: Doing, form: forms.ActForm, files: Files) -> Moved:
    name = form.cleaned_data["paper"].strip() or "Giấy tờ chứng minh đã thực hiện nghĩa vụ"
    paper = _handed("scan", name, {"scan-paper": form.cleaned_data["paper"].strip()}, files, doing)
    return dossiers.fulfil_obligation(
        **doing.common, papers=(paper,) if paper else (), note=form.cleaned_data["note"]
    )


def _reopen(doing: Doing, form: forms.ActForm, files: Files) -> Moved:
    told = form.cleaned_data
    return dossiers.reopen(
        **doing.common, reason=told["reason"], to_appointment_id=told["officer"], days=told["days"]
    )


def _revoke(doing: Doing, form: forms.ActForm, files: Files) -> Moved:
    told = form.cleaned_data
    return dossiers.revoke(
        **doing.common, reason=told["reason"], number=told["number"], revoked_on=told["revoked_on"]
    )


def _release(doing: Doing, form: forms.ActForm, files: Files) -> Moved:
    told, scan = form.cleaned_data, files.get("scan")
    file_id = None
    if scan is not None and scan.size:
        stored = store(
            content=scan.read(), name=scan.name or "", at=doing.at, uploaded_by=doing.actor.account_id
        )
        file_id = stored.id
    return services.release_outcome(
        **doing.common, note=told["note"], number=told.get("number", ""), file_id=file_id
    )


def _extend(doing: Doing, form: forms.ActForm, files: Files) -> Moved:
    more = TimeLimit(form.cleaned_data["days"], LimitUnit.WORKING_DAY)
    return dossiers.extend(**doing.common, more=more, reason=form.cleaned_data["reason"])


def _stop(doing: Doing, form: forms.ActForm, files: Files) -> Moved:
    told = form.cleaned_data
    return dossiers.stop(
        **doing.common,
        reason=told["reason"],
        legal_ground=told["legal_ground"],
        guidance=told["guidance"],
    )


def _deliver(doing: Doing, form: forms.ActForm, files: Files) -> Moved:
    told = form.cleaned_data
    return dossiers.deliver(**doing.common, channel=Channel(told["channel"]), receiver=told["receiver"])


ACT_VIEWS: dict[Act, ActView | ActPage] = {
    Act.RECEIVE: ActView(
        "tiep-nhan",
        _plain(forms.ActForm),
        lambda doing, form, files: dossiers.receive(**doing.common),
        "Hồ sơ được cấp mã và ngày hẹn trả; thời hạn giải quyết bắt đầu tính.",
    ),
    Act.CLAIM: ActView(
        "nhan-xu-ly", _plain(forms.ActForm), lambda doing, form, files: dossiers.claim(**doing.common)
    ),
    Act.PROPOSE: ActPage("trinh-ket-qua"),
    Act.APPROVE: ActView(
        "phe-duyet",
        _plain(forms.NoteForm),
        lambda doing, form, files: dossiers.approve(**doing.common, note=form.cleaned_data["note"]),
        "Đồng ý với dự thảo; kết quả điện tử được ký số ở bước tiếp theo.",
    ),
    Act.ENDORSE: ActView(
        "duyet-trinh-tiep",
        _plain(forms.NoteForm),
        lambda doing, form, files: dossiers.endorse(**doing.common, note=form.cleaned_data["note"]),
        "Đồng ý và chuyển dự thảo lên cấp lãnh đạo tiếp theo.",
    ),
    Act.SIGN: ActView(
        "ky-so",
        _plain(forms.ActForm),
        lambda doing, form, files: services.sign_outcome(**doing.common),
        "Văn bản được lấy số, ghi ngày và ký bằng chứng thư số của bạn. Sau khi ký không sửa được nữa.",
        fresh_factor=True,
    ),
    Act.RELEASE: ActView(
        "phat-hanh",
        _release_form,
        _release,
        "Kết quả có hiệu lực và được trả cho người nộp. Chữ ký số được kiểm tra lại trước khi phát hành.",
    ),
    Act.DELIVER: ActView("tra-ket-qua", _deliver_form, _deliver),
    Act.ANSWER_SUPPLEMENT: ActView("nhan-bo-sung", _answer_form, _answer_supplement),
    Act.GIVE_OPINION: ActView("cho-y-kien", _of_opinion(forms.OpinionForm), _give_opinion),
    Act.FULFIL_OBLIGATION: ActView(
        "tiep-nhan-lan-hai",
        _plain(forms.FulfilForm),
        _fulfil,
        "Nghĩa vụ đã thực hiện: giai đoạn tiếp theo bắt đầu, thời hạn tính tiếp; in lại giấy hẹn (mẫu 01) sau khi nhận.",
    ),
    Act.APPROVE_SUPPLEMENT: ActView(
        "dong-y-bo-sung",
        _plain(forms.NoteForm),
        lambda doing, form, files: dossiers.approve_supplement(**doing.common, note=form.cleaned_data["note"]),
        "Phiếu yêu cầu bổ sung (mẫu 02) được gửi cho người nộp; thời hạn tạm dừng từ lúc này.",
    ),
    Act.DECLINE_SUPPLEMENT: ActView(
        "khong-dong-y-bo-sung",
        _plain(forms.ReasonForm),
        lambda doing, form, files: dossiers.decline_supplement(**doing.common, reason=form.cleaned_data["reason"]),
        "Công chức thụ lý giải quyết tiếp với hồ sơ hiện có; người nộp không nhận yêu cầu nào.",
    ),
    Act.EXPLAIN_DELAY: ActView(
        "ly-do-cham",
        _explain_form,
        lambda doing, form, files: dossiers.explain_delay(**doing.common, reason=form.cleaned_data["reason"]),
        "Lý do được đưa vào dự thảo văn bản xin lỗi (mẫu 04); lãnh đạo sửa, ký gửi hoặc bỏ dự thảo.",
    ),
    Act.HAND_OVER: ActView("chuyen-xu-ly", _hand_over_form, _hand_over),
    Act.ASSIGN: ActView("phan-cong", _assign_form, _assign),
    Act.REQUEST_SUPPLEMENT: ActView(
        "yeu-cau-bo-sung",
        _supplement_form,
        _request_supplement,
        "Nêu hết một lần mọi giấy tờ và nội dung còn thiếu hoặc sai; in phiếu yêu cầu (mẫu 02) sau khi gửi.",
    ),
    Act.PROPOSE_SUPPLEMENT: ActView(
        "trinh-bo-sung",
        _supplement_form,
        _propose_supplement,
        "Người nộp đã được yêu cầu bổ sung: lần này lãnh đạo phải đồng ý trước khi gửi. Thời hạn vẫn tính.",
    ),
    Act.CONSULT: ActView(
        "lay-y-kien", _consult_form, _consult, "Thời hạn tạm dừng đến khi mọi cơ quan được hỏi trả lời."
    ),
    Act.CONSULT_UNIT: ActView(
        "lay-y-kien-don-vi",
        _consult_unit_form,
        _consult_unit,
        "Hỏi trong nội bộ cơ quan không tạm dừng thời hạn giải quyết.",
    ),
    Act.FORGO_OPINION: ActView(
        "khong-cho-y-kien",
        _of_opinion(forms.ForgoForm),
        _forgo_opinion,
        "Ghi nhận nơi được hỏi không cho ý kiến; hồ sơ được giải quyết tiếp.",
    ),
    Act.CLOSE_PHASE: ActView(
        "moi-thuc-hien-nghia-vu",
        _plain(forms.ObligationForm),
        lambda doing, form, files: dossiers.close_phase(**doing.common, obligation=form.cleaned_data["obligation"]),
        "Kết thúc giai đoạn này. Thời hạn tạm dừng đến khi người nộp thực hiện xong và được tiếp nhận lần hai.",
    ),
    Act.RETURN_FOR_REWORK: ActView(
        "tra-lai",
        _plain(forms.ReasonForm),
        lambda doing, form, files: dossiers.return_for_rework(**doing.common, reason=form.cleaned_data["reason"]),
        "Hồ sơ về lại người thụ lý. Số đã lấy cho bản đã ký bị hủy và ghi lý do trong sổ.",
    ),
    Act.EXTEND: ActView(
        "hen-lai",
        _extend_form,
        _extend,
        "Người nộp nhận văn bản xin lỗi và ngày hẹn mới (mẫu 04). Ngày hẹn đầu vẫn được giữ trong lịch sử.",
    ),
    Act.DROP_APOLOGY: ActView(
        "bo-du-thao-xin-loi",
        _plain(forms.ReasonForm),
        lambda doing, form, files: dossiers.drop_apology(**doing.common, reason=form.cleaned_data["reason"]),
        "Không gửi văn bản xin lỗi cho lần hẹn này; lý do được lưu và được đếm.",
    ),
    Act.REOPEN: ActView(
        "dinh-chinh",
        _reopen_form,
        _reopen,
        "Kết quả đã phát hành vẫn có hiệu lực đến khi kết quả đính chính thay thế. Thời hạn đính chính tính riêng.",
    ),
    Act.KEEP_OUTCOME: ActView(
        "giu-nguyen",
        _plain(forms.ReasonForm),
        lambda doing, form, files: dossiers.keep_outcome(**doing.common, reason=form.cleaned_data["reason"]),
        "Khép lại việc đính chính; kết quả đã phát hành giữ nguyên hiệu lực.",
    ),
    Act.REVOKE: ActView(
        "thu-hoi",
        _plain(forms.RevokeForm),
        _revoke,
        "Kết quả hết hiệu lực từ ngày ghi trong quyết định; ai quét mã trên kết quả đều thấy đã bị thu hồi.",
    ),
    Act.REFUSE: ActView(
        "tu-choi", _plain(forms.RefuseForm), _refuse, "Người nộp nhận phiếu từ chối kèm lý do (mẫu 03)."
    ),
    Act.STOP: ActView(
        "dung-xu-ly", _plain(forms.StopForm), _stop, "Người nộp nhận thông báo dừng giải quyết (mẫu 05)."
    ),
    Act.WITHDRAW: ActView(
        "rut-ho-so",
        _plain(forms.WithdrawForm),
        lambda doing, form, files: dossiers.withdraw(**doing.common, reason=form.cleaned_data["reason"]),
        "Người nộp đề nghị rút hồ sơ tại quầy.",
    ),
}  # fmt: skip
"""In the order of the buttons: the straight road first, the ways off it last."""

BY_SLUG = {view.slug: act for act, view in ACT_VIEWS.items()}

ONE_CLICK = frozenset({Act.RECEIVE, Act.CLAIM})
"""Acts that ask nothing: one button on the dossier's page."""

STRAIGHT = frozenset(
    {
        Act.RECEIVE, Act.CLAIM, Act.PROPOSE, Act.ENDORSE, Act.APPROVE, Act.SIGN, Act.RELEASE, Act.DELIVER,
        Act.ANSWER_SUPPLEMENT, Act.GIVE_OPINION, Act.HAND_OVER, Act.ASSIGN, Act.FULFIL_OBLIGATION,
        Act.APPROVE_SUPPLEMENT, Act.CLOSE_PHASE,
    }
)  # fmt: skip
"""Acts that lead on: the first of them is the page's one red button."""

TONES: dict[Act, ButtonTone] = {
    Act.REFUSE: "warning",
    Act.STOP: "warning",
    Act.WITHDRAW: "warning",
    Act.REVOKE: "warning",
}
