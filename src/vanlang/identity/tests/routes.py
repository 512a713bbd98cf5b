"""What the routes of this app answer, where it is not 200 or a redirect."""

from __future__ import annotations

from tests.support.route_samples import People, Sample

from vanlang.identity.api import SYSTEM, Role, issue_activations


def a_token(people: People) -> dict[str, object]:
    account = people.at_home[Role.COUNTER].account_id or 0
    (issued,) = issue_activations(account_ids=[account], reason="thử", actor=SYSTEM, at=people.at)
    return {"token": issued.token}


SAMPLES = {
    "identity:activate_account": Sample(a_token, owned=False, answers={200, 409}),
    # Back from the identity provider without having been sent there
    "national_callback": Sample(owned=False, answers={400}),
}
