"""The page of an intake, as it is drawn."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse

from vanlang.desk.forms import counter as forms
from vanlang.desk.forms.parties import open_parts
from vanlang.desk.views.counter.ground import Ground
from vanlang.desk.views.counter.typed import Typed
from vanlang.eforms import api as eforms
from vanlang.intake.api import Doubles
from vanlang.kernel import clock
from vanlang.kernel.labels import Sentence, sentence_of
from vanlang.organizations.api import get_agency
from vanlang.ui.rendering import render_page
from vanlang.ui.types import FieldError

STORE_IS_SILENT = "nationalportal.store_is_silent"


def show(
    request: HttpRequest,
    ground: Ground,
    typed: Typed,
    *,
    doubles: Doubles | None = None,
    trouble: Sentence | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show the page with what was typed; what is wrong is told with status 422."""
    rows = forms.rows_of(typed.asked, ground.case, typed.handed, typed.paper_errors)
    answered = typed.answered
    context = {
        "form": typed.form,
        "parties": typed.parties.as_shown(),
        "open_parts": open_parts(typed.parties),
        "step": typed.step,
        "offers": typed.offers,
        "agreed": typed.agreed,
        "store": typed.store,
        "fetch": typed.fetch,
        "store_trouble": sentence_of(STORE_IS_SILENT) if typed.store and typed.store.failure else None,
        "doubles": doubles,
        "rows": rows,
        "all_papers": bool(request.POST.get("all-papers")),
        "definition": ground.definition,
        "typed": answered.typed if answered else {},
        "answer_errors": answered.errors if answered else {},
        "is_form_open": answered is not None,
        "errors": _summary(typed, rows) if status == 422 else [],
        "trouble": trouble,
        "action": request.get_full_path(),
    }
    return render_page(request, "desk/counter.html", _of_ground(ground) | context, status=status)


def _of_ground(ground: Ground) -> dict[str, object]:
    decides = ground.competent_id
    return {
        "version": ground.version,
        "case": ground.case,
        "agency": ground.agency,
        "competent_is_known": decides is not None,
        "competent_name": get_agency(decides, clock.today()).name if decides else "",
        "returns_elsewhere": decides not in {None, ground.agency.id},
        "limit": ground.version.limit_for(ground.channel, ground.case_id),
        "fees": ground.version.fees_for(ground.channel, ground.case_id),
    }


def _summary(typed: Typed, rows: Sequence[forms.PaperRow]) -> list[FieldError]:
    """Return everything that is wrong, each line leading to its field; a card that was not read is told alone."""
    if typed.step.trouble:
        return [typed.step.as_error()]
    lines = [
        FieldError(f"id_{one.add_prefix(name)}", str(told[0]))
        for one in (typed.form, typed.parties)
        for name, told in one.errors.items()
    ]
    lines += [FieldError(f"id_{row.name}", f"{row.asked.name}: {row.error}") for row in rows if row.error]
    return [*lines, *(eforms.error_lines(typed.answered.errors) if typed.answered else ())]
