from vanlang.connectors.models.boxes import Incoming, Outgoing
from vanlang.connectors.models.health import Call, SystemHealth

__all__ = ["Call", "Incoming", "Outgoing", "SystemHealth"]
