"""All addresses: one include per area; German nouns, public numbers, never primary keys."""

from django.urls import include, path

urlpatterns = [
    path("", include("ina.web.shell.urls")),
    path("", include("ina.web.accounts.urls")),
    path("", include("ina.web.access.urls")),
    path("", include("ina.web.audit.urls")),
    path("", include("ina.web.institutions.urls")),
    path("", include("ina.web.network.urls")),
    path("", include("ina.web.reference.urls")),
    path("", include("ina.web.cases.urls")),
    path("", include("ina.web.documents.urls")),
    path("", include("ina.web.evaluation.urls")),
    path("", include("ina.ops.urls")),
]

handler400 = "ina.web.shell.errors.bad_request"
handler403 = "ina.web.shell.errors.forbidden"
handler404 = "ina.web.shell.errors.not_found"
handler500 = "ina.web.shell.errors.server_error"
