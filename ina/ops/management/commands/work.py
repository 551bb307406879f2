"""``manage.py work``: the background worker, started by the supervisor or a service manager."""

from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app


class Command(BaseCommand):
    help = "Erledigt Hintergrundaufträge, bis SIGTERM oder Strg-C kommt."

    def add_arguments(self, parser):
        parser.add_argument("--concurrency", type=int, default=2, help="wie viele Aufträge nebeneinander")
        parser.add_argument("--once", action="store_true", help="erledigt, was wartet, und endet")

    def handle(self, *, concurrency, once, **options):
        connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]
        with app.replace_connector(connector):
            app.run_worker(
                concurrency=concurrency,
                wait=not once,
                delete_jobs="never",
                shutdown_graceful_timeout=8,
                # A worker that was killed is noticed after this long; ``retry_stalled`` hands its jobs on.
                stalled_worker_timeout=30,
                update_heartbeat_interval=10,
            )
