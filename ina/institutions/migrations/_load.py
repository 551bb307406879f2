"""Writes the delivered organisations with the models of a migration. Adds what is missing, changes nothing else."""

from ina.base.names import sort_key
from ina.base.periods import period
from ina.institutions import seed
from ina.institutions.rules import search_key

COPIED = (
    "kind",
    "specialty",
    "name",
    "short_name",
    "official_number",
    "legal_form",
    "street",
    "postcode",
    "town",
    "source",
)


def load(apps, schema_editor=None):
    """Regions, organisations, districts and carriers of regions; beginnings are not documented, so they stay open."""
    regions = load_regions(apps)
    table = apps.get_model("institutions", "Institution")
    coverage, service = apps.get_model("institutions", "Coverage"), apps.get_model("institutions", "RegionService")
    districts = {one.ags: one for one in apps.get_model("reference", "District").objects.all()}
    present = {one.key: one for one in table.objects.all()}
    since_ever = period(None)
    for row in seed.rows("institutions"):
        if row["key"] in present:
            continue
        one = table(key=row["key"], valid_period=since_ever, **{column: row[column] for column in COPIED})
        one.name_key = sort_key(one.name)
        one.search_key = search_key(one)
        # Parents stand above their children in the file.
        one.parent = present[row["parent"]] if row["parent"] else None
        one.region = regions[row["region"]] if row["region"] else None
        one.save()
        present[one.key] = one
        for ags in row["districts"].split():
            coverage.objects.create(
                institution=one, district=districts[ags], valid_period=since_ever, source=row["source"]
            )
        if row["serves"]:
            service.objects.create(
                institution=one, region=regions[row["serves"]], valid_period=since_ever, source=row["source"]
            )


def load_regions(apps):
    table = apps.get_model("institutions", "Region")
    regions = {}
    for row in seed.rows("regions"):
        regions[row["number"]], _ = table.objects.get_or_create(
            number=int(row["number"]),
            defaults={"name": row["name"], "staffed_by": row["staffed_by"], "source": row["source"]},
        )
    return regions
