"""Run by tests.browser in a process of its own: one function with the cast, in one transaction that commits."""

import importlib
import json
import sys

import django
from django.db import transaction

if __name__ == "__main__":
    django.setup()
    import psycopg

    from tests import database, people

    where, arguments = sys.argv[1], json.loads(sys.argv[2])
    module, _, name = where.partition(":")
    function = getattr(importlib.import_module(module), name)
    with transaction.atomic():
        with psycopg.connect(database.owner_address()) as connection:
            cast = people.read(connection)
        print(json.dumps(function(cast, **arguments), default=str))
