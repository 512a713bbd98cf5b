from vanlang.sentinel.models.differences import ComparedDay, SyncDifference
from vanlang.sentinel.models.runs import SyncRun

__all__ = ["ComparedDay", "SyncDifference", "SyncRun"]
