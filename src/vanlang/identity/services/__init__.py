from vanlang.identity.services.officers import add_officer_account, appoint, end_appointment
from vanlang.identity.services.people import PersonFacts, account_of_citizen, remember_person
from vanlang.identity.services.throttle import consume, forget_full_allowances, give_back

__all__ = [
    "PersonFacts",
    "account_of_citizen",
    "add_officer_account",
    "appoint",
    "consume",
    "end_appointment",
    "forget_full_allowances",
    "give_back",
    "remember_person",
]
