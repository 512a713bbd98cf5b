"""The public version before it is public: what is found in it, marked; and what it is without that."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from vanlang.identity.api import Actor
from vanlang.petitions.cards import Piece
from vanlang.petitions.labels import TAKEN_OUT
from vanlang.petitions.queries.access import access_petition
from vanlang.petitions.queries.drawing import known_sender_of
from vanlang.petitions.rules.privacy import Finding, clean, find, why_not_public
from vanlang.petitions.rules.text import LONGEST_TITLE, harmless, shortened
from vanlang.petitions.types import AnswerWords


@dataclass(frozen=True, slots=True)
class Marking:
    """The three parts of a public version, in pieces."""

    title: tuple[Piece, ...]
    question: tuple[Piece, ...]
    answer: tuple[Piece, ...]
    may_be_published: bool
    proposes: bool
    """Whether something is marked that a person decides."""


def mark_version(petition_id: uuid.UUID, words: AnswerWords, *, actor: Actor) -> Marking:
    """Return a public version with everything marked that tells who somebody is. Raises: PetitionNotFoundError."""
    sender = known_sender_of(access_petition(petition_id, actor=actor))
    parts = (words.public_title, words.public_question, words.public_answer)
    title, question, answer = (_pieces(part, find(part, sender)) for part in parts)
    return Marking(
        title=title,
        question=question,
        answer=answer,
        may_be_published=all(parts) and why_not_public("\n\n".join(parts), sender) is None,
        proposes=any(piece.fact is not None for piece in (*title, *question, *answer)),
    )


def without_personal_data(petition_id: uuid.UUID, words: AnswerWords, *, actor: Actor) -> AnswerWords:
    """Return a public version with everything certain taken out. Raises: PetitionNotFoundError."""
    sender = known_sender_of(access_petition(petition_id, actor=actor))
    return AnswerWords(
        words.text,
        clean(words.public_title, sender, TAKEN_OUT),
        clean(words.public_question, sender, TAKEN_OUT),
        clean(words.public_answer, sender, TAKEN_OUT),
    )


def first_version(petition_id: uuid.UUID, *, actor: Actor) -> AnswerWords:
    """Return what a public version begins with: the sender's words without what names them. Raises: PetitionNotFoundError."""
    row = access_petition(petition_id, actor=actor)
    question = shortened(harmless(row.words["text"]), 4000)[0]
    words = AnswerWords("", harmless(row.words["title"])[:LONGEST_TITLE], question)
    return without_personal_data(petition_id, words, actor=actor)


def _pieces(text: str, findings: tuple[Finding, ...]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    reached = 0
    for finding in findings:
        pieces += [
            Piece(text[reached : finding.start]),
            Piece(text[finding.start : finding.end], finding.fact, finding.certain),
        ]
        reached = finding.end
    return tuple(piece for piece in [*pieces, Piece(text[reached:])] if piece.text)
