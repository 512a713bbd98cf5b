"""One message of each kind, told by the real command, for the test that asks every route as everybody."""

from __future__ import annotations

from tests.support.route_samples import People, Sample

from vanlang.notifications.models import Delivery, Message
from vanlang.notifications.queries.links import stop_token
from vanlang.notifications.services.telling import tell
from vanlang.notifications.tests.conftest import SUPPLEMENT
from vanlang.notifications.types import NoticeKind, Recipient


def told(people: People) -> Message:
    """Tell the citizen of a supplement request by home's agency."""
    assert people.citizen.person_id is not None
    message_id = tell(
        event="dossiers.supplement_requested", object_type="dossier", object_id="1",
        to=Recipient.person(people.citizen.person_id, phone="0912345678", email="lan@example.vn"),
        template="supplement_requested", values=SUPPLEMENT, agency_id=people.home, link="/ho-so/", at=people.at,
    )  # fmt: skip
    return Message.objects.get(pk=message_id)


def a_message(people: People) -> dict[str, object]:
    return {"message_id": told(people).pk}


def a_short_address(people: People) -> dict[str, object]:
    return {"token": told(people).token}


def a_link_to_stop(people: People) -> dict[str, object]:
    assert people.citizen.person_id is not None
    return {"token": stop_token(Recipient.person(people.citizen.person_id), NoticeKind.REMINDER)}


def a_delivery(people: People) -> dict[str, object]:
    return {"delivery_id": Delivery.objects.filter(message=told(people)).order_by("id")[0].pk}


SAMPLES = {
    # Another's message is not found: it is told to one person, whatever their role
    "notifications:message": Sample(a_message, owned=False, answers={200, 404}),
    "notifications:short": Sample(a_short_address, owned=False),
    "notifications:stop": Sample(a_link_to_stop, owned=False),
    "notifications:send_again": Sample(a_delivery, owned=False, answers={405}),
    "notifications:template": Sample(lambda people: {"code": "officer_digest"}, owned=False),
}
