"""Run by tests.database in a process of its own, as the owner: migrate an empty database and put the cast into it."""

import django
from django.core.management import call_command
from django.db import connection

if __name__ == "__main__":
    django.setup()
    call_command("migrate", verbosity=0, skip_checks=True)
    from tests import people

    people.make()
    with connection.cursor() as cursor:
        # The owner alone may empty the trail: every test begins with none.
        cursor.execute("DELETE FROM audit_entry")
        cursor.execute("ANALYZE")
