"""Who is who at the counter, beside the person who stands there: in whose name, whose matter, who pays, who collects."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from typing_extensions import override

from vanlang.identity.api import (
    ENTITY_KINDS,
    EntityKind,
    MandateKind,
    RepresentationKind,
    check_number,
    check_personal_id,
    clean_number,
    clean_personal_id,
)
from vanlang.intake.api import EntityTold, MandateTold, PartiesTold, PersonTold
from vanlang.kernel.labels import sentence_of
from vanlang.ui.forms import Form

OWN, PERSON, ENTITY = "own", "person", "entity"
APPLICANT, VISITOR, OTHER = "applicant", "visitor", "other"
_NOT_SHOWN, _LEGAL = "", "legal"

_WHO = [(APPLICANT, "Người đứng tên"), (VISITOR, "Người đến nộp"), (OTHER, "Người khác")]
_SHOWN = [
    (_NOT_SHOWN, "Chưa xuất trình"),
    (MandateKind.PARENT.value, "Cha, mẹ của người chưa thành niên"),
    (MandateKind.GUARDIAN.value, "Người giám hộ"),
    (MandateKind.WRITTEN.value, "Giấy ủy quyền, giấy giới thiệu"),
    (MandateKind.IN_PERSON.value, "Người đứng tên có mặt, đồng ý trực tiếp"),
    (_LEGAL, "Người đại diện theo pháp luật của doanh nghiệp, tổ chức"),
]


def _text(label: str, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=more.pop("max_length", 300), **more)


_ASKED_ONCE_SHOWN = (
    "name", "principal_name", "entity_kind", "entity_number", "entity_name", "shown", "subject", "subject_name",
    "payer", "payer_name", "recipient", "recipient_name",
)  # fmt: skip
"""Demanded by `clean` where they apply, or always answered; the field itself cannot know."""


class PartiesForm(Form):
    """Left as it stands, the visitor asks in their own name, for themselves, pays and collects."""

    prefix = "p"

    name = forms.ChoiceField(
        label="Hồ sơ đứng tên",
        choices=[
            (OWN, "Chính người đến nộp"),
            (PERSON, "Người khác (nộp thay)"),
            (ENTITY, "Doanh nghiệp, tổ chức"),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    principal_personal_id = _text("Số định danh của người đứng tên", max_length=20)
    principal_name = _text("Họ và tên người đứng tên", max_length=150)
    principal_phone = _text("Điện thoại của người đứng tên", max_length=20)
    principal_address = _text("Nơi cư trú của người đứng tên")
    entity_kind = forms.ChoiceField(
        label="Loại", choices=[(kind.value, label) for kind, label in ENTITY_KINDS.items()], required=False
    )
    entity_number = _text("Mã số doanh nghiệp, hoặc số quyết định thành lập", max_length=40)
    entity_name = _text("Tên doanh nghiệp, tổ chức")
    entity_address = _text("Trụ sở")
    ground = _text("Quan hệ, lý do nộp thay")
    shown = forms.ChoiceField(label="Ủy quyền xuất trình", choices=_SHOWN, required=False)
    shown_ground = _text("Số, ngày, nơi lập giấy")
    notarised = forms.BooleanField(label="Có công chứng, chứng thực", required=False)
    until_on = forms.DateField(label="Hết hiệu lực ngày", required=False)
    paper = forms.FileField(
        label="Bản quét giấy ủy quyền",
        required=False,
        widget=forms.ClearableFileInput({"accept": ".pdf,.jpg,.jpeg,.png"}),
    )
    subject = forms.ChoiceField(
        label="Việc của ai (chủ hồ sơ)",
        choices=[(APPLICANT, "Của người đứng tên"), (OTHER, "Của người khác (con, người được giám hộ)")],
        widget=forms.RadioSelect,
        required=False,
    )
    subject_name = _text("Họ và tên chủ hồ sơ", max_length=150)
    subject_personal_id = _text("Số định danh của chủ hồ sơ", max_length=20)
    subject_born_on = forms.DateField(label="Ngày sinh của chủ hồ sơ", required=False)
    payer = forms.ChoiceField(label="Người trả phí", choices=_WHO, widget=forms.RadioSelect, required=False)
    payer_name = _text("Họ và tên người trả phí", max_length=150)
    payer_personal_id = _text("Số định danh người trả phí", max_length=20)
    recipient = forms.ChoiceField(
        label="Người nhận kết quả", choices=_WHO, widget=forms.RadioSelect, required=False
    )
    recipient_name = _text("Họ và tên người nhận", max_length=150)
    recipient_personal_id = _text("Số định danh người nhận", max_length=20)
    recipient_phone = _text("Điện thoại người nhận", max_length=20)

    @override
    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        for key in (
            "principal_personal_id",
            "subject_personal_id",
            "payer_personal_id",
            "recipient_personal_id",
        ):
            self._check_personal_id(key)
        if told.get("name") == PERSON:
            self._demand("principal_name", "Hãy ghi họ và tên người đứng tên.")
        if told.get("name") == ENTITY:
            self._demand("entity_name", "Hãy ghi tên doanh nghiệp, tổ chức.")
            self._check_entity()
        for part in ("subject", "payer", "recipient"):
            if told.get(part) == OTHER:
                self._demand(f"{part}_name", "Hãy ghi họ và tên.")
        self._check_until()
        return told

    def as_shown(self) -> PartiesForm:
        """Return the form as it is drawn: what is asked for once it shows does not say "optional"."""
        for key in _ASKED_ONCE_SHOWN:
            self.fields[key].required = True
        return self

    def told(self, visitor: PersonTold) -> PartiesTold:
        """Return who is who, once the form is valid. `visitor` is who stands at the counter."""
        told = self.cleaned_data
        applicant = self._applicant(visitor)
        is_own = applicant is visitor
        return PartiesTold(
            applicant=applicant,
            agent=None if is_own else visitor,
            ground="" if is_own else told["ground"],
            represents=RepresentationKind.LEGAL
            if told["name"] == ENTITY and told["shown"] == _LEGAL
            else None,
            mandate=None if is_own else self._mandate(),
            subject=self._other("subject", visitor),
            payer=self._other("payer", visitor),
            recipient=self._other("recipient", visitor),
        )

    def _applicant(self, visitor: PersonTold) -> PersonTold | EntityTold:
        told = self.cleaned_data
        if told["name"] == PERSON:
            return PersonTold(
                full_name=told["principal_name"],
                personal_id=told["principal_personal_id"],
                phone=told["principal_phone"],
                address=told["principal_address"],
            )
        if told["name"] == ENTITY:
            return EntityTold(
                kind=EntityKind(told["entity_kind"]),
                number=told["entity_number"],
                name=told["entity_name"],
                address=told["entity_address"],
                phone=visitor.phone,
            )
        return visitor

    def _mandate(self) -> MandateTold | None:
        told = self.cleaned_data
        if told["shown"] in {_NOT_SHOWN, _LEGAL}:
            return None
        paper: UploadedFile[bytes] | None = told["paper"]
        until: dt.date | None = told["until_on"]
        return MandateTold(
            kind=MandateKind(told["shown"]),
            ground=told["shown_ground"],
            is_notarised=told["notarised"],
            valid_to=until + dt.timedelta(days=1) if until else None,
            paper=(paper.name or "giay-uy-quyen", paper.read()) if paper else None,
        )

    def _other(self, part: str, visitor: PersonTold) -> PersonTold | None:
        told = self.cleaned_data
        if told[part] == OTHER:
            return PersonTold(
                full_name=told[f"{part}_name"],
                personal_id=told[f"{part}_personal_id"],
                born_on=told.get(f"{part}_born_on"),
                phone=told.get(f"{part}_phone", ""),
            )
        return visitor if told[part] == VISITOR and told["name"] in {PERSON, ENTITY} else None

    def _demand(self, key: str, says: str) -> None:
        if not self.cleaned_data.get(key) and key not in self.errors:
            self.add_error(key, says)

    def _check_personal_id(self, key: str) -> None:
        number = clean_personal_id(self.cleaned_data.get(key) or "")
        refusal = check_personal_id(number) if number else None
        if refusal is not None:
            self.add_error(key, sentence_of(refusal.code, refusal.facts).says)
        self.cleaned_data[key] = number

    def _check_entity(self) -> None:
        kind = EntityKind(self.cleaned_data.get("entity_kind") or EntityKind.ENTERPRISE)
        number = clean_number(kind, self.cleaned_data.get("entity_number") or "")
        refusal = check_number(kind, number)
        if refusal is not None:
            sentence = sentence_of(refusal.code, refusal.facts)
            self.add_error("entity_number", f"{sentence.says} {sentence.do_now}")
        self.cleaned_data |= {"entity_kind": kind, "entity_number": number}

    def _check_until(self) -> None:
        """A mandate said in person needs its last day: it is for a while."""
        if self.cleaned_data.get("name") in {PERSON, ENTITY} and (
            self.cleaned_data.get("shown") == MandateKind.IN_PERSON
        ):
            self._demand("until_on", "Hãy ghi ngày hết hiệu lực, nhiều nhất một năm.")


def blank_parties() -> dict[str, object]:
    """Return what a new page shows: everything is the visitor's own."""
    return {
        "name": OWN,
        "subject": APPLICANT,
        "payer": APPLICANT,
        "recipient": APPLICANT,
        "entity_kind": EntityKind.ENTERPRISE.value,
    }


def open_parts(form: PartiesForm) -> Sequence[str]:
    """Return which folded parts must stand open: something in them was chosen or is wrong."""
    wrong = set(form.errors) if form.is_bound else set()
    return [
        part
        for part in ("subject", "payer", "recipient")
        if (form[part].value() or APPLICANT) != APPLICANT or any(key.startswith(part) for key in wrong)
    ]
