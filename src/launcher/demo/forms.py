"""Filling in a form as a person does: fields by their labels, answers by their words, then one button."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import urlencode, urljoin

from launcher.demo.pages import Node, Page, PageError, nodes, text_of

OPTIONAL = "(không bắt buộc)"


@dataclass(frozen=True, slots=True)
class File:
    """A file on the visitor's disk."""

    name: str
    content: bytes


Value: TypeAlias = str | bool | File
Pair: TypeAlias = tuple[str, str | File]


@dataclass(frozen=True, slots=True)
class Sending:
    """What a browser sends when a button is pressed."""

    url: str
    body: bytes | None
    """None for a form that is sent by GET."""
    content_type: str = ""


def fill(page: Page, button: str, values: Mapping[str, Value], *, near: str = "") -> Sending:
    """
    Fill in the form of a button and return what pressing it sends.

    A label that stands in every line of a table is told with its line: `Số trang#3` is the third of them. True ticks a
    box, False takes its tick away.
    """
    form, pressed = page.form(button, near)
    files: dict[str, File] = {}
    for label, value in values.items():
        _enter(page, form, label, value, files)
    pairs = _successful(page, form, pressed, files)
    url = urljoin(page.url, pressed.get("formaction") or form.get("action") or page.url)
    if (form.get("method") or "get").lower() == "get":
        query = urlencode([(name, value) for name, value in pairs if isinstance(value, str)])
        return Sending(f"{url.partition('?')[0]}?{query}", None)
    return Sending(url, *encode(pairs, multipart=form.get("enctype") == "multipart/form-data"))


def encode(pairs: Sequence[Pair], *, multipart: bool) -> tuple[bytes, str]:
    """Return the body of a request and its content type."""
    if not multipart:
        body = urlencode([(name, value if isinstance(value, str) else value.name) for name, value in pairs])
        return body.encode(), "application/x-www-form-urlencoded"
    boundary = f"vanlang{secrets.token_hex(12)}"
    parts = []
    for name, value in pairs:
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"'
        if isinstance(value, File):
            head += f'; filename="{value.name}"\r\nContent-Type: application/octet-stream'
        content = value.content if isinstance(value, File) else value.encode()
        parts += [head.encode(), b"\r\n\r\n", content, b"\r\n"]
    return b"".join([*parts, f"--{boundary}--\r\n".encode()]), f"multipart/form-data; boundary={boundary}"


# ---- entering one value -----------------------------------------------------------------------------


def _enter(page: Page, form: Node, label: str, value: Value, files: dict[str, File]) -> None:
    group = _group(form, label) if isinstance(value, str) else None
    control = _control(
        page,
        form if group is None else group,
        value if group is not None and isinstance(value, str) else label,
    )
    if value is False:
        control.attrib.pop("checked", "")
    elif group is not None or value is True:
        _mark(
            control,
            nodes(form, ".//input[@type='radio' and @name=$name]", name=control.get("name", "")),
            "checked",
        )
    elif isinstance(value, File):
        files[control.get("name", "")] = value
    elif control.tag == "select":
        _select(page, control, str(value))
    elif control.tag == "textarea":
        control.text = str(value)
    else:
        control.set("value", str(value))


def _group(form: Node, legend: str) -> Node | None:
    """Return the question whose answers are all visible, by its words."""
    for one in nodes(form, ".//fieldset[.//input[@type='radio']]/legend"):
        if _bare(one) == legend:
            return one.getparent()
    return None


def _control(page: Page, inside: Node, label: str) -> Node:
    """Return the control of a label: the same words, else words that begin with these, else that hold them."""
    labelled = [(_bare(one), one) for one in nodes(inside, ".//label")]
    named = nodes(inside, ".//*[@aria-label and @name]")
    named += nodes(page.tree, "//*[@form=$id and @aria-label and @name]", id=inside.get("id") or "-")
    labelled += [(one.get("aria-label", ""), one) for one in named]
    words, _, place = label.partition("#")
    for fits in (str.__eq__, str.startswith, str.__contains__):
        found = [one for said, one in labelled if fits(said, words)]
        if len(found) >= int(place or 1):
            one = found[int(place or 1) - 1]
            return one if one.get("name") else _labelled(page, one)
    known = "; ".join(said for said, _ in labelled)
    raise PageError(f"“{page.heading}” ({page.url}) không có ô “{label}”; có: {known}. {page.said}")


def _labelled(page: Page, label: Node) -> Node:
    for control in nodes(label, ".//*[self::input or self::select or self::textarea]"):
        return control
    for control in nodes(page.tree, "//*[@id=$id]", id=label.get("for", "")):
        return control
    raise PageError(f"“{page.heading}”: nhãn “{text_of(label)}” không thuộc ô nào")


def _select(page: Page, control: Node, words: str) -> None:
    options = nodes(control, ".//option")
    wanted = next((one for one in options if words in text_of(one)), None)
    if wanted is None:
        raise PageError(f"“{page.heading}”: danh sách “{control.get('name')}” không có “{words}”")
    _mark(wanted, options, "selected")


def _mark(chosen: Node, among: Sequence[Node], word: str) -> None:
    """Mark one of several as chosen, and none beside it."""
    for one in among:
        if word in one.attrib:
            del one.attrib[word]
    chosen.set(word, word)


def _bare(label: Node) -> str:
    return text_of(label).removesuffix(OPTIONAL).strip()


# ---- what is sent -----------------------------------------------------------------------------------


def _successful(page: Page, form: Node, pressed: Node, files: Mapping[str, File]) -> list[Pair]:
    """Return the form's fields as the standard of HTML says: in order, without what is off or unnamed."""
    inside = nodes(form, ".//*[self::input or self::select or self::textarea or self::button][@name]")
    beside = nodes(page.tree, "//*[@form=$id and @name]", id=form.get("id") or "-")
    pairs: list[Pair] = []
    for one in dict.fromkeys([*inside, *beside]):
        if "disabled" not in one.attrib:
            pairs += _pairs(one, pressed, files)
    return pairs


def _pairs(one: Node, pressed: Node, files: Mapping[str, File]) -> list[Pair]:
    name, kind = one.get("name", ""), one.get("type", "text").lower()
    if one.tag == "button" or kind in {"submit", "image"}:
        return [(name, one.get("value", ""))] if one is pressed else []
    if one.tag == "select":
        options = nodes(one, ".//option")
        chosen = [option for option in options if "selected" in option.attrib] or options[:1]
        return [(name, option.get("value", text_of(option))) for option in chosen]
    if one.tag == "textarea":
        typed = (one.text or "").replace("\r\n", "\n").removeprefix("\n")
        return [(name, typed.replace("\n", "\r\n"))]
    if kind in {"checkbox", "radio"}:
        return [(name, one.get("value", "on"))] if "checked" in one.attrib else []
    if kind == "file":
        return [(name, files.get(name, File("", b"")))]
    return [(name, one.get("value", ""))]
