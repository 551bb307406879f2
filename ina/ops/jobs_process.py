"""The background worker process: ``manage.py work`` that ends when the supervisor has gone."""

import sys

from django.core.management import execute_from_command_line

from ina.ops.parent import die_with_parent

if __name__ == "__main__":
    die_with_parent()
    execute_from_command_line(["manage.py", "work", *sys.argv[1:]])
