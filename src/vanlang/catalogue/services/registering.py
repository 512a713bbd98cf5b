"""Before a version is published: what it writes into registers has a source, and what it takes from them has a place."""

from __future__ import annotations

from collections.abc import Iterator

from vanlang.catalogue.errors import CatalogueInvalidError
from vanlang.catalogue.rules.content import CaseContent, Content
from vanlang.eforms.api import find_definition
from vanlang.registers.api import find_register, mapping


def check_registers(content: Content) -> None:
    """
    Say no to a version whose result could not be registered: a required field without a source, a question that is not asked.

    Raises: CatalogueInvalidError("catalogue.register_mapping") with everything that is wrong.
    """
    problems = [problem for case in content.cases for problem in _problems(case)]
    if problems:
        raise CatalogueInvalidError("catalogue.register_mapping", problems="; ".join(problems))


def _problems(case: CaseContent) -> Iterator[str]:
    questions = _questions(case.form_code)
    if case.yields is not None:
        yield from _problems_of_yield(case, questions)
    for take in case.takes:
        register = find_register(take.register)
        known = {field.name for field in register.fields} if register else set()
        if register is None:
            yield f"{take.register}: không có sổ này"
        yield from (
            f"{take.register}.{name}: sổ không có trường này"
            for name in take.fills.values()
            if name not in known
        )
        if questions is not None:
            yield from (
                f"{name}: tờ khai không có câu hỏi này" for name in take.fills if name not in questions
            )


def _problems_of_yield(case: CaseContent, questions: frozenset[str] | None) -> Iterator[str]:
    assert case.yields is not None  # noqa: S101 - asked by the caller
    register = find_register(case.yields.register)
    if register is None:
        yield f"{case.yields.register}: không có sổ này"
        return
    yield from mapping.problems_of(case.yields.fields, schema=register.schema, answers=questions)
    for source in filter(None, (case.yields.holder, case.yields.organisation)):
        if not mapping.is_source(source, answers=questions):
            yield f"{source}: không có nguồn này"


def _questions(form_code: str) -> frozenset[str] | None:
    """Return the questions of a form, none for a case without one; None where the form is not loaded here."""
    if not form_code:
        return frozenset()
    definition = find_definition(form_code)
    return frozenset(field.name for field in definition.fields) if definition else None
