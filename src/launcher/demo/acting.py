"""What officers do to a dossier at the desk: open it, find the button of an act, fill in its form, press."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from launcher.demo import papers
from launcher.demo.browser import Visitor
from launcher.demo.cast import Cast
from launcher.demo.forms import Value
from launcher.demo.pages import Page, PageError, nodes, text_of
from launcher.demo.report import Report


@dataclass
class Story:
    """One dossier, those who work on it, and what is told of it."""

    report: Report
    cast: Cast
    dossier_id: str
    code: str = ""

    @property
    def at_desk(self) -> str:
        """The address of the dossier for officers."""
        return f"/can-bo/ho-so/{self.dossier_id}/"

    @property
    def at_portal(self) -> str:
        """The address of the dossier for its applicant."""
        return f"/ho-so/{self.dossier_id}/"

    def act(self, officer: Visitor, label: str, values: Mapping[str, Value] | None = None) -> Page:
        """Do an act as its officer would, and check that the desk says it is done."""
        page = officer.open(self.at_desk)
        if not page.has_button(label):
            page = officer.click(page, label)
        answer = officer.press(page, label, values)
        self.check_done(officer, label, answer)
        return answer

    def check_done(self, officer: Visitor, label: str, answer: Page) -> None:
        is_done = answer.status == 200 and answer.said.startswith(("Đã ", "Bạn đã "))
        if not self.report.check(f"{officer.name}: {label}", is_done, answer.said or answer.heading):
            raise PageError(f"“{label}” không xong ({answer.status}): {answer.heading}")

    def check_refused(self, what: str, answer: Page, status: int) -> None:
        """Check that the server said no, with the right status and in a sentence."""
        said = answer.said
        self.report.check(what, answer.status == status and said.count(".") > 1, f"{answer.status}, “{said}”")

    def check_due(self, page: Page, title: str) -> None:
        """Print the due date and why it is that day; a due date without a reason is a failed check."""
        why = page.listed(title)
        due = page.after("Hẹn trả") or page.said
        self.report.check("Ngày hẹn trả có lời giải thích", len(why) > 1, due)
        self.report.lines("Vì sao là ngày này:", why)


def decide_and_deliver(story: Story, receiver: str) -> bytes:
    """Lead a dossier from the leader's desk to the citizen's hand; return the signed outcome."""
    hung = story.cast.hung
    decide(story)
    signed = papers.expect_pdf(hung.open(f"{story.at_desk}ket-qua.pdf"))
    story.act(hung, "Trả kết quả", {"Người nhận": receiver})
    return signed


def decide(story: Story) -> None:
    """Lead a dossier from the leader's desk to its released outcome."""
    phuc = story.cast.phuc
    story.act(phuc, "Phê duyệt")
    story.act(phuc, "Ký số")
    _release(story)


def propose(story: Story, draft: Mapping[str, Value]) -> None:
    """Let the specialist write the outcome, look at it as it will be printed, and lay it before the leader."""
    mai = story.cast.mai
    editor = mai.click(mai.open(story.at_desk), "Trình kết quả")
    seen = mai.press(editor, "Xem trước", draft)
    pictures = nodes(seen.tree, "//*[@id='preview']//img")
    if not pictures:
        raise PageError(f"Không xem trước được kết quả: {seen.said}")
    first = mai.open(str(pictures[0].get("src")))
    story.report.check("Chị Mai xem trước kết quả", first.kind == "image/png", f"{len(pictures)} trang")
    story.check_done(mai, "Trình kết quả", mai.press(seen, "Trình lãnh đạo"))


def _release(story: Story) -> None:
    """Let the clerk see what the signature is worth, and put the outcome in force."""
    thao = story.cast.thao
    asked = thao.click(thao.open(story.at_desk), "Phát hành")
    verdict = [text_of(one) for one in nodes(asked.tree, "//*[@class='desk-outcome__signer']")]
    story.report.check("Cô Thảo thấy chữ ký hợp lệ", "Hợp lệ" in asked.text, "; ".join(verdict))
    story.check_done(thao, "Phát hành", thao.press(asked, "Phát hành"))
