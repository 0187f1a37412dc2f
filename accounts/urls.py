"""Addresses for signing in and for passwords."""

from django.urls import path

from accounts import views

urlpatterns = [
    path("sign-in/", views.sign_in, name="account-login"),
    path("sign-out/", views.sign_out, name="account-logout"),
    path("password/", views.password_change, name="account-password-change"),
    path("password/changed/", views.password_change_done, name="account-password-change-done"),
    path("password/reset/", views.password_reset, name="account-password-reset"),
    path("password/reset/sent/", views.password_reset_done, name="account-password-reset-done"),
    path("set-password/done/", views.set_password_done, name="account-set-password-done"),
    path("set-password/<uidb64>/<token>/", views.set_password, name="account-set-password"),
]
