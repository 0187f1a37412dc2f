"""The site map."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    # Before the public pages: /partnerships/new/ is no partnership of that name.
    path("", include("partnerships.urls_questions")),
    path("", include("partnerships.urls_my")),
    path("", include("partnerships.urls")),
    path("", include("exchange.urls")),
    path("accounts/", include("accounts.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "partnerships.views.errors.bad_request"
