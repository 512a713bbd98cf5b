"""
Where one signs in. No view of allauth is mounted: what it offers beside (registering, mail, resetting) does not exist.

Two of its names are kept, because its flows lead there: `account_login`, `mfa_authenticate`.
"""

from __future__ import annotations

from django.urls import include, path

from vanlang.identity.views import activation, national, roles, second_factor, sign_in

_pages = (
    [
        path("", sign_in.sign_in, name="sign_in"),
        path("ra/", sign_in.sign_out, name="sign_out"),
        path("da-ra/", sign_in.signed_out, name="signed_out"),
        path("vai-tro/", roles.choose, name="roles"),
        path("bao-mat/", second_factor.security, name="security"),
        path("bao-mat/bat/", second_factor.activate, name="activate"),
        path("bao-mat/ma.svg", second_factor.activation_code, name="activation_code"),
        path("bao-mat/tat/", second_factor.deactivate, name="deactivate"),
        path("bao-mat/ma-du-phong/", second_factor.codes, name="codes"),
        path("bao-mat/ma-du-phong.txt", second_factor.codes_file, name="codes_file"),
        path("bao-mat/ma-du-phong/moi/", second_factor.renew_codes, name="renew_codes"),
        path("xac-nhan/", second_factor.confirm, name="confirm"),
        path("kich-hoat/<str:token>/", activation.activate_account, name="activate_account"),
        path("doi-mat-khau/", activation.change, name="change_password"),
        path("mat-khau/", second_factor.password, name="password"),
    ],
    "identity",
)

urlpatterns = [
    path("dang-nhap/", include(_pages)),
    path("dang-nhap/", sign_in.sign_in, name="account_login"),
    path("dang-nhap/ma-xac-thuc/", second_factor.enter_code, name="mfa_authenticate"),
    path("tai-khoan/oidc/national/login/", national.begin, name="national_login"),
    path("tai-khoan/oidc/national/login/callback/", national.come_back, name="national_callback"),
]
