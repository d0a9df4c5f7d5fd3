"""Addresses of `accounts`: only what is used of allauth, under the names by which allauth looks for it."""

from allauth.account.views import logout
from django.urls import path

from accounts.views import OwnPasswordView, SignInView, own_account

urlpatterns = [
    path("dang-nhap/", SignInView.as_view(), name="account_login"),
    path("dang-xuat/", logout, name="account_logout"),
    path("tai-khoan/", own_account, name="account_own"),
    path("tai-khoan/mat-khau/", OwnPasswordView.as_view(), name="account_change_password"),
]
