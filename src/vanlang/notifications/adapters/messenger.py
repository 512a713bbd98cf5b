"""
An official account of a messaging service: template messages by telephone number, over HTTP with JSON.

    POST {"phone": "84…", "template_id": …, "template_data": {…}, "tracking_id": …}   Authorization: Bearer …
    ← {"error": 0, "data": {"msg_id": …}}

This is the shape that the resellers of such services publish; each installation maps our templates to those that its service
approved, and names another header for the token where the service wants one. Nothing is assumed of a service's own error numbers: the HTTP status decides, and an `error` other than 0 is final.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from typing_extensions import override

from vanlang.kernel.http import SilenceError, ask
from vanlang.notifications.ports import Carried, Carrier, Parcel
from vanlang.notifications.types import NoticeChannel, ProviderVerdict

SECONDS = 10.0
NO_ACCOUNT = 404
"""The one error that the contract with a service must name so: nobody has this number there."""


class MessengerCarrier(Carrier):
    """One official account."""

    channel = NoticeChannel.MESSENGER

    def __init__(
        self, name: str, *, url: str, token: str, templates: Mapping[str, str], token_header: str = ""
    ) -> None:
        self.name, self._url, self._templates = name, url, templates
        self._token = {token_header: token} if token_header else {"Authorization": f"Bearer {token}"}

    @override
    def carry(self, parcels: Sequence[Parcel]) -> Iterator[Carried]:
        for parcel in parcels:
            result = self._post(parcel)
            yield result
            if result.verdict in {ProviderVerdict.UNREACHABLE, ProviderVerdict.THROTTLED}:
                return

    def _post(self, parcel: Parcel) -> Carried:
        letter = parcel.letter
        order = {
            "phone": parcel.to,
            "template_id": self._templates.get(parcel.template, parcel.template),
            "template_data": {
                "agency": letter.agency,
                "subject": letter.subject,
                "do_now": letter.do_now,
                "link": letter.link,
                "stop_link": letter.stop_link,
            },
            "tracking_id": parcel.reference,
        }
        headers = {"Content-Type": "application/json", **self._token}
        try:
            answer = ask("POST", self._url, body=json.dumps(order).encode(), headers=headers, seconds=SECONDS)
        except SilenceError as silence:
            verdict = ProviderVerdict.UNCLEAR if silence.was_asked else ProviderVerdict.UNREACHABLE
            return Carried(parcel.reference, verdict, str(silence))
        return _read(parcel.reference, answer.status, answer.body)


def _read(reference: str, status: int, body: bytes) -> Carried:
    if status == 429:
        return Carried(reference, ProviderVerdict.THROTTLED, "429")
    if status == 401:  # our own token: no fault of the parcel
        return Carried(reference, ProviderVerdict.UNREACHABLE, "401")
    if status >= 500:
        return Carried(reference, ProviderVerdict.TEMPORARY, str(status))
    if status >= 400:
        return Carried(reference, ProviderVerdict.REFUSED, str(status))
    try:
        told = json.loads(body)
        error = int(told["error"])
        message_id = str(told["data"]["msg_id"]) if error == 0 else ""
    except (ValueError, KeyError, TypeError):
        return Carried(reference, ProviderVerdict.UNCLEAR, "nonsense")
    if error:
        verdict = ProviderVerdict.BAD_ADDRESS if error == NO_ACCOUNT else ProviderVerdict.REFUSED
        return Carried(reference, verdict, str(error))
    return Carried(reference, ProviderVerdict.ACCEPTED, "0", message_id)
