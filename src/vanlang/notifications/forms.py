from __future__ import annotations

from django import forms

from vanlang.notifications.labels import CHANNELS
from vanlang.notifications.types import NoticeChannel, NoticeKind
from vanlang.ui.forms import Form


class PreferencesForm(Form):
    """One list of ways for each kind; a field is called by its kind."""

    def __init__(self, *args: object, kinds: tuple[NoticeKind, ...], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for kind in kinds:
            self.fields[kind.value] = forms.MultipleChoiceField(
                choices=[(channel.value, CHANNELS[channel]) for channel in NoticeChannel], required=False
            )

    def channels(self, kind: NoticeKind) -> list[NoticeChannel]:
        return [NoticeChannel(value) for value in self.cleaned_data[kind.value]]


class CapForm(Form):
    """What an agency may spend in a day."""

    daily_vnd = forms.IntegerField(
        label="Mức chi tin nhắn mỗi ngày của cơ quan (đồng)",
        help_text="Để trống là không giới hạn.",
        min_value=0,
        max_value=2_000_000_000,
        required=False,
    )


class ProvinceCapForm(Form):
    """What the whole province may spend in a day, under which every agency's own amount falls."""

    prefix = "tinh"

    daily_vnd = forms.IntegerField(
        label="Mức chi tin nhắn mỗi ngày của toàn tỉnh (đồng)",
        help_text="Để trống là không giới hạn. Hết mức này thì không cơ quan nào gửi thêm tin mất tiền trong ngày.",
        min_value=0,
        max_value=2_000_000_000,
        required=False,
    )
