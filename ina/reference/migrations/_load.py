"""Writes the delivered facts with the models of a migration. Adds what is missing, never touches what is there."""

from ina.base.names import sort_key
from ina.base.periods import period
from ina.reference import seed


def load(apps, schema_editor=None):
    load_parameters(apps)
    load_codes(apps)
    load_districts(apps)


def load_parameters(apps):
    key_table, value_table = apps.get_model("reference", "ParameterKey"), apps.get_model("reference", "Parameter")
    for position, row in enumerate(seed.rows("parameters")):
        key, _ = key_table.objects.get_or_create(
            key=row["key"],
            defaults={
                "label": row["label"],
                "group": row["group"],
                "kind": row["kind"],
                "unit": row["unit"],
                "position": position,
            },
        )
        _add(value_table.objects.filter(key=key), value_table(key=key, value=row["value"]), row)


def load_codes(apps):
    list_table, code_table = apps.get_model("reference", "CodeList"), apps.get_model("reference", "Code")
    term_table = apps.get_model("reference", "Term")
    labels = {row["key"]: row["label"] for row in seed.rows("code_lists")}
    for position, row in enumerate(seed.rows("codes")):
        code_list, _ = list_table.objects.get_or_create(key=row["list"], defaults={"label": labels[row["list"]]})
        code, _ = code_table.objects.get_or_create(
            list=code_list, code=row["code"], defaults={"group": row["group"], "position": position}
        )
        _add(term_table.objects.filter(code=code), term_table(code=code, label=row["label"]), row)


def load_districts(apps):
    table = apps.get_model("reference", "District")
    for row in seed.rows("districts"):
        table.objects.get_or_create(
            ags=row["ags"],
            defaults={
                "name": row["name"],
                "name_key": sort_key(row["name"]),
                "kind": row["kind"],
                "source": row["source"],
            },
        )


def load_instruments(apps):
    """What is said about each instrument; their codes and names come with ``load_codes``, which goes first."""
    table, code_table = apps.get_model("reference", "InstrumentFact"), apps.get_model("reference", "Code")
    codes = {row.code: row for row in code_table.objects.filter(list__key="instruments")}
    said = ("norm", "essentials", "decided_by", "apply_before")
    for row in seed.rows("instruments"):
        fact = table(code=codes[row["code"]], **{column: row[column] for column in said})
        _add(table.objects.filter(code=fact.code), fact, row)


def load_occupations(apps):
    """The list of this house and the places of the KldB that it names; what an official file brought stays."""
    source_table, table = apps.get_model("reference", "OccupationSource"), apps.get_model("reference", "Occupation")
    group_table = apps.get_model("reference", "OccupationGroup")
    lines = list(seed.rows("occupations"))
    source, _ = source_table.objects.update_or_create(
        key="own", defaults={**seed.OWN_OCCUPATIONS, "rows": len(lines), "loaded_at": seed.GATHERED_AT}
    )
    group_table.objects.bulk_create(
        [group_table(kldb=row["kldb"], title=row["title"]) for row in seed.rows("occupation_groups")],
        ignore_conflicts=True,
    )
    table.objects.filter(source=source).delete()
    table.objects.bulk_create(
        table(source=source, key=f"{row['kldb']} {row['title']}", degree=False, **row) for row in lines
    )


def _add(present, fact, row):
    """Enter a dated fact unless its owner already has something in this period (an administrator was there)."""
    days = period(*seed.days(row))
    if present.filter(voided_at__isnull=True, valid_period__overlap=days).exists():
        return
    fact.valid_period = days
    fact.source, fact.note = row["source"], row["note"]
    fact.entered_by, fact.entered_at = seed.ENTERED_BY, seed.GATHERED_AT
    fact.save()
