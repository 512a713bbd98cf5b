from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from vanlang.dossiers.models.choices import code_field
from vanlang.dossiers.rules.parties import Authority


def _person() -> models.ForeignKey[object, object]:
    return models.ForeignKey(
        "identity.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )


def _entity() -> models.ForeignKey[object, object]:
    return models.ForeignKey(
        "identity.LegalEntity", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )


def _name() -> models.CharField[str, str]:
    return models.CharField(max_length=300)


def _number() -> models.CharField[str, str]:
    return models.CharField(max_length=40, blank=True)


def _address() -> models.CharField[str, str]:
    return models.CharField(max_length=300, blank=True)


class Parties(models.Model):
    """
    The five facts of a dossier: whose matter, in whose name, by whose hand, who pays, who may collect.

    Each stands here as it was at filing and is never inferred later, also where all five are one person.
    """

    # in whose name it is asked
    applicant = _person()
    applicant_entity = _entity()
    applicant_name = _name()
    applicant_personal_id = models.CharField(max_length=12, blank=True)
    applicant_entity_number = _number()
    applicant_address = _address()
    applicant_phone = models.CharField(max_length=20, blank=True)
    applicant_email = models.CharField(max_length=254, blank=True)

    # who stood up for the applicant, when they did not come themselves; and on what authority
    agent = _person()
    agent_name = models.CharField(max_length=150, blank=True)
    agent_number = _number()
    agent_phone = models.CharField(max_length=20, blank=True)
    authority = code_field(Authority)
    mandate = models.ForeignKey(
        "identity.Mandate", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    ground = models.CharField(max_length=300, blank=True)
    """On what ground the agent said to act, in their own words; evidence is `authority`."""

    # whose matter it is
    subject = _person()
    subject_entity = _entity()
    subject_name = _name()
    subject_number = _number()
    subject_address = _address()

    # whose hand filed
    operator = _person()
    operator_appointment = models.ForeignKey(
        "identity.Appointment", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    # who pays
    payer = _person()
    payer_entity = _entity()
    payer_name = _name()
    payer_number = _number()
    payer_address = _address()

    # who may collect the outcome
    recipient = _person()
    recipient_entity = _entity()
    recipient_name = _name()
    recipient_number = _number()
    recipient_phone = models.CharField(max_length=20, blank=True)

    class Meta:
        abstract = True


def _one_of(first: str, second: str, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{first}__isnull": False, f"{second}__isnull": True})
        | Q(**{f"{first}__isnull": True, f"{second}__isnull": False}),
        name=name,
    )


PARTIES_ARE_WHOLE = [
    _one_of("applicant", "applicant_entity", "dossier_one_applicant"),
    _one_of("subject", "subject_entity", "dossier_one_subject"),
    _one_of("operator", "operator_appointment", "dossier_one_operator"),
    _one_of("payer", "payer_entity", "dossier_one_payer"),
    _one_of("recipient", "recipient_entity", "dossier_one_recipient"),
    models.CheckConstraint(
        condition=~Q(authority=Authority.OWN) | Q(applicant__isnull=False, agent__isnull=True),
        name="dossier_own_needs_no_agent",
    ),
    models.CheckConstraint(
        condition=Q(authority=Authority.MANDATE, mandate__isnull=False)
        | (~Q(authority=Authority.MANDATE) & Q(mandate__isnull=True)),
        name="dossier_mandate_is_named",
    ),
    models.CheckConstraint(
        condition=~Q(authority=Authority.REPRESENTATIVE)
        | Q(applicant_entity__isnull=False, agent__isnull=False),
        name="dossier_represented_is_an_entity",
    ),
    models.CheckConstraint(
        condition=Q(agent__isnull=True)
        | Q(operator__isnull=True)
        | Q(operator=F("agent"))
        | Q(operator=F("applicant")),
        name="dossier_agent_is_the_hand_online",
    ),
]
"""Constraints of the five facts."""
