"""What an entry of a register may lay into a form: questions that nobody has answered, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping

_EMPTY: tuple[object, ...] = (None, "", [])


def laid_in(
    offered: Mapping[str, object], answers: Mapping[str, object], defaults: Mapping[str, object]
) -> dict[str, object]:
    """Return what of `offered` goes into questions that are empty, or still say what the form said by itself."""
    return {
        question: value
        for question, value in offered.items()
        if answers.get(question) in _EMPTY
        or (question in defaults and answers.get(question) == defaults[question])
    }


def changed(filled: Mapping[str, object], answers: Mapping[str, object]) -> frozenset[str]:
    """Return the questions whose answer is no longer what the entry said."""
    return frozenset(
        question for question, value in filled.items() if _plain(answers.get(question)) != _plain(value)
    )


def _plain(value: object) -> str:
    return "" if value is None else str(value).strip()
