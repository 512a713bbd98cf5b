"""What citizens come to do: look, follow, sign in, file, and take a number."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlencode

from bench.support.load.browser import Browser
from bench.support.load.people import LIFE, Person, Play, Waiting
from launcher.chaos.diary import Kind
from launcher.chaos.lives.acting import RECEIVE
from launcher.demo.extract import EXTRACT, answers_of, papers_for
from launcher.demo.forms import Value
from launcher.demo.pages import Page, PageError, nodes, text_of

NUMBER = "Số định danh cá nhân của người yêu cầu"
CONSOLE = "/can-bo/quay/goi-so/"
_DRAFT = re.compile(r"/nop/([0-9a-f-]{36})/")
_DOSSIER = re.compile(r"/ho-so/([0-9a-f-]{36})/")


def find(play: Play) -> None:
    """Look for a procedure by a few words, and read it."""
    with play.stranger() as browser:
        browser.look("portal: home", "/", shows="thủ tục")
        name = play.numbers.choice(play.cast["procedures"])
        words = " ".join(name.split()[: play.numbers.randint(3, 6)])
        found = browser.look("portal: search", f"/thu-tuc/?{urlencode({'q': words})}", shows=f"“{words}”")
        hits = nodes(found.tree, "//*[@id='found']//a[contains(@href,'/thu-tuc/')]")
        if not hits:
            raise PageError(f"nothing is found for “{words}”")
        browser.look("portal: a procedure", str(hits[0].get("href")), shows="Nộp")


def track(play: Play) -> None:
    """Look where a dossier is, by its code and a second fact."""
    code, fact = play.numbers.choice(play.cast["codes"])
    with play.stranger() as browser:
        asked = browser.look("portal: track, page", "/tra-cuu/", shows="Tra cứu hồ sơ")
        typed = {"Mã hồ sơ": code, "4 số cuối": fact}
        browser.show("portal: track", asked, "Xem tình trạng", typed, shows=code)


def sign_in(play: Play) -> None:
    with play.free(play.citizens) as citizen:
        play.sign_in(citizen)


def my_dossiers(play: Play) -> None:
    with play.free(play.signed_in_citizens()) as citizen:
        mine = citizen.browser.look("portal: my dossiers", "/ho-so/", shows="Hồ sơ của tôi")
        found = [str(one.get("href")) for one in nodes(mine.tree, "//*[@id='main']//a[@href]")]
        links = [one for one in found if re.fullmatch(r"/ho-so/[0-9a-f-]{36}/", one)]
        if not links:
            raise PageError(f"{citizen.name} has no dossier: {mine.text[:200]}")
        citizen.browser.look("portal: my dossier", play.numbers.choice(links), shows=citizen.name)


def file(play: Play) -> None:
    """File for copies of an extract, with the papers that are asked for."""
    office = play.any_office()
    with play.free(play.signed_in_citizens()) as citizen:
        draft_id, page = _fill_in(citizen, play.office(office)["name"])
        with play.not_acknowledged(Kind.FILING, draft_id, citizen.name):
            reply = citizen.browser.ask("file: submit", page, "Nộp hồ sơ")
        done = citizen.browser.look("file: done", reply.location)
        found = _DOSSIER.search(done.content.decode())
        dossier_id = found[1] if found else ""
        play.acknowledged(Kind.FILING, draft_id, citizen.name, dossier_id)
        play.shelve(Waiting(dossier_id, "", office, (RECEIVE, *LIFE)))


def _fill_in(citizen: Person, place: str) -> tuple[str, Page]:
    """Lead a new draft to the page on which it is sent; return its id and the page."""
    browser = citizen.browser
    page = browser.look("file: begin", f"/nop/moi/{EXTRACT}/")
    button = next((one for one in ("Bắt đầu", "Soạn hồ sơ mới") if page.has_button(one)), "Bắt đầu")
    page = _onward(browser, "file: begin", page, button, {})
    draft = _DRAFT.search(page.url)
    if draft is None:
        raise PageError(f"{page.url} is no draft")
    where: Mapping[str, Value] = {"Nơi nộp hồ sơ": place, "Số điện thoại": "0912345678"}
    page = _onward(browser, "file: place", page, "Tiếp tục", where)
    answers = {**answers_of(citizen.name, lives_in=place), NUMBER: number_of(citizen.known)}
    page = _onward(browser, "file: form", page, "Tiếp tục", answers)
    page = _onward(browser, "file: papers", page, "Tiếp tục", papers_for(page))
    return draft[1], page


def number_of(known: Mapping[str, str]) -> str:
    """
    Return a personal id that a form takes: a synthetic citizen's own begins with 000, which is nobody's, and is refused.

    It fits the day of birth and the sex, as forms look at both.
    """
    year, is_woman = int(known["born_on"][:4]), known["gender"] == "female"
    return f"025{(year // 100 - 19) * 2 + is_woman}{year % 100:02d}{int(known['personal_id'][-6:]):06d}"


def _onward(browser: Browser, kind: str, page: Page, button: str, values: Mapping[str, Value]) -> Page:
    return browser.look(kind, browser.ask(kind, page, button, values).location)


def ticket(play: Play) -> None:
    """Take a number at the kiosk; somebody at a window calls the next one."""
    number = play.any_office()
    with play.stranger() as browser:
        kiosk = browser.look("hall: kiosk", f"/can-bo/quay/lay-so/{play.office(number)['kiosk']}/")
        buttons = [text_of(one) for one in nodes(kiosk.tree, "//button[@name='nhom']")]
        if not buttons:
            raise PageError(f"the kiosk offers nothing: {kiosk.heading}")
        reply = browser.ask("hall: take a number", kiosk, play.numbers.choice(buttons))
        taken = browser.look("hall: ticket", reply.location)
        if not nodes(taken.tree, "//h1[@class='ticket__number']"):
            raise PageError(f"no number: {taken.heading}")
    with play.free([one for one in play.officers if one.sits and one.office == number]) as caller:
        console = caller.browser.look("desk: console", CONSOLE, shows="Quầy")
        button = "Xong, gọi tiếp" if console.has_button("Xong, gọi tiếp") else "Gọi số tiếp theo"
        called = caller.browser.ask("desk: call", console, button)
        caller.browser.look("desk: console", called.location, shows="Quầy")
