"""Addresses of the trail."""

from django.urls import path

from ina.web.audit.audit_log import audit_log

urlpatterns = [path("protokoll/", audit_log, name="audit_log")]
