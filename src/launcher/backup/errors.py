"""What stops a backup or a restore: a sentence for the person at the keyboard, what to do now, and an exit code."""

from __future__ import annotations

FAILED, NEEDS_A_PERSON = 1, 2


class BackupError(RuntimeError):
    """It did not work; what was there before is as it was."""

    code = FAILED

    def __init__(self, says: str, do_now: str) -> None:
        self.says, self.do_now = says, do_now
        super().__init__(f"{says} {do_now}")


class RefusedError(BackupError):
    """It was not begun: something must be decided or given by a person first."""

    code = NEEDS_A_PERSON


class DamagedError(BackupError):
    """A part of the backup is not what was written."""

    def __init__(self, part: str, why: str) -> None:
        self.part, self.why = part, why
        super().__init__(
            f"Phần “{part}” của bản sao lưu bị hỏng: {why}.",
            "Dữ liệu đang dùng không bị đụng tới. Hãy chép lại phần này từ nơi lưu thứ hai, hoặc chọn bản sao lưu khác bằng --name.",
        )
