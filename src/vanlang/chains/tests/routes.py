"""What the routes of chains are asked with: one chain of an agency, of one leg here and one outside."""

from __future__ import annotations

from tests.support.route_samples import People, Sample

from vanlang.chains import api as chains
from vanlang.chains.models import Chain
from vanlang.chains.services.loading import keep_plan
from vanlang.dossiers.api import Channel, PartyFacts
from vanlang.dossiers.tests.factories import make_procedure
from vanlang.identity.api import Role
from vanlang.kernel.ids import new_id

PLAN = """
code = "sample"
title = "Khai sinh và bảo hiểm y tế"
[[leg]]
key = "birth"
title = "Đăng ký khai sinh"
procedure = "1.009901"
[[leg]]
key = "insurance"
title = "Thẻ bảo hiểm y tế"
outside = "Bảo hiểm xã hội"
after = ["birth"]
"""


def a_plan(people: People) -> None:
    from django.conf import settings

    from vanlang.calendars.api import load_days, load_office_hours

    load_days(settings.VANLANG_REFERENCE / "calendar" / "days.toml", at=people.at)
    load_office_hours(settings.VANLANG_REFERENCE / "calendar" / "office-hours.toml", at=people.at)
    make_procedure("1.009901")
    keep_plan(PLAN, on=people.at.date())


def a_chain(people: People) -> Chain:
    """Return a chain that the counter at home took in."""
    a_plan(people)
    plan_id, _ = chains.get_plan("sample", people.at.date())
    assert people.citizen.person_id
    opened = chains.open_chain(
        chain_id=new_id(), plan_id=plan_id,
        applicant=PartyFacts(person_id=people.citizen.person_id, full_name="Nguyễn Thị Lan"),
        channel=Channel.DIRECT, answers={}, papers=[], actor=people.at_home[Role.COUNTER], at=people.at,
    )  # fmt: skip
    return Chain.objects.get(pk=opened.chain_id)


def plan_of_sample(people: People) -> dict[str, object]:
    a_plan(people)
    return {"code": "sample"}


SAMPLES = {
    "chains:intake": Sample(plan_of_sample, owned=False),
    "chains:chain": Sample(lambda people: {"chain_id": a_chain(people).pk}),
    "chains:slip": Sample(lambda people: {"chain_id": a_chain(people).pk}),
    "chains:act": Sample(
        lambda people: {"chain_id": a_chain(people).pk, "leg": "birth", "what": "bo"}, owned=False
    ),
    "portal:chain": Sample(lambda people: {"token": a_chain(people).token}, owned=False),
}
