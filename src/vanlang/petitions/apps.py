from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from django.apps import AppConfig
from django.http import HttpRequest
from typing_extensions import override

_GROUP = "Phản ánh"


class PetitionsConfig(AppConfig):
    name = "vanlang.petitions"
    label = "petitions"

    @override
    def ready(self) -> None:
        from vanlang.kernel import labels, reference
        from vanlang.notifications.api import register_templates
        from vanlang.petitions.labels import SENTENCES

        labels.register(SENTENCES)
        register_templates(Path(__file__).parent / "messages")
        import_module("vanlang.petitions.subscribers")
        _register_links()
        reference.register_demo("petitions", _load_demo)


def _register_links() -> None:
    """Say where an officer can go: each link is shown to the roles that its page is for."""
    from vanlang.identity.api import Role, shown_to
    from vanlang.ui.shell import register_link

    register_link(
        place="officer", group=_GROUP, text="Phản ánh, kiến nghị", url_name="petitions:inbox", icon="bell", order=40,
        visible=shown_to(Role.COUNTER, Role.SPECIALIST, Role.LEADER), count=_waiting,
    )  # fmt: skip


def _waiting(request: HttpRequest) -> int | None:
    from vanlang.identity.api import Role, actor_from
    from vanlang.kernel import clock
    from vanlang.petitions.queries import count_inbox
    from vanlang.petitions.types import PetitionFilter

    actor = actor_from(request)
    pile = PetitionFilter.FOR_LEADER if actor.has(Role.LEADER) else PetitionFilter.TO_DECIDE
    return count_inbox(actor, at=clock.now())[pile] or None


def _load_demo(folder: Path, report: Callable[[str], None]) -> None:
    from vanlang.petitions.demo import load

    load(folder, report)
