"""
What can go wrong in telling people.

    Invalid   TemplateValuesError    no such template, or values that do not fit it: a mistake of the caller
              PreferenceError        a choice that cannot be made: duties need one way
              AddressError           no Vietnamese mobile number, no subscription
    NotFound  MessageNotFoundError
    Conflict  DeliveryNotPossibleError   what is through is not sent again
"""

from __future__ import annotations

from vanlang.kernel.errors import Conflict, Invalid, NotAllowed, NotFound


class TemplateValuesError(Invalid):
    """A message does not fit its template."""

    code = "notifications.template_values"


class PreferenceError(Invalid):
    code = "notifications.duty_needs_a_channel"


class AddressError(Invalid):
    code = "notifications.not_a_mobile"


class MessageNotFoundError(NotFound):
    code = "notifications.message_not_found"


class DeliveryNotPossibleError(Conflict):
    code = "notifications.not_to_be_sent_again"


class CapNotAllowedError(NotAllowed):
    code = "notifications.province_only"
