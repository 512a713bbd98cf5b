"""
The post office's pages and HTTP services; mail server and text message centre stand beside it.

    GET  /                              what arrived, newest first       GET  /thu/<number>   one message
    GET  /_sandbox/inbox                the same as JSON                 POST /_sandbox/subscriptions   a browser to push to
    POST /push/<id>                     web push                         POST /messenger/message/template
"""

from __future__ import annotations

import hmac
import json
from dataclasses import asdict
from pathlib import Path
from typing import ClassVar

from markupsafe import Markup
from typing_extensions import override
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from sandbox.identity_provider.pages import STYLE, page
from sandbox.post_office import push, smpp, smtp
from sandbox.post_office.inbox import Inbox, Item
from sandbox.wire import (
    CONTROL,
    Misdeed,
    SandboxRequest,
    Station,
    as_json,
    problem,
    read_json,
    refuse_strangers,
)

CHANNELS = {
    "email": "Thư điện tử",
    "sms": "Tin nhắn SMS",
    "push": "Thông báo trình duyệt",
    "messenger": "Ứng dụng nhắn tin",
}
HTTP_MODES = frozenset(
    {"temporary", "throttle", "permanent", "reject", "refuse", "nonsense", "drop_after_accept", "down"}
)
NO_ACCOUNT = "84900000404"
MARK = "không có tin nào đến người thật"


class PostOffice(Station):
    """One base URL, and two ports beside it."""

    system: ClassVar[str] = "post_office"
    modes: ClassVar[frozenset[str]] = smtp.MODES | smpp.MODES | HTTP_MODES

    def __init__(
        self, base_url: str, state: Path, password: str, *, host: str, smtp_port: int, smpp_port: int
    ) -> None:
        super().__init__(base_url)
        state.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.inbox = Inbox()
        self.browsers = push.Browsers(state / "browsers.json")
        self.password = password
        self.mail = smtp.MailServer(
            inbox=self.inbox, plan=self.plan, state=state, password=password, host=host, port=smtp_port
        )
        self.centre = smpp.MessageCentre(
            inbox=self.inbox, plan=self.plan, password=password, host=host, port=smpp_port
        )
        self._sent: dict[str, str] = {}
        self.route("GET", "/", self.front)
        self.route("GET", "/provider.css", lambda _: Response(STYLE, content_type="text/css; charset=utf-8"))
        self.route("GET", "/thu/<int:number>", self.one)
        self.route("GET", f"{CONTROL}inbox", self.listed)
        self.route("POST", f"{CONTROL}subscriptions", self.subscribe)
        self.route("POST", "/push/<id>", self.take_push)
        self.route("POST", "/messenger/message/template", self.take_messenger)

    def start(self) -> None:
        self.mail.start()
        self.centre.resume()

    def stop(self) -> None:
        self.centre.pause()
        self.mail.stop()

    @override
    def ready(self) -> dict[str, object]:
        return {
            **super().ready(),
            "smtp_port": self.mail.port,
            "smpp_port": self.centre.port,
            "certificate": str(self.mail.certificate),
        }

    @override
    def told(self, misdeed: Misdeed) -> None:
        """Close a port at once when it is told to be down."""
        if misdeed.mode == "down":
            if misdeed.path.startswith(smtp.PATH):
                self.mail.pause()
            if misdeed.path.startswith(smpp.PATH):
                self.centre.pause()

    @override
    def forget(self) -> None:
        self.mail.resume()
        self.centre.resume()
        self.centre.waiting.clear()
        self.centre.parts.clear()
        self.inbox.clear()
        self._sent.clear()

    # --- what arrived -------------------------------------------------------------------------------

    def front(self, _request: SandboxRequest) -> Response:
        rows = Markup("").join(_row(item) for item in reversed(self.inbox.items()[-200:]))
        body = Markup("<p>Thư và tin nhắn mà hệ thống đã gửi; không tin nào ra khỏi máy này.</p><ul>{}</ul>")
        rows = rows or Markup("<li>Chưa có tin nào.</li>")
        return page("Hộp thư thử nghiệm", body.format(rows), mark=MARK)

    def one(self, request: SandboxRequest) -> Response:
        item = self.inbox.find(int(request.routing_values["number"]))
        if item is None:
            raise NotFound
        facts = Markup("").join(
            Markup("<li>{}: {}</li>").format(*fact) for fact in sorted(item.facts.items())
        )
        body = Markup("<p>{} đến <strong>{}</strong></p><pre>{}</pre><ul>{}</ul>").format(
            CHANNELS[item.channel], item.to, item.text, facts
        )
        return page(item.subject or CHANNELS[item.channel], body, mark=MARK)

    def listed(self, request: SandboxRequest) -> Response:
        found = self.inbox.items(channel=request.args.get("channel", ""), to=request.args.get("to", ""))
        return as_json({"items": [asdict(item) for item in found]})

    # --- web push -----------------------------------------------------------------------------------

    def subscribe(self, request: SandboxRequest) -> Response:
        refuse_strangers(request)
        return as_json(self.browsers.add().shown(self.base_url))

    def take_push(self, request: SandboxRequest) -> Response:
        if (spoiled := self._spoil_http(request)) is not None:
            return spoiled
        browser = self.browsers.find(request.routing_values["id"])
        if browser is None:
            return Response(status=410)
        try:
            sender = push.check_sender(request.headers.get("Authorization", ""), audience=self.base_url)
            if request.headers.get("Content-Encoding") != "aes128gcm" or "TTL" not in request.headers:
                return Response(status=400)
            opened = browser.open(request.get_data())
        except push.UnwelcomeError as unwelcome:
            return problem("unwelcome", status=403, reason=str(unwelcome))
        facts = {"from": sender, "ttl": request.headers["TTL"], "url": str(opened.get("url", ""))}
        self.inbox.add(
            Item(
                channel="push",
                to=browser.id,
                subject=str(opened.get("title", "")),
                text=str(opened.get("body", "")),
                facts=facts,
            )
        )
        return Response(
            status=201, headers={"Location": f"{self.base_url}/push-receipt/{len(self.inbox.items())}"}
        )

    # --- messenger ----------------------------------------------------------------------------------

    def take_messenger(self, request: SandboxRequest) -> Response:
        """Take one template message; the same tracking id twice is one message."""
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if not hmac.compare_digest(token.encode(), self.password.encode()):
            return problem("unknown_token", status=401)
        if (spoiled := self._spoil_http(request)) is not None:
            return spoiled
        order = read_json(request)
        phone, tracking = str(order.get("phone", "")), str(order.get("tracking_id", ""))
        if not phone.startswith("84") or not tracking or not isinstance(order.get("template_data"), dict):
            return as_json({"error": 400, "message": "phone, template_data and tracking_id are needed"})
        if phone == NO_ACCOUNT:
            return as_json({"error": 404, "message": "nobody has this number here"})
        if tracking not in self._sent:
            self._sent[tracking] = f"m{len(self._sent) + 1}"
            text = json.dumps(order["template_data"], ensure_ascii=False, indent=1)
            self.inbox.add(
                Item(
                    channel="messenger",
                    to=phone,
                    subject=str(order.get("template_id", "")),
                    text=text,
                    facts={"tracking_id": tracking},
                )
            )
        return as_json({"error": 0, "message": "Success", "data": {"msg_id": self._sent[tracking]}})

    def _spoil_http(self, request: SandboxRequest) -> Response | None:
        misdeed = self.plan.take(HTTP_MODES, request.path)
        match misdeed.mode if misdeed else "":
            case "temporary" | "refuse" | "down":
                return problem("sandbox_misbehaves", status=503)
            case "throttle":
                return Response(status=429, headers={"Retry-After": "5"})
            case "permanent":
                return Response(status=410) if request.path.startswith("/push") else as_json({"error": 404})
            case "reject":
                return problem("sandbox_refuses", status=403)
            case "nonsense":
                return Response("<html>xyzzy</html>", content_type="text/html")
            case _:
                return None


def _row(item: Item) -> Markup:
    shown = item.subject or item.text[:160]
    return Markup('<li><a href="/thu/{}">{}</a> <small>{} đến {}</small></li>').format(
        item.number, shown, CHANNELS[item.channel], item.to
    )
