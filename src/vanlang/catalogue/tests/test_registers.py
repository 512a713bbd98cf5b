"""Which register a procedure writes into, and which results it takes, is data of its version; checked before it is published."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.conf import settings

from vanlang.catalogue.api import get_procedure, get_version, load_starter
from vanlang.catalogue.errors import CatalogueInvalidError
from vanlang.catalogue.queries.content import load_contents
from vanlang.catalogue.rules.content import CaseContent, TakeContent, YieldContent, digest
from vanlang.catalogue.rules.starter import read_registers
from vanlang.catalogue.services.registering import check_registers
from vanlang.eforms.api import load_definitions
from vanlang.identity.api import SYSTEM
from vanlang.registers.api import get_register

REFERENCE = settings.VANLANG_REFERENCE
LINKS = read_registers((REFERENCE / "catalogue" / "registers.toml").read_text(encoding="utf-8"))


@pytest.fixture
def starter(db: None, at: dt.datetime) -> None:
    load_definitions(REFERENCE / "eforms")
    load_starter(actor=SYSTEM, at=at)


def test_at_least_eight_procedures_write_registers() -> None:
    assert sum(links.yields is not None for links in LINKS.values()) >= 8


@pytest.mark.usefixtures("starter")
@pytest.mark.parametrize("code", sorted(LINKS))
def test_every_link_of_the_starter_catalogue_is_published(code: str, at: dt.datetime) -> None:
    version = get_version(get_procedure(code, at.date()).version_id)
    links = LINKS[code]
    for case in version.cases:
        assert (case.yields is None) == (links.yields is None)
        if case.yields is not None:
            required = {
                field.name for field in get_register(case.yields.register).fields if field.is_required
            }
            assert required <= set(case.yields.fields)
    taken = {take.register for case in version.cases for take in case.takes}
    assert taken == {take.register for take in links.takes}


@pytest.mark.usefixtures("starter")
def test_a_version_whose_result_could_not_be_registered_is_not_published(at: dt.datetime) -> None:
    version_id = get_procedure("1.001193", at.date()).version_id
    content = load_contents([version_id])[version_id]
    check_registers(content)
    (case,) = content.cases
    assert case.yields is not None
    wrong = [
        replace(case, yields=YieldContent("birth", {"child_name": "answers.child_name"})),
        replace(
            case, yields=replace(case.yields, fields={**case.yields.fields, "home_town": "answers.nobody"})
        ),
        replace(case, yields=replace(case.yields, register="nothing")),
        replace(case, yields=replace(case.yields, holder="answers.nobody")),
        replace(case, takes=(TakeContent("birth", fills={"child_name": "nothing"}),)),
        replace(case, takes=(TakeContent("birth", fills={"nothing": "child_name"}),)),
        replace(case, takes=(TakeContent("nothing"),)),
    ]
    for one in wrong:
        with pytest.raises(CatalogueInvalidError) as refused:
            check_registers(replace(content, cases=(one,)))
        assert refused.value.code == "catalogue.register_mapping"


def test_a_case_without_registers_keeps_the_digest_that_it_had() -> None:
    plain = digest(CaseContent("", ()))
    assert plain == digest({"title": "", "papers": [], "form_code": ""})
    assert plain != digest(CaseContent("", (), takes=(TakeContent("birth"),)))
