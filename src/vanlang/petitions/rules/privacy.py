"""
What of a text must not be published: found by shape, and by what is known of the sender.

Two looks. Shapes: identity numbers, telephones, e-mail addresses, accounts, plates, house numbers, dossier codes, any long
number, people who introduce themselves (`names.py`). And the sender's own facts, compared letter by letter without anything between the letters: spaces, dots, line
breaks, diacritics, capitals or invisible characters hide nothing.

    findings = find(text, sender)            in order, apart from each other
    redact(text, findings, words)            the text without them
    refuse_if(why_not_public(text, sender))  what still looks like one

A finding that is not `certain` (a likely part of a name) is proposed, and a person decides; a certain one is refused.
It does not read: a person described without any of these is found by people only.

Law: unverified
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from vanlang.kernel.errors import Refusal
from vanlang.petitions.rules.folding import Folded, fold
from vanlang.petitions.rules.names import find_people
from vanlang.petitions.types import PersonalFact, Sender


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A stretch of a text, half-open."""

    start: int
    end: int
    fact: PersonalFact
    certain: bool = True


_GAP = r"[\s.\-_·•–—]"
_RUN = re.compile(rf"(?<!\d)\d(?:{_GAP}{{0,3}}\d){{7,}}(?!\d)")
_EMAIL = re.compile(
    r"[a-z0-9][a-z0-9._%+\-]{0,63}\s?(?:@|\(at\)|\[at\])\s?[a-z0-9\-]{1,63}(?:\s?\.\s?[a-z0-9\-]{1,63}){0,4}"
)
_PLATE = re.compile(r"(?<![a-z0-9])[1-9]\d[\s\-]?[a-z]{1,2}\d?[\s.\-]{1,3}\d{3}\.?\d{1,2}(?!\d)|(?<![a-z0-9])[1-9]\d[a-z]\d{4,5}(?!\d)")  # fmt: skip
_HOUSE = re.compile(
    r"(?<![a-z0-9])(?:so nha|nha so|ngo|ngach|hem|kiet)\s{1,2}(?:so\s)?\d{1,4}[a-z]?(?:/\d{1,4}[a-z]?){0,4}"
    r"|(?<![a-z0-9])so\s{1,2}\d{1,4}[a-z]?(?:/\d{1,4}[a-z]?){0,4},?\s{1,2}(?:duong|pho)\b"
)
_CODE = re.compile(r"(?<![a-z0-9])[a-z]\d{2}(?:\.\d{1,3}){0,3}\s?-\s?\d{6}\s?-\s?\d{3,7}(?!\d)")
_HARMLESS = re.compile(
    r"(?<!\d)(?:0?[1-9]|[12]\d|3[01])[./\-](?:0?[1-9]|1[0-2])[./\-](?:19|20)\d{2}(?!\d)"  # a date
    r"|(?<!\d)(?:19|20)\d{2}\s?[\-–]\s?(?:19|20)\d{2}(?!\d)"  # a period of years
    r"|(?<!\d)\d{1,3}(?:[.,]\d{3}){2,5}\s?(?:dong|vnd|d\b)"  # an amount
)
_ACCOUNT_BEFORE = re.compile(r"(?:tai khoan|stk|so tk|account|iban)[^\d]{0,40}$")
_TITLES = r"(?:ong|ba|anh|chi|em|co|chu|bac|cu|di|cau|thim|chau)"
_ROUNDS = 5
_LONG_NAME = 9
"""Letters from which on a name is looked for inside other letters too."""


def find(text: str, sender: Sender = Sender()) -> tuple[Finding, ...]:  # noqa: B008 - frozen and empty
    """Return what must not be published of `text`, in order; overlapping findings are one."""
    return _apart(_all(text, sender))


def redact(text: str, findings: Iterable[Finding], words: Mapping[PersonalFact, str]) -> str:
    """Return `text` with each finding replaced by the word for its kind; the words must be none themselves."""
    parts, reached = [], 0
    for finding in sorted(findings):
        parts += [text[reached : finding.start], words[finding.fact]]
        reached = finding.end
    return "".join([*parts, text[reached:]])


def clean(text: str, sender: Sender, words: Mapping[PersonalFact, str]) -> str:
    """
    Return `text` with everything certain taken out, looked at again for what then stands together.

    A few times only: a sender who is called like one of `words` is never done, and `why_not_public` still says so.
    """
    for _ in range(_ROUNDS):
        found = [finding for finding in find(text, sender) if finding.certain]
        if not found:
            break
        text = redact(text, found, words)
    return text


def why_not_public(text: str, sender: Sender) -> Refusal | None:
    """Return why a text may not be published, or None."""
    kinds = sorted({finding.fact.value for finding in _all(text, sender) if finding.certain})
    return Refusal("petitions.personal_data", {"kinds": kinds}) if kinds else None


def _all(text: str, sender: Sender) -> list[Finding]:
    folded = fold(text)
    people = (Finding(start, end, PersonalFact.NAME, sure) for start, end, sure in find_people(text, folded))
    return [*_by_shape(folded), *people, *_of_sender(folded, sender)]


def _by_shape(folded: Folded) -> Iterator[Finding]:
    plain = folded.plain
    for shape, fact in (
        (_EMAIL, PersonalFact.EMAIL),
        (_CODE, PersonalFact.DOSSIER_CODE),
        (_HOUSE, PersonalFact.ADDRESS),
        (_PLATE, PersonalFact.PLATE),
    ):
        for match in shape.finditer(plain):
            yield Finding(*folded.span(*match.span()), fact)
    bare = _HARMLESS.sub(lambda match: "x" * len(match[0]), plain)
    for match in _RUN.finditer(bare):
        yield Finding(*folded.span(*match.span()), _kind_of(match, bare))


def _kind_of(match: re.Match[str], plain: str) -> PersonalFact:
    digits = "".join(sign for sign in match[0] if sign.isdigit())
    if _ACCOUNT_BEFORE.search(plain, max(0, match.start() - 60), match.start()):
        return PersonalFact.ACCOUNT
    if re.fullmatch(r"(?:0|84)(?:[35789]\d{8}|2\d{9})", digits):
        return PersonalFact.PHONE
    return PersonalFact.IDENTITY_NUMBER if len(digits) in (9, 12) else PersonalFact.NUMBER


def _of_sender(folded: Folded, sender: Sender) -> Iterator[Finding]:
    dense = folded.dense()
    for number, fact in (
        (sender.personal_id, PersonalFact.IDENTITY_NUMBER),
        (_core(sender.phone), PersonalFact.PHONE),
    ):
        digits = "".join(sign for sign in number if sign.isdigit())
        if len(digits) >= 8:
            yield from _inside(dense, digits, fact)
    address = fold(sender.email).dense().plain
    if "@" in sender.email and len(address) >= 6:
        yield from _inside(dense, address, PersonalFact.EMAIL)
    place = fold(sender.address.split(",")[0]).dense().plain
    if len(place) >= 6 and any(sign.isdigit() for sign in place):
        yield from _inside(dense, place, PersonalFact.ADDRESS)
    yield from _name(folded, dense, sender.name)


def _name(folded: Folded, dense: Folded, name: str) -> Iterator[Finding]:
    words = [word for part in fold(name).plain.split() if (word := fold(part).dense().plain)]
    if not words:
        return
    whole = "".join(words)
    if len(words) > 1:
        yield from _inside(
            dense, whole, PersonalFact.NAME, alone_in=None if len(whole) >= _LONG_NAME else folded
        )
        short = [re.escape(words[0]), re.escape(words[-1])]
        yield from _spaced(folded, rf"\b{short[0]}\W{{1,3}}{short[1]}\b", certain=True)
    yield from _spaced(folded, rf"\b{_TITLES}\W{{1,3}}{re.escape(words[-1])}\b", certain=True)
    if len(words) > 2:
        middle = [re.escape(word) for word in words[-2:]]
        yield from _spaced(folded, rf"\b{middle[0]}\W{{0,3}}{middle[1]}\b", certain=False)


def _spaced(folded: Folded, pattern: str, *, certain: bool) -> Iterator[Finding]:
    for match in re.finditer(pattern, folded.plain):
        yield Finding(*folded.span(*match.span()), PersonalFact.NAME, certain)


def _inside(
    dense: Folded, wanted: str, fact: PersonalFact, *, alone_in: Folded | None = None
) -> Iterator[Finding]:
    """Yield every place where `wanted` stands, whatever stood between its signs; `alone_in`: not inside a longer word."""
    start = dense.plain.find(wanted)
    while start >= 0:
        span = dense.span(start, start + len(wanted))
        if alone_in is None or _stands_alone(alone_in, span):
            yield Finding(*span, fact)
        start = dense.plain.find(wanted, start + 1)


def _stands_alone(folded: Folded, span: tuple[int, int]) -> bool:
    """Tell whether no letter touches a stretch of the text."""
    signs = {place: sign for sign, place in zip(folded.plain, folded.at, strict=True)}
    before, after = signs.get(span[0] - 1, " "), signs.get(span[1], " ")
    return not before.isalpha() and not after.isalpha()


def _core(phone: str) -> str:
    """Return the digits of a telephone number that stay the same with 0, 84 and +84 before them."""
    digits = "".join(sign for sign in fold(phone).plain if sign.isdigit())
    return digits.removeprefix("84") if len(digits) > 10 else digits.removeprefix("0")


def _apart(findings: list[Finding]) -> tuple[Finding, ...]:
    """Return the findings in order, those that overlap or touch as one: the certain and the longer one names it."""
    apart: list[Finding] = []
    for finding in sorted(findings):
        if apart and finding.start < apart[-1].end:
            last = apart[-1]
            wins = max(last, finding, key=lambda one: (one.certain, one.end - one.start))
            apart[-1] = Finding(last.start, max(last.end, finding.end), wins.fact, wins.certain)
        else:
            apart.append(finding)
    return tuple(apart)
