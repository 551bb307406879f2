"""Addresses of the evaluation."""

from django.urls import path

from ina.web.evaluation import evaluation

urlpatterns = [path("auswertung/", evaluation.evaluation, name="evaluation")]
