"""Where counters of failed log-ins live: in the database, on the second connection.

On the request's own connection a counter would be undone with a failed request, and two log-ins from one address would
wait for each other until the first is answered.
"""


class CacheRouter:
    """Send Django's database cache to the connection ``log``; say nothing about anything else."""

    def db_for_read(self, model, **hints):
        return "log" if model._meta.app_label == "django_cache" else None

    db_for_write = db_for_read
