from vanlang.identity.services.officers import add_officer_account, appoint, end_appointment
from vanlang.identity.services.people import PersonFacts, account_of_citizen, remember_person

__all__ = [
    "PersonFacts",
    "account_of_citizen",
    "add_officer_account",
    "appoint",
    "end_appointment",
    "remember_person",
]
