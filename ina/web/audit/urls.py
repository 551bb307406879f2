"""Addresses of the trail."""

from django.urls import path

from ina.web.audit.audit_figures import audit_figures
from ina.web.audit.audit_log import audit_csv, audit_log

urlpatterns = [
    path("protokoll/", audit_log, name="audit_log"),
    path("protokoll/datei/", audit_csv, name="audit_csv"),
    path("protokoll/auffaellig/", audit_figures, name="audit_figures"),
]
