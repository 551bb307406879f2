"""Rules about tables: what points where, what is declared about people, and that the wall has the same bit."""

import re

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils import translation

from ina.access.enums import Compartment
from ina.access.models import Correctable
from ina.access.querysets import DossierTableQuerySet
from ina.base.personal import REQUIRED, RETENTION_CLASSES, declaration
from tests.access.catalogue import personal_tables, rows

# From the floor upwards.
FLOOR_FIRST = [
    "base",
    "audit",
    "reference",
    "institutions",
    "accounts",
    "access",
    "documents",
    "agenda",
    "cases",
    "profiling",
    "planning",
    "network",
    "placement",
    "monitoring",
    "evaluation",
    "privacy",
]
OURS = [model for model in apps.get_models() if model.__module__.startswith("ina.")]
# Walled in ways of their own, told apart in tests/access/test_tables.py.
WITHOUT_COMPARTMENT = {
    "access.Draft",
    "audit.Entry",
    "audit.History",
    "cases.LikenessHint",
    "cases.ListExport",
    "cases.PrisonListImport",
    "cases.PrisonListRow",
    "cases.SavedView",
    # Each row says of which compartments it tells (decision 0009).
    "documents.Dispatch",
    "documents.Document",
    "monitoring.FolderLine",
    "monitoring.StandardCheck",
    "network.DisclosureContent",
    "documents.DocumentContent",
    "documents.DocumentVersion",
    "documents.Signature",
}


def about_people(model) -> bool:
    names = {field.name for field in model._meta.get_fields() if field.concrete}
    columns = {field.column for field in model._meta.concrete_fields}
    return "dossier" in names or "dossier_id" in columns or model._meta.label == "access.Dossier"


PERSONAL = [model for model in OURS if about_people(model) or hasattr(model, "Personal")]


def test_foreign_keys_point_downwards():
    wrong = []
    for model in OURS:
        for field in model._meta.concrete_fields:
            target = field.related_model
            if target is None or not target.__module__.startswith("ina."):
                continue
            here, there = model._meta.app_label, target._meta.app_label
            if FLOOR_FIRST.index(there) > FLOOR_FIRST.index(here):
                wrong.append(f"{model._meta.label}.{field.name} → {target._meta.label}")
    assert wrong == []


@pytest.mark.parametrize("model", PERSONAL, ids=lambda model: model._meta.label)
def test_what_is_stored_about_people_is_declared_before(model):
    told = declaration(model)
    assert set(REQUIRED) <= set(told)
    assert told["retention"] in RETENTION_CLASSES
    assert told["purpose"].strip()
    columns = {field.name for field in model._meta.concrete_fields}
    assert set(told["columns"]) <= columns, "a declared column does not exist"
    if model._meta.label in WITHOUT_COMPARTMENT:
        assert told["compartment"] is None
    else:
        assert isinstance(told["compartment"], Compartment)
        assert bin(told["compartment"]).count("1") == 1, "one table, one compartment"


@pytest.mark.parametrize("model", PERSONAL, ids=lambda model: model._meta.label)
def test_tables_about_people_know_visible_to_and_begin_with_the_dossier(model):
    assert hasattr(model._default_manager, "visible_to")
    if model._meta.label in WITHOUT_COMPARTMENT or model._meta.label == "access.Dossier":
        return
    assert isinstance(model._default_manager.all(), DossierTableQuerySet)
    marks = {field.name for field in Correctable._meta.get_fields()}
    assert [field.name for field in model._meta.concrete_fields if field.name not in marks][:2] == ["id", "dossier"]


@pytest.mark.django_db
def test_every_table_about_people_has_a_model_with_a_declaration():
    with connection.cursor() as cursor:
        tables = {table.name for table in personal_tables(cursor) if not table.is_partition}
    declared = {model._meta.db_table for model in PERSONAL}
    assert tables == declared


@pytest.mark.django_db
def test_the_wall_has_the_compartment_that_the_table_declares():
    with connection.cursor() as cursor:
        policies = {
            name: text
            for name, text in rows(
                cursor, "SELECT tablename, qual FROM pg_policies WHERE policyname = 'wall' AND 'ina_app' = ANY (roles)"
            )
        }
        kept = {
            table: re.findall(r"audit_write_history\('(\d+)'\)", definition)
            for table, definition in rows(
                cursor,
                "SELECT tgrelid::regclass::text, pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname = 'keep_history'",
            )
        }
    for model in PERSONAL:
        table = model._meta.db_table
        assert table in policies, f"{table} has no wall"
        if model._meta.label in WITHOUT_COMPARTMENT or table == "access_grant":
            continue
        (bit,) = re.findall(r"g\.compartments & (\d+)\) <> 0", policies[table])
        assert int(bit) == int(model.Personal.compartment), table
        assert kept.get(table, [str(int(bit))]) == [bit], f"the history of {table} is walled otherwise"


@pytest.mark.django_db
def test_tables_about_people_keep_their_history_but_for_derived_ones():
    with connection.cursor() as cursor:
        kept = {
            name
            for (name,) in rows(cursor, "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'keep_history'")
        }
    without = {model._meta.db_table for model in PERSONAL} - kept
    assert without == {
        "access_draft",  # forgotten as soon as it is sent
        "access_dossier",  # a number and days; never changed but for sealing and erasure, which are acts of their own
        "access_grant",  # a grant is closed, never changed
        "audit_entry",
        "audit_history",
        # Told of by row, not by table: their history would be a hole; what became of them stands in dated columns.
        "documents_dispatch",
        "documents_document",
        "documents_documentcontent",
        "documents_documentversion",
        "documents_signature",
        "monitoring_ownpage",  # as network_disclosurelink
        "monitoring_foldercheck",  # never changed
        "monitoring_folderline",  # told of by row; what was taken out stays with its day
        "monitoring_standardcheck",  # told of by row
        "network_disclosurecontent",  # never changed
        "network_disclosurelink",  # a hash that was closed must not live on in one
        "documents_dossierkey",  # a key that was erased must not live on in a history
        "cases_likenesshint",
        "cases_personkey",  # derived, and its history would tell what it is there to hide
        "cases_prisonlistimport",
        "cases_listexport",
        "cases_prisonlistrow",
        "cases_savedview",
        "cases_worklist",  # derived
    }


def test_the_models_are_what_the_migrations_make():
    with translation.override(None):
        loader = MigrationLoader(None, ignore_no_migrations=True)
        detector = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps))
        changes = detector.changes(graph=loader.graph)
        ours = {label: [str(one) for one in found[0].operations] for label, found in changes.items()}
    assert {label for label in ours if apps.get_app_config(label).name.startswith("ina.")} == set(), ours
