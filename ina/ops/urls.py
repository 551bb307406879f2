"""Addresses of the pages for operators."""

from django.urls import path

from ina.ops import status

urlpatterns = [
    path("zustand/", status.status, name="status"),
    path("zustand/auftraege/", status.job_list, name="job_list"),
    path("zustand/auftraege/<int:job_id>/<slug:action>/", status.job_action, name="job_action"),
]
