"""Shape of what a citizen types. What it means is decided below."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from typing_extensions import override

from vanlang.catalogue.api import VersionCard, find_procedure
from vanlang.identity.api import MandateCard, check_personal_id, clean_personal_id
from vanlang.intake.api import (
    RETURN_WAYS,
    Contact,
    DraftCard,
    OtherApplicant,
    Places,
    ReturnWay,
    check_contact,
)
from vanlang.kernel import clock
from vanlang.kernel.labels import sentence_of
from vanlang.kernel.vietnamese import normalise
from vanlang.petitions.api import Brought, PetitionSource, Sender, Sheet
from vanlang.ui.forms import FilesField, Form
from vanlang.ui.types import Choice

MOST_BYTES = 25 * 1024 * 1024


class TrackForm(Form):
    """A dossier's code and its second fact."""

    code = forms.CharField(
        label="Mã hồ sơ",
        max_length=40,
        help_text="In trên giấy tiếp nhận, ví dụ H44.100-261122-0001.",
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    second_fact = forms.CharField(
        label="4 số cuối của số định danh cá nhân hoặc số điện thoại",
        max_length=8,
        help_text="Của người đứng tên nộp, như đã khai khi nộp hồ sơ.",
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )


class VerifyForm(Form):
    """A file to check."""

    file = forms.FileField(
        label="Tệp PDF cần kiểm tra",
        help_text="Tệp gốc nhận từ cơ quan, không phải bản in rồi chụp lại. Nhiều nhất 25 MB.",
        widget=forms.ClearableFileInput({"accept": ".pdf,application/pdf"}),
    )

    def clean_file(self) -> UploadedFile[bytes]:
        """Say no to what nobody would check: official documents are smaller."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(
                "Tệp nặng quá 25 MB nên không kiểm tra ở đây. Hãy chọn đúng tệp PDF gốc."
            )
        return file


class CodeForm(Form):
    """A verification code to check."""

    code = forms.CharField(
        label="Mã xác minh",
        help_text="Dán mã, hoặc cả địa chỉ mà mã QR mở ra.",
        max_length=1500,
        widget=forms.Textarea({"rows": 4, "autocomplete": "off", "spellcheck": "false"}),
    )


class PlaceForm(Form):
    """Which case, where to file, how to be reached, for whom."""

    case = forms.TypedChoiceField(
        label="Trường hợp", coerce=int, empty_value=None, widget=forms.RadioSelect, required=False
    )
    place = forms.TypedChoiceField(label="Nơi nộp hồ sơ", coerce=int, empty_value=None)
    return_way = forms.ChoiceField(
        label="Nơi nhận kết quả bản giấy", widget=forms.RadioSelect, required=False
    )
    phone = forms.CharField(
        label="Số điện thoại",
        max_length=20,
        help_text="Để cơ quan liên hệ khi cần. 4 số cuối dùng được để tra cứu hồ sơ.",
        widget=forms.TextInput({"autocomplete": "tel", "inputmode": "tel"}),
    )
    email = forms.EmailField(label="Thư điện tử", required=False)
    other_name = forms.CharField(
        label="Họ, chữ đệm và tên người được nộp thay", max_length=150, required=False
    )
    other_personal_id = forms.CharField(
        label="Số định danh cá nhân của người đó",
        max_length=20,
        required=False,
        widget=forms.TextInput({"inputmode": "numeric"}),
    )
    other_address = forms.CharField(label="Nơi cư trú của người đó", max_length=300, required=False)
    other_phone = forms.CharField(
        label="Số điện thoại của người đó",
        max_length=20,
        required=False,
        widget=forms.TextInput({"inputmode": "tel"}),
    )
    mandate = forms.CharField(
        label="Quan hệ, căn cứ nộp thay",
        max_length=300,
        required=False,
        help_text="Ví dụ: con ruột; giấy ủy quyền ngày 20/11/2026. Không có giấy vẫn nộp được, hồ sơ ghi “chưa xuất trình ủy quyền”.",
    )
    mandate_id = forms.ChoiceField(label="Nộp theo ủy quyền đã có", widget=forms.RadioSelect, required=False)

    @classmethod
    def of(
        cls,
        draft: DraftCard,
        version: VersionCard,
        places: Places,
        sent: QueryDict | None,
        *,
        strict: bool = True,
        mandates: Sequence[MandateCard] = (),
    ) -> PlaceForm:
        """Return the form of one draft; when it is saved for later (`strict` False), nothing is asked for."""
        form = cls(sent, initial=_initial(draft))
        form._choose(version, places)
        form._offer_mandates(mandates, is_for_entity=draft.entity_id is not None)
        if not strict:
            for field in form.fields.values():
                field.required = False
        return form

    def _choose(self, version: VersionCard, places: Places) -> None:
        if len(version.cases) > 1:
            self._offer("case", [(str(case.id), case.title or "Trường hợp chung") for case in version.cases])
            self.fields["case"].required = True
        else:
            del self.fields["case"]
        department = [(str(places.department.agency_id), places.department.name)] if places.department else []
        communes = [(str(one.agency_id), one.short_name) for one in places.communes]
        self._offer("place", [("", "Chọn nơi nộp"), *department, *communes])
        if places.department and places.communes:
            self._offer("return_way", [(way.value, RETURN_WAYS[way]) for way in ReturnWay])
        else:
            del self.fields["return_way"]

    def _offer_mandates(self, mandates: Sequence[MandateCard], *, is_for_entity: bool) -> None:
        if is_for_entity or not mandates:
            del self.fields["mandate_id"]
            return
        known = [(str(one.id), f"{one.principal_name} ủy quyền") for one in mandates]
        self._offer("mandate_id", [("", "Không, nộp cho mình hoặc nộp giúp"), *known])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = choices

    @override
    def clean(self) -> dict[str, Any]:
        """Say now what the last step would say of telephone and mandate: one rule, asked twice."""
        cleaned = super().clean() or {}
        if self.fields["phone"].required and "phone" not in self.errors:
            other = None if cleaned.get("mandate_id") else self.other_applicant()
            for one in check_contact(self.contact(), other):
                sentence = sentence_of(one.code)
                self.add_error(one.key, f"{sentence.says} {sentence.do_now}")
        return cleaned

    def contact(self) -> Contact:
        return Contact(self.cleaned_data.get("phone", ""), self.cleaned_data.get("email", ""))

    def other_applicant(self) -> OtherApplicant | None:
        """Return for whom it is filed, when anything about another person was typed."""
        typed = {name: normalise(str(self.cleaned_data.get(name) or "")) for name in _OTHER}
        if not any(typed.values()):
            return None
        return OtherApplicant(
            full_name=typed["other_name"],
            personal_id="".join(typed["other_personal_id"].split()),
            address=typed["other_address"],
            phone=typed["other_phone"],
            mandate=typed["mandate"],
        )

    def chosen(self, version: VersionCard) -> dict[str, Any]:
        """Return what `intake.choose_place` is told."""
        only = version.case(None)
        return {
            "case_id": self.cleaned_data.get("case") or (only.id if only else None),
            "intake_agency_id": self.cleaned_data.get("place"),
            "return_way": ReturnWay(self.cleaned_data.get("return_way") or ReturnWay.INTAKE),
            "contact": self.contact(),
            "other_applicant": self.other_applicant(),
            "mandate_id": uuid.UUID(told) if (told := self.cleaned_data.get("mandate_id")) else None,
        }


_OTHER = ("other_name", "other_personal_id", "other_address", "other_phone", "mandate")


def _initial(draft: DraftCard) -> dict[str, object]:
    other = draft.other_applicant
    return {
        "mandate_id": str(draft.mandate_id or ""),
        "case": draft.case_id,
        "place": draft.intake_agency_id or "",
        "return_way": draft.return_way.value,
        "phone": draft.contact.phone,
        "email": draft.contact.email,
        "other_name": other.full_name if other else "",
        "other_personal_id": other.personal_id if other else "",
        "other_address": other.address if other else "",
        "other_phone": other.phone if other else "",
        "mandate": other.mandate if other else "",
    }


class MandateForm(Form):
    """Whom I let act for me, for what, until when."""

    agent_name = forms.CharField(label="Họ, chữ đệm và tên người được ủy quyền", max_length=150)
    agent_personal_id = forms.CharField(
        label="Số định danh cá nhân của người đó",
        max_length=20,
        help_text="12 chữ số trên thẻ căn cước của người được ủy quyền.",
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    procedure_code = forms.CharField(
        label="Mã thủ tục",
        max_length=40,
        required=False,
        help_text="Ví dụ 1.001193. Để trống: mọi thủ tục.",
    )
    until_on = forms.DateField(label="Đến hết ngày", help_text="Nhiều nhất một năm.")

    def clean_agent_name(self) -> str:
        name = normalise(self.cleaned_data["agent_name"])
        if len(name.split()) < 2:
            message = "Hãy ghi đủ họ và tên như trên thẻ căn cước."
            raise forms.ValidationError(message)
        return name

    def clean_agent_personal_id(self) -> str:
        number = clean_personal_id(self.cleaned_data["agent_personal_id"])
        if check_personal_id(number) is not None:
            message = "Hãy nhập đủ 12 chữ số như trên thẻ căn cước."
            raise forms.ValidationError(message)
        return number

    def clean_procedure_code(self) -> str:
        code: str = self.cleaned_data["procedure_code"].strip()
        if code and find_procedure(code, clock.today()) is None:
            message = "Không có thủ tục nào mang mã này. Hãy tìm mã ở trang Thủ tục, hoặc để trống."
            raise forms.ValidationError(message)
        return code


class PetitionForm(Form):
    """What somebody wants to say, to whom, and how they are reached. Names are not needed."""

    once = forms.UUIDField(widget=forms.HiddenInput, required=False)
    agency = forms.TypedChoiceField(label="Gửi đến cơ quan", coerce=int, empty_value=None)
    title = forms.CharField(
        label="Tiêu đề",
        help_text="Tóm tắt trong một câu, không ghi tên người.",
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    text = forms.CharField(
        label="Nội dung",
        help_text="Việc gì, ở đâu, khi nào, đề nghị gì. Nhiều nhất 20.000 ký tự.",
        strip=False,
        widget=forms.Textarea({"rows": 9}),
    )
    dossier_code = forms.CharField(
        label="Mã hồ sơ liên quan",
        max_length=60,
        required=False,
        help_text="Nếu phản ánh về một hồ sơ, ví dụ H44.100-261122-0001.",
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    sheets = FilesField(label="Tệp kèm theo", required=False)
    name = forms.CharField(
        label="Họ và tên", max_length=150, required=False, widget=forms.TextInput({"autocomplete": "name"})
    )
    phone = forms.CharField(
        label="Số điện thoại",
        max_length=20,
        required=False,
        widget=forms.TextInput({"autocomplete": "tel", "inputmode": "tel"}),
    )
    email = forms.EmailField(
        label="Thư điện tử", required=False, widget=forms.EmailInput({"autocomplete": "email"})
    )

    @classmethod
    def of(
        cls, agencies: Sequence[Choice], data: QueryDict, files: MultiValueDict[str, UploadedFile[bytes]]
    ) -> PetitionForm:
        return cls(data, files)._to(agencies)

    @classmethod
    def blank(cls, agencies: Sequence[Choice], known: Mapping[str, str], dossier_code: str) -> PetitionForm:
        return cls(initial={**known, "dossier_code": dossier_code[:60], "once": uuid.uuid4()})._to(agencies)

    def _to(self, agencies: Sequence[Choice]) -> PetitionForm:
        field = self.fields["agency"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101 - for the type checker
        field.choices = [("", "Chọn cơ quan"), *((one.value, one.text) for one in agencies)]
        return self

    def brought(self) -> Brought:
        """Return the petition as the house takes it."""
        told = self.cleaned_data
        sender = Sender(told["name"], told["phone"], told["email"])
        return Brought(
            title=told["title"], text=told["text"], sender=sender, agency_id=told["agency"],
            source=PetitionSource.PORTAL, once=self._once(), dossier_code=told["dossier_code"], files=sheets_of(self),
        )  # fmt: skip

    def _once(self) -> uuid.UUID | None:
        """Return what this page with these words is known by: pressed twice it is one, with other words another."""
        told = self.cleaned_data
        page: uuid.UUID | None = told["once"]
        return page and uuid.uuid5(page, f"{told['agency']}\n{told['title']}\n{told['text']}")


def sheets_of(form: Form) -> tuple[Sheet, ...]:
    """Return the files that came with a form."""
    return tuple(Sheet(file.name or "tep", file.read()) for file in form.files.getlist("sheets"))


class SupplementPetitionForm(Form):
    """What the sender was asked for."""

    text = forms.CharField(
        label="Nội dung bổ sung", required=False, strip=False, widget=forms.Textarea({"rows": 6})
    )
    sheets = FilesField(label="Tệp kèm theo", required=False)

    def chosen(self) -> tuple[Sheet, ...]:
        """Return the files that were chosen."""
        return sheets_of(self)


class FollowForm(Form):
    """A petition's code and its secret."""

    code = forms.CharField(
        label="Mã phản ánh",
        max_length=40,
        help_text="Ví dụ PA-261122-0001.",
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    secret = forms.CharField(
        label="Mã bí mật",
        max_length=40,
        help_text="Mười chữ và số trên giấy biên nhận.",
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )


class SatisfactionForm(Form):
    """Whether the sender is satisfied with the answer."""

    satisfied = forms.ChoiceField(
        label="Ông/bà có hài lòng với trả lời không?",
        choices=[("co", "Hài lòng"), ("khong", "Không hài lòng")],
        widget=forms.RadioSelect,
    )
    why = forms.CharField(label="Vì sao", max_length=2000, required=False, widget=forms.Textarea({"rows": 3}))
