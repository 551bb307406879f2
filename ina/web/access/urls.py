"""Addresses of the pages about access."""

from django.urls import path

from ina.web.access.emergency_access import emergency_access
from ina.web.access.emergency_reviews import emergency_reviews
from ina.web.access.file_access import file_access

urlpatterns = [
    path("akten/<str:number>/zugriff/", file_access, name="file_access"),
    path("notfall/", emergency_access, name="emergency_access"),
    path("notfall/pruefung/", emergency_reviews, name="emergency_reviews"),
]
