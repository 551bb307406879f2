"""Fact tables: one row per participation, without name, dossier or day. Filled by the batch log-in, read by the
evaluator's own; the application's log-in has no right on them at all.

The way back from a pseudonym to a case lies in a table of its own (``evaluation_pseudonym``, migration 0002), which
only the batch log-in may read. When a case is deleted, its line there goes with it: the fact stays without a way back.
"""

from django.db import models

from ina.evaluation.querysets import BuildQuerySet, FactQuerySet


class EpisodeFact(models.Model):
    """One participation (a case with an admission), cut to months and codes. Empty means: not recorded."""

    pseudonym = models.UUIDField(primary_key=True, help_text="Zufallszahl, sagt nichts über die Person")
    prison = models.CharField(max_length=80, help_text="Schlüssel der letzten Anstalt")
    age_group = models.CharField(max_length=14, blank=True, help_text="AgeGroup am Tag der Entlassung")
    sex = models.CharField(max_length=1, help_text="cases.enums.Sex")
    admitted_month = models.DateField(help_text="erster Tag des Monats")
    released_month = models.DateField(null=True, help_text="leer: Entlassung nicht bestätigt")
    ended_month = models.DateField(null=True)
    ending_reason = models.CharField(max_length=40, blank=True, help_text="Code der Liste ending_reasons")
    outcome_0 = models.CharField(max_length=30, blank=True, help_text="Code der Liste outcome_status, Entlassungstag")
    outcome_3 = models.CharField(max_length=30, blank=True, help_text="drei Monate danach")
    outcome_6 = models.CharField(max_length=30, blank=True, help_text="sechs Monate danach")

    objects = FactQuerySet.as_manager()

    class Meta:
        verbose_name = "Teilnahme ohne Namen"
        verbose_name_plural = "Teilnahmen ohne Namen"

    def __str__(self):
        return str(self.pseudonym)


class FactBuild(models.Model):
    """When the facts were last made from the files: the „Datenstand“ under every figure."""

    finished_at = models.DateTimeField()
    episodes = models.IntegerField()
    left_out = models.IntegerField(help_text="als Irrtum oder doppelt beendet")

    objects = BuildQuerySet.as_manager()

    class Meta:
        verbose_name = "Datenstand der Auswertung"
        verbose_name_plural = "Datenstände der Auswertung"

    def __str__(self):
        return f"{self.finished_at:%d.%m.%Y %H:%M}: {self.episodes}"
