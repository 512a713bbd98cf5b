"""
The list that a Django developer would first write: a `ListView` with `select_related` and `Paginator`, filtered by `Q`.

It is what the inbox is measured against.
"""

from __future__ import annotations

from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import Q, QuerySet
from django.urls import path
from django.views.generic import ListView
from typing_extensions import override

from vanlang.dossiers.models import Dossier
from vanlang.identity.models import Appointment


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


urlpatterns = [path("ho-so/", DossierList.as_view())]
