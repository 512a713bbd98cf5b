"""The provider's few pages: plain HTML, no script, marked on top as a sandbox."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from markupsafe import Markup, escape
from werkzeug.wrappers import Response

from sandbox.identity_provider.people import Person

STYLE = (Path(__file__).parent / "static" / "provider.css").read_text(encoding="utf-8")

_PAGE = Markup("""<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title}</title>
<link rel="stylesheet" href="/provider.css">
</head>
<body>
<p class="mark" role="note">Môi trường thử nghiệm – {mark}</p>
<main>
<h1>{title}</h1>
{body}
</main>
</body>
</html>
""")

_LOGIN = Markup("""<p>Ứng dụng <strong>{client}</strong> đề nghị xác thực danh tính. Chọn một người thử nghiệm;
mọi tên, số định danh và địa chỉ dưới đây đều do máy đặt ra.</p>
<form method="post" action="/login">
<input type="hidden" name="request" value="{handle}">
<fieldset>
<legend>Người đăng nhập</legend>
{people}
</fieldset>
<p class="consent"><input type="checkbox" id="consent" name="consent" value="yes" required checked>
<label for="consent">Đồng ý chia sẻ họ tên, số định danh, ngày sinh, số điện thoại, thư điện tử và địa chỉ
với ứng dụng này.</label></p>
<p class="deeds"><button type="submit" name="deed" value="sign_in">Đăng nhập thử nghiệm</button>
<button type="submit" name="deed" value="refuse" class="quiet" formnovalidate>Từ chối</button></p>
</form>""")

_PERSON = Markup("""<div class="person">
<input type="radio" id="{subject}" name="person" value="{subject}" required{checked}>
<label for="{subject}"><strong>{name}</strong> <small>{who}</small>
<small>Số định danh {personal_id}, sinh ngày {born_on}</small></label>
</div>
""")


def page(
    title: str, body: Markup, *, status: int = 200, mark: str = "không phải dịch vụ định danh quốc gia"
) -> Response:
    """Return a page under the sandbox's mark."""
    return Response(
        _PAGE.format(title=title, body=body, mark=mark),
        status=status,
        content_type="text/html; charset=utf-8",
        headers={
            "Cache-Control": "no-store",
            "Content-Security-Policy": "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'",
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
        },
    )


def login_page(*, client: str, handle: str, people: Iterable[Person], current: str | None) -> Response:
    """Return the page on which one picks a person; `current` is the one signed in already."""
    rows = Markup("").join(
        _PERSON.format(
            subject=person.subject,
            name=person.name,
            who=person.who,
            personal_id=person.personal_id,
            born_on=person.born_on.strftime("%d/%m/%Y"),
            checked=Markup(" checked") if person.subject == current else "",
        )
        for person in people
    )
    return page("Đăng nhập thử nghiệm", _LOGIN.format(client=client, handle=handle, people=rows))


def front_page(people: Iterable[Person]) -> Response:
    """Say what this server is, to whoever opens its address."""
    rows = Markup("").join(
        Markup("<li><strong>{}</strong>: {}</li>").format(person.name, person.who) for person in people
    )
    body = Markup(
        "<p>Máy chủ này đóng vai nền tảng định danh khi thử nghiệm. Việc đăng nhập bắt đầu từ ứng dụng.</p><ul>{}</ul>"
    )
    return page("Định danh thử nghiệm", body.format(rows))


def refusal_page(reason: str, *, status: int = 400) -> Response:
    """Say to a person why the provider cannot go on, without sending them anywhere."""
    body = Markup("<p>{}</p><p>Hãy quay lại ứng dụng và bắt đầu đăng nhập lại.</p>").format(escape(reason))
    return page("Không thể đăng nhập", body, status=status)


def signed_out_page() -> Response:
    """Say that nobody is signed in any more."""
    return page("Đã đăng xuất", Markup("<p>Phiên đăng nhập thử nghiệm đã kết thúc.</p>"))
