from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.http import QueryDict


class SignInForm(forms.Form):
    username = forms.CharField(
        label="Tên đăng nhập",
        max_length=150,
        error_messages={"required": "Hãy nhập tên đăng nhập."},
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label="Mật khẩu",
        max_length=200,
        strip=False,
        error_messages={"required": "Hãy nhập mật khẩu."},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def clean_username(self) -> str:
        return str(self.cleaned_data["username"]).strip().lower()


class PasswordForm(forms.Form):
    password = SignInForm.base_fields["password"]


class CodeForm(forms.Form):
    """A code of the authenticator app, or one of the printed spare codes. Its name collides with no act's field."""

    NAME: ClassVar[str] = "second_factor_code"

    second_factor_code = forms.CharField(
        label="Mã xác thực",
        max_length=20,
        error_messages={"required": "Hãy nhập mã xác thực."},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    @classmethod
    def fields_beside(cls, sent: QueryDict) -> list[tuple[str, str]]:
        """Return the fields of another form that came along with a code, each value by itself."""
        own = {cls.NAME, "csrfmiddlewaretoken"}
        return [(name, str(value)) for name, values in sent.lists() if name not in own for value in values]

    def clean_second_factor_code(self) -> str:
        return "".join(str(self.cleaned_data[self.NAME]).split())


class AppointmentForm(forms.Form):
    """Which of the offered appointments to work in."""

    appointment = forms.TypedChoiceField(
        label="Vai trò làm việc",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Hãy chọn một vai trò.",
            "invalid_choice": "Hãy chọn một vai trò trong danh sách.",
        },
    )

    def __init__(self, *args: Any, choices: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["appointment"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above; tells the type
        field.choices = choices


class NewPasswordForm(forms.Form):
    """A new password, twice."""

    new_password = forms.CharField(
        label="Mật khẩu mới",
        max_length=200,
        strip=False,
        error_messages={"required": "Hãy nhập mật khẩu mới."},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    repeated = forms.CharField(
        label="Nhập lại mật khẩu mới",
        max_length=200,
        strip=False,
        error_messages={"required": "Hãy nhập lại mật khẩu mới."},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class ChangePasswordForm(NewPasswordForm):
    password = SignInForm.base_fields["password"]
    field_order = ["password", "new_password", "repeated"]
