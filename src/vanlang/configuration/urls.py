"""Addresses of configuration, as an administrator reads them."""

from __future__ import annotations

from django.urls import path

from vanlang.configuration.views import imports, procedures, staff

app_name = "configuration"
urlpatterns = [
    path("", imports.start, name="start"),
    path("bang/<slug:kind>/", imports.kind, name="kind"),
    path("bang/<slug:kind>/mau.xlsx", imports.template, name="template"),
    path("bang/<slug:kind>/hien-tai.xlsx", imports.export, name="export"),
    path("nhap/<uuid:run_id>/", imports.run, name="run"),
    path("nhap/<uuid:run_id>/tep/", imports.file, name="file"),
    path("nhap/<uuid:run_id>/quyet-dinh/", imports.decide, name="decide"),
    path("do-phu/", procedures.departments, name="coverage"),
    path("do-phu.xlsx", procedures.departments_file, name="coverage_file"),
    path("thu-tuc/<str:code>/mo-phong/", procedures.simulation, name="simulation"),
    path("thu-tuc/<str:code>/dang-giai-quyet/", procedures.touched, name="touched"),
    path("tai-khoan/", staff.accounts, name="accounts"),
    path("tai-khoan/phieu/", staff.slips, name="slips"),
    path("tai-khoan/<int:account_id>/dat-lai/", staff.reset, name="reset"),
]
