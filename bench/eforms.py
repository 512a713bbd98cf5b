"""A form of 40 questions: how long it takes to check, and to draw, beside Django's own form of as many fields."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any

TODAY = dt.date(2026, 11, 23)
FIELDS = 40


def document() -> dict[str, Any]:
    """Return a form with ten questions each of text, date, choice and number."""
    properties: dict[str, Any] = {}
    ui: dict[str, Any] = {}
    for place in range(FIELDS // 4):
        properties |= {
            f"text_{place}": {"type": "string", "minLength": 2, "maxLength": 100},
            f"day_{place}": {"type": "string", "format": "date"},
            f"choice_{place}": {"type": "string", "enum": ["a", "b", "c"]},
            f"number_{place}": {"type": "integer", "minimum": 0},
        }
    for name in properties:
        widget = {"text": "text", "day": "date", "choice": "choice", "number": "number"}[name.split("_")[0]]
        ui[name] = {"widget": widget, "label": f"Câu hỏi {name}", "hint": "Gợi ý cho câu hỏi."}
    schema = {"type": "object", "properties": properties, "required": list(properties)}
    return {
        "code": "bench",
        "title": "Đo",
        "version": 1,
        "schema": schema,
        "ui": {"order": list(properties), **ui},
    }


def answers() -> dict[str, str]:
    texts = {"text": "Nguyễn Thị Lan", "day": "02/11/1990", "choice": "b", "number": "2.153"}
    return {name: texts[name.split("_")[0]] for name in document()["schema"]["properties"]}


def milliseconds(act: Callable[[], object], *, rounds: int) -> float:
    """Return the median time of `act`, warm."""
    for _ in range(5):
        act()
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        act()
        times.append(time.perf_counter() - started)
    return statistics.median(times) * 1000


def django_form() -> Any:
    """Return Django's form with the same questions: what one would write by hand instead."""
    from django import forms

    kinds = {
        "text": lambda: forms.CharField(min_length=2, max_length=100, help_text="Gợi ý cho câu hỏi."),
        "day": lambda: forms.DateField(input_formats=["%d/%m/%Y"], help_text="Gợi ý cho câu hỏi."),
        "choice": lambda: forms.ChoiceField(choices=[(one, one) for one in "abc"], widget=forms.RadioSelect),
        "number": lambda: forms.IntegerField(min_value=0, localize=True, help_text="Gợi ý cho câu hỏi."),
    }
    names = document()["schema"]["properties"]
    return type("ByHand", (forms.Form,), {name: kinds[name.split("_")[0]]() for name in names})


def measure(rounds: int) -> dict[str, float]:
    """Return milliseconds by what was measured; every answer is checked to be right first."""
    from django.template import Context, Template

    from vanlang.eforms import api

    definition, raw, by_hand = api.definition_of(document()), answers(), django_form()
    source = Template("{% load eforms %}{% eform definition=d values=v on=day %}")
    context = Context({"d": definition, "v": raw, "day": TODAY})
    plain = Template("{{ form.as_div }}")
    checked = api.validate(definition, raw, on=TODAY)
    if not checked.is_valid or len(checked.values) != FIELDS or not by_hand(raw).is_valid():
        raise AssertionError(checked.errors)
    if source.render(context).count("<label") < FIELDS:
        raise AssertionError("questions are missing")
    return {
        "check_40_answers_ms": milliseconds(lambda: api.validate(definition, raw, on=TODAY), rounds=rounds),
        "check_40_answers_django_form_ms": milliseconds(lambda: by_hand(raw).is_valid(), rounds=rounds),
        "draw_40_questions_ms": milliseconds(lambda: source.render(context), rounds=rounds),
        "draw_40_questions_django_form_ms": milliseconds(
            lambda: plain.render(Context({"form": by_hand(raw)})), rounds=rounds
        ),
    }


def main(argv: Sequence[str]) -> int:
    """Measure and print."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    parser = argparse.ArgumentParser(prog="bench eforms", description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rounds", type=int, default=100)
    options = parser.parse_args(argv)
    django.setup()
    figures = measure(options.rounds)
    if options.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:36} {value:8.2f}")
    return 0
