"""
The list that a Django developer would first write: a `ListView` with `select_related` and `Paginator`, filtered by `Q`.

It is what the inbox is measured against; beside it the page of one row, by a `DetailView` with its history and papers, the
same page found by its code, procedures found by `icontains`, and the insert of one row.
"""

from __future__ import annotations

import uuid

from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import DetailView, ListView
from typing_extensions import override

from vanlang.catalogue.models import ProcedureVersion
from vanlang.dossiers.models import Attachment, Dossier, Movement
from vanlang.identity.models import Appointment
from vanlang.intake.models import Draft


class DossierList(LoginRequiredMixin, ListView):  # type: ignore[type-arg] # as it would first be written
    model = Dossier
    paginate_by = 50
    template_name = "list.html"

    @override
    def get_queryset(self) -> QuerySet[Dossier]:
        agency_id = Appointment.objects.get(account=self.request.user.pk).agency_id
        rows = Dossier.objects.select_related(
            "procedure_version", "applicant", "holder__account", "holder_unit"
        ).filter(
            Q(intake_agency=agency_id)
            | Q(competent_agency=agency_id)
            | Q(return_agency=agency_id)
            | Q(opinion_agency=agency_id)
        )
        text = self.request.GET.get("q", "")
        if text:
            rows = rows.filter(
                Q(code__icontains=text)
                | Q(applicant_name__icontains=text)
                | Q(procedure_name__icontains=text)
            )
        return rows.order_by("-moved_at")


class DossierPage(LoginRequiredMixin, DetailView):  # type: ignore[type-arg] # as it would first be written
    model = Dossier
    template_name = "detail.html"

    @override
    def get_context_data(self, **given: object) -> dict[str, object]:
        mine = {"dossier": self.object.pk}
        return super().get_context_data(
            movements=Movement.objects.filter(**mine).order_by("number"),
            papers=Attachment.objects.filter(**mine).order_by("pk"),
            **given,
        )


class Tracking(DetailView):  # type: ignore[type-arg] # as it would first be written
    model = Dossier
    template_name = "detail.html"

    @override
    def get_object(self, queryset: QuerySet[Dossier] | None = None) -> Dossier:
        return get_object_or_404(Dossier, code=self.request.GET["ma"])


class ProcedureList(ListView):  # type: ignore[type-arg] # as it would first be written
    model = ProcedureVersion
    paginate_by = 20
    template_name = "procedures.html"

    @override
    def get_queryset(self) -> QuerySet[ProcedureVersion]:
        rows = ProcedureVersion.objects.select_related("procedure").filter(valid_to__isnull=True)
        return rows.filter(name__icontains=self.request.GET.get("q", "")).order_by("name")


@csrf_exempt
def insert(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    """File a draft as one row: no check of the form, no clock, no history, no log. The other columns are those of any other filing."""
    draft = get_object_or_404(Draft, pk=draft_id)
    row = Dossier.objects.filter(state="submitted").order_by("pk")[0]
    row.pk, row.receipt_token, row.answers, row.search_key = uuid.uuid4(), uuid.uuid4().hex, draft.answers, ""
    row.save(force_insert=True)
    return redirect(f"/ho-so/{row.pk}/")


urlpatterns = [
    path("tra-cuu/", Tracking.as_view()),
    path("thu-tuc/", ProcedureList.as_view()),
    path("nop/<uuid:draft_id>/", insert),
    path("ho-so/", DossierList.as_view()),
    path("ho-so/<uuid:pk>/", DossierPage.as_view()),
]
