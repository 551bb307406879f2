"""Working groups and conferences of the network, and when they met. No data about participants."""

from django.db import models

from ina.network.enums import GroupKind
from ina.network.models.directory import choices


class WorkingGroup(models.Model):
    """Partners that meet again and again (Arbeitskreis, Netzwerkkonferenz, Runder Tisch). It ends on a day."""

    number = models.PositiveIntegerField("Nummer", unique=True, editable=False)
    name = models.CharField("Name", max_length=200, unique=True)
    kind = models.CharField("Art", max_length=12, choices=choices(GroupKind))
    region = models.CharField("Region", max_length=200, blank=True)
    aim = models.CharField("Ziel", max_length=500, blank=True)
    house = models.ForeignKey("institutions.Institution", models.PROTECT, related_name="+", verbose_name="Leitung")
    members = models.ManyToManyField("institutions.Institution", related_name="working_groups", blank=True)
    ended_on = models.DateField("letzter Tag", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name"]
        verbose_name = "Arbeitskreis"
        verbose_name_plural = "Arbeitskreise"

    def __str__(self):
        return self.name


class Meeting(models.Model):
    """One sitting. ``present``: houses that were there; ``people``: who, by name and function, as the minutes say."""

    group = models.ForeignKey(WorkingGroup, models.PROTECT, related_name="meetings")
    number = models.PositiveIntegerField("Sitzung", editable=False)
    held_on = models.DateField("am")
    place = models.CharField("Ort", max_length=200, blank=True)
    topics = models.TextField("Themen", max_length=4000)
    minutes = models.TextField("Protokoll", max_length=20000, blank=True)
    people = models.TextField("wer dabei war", max_length=4000, blank=True)
    present = models.ManyToManyField("institutions.Institution", related_name="+", blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-held_on", "-number"]
        verbose_name = "Sitzung"
        verbose_name_plural = "Sitzungen"
        constraints = [models.UniqueConstraint(fields=["group", "number"], name="network_meeting_number")]

    def __str__(self):
        return f"Sitzung {self.number}"


class MeetingTask(models.Model):
    """What somebody took on in a sitting, until when."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="tasks")
    text = models.CharField("Verabredung", max_length=500)
    who = models.CharField("wer", max_length=200)
    due_on = models.DateField("bis", null=True, blank=True)
    done_on = models.DateField("erledigt am", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pk"]
        verbose_name = "Verabredung"
        verbose_name_plural = "Verabredungen"

    def __str__(self):
        return self.text
