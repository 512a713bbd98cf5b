"""Shape of what an officer types. What it means is decided below."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from vanlang.identity.api import AppointmentCard
from vanlang.petitions.labels import GROUNDS, PROOFS
from vanlang.petitions.types import (
    AnswerWords,
    Brought,
    IdentityProof,
    PetitionAct,
    PetitionGround,
    PetitionSource,
    Sender,
    Sheet,
)
from vanlang.ui.forms import FilesField, Form

WORDS_OF_ACTS = {
    PetitionAct.ROUTE: "chuyen",
    PetitionAct.ASSIGN: "giao",
    PetitionAct.ACCEPT: "tiep-nhan",
    PetitionAct.REFUSE: "tu-choi",
    PetitionAct.RETURN: "tra-lai",
    PetitionAct.REFER: "huong-dan",
    PetitionAct.MERGE: "gop",
    PetitionAct.ASK_SUPPLEMENT: "bo-sung",
    PetitionAct.GO_ON: "giai-quyet-tiep",
    PetitionAct.WITHHOLD: "khong-cong-khai",
    PetitionAct.UNPUBLISH: "go-cong-khai",
}
"""What stands in the address of an act that has a page of its own."""
ACTS_OF_WORDS = {word: act for act, word in WORDS_OF_ACTS.items()}


class ActForm(Form):
    """An act that needs no word."""


class RouteForm(Form):
    """To which agency, and why."""

    agency = forms.TypedChoiceField(label="Chuyển đến cơ quan", coerce=int, empty_value=None)
    note = forms.CharField(label="Lý do chuyển", max_length=500, required=False)


class AssignForm(Form):
    """To whom of the agency."""

    officer = forms.TypedChoiceField(label="Giao cho", coerce=int, empty_value=None)


class RefuseForm(Form):
    """On what ground, in what words."""

    ground = forms.ChoiceField(
        label="Lý do từ chối",
        choices=[(one.value, GROUNDS[one]) for one in PetitionGround if one is not PetitionGround.NOT_HERE],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="Giải thích cho người gửi", max_length=2000, widget=forms.Textarea({"rows": 4})
    )


class ReasonForm(Form):
    """In what words."""

    reason = forms.CharField(label="Lý do", max_length=2000, widget=forms.Textarea({"rows": 4}))


class MergeForm(Form):
    """Into which earlier one."""

    into = forms.TypedChoiceField(label="Gộp vào", coerce=str, widget=forms.RadioSelect)


class QuestionForm(Form):
    """What the sender is asked."""

    question = forms.CharField(
        label="Cần bổ sung gì",
        max_length=2000,
        help_text="Người gửi đọc nguyên văn và có 5 ngày làm việc để bổ sung; trong thời gian đó hạn trả lời dừng lại.",
        widget=forms.Textarea({"rows": 4}),
    )


_FORMS: dict[PetitionAct, type[Form]] = {
    PetitionAct.ROUTE: RouteForm,
    PetitionAct.ASSIGN: AssignForm,
    PetitionAct.REFUSE: RefuseForm,
    PetitionAct.RETURN: ReasonForm,
    PetitionAct.MERGE: MergeForm,
    PetitionAct.ASK_SUPPLEMENT: QuestionForm,
    PetitionAct.WITHHOLD: ReasonForm,
    PetitionAct.UNPUBLISH: ReasonForm,
}


def form_of(act: PetitionAct, data: QueryDict | None, *, choices: Iterable[tuple[str, str]] = ()) -> Form:
    """Return the form of an act; `choices` fill its one list, when it has one."""
    form = _FORMS.get(act, ActForm)(data)
    for name in ("agency", "officer", "into"):
        field = form.fields.get(name)
        if isinstance(field, forms.TypedChoiceField):
            empty = [] if name == "into" else [("", "Chọn")]
            field.choices = [*empty, *choices]
    return form


class PublicForm(Form):
    """The public version of a question and its answer."""

    public_title = forms.CharField(label="Tiêu đề", required=False)
    public_question = forms.CharField(
        label="Phản ánh", strip=False, required=False, widget=forms.Textarea({"rows": 6})
    )
    public_answer = forms.CharField(
        label="Trả lời", strip=False, required=False, widget=forms.Textarea({"rows": 6})
    )

    @classmethod
    def of_words(cls, words: AnswerWords) -> PublicForm:
        return cls(initial=words.as_json())

    @staticmethod
    def typed(data: QueryDict) -> AnswerWords:
        """Return what was typed so far, not judged."""
        return AnswerWords(data.get("text", ""), *(data.get(name, "") for name in PUBLIC_PARTS))

    def words(self) -> AnswerWords:
        """Return what was typed."""
        told = self.cleaned_data
        return AnswerWords(
            told.get("text", ""), told["public_title"], told["public_question"], told["public_answer"]
        )

    def shown(self) -> AnswerWords:
        """Return the public version as the form shows it, right or not."""
        return AnswerWords("", *(str(self[name].value() or "") for name in PUBLIC_PARTS))


PUBLIC_PARTS = ("public_title", "public_question", "public_answer")


class PublishForm(PublicForm):
    """The public version as it is published: whole."""

    public_title = forms.CharField(label="Tiêu đề")
    public_question = forms.CharField(label="Phản ánh", strip=False, widget=forms.Textarea({"rows": 6}))
    public_answer = forms.CharField(label="Trả lời", strip=False, widget=forms.Textarea({"rows": 6}))


class AnswerForm(PublicForm):
    """The answer, its public version, before whom it goes."""

    text = forms.CharField(label="Trả lời người gửi", strip=False, widget=forms.Textarea({"rows": 10}))
    leader = forms.TypedChoiceField(label="Trình lãnh đạo", coerce=int, empty_value=None)

    @classmethod
    def of(
        cls,
        leaders: Iterable[AppointmentCard],
        data: QueryDict | None = None,
        *,
        words: AnswerWords | None = None,
        leader: str = "",
    ) -> AnswerForm:
        """Return the form with what was typed, or with `words` and the leader that was chosen."""
        choices = [(str(one.id), f"{one.name}, {one.title}") for one in leaders]
        first = leader or (choices[0][0] if len(choices) == 1 else "")
        form = cls(data, initial={**(words.as_json() if words else {}), "leader": first})
        field = form.fields["leader"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101 - for the type checker
        field.choices = choices if len(choices) == 1 else [("", "Chọn"), *choices]
        return form


class SendBackForm(Form):
    """What the leader wants otherwise."""

    note = forms.CharField(label="Cần sửa gì", max_length=2000, widget=forms.Textarea({"rows": 3}))


class ReissueForm(Form):
    """What a sender who lost the secret shows at the counter."""

    code = forms.CharField(
        label="Mã phản ánh", max_length=30, widget=forms.TextInput({"autocomplete": "off"})
    )
    proof = forms.ChoiceField(
        label="Đã kiểm tra người gửi bằng",
        choices=[(one.value, PROOFS[one]) for one in IdentityProof],
        widget=forms.RadioSelect,
    )
    shown = forms.CharField(
        label="Số căn cước hoặc số điện thoại đó",
        help_text="Nhập theo thẻ, hoặc theo lời người gửi. Máy chỉ trả lời đúng hay không, không hiện số đã ghi.",
        max_length=30,
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric"}),
    )


class TakeDownForm(Form):
    """What somebody says at the counter, in their own words."""

    title = forms.CharField(label="Tiêu đề", widget=forms.TextInput({"autocomplete": "off"}))
    text = forms.CharField(
        label="Nội dung, theo lời người dân",
        strip=False,
        help_text="Ghi đúng lời người dân, đọc lại cho người dân nghe trước khi lưu.",
        widget=forms.Textarea({"rows": 9}),
    )
    dossier_code = forms.CharField(
        label="Mã hồ sơ liên quan",
        max_length=60,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    sheets = FilesField(label="Giấy tờ kèm theo", required=False)
    name = forms.CharField(label="Họ và tên", max_length=150, required=False)
    phone = forms.CharField(
        label="Số điện thoại", max_length=20, required=False, widget=forms.TextInput({"inputmode": "tel"})
    )
    email = forms.EmailField(label="Thư điện tử", required=False)
    personal_id = forms.RegexField(
        r"^\s*[0-9]{12}\s*$",
        label="Số căn cước",
        required=False,
        error_messages={"invalid": "Số căn cước gồm 12 chữ số. Nhập lại theo thẻ, hoặc để trống."},
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    by_phone = forms.BooleanField(label="Phản ánh qua đường dây nóng", required=False)

    @classmethod
    def of(cls, data: QueryDict, files: MultiValueDict[str, UploadedFile[bytes]]) -> TakeDownForm:
        return cls(data, files)

    def brought(self, agency_id: int) -> Brought:
        """Return the petition as the house takes it."""
        told = self.cleaned_data
        return Brought(
            title=told["title"],
            text=told["text"],
            sender=Sender(
                told["name"], told["phone"], told["email"], personal_id=told["personal_id"].strip()
            ),
            agency_id=agency_id,
            source=PetitionSource.HOTLINE if told["by_phone"] else PetitionSource.COUNTER,
            dossier_code=told["dossier_code"],
            files=tuple(Sheet(file.name or "tep", file.read()) for file in self.files.getlist("sheets")),
        )
