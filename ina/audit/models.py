"""The two tables are partitioned by month and made in SQL; these classes only read them."""

from django.db import models

from ina.audit.querysets import EntryQuerySet


class Entry(models.Model):
    """One line of the trail. Written by ``trail`` only; nobody can change or delete it, partitions are dropped."""

    at = models.DateTimeField()
    action = models.TextField(help_text="operation name, or read/search/export.<what>")
    actor = models.TextField()
    user_id = models.BigIntegerField(null=True)
    membership_id = models.BigIntegerField(null=True)
    dossier_id = models.BigIntegerField(null=True)
    subject = models.TextField(help_text="table:id")
    reason = models.TextField()
    details = models.JSONField()

    objects = EntryQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "audit_entry"
        verbose_name = "Protokollzeile"

    class Personal:
        compartment = None  # a wall of its own: the dossier's readers, or a check by the data protection officer
        purpose = "Rechtmäßigkeitskontrolle nach § 35 JVollzDSG NRW"
        retention = "log"
        exported = True

    def __str__(self):
        return f"{self.action} {self.at:%d.%m.%Y %H:%M}"


class History(models.Model):
    """A row as it was before it was changed or deleted. Written by trigger, walled like its table."""

    at = models.DateTimeField()
    table = models.TextField(db_column="table_name")
    row_id = models.BigIntegerField()
    dossier_id = models.BigIntegerField()
    compartment = models.IntegerField()
    operation = models.TextField(db_column="op")
    actor = models.TextField()
    old = models.JSONField()

    objects = EntryQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "audit_history"
        verbose_name = "frühere Fassung"

    class Personal:
        compartment = None  # each row carries the compartment of its table
        purpose = "Nachvollziehbarkeit von Änderungen"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"{self.table}:{self.row_id}"
