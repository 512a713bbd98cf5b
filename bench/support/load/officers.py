"""What officers do: take in, lead on, look, search; lists before acts, pages before forms."""

from __future__ import annotations

from urllib.parse import urlencode, urljoin

from bench.support.load.browser import Browser
from bench.support.load.citizens import CONSOLE
from bench.support.load.people import LIFE, NobodyFreeError, Person, Play, Waiting
from launcher.chaos.diary import Kind
from launcher.chaos.hand import is_worn
from launcher.chaos.lives.counter import AT_COUNTER
from launcher.demo.morning.day import CODE, EVERYTHING, first_choice, typed
from launcher.demo.pages import Page, nodes, text_of

LISTS = ("cho-toi", "don-vi", "sap-den-han", "qua-han", "tat-ca")
STOCK = 40
"""Dossiers on the shelf before anything is measured, at every stage some; below half of it the counter takes in first."""


def take_in(play: Play) -> None:
    """Take in a dossier at the counter."""
    with play.free(play.of_role("counter")) as officer:
        page = _intake_page(officer.browser, play.numbers.choice(AT_COUNTER))
        dossier_id = page.carried("dossier_id")
        values = {**typed(play.applicants.new()), **EVERYTHING}
        with play.not_acknowledged(Kind.INTAKE, dossier_id, officer.name):
            reply = officer.browser.ask("act: take in", page, "Tiếp nhận", values)
        shown = officer.browser.look("desk: taken in", reply.location)
        found = CODE.search(shown.text)
        code = found[0] if found else ""
        play.acknowledged(Kind.INTAKE, dossier_id, officer.name, code)
        play.shelve(Waiting(dossier_id, code, officer.office, LIFE))


def _intake_page(browser: Browser, procedure: str) -> Page:
    """Choose a procedure, and its first case where it has several."""
    browser.look("desk: counter, choose", "/can-bo/tiep-nhan/", shows="Tiếp nhận")
    page = browser.look("desk: counter, form", f"/can-bo/tiep-nhan/{procedure}/")
    if page.has_button("Tiếp nhận"):
        return page
    return browser.look("desk: counter, form", page.link(first_choice(page)))


def advance(play: Play) -> None:
    """Do the next act of some dossier on the shelf."""
    if len(play.shelf) < STOCK // 2:
        take_in(play)
        return
    waiting = _next_on_shelf(play)
    with play.free(play.able_to_lead_on(waiting)) as person:
        play.shelf.remove(waiting)
        _list(person.browser, "cho-toi")
        person.browser.look("desk: a dossier", _address(waiting), shows=waiting.code)
        act(play, person, waiting)
    if waiting.steps:
        play.shelf.append(waiting)


def _next_on_shelf(play: Play) -> Waiting:
    """Return a dossier, drawn by lot, for which somebody is free. Raises: NobodyFreeError."""
    for waiting in play.numbers.sample(play.shelf, len(play.shelf)):
        if any(not one.is_busy for one in play.able_to_lead_on(waiting)):
            return waiting
    raise NobodyFreeError


def act(play: Play, person: Person, waiting: Waiting) -> None:
    """Do the next act of a dossier, as the person whose turn it is."""
    step, *rest = waiting.steps
    address, browser = f"{_address(waiting)}{step.slug}/", person.browser
    to_unit = {"Chuyển đến": play.office(waiting.office)["unit"]}
    page = browser.look("desk: page of an act", address)
    if is_worn(page):
        play.sign_in(person)
        page = browser.look("desk: page of an act", address)
    key = f"{waiting.dossier_id}/{step.act}"
    with play.not_acknowledged(Kind.ACT, key, person.name):
        reply = browser.ask(
            f"act: {step.act}", page, step.button, to_unit if step.act == "hand_over" else step.values
        )
    play.acknowledged(Kind.ACT, key, person.name)
    waiting.steps = rest
    if step.act == "claim":
        waiting.specialist = person.name
    browser.look("desk: after an act", reply.location, done=True)


def stock(play: Play) -> None:
    """Take in a dossier, and lead it as far as chance says: what lies on the shelf before anything is measured."""
    take_in(play)
    waiting = play.shelf.pop()
    for _ in range(play.numbers.randrange(len(LIFE))):
        with play.free(play.able_to_lead_on(waiting)) as person:
            act(play, person, waiting)
    play.shelf.append(waiting)


def look(play: Play) -> None:
    """Go through a list, and open a dossier of it."""
    with play.free(play.officers) as officer:
        _open_one(play, officer.browser, _list(officer.browser, play.numbers.choice(LISTS)))


def search(play: Play) -> None:
    """Look for somebody's dossier by the name."""
    with play.free(play.officers) as officer:
        asked = urlencode({"q": play.numbers.choice(play.cast["names"])})
        found = officer.browser.look("desk: search", f"/can-bo/ho-so/?{asked}", shows="Hồ sơ")
        _open_one(play, officer.browser, found)


def sign_in(play: Play) -> None:
    """Sign in; not as a leader, whose code proves only once in half a minute, nor at a window, which asks meanwhile."""
    with play.free([one for one in play.officers if not one.known["secret"] and not one.sits]) as officer:
        play.sign_in(officer)


def sit(play: Play, officer: Person) -> None:
    """Sit down at a window that nobody sits at."""
    console = officer.browser.look("desk: console", CONSOLE, shows="Gọi số")
    reply = officer.browser.ask("desk: sit down", console, "Ngồi quầy này")
    officer.browser.look("desk: console", reply.location, shows="Quầy")
    officer.sits = True


def _list(browser: Browser, word: str) -> Page:
    return browser.look("desk: list", f"/can-bo/ho-so/?loc={word}", shows="Hồ sơ")


def _open_one(play: Play, browser: Browser, page: Page) -> None:
    """Open a dossier of a list; an empty list is an answer too."""
    links = nodes(page.tree, "//*[@id='list']//th//a[contains(@href,'/ho-so/')]")
    if links:
        one = play.numbers.choice(links)
        code = text_of(one)
        shows = code if code.startswith("H44") else ""
        browser.look("desk: a dossier", urljoin(page.url, str(one.get("href"))), shows=shows)


def _address(waiting: Waiting) -> str:
    return f"/can-bo/ho-so/{waiting.dossier_id}/"
