"""In mã xác thực hiện tại của một tài khoản trình diễn."""

from __future__ import annotations

import time
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from typing_extensions import override

from vanlang.identity.demo import CAST, demo_totp_secret


class Command(BaseCommand):
    help = __doc__ or ""

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--step", type=int, default=0, help="mã của kỳ 30 giây trước (-1) hoặc sau (1)")

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.VANLANG_DEMO:
            msg = "Chỉ dùng cho tài khoản trình diễn."
            raise CommandError(msg)
        username = options["username"]
        if username not in {member.username for member in CAST if member.second_factor}:
            msg = f"Tài khoản “{username}” không dùng mã xác thực trong bản trình diễn."
            raise CommandError(msg)
        counter = int(time.time()) // 30 + options["step"]
        self.stdout.write(format_hotp_value(hotp_value(demo_totp_secret(username), counter)))
