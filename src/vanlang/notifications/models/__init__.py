from vanlang.notifications.models.outbox import Attempt, Delivery, Message, Receipt
from vanlang.notifications.models.people import BadAddress, ChannelPreference, PushSubscription
from vanlang.notifications.models.providers import DailyCap, ProviderHealth, Spending

__all__ = [
    "Attempt",
    "BadAddress",
    "ChannelPreference",
    "DailyCap",
    "Delivery",
    "Message",
    "ProviderHealth",
    "PushSubscription",
    "Receipt",
    "Spending",
]
