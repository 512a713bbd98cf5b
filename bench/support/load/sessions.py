"""Sign officers in without their pages, as a plain application has no such pages: `python -m bench.support.load.sessions NAME …`."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

import django


def main(usernames: Sequence[str]) -> int:
    """Print the name of the session's cookie, and its value for each officer, as JSON."""
    django.setup()
    from django.conf import settings
    from django.test import Client

    from vanlang.identity.models import Account
    from vanlang.kernel.scope import Scope, acting

    cookie, sessions = settings.SESSION_COOKIE_NAME, {}
    with acting(Scope.system()):
        for account in Account.objects.filter(username__in=usernames):
            client = Client()
            client.force_login(account)
            sessions[account.username] = client.cookies[cookie].value
    print(json.dumps({"cookie": cookie, "sessions": sessions}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
