"""As in the demo (real password hashing, no second factor), with the floors beside the pages."""

from ina.config.settings.base import INSTALLED_APPS, MIDDLEWARE, STORAGES
from ina.config.settings.demo import *  # noqa: F403

ROOT_URLCONF = "benchmarks.urls"
ALLOWED_HOSTS = ["localhost"]
# Django's admin stands here to be measured, and nowhere else. Its own table is never written.
INSTALLED_APPS = ["django.contrib.admin", *INSTALLED_APPS]
SILENCED_SYSTEM_CHECKS = ["admin.E403", "admin.E404", "admin.E408", "admin.E409", "admin.E410"]
# Tells how many statements a page took: the outermost, so that it counts those of every other.
MIDDLEWARE = ["benchmarks.statements.CountingMiddleware", *MIDDLEWARE]
# The front end's files need not be collected to measure pages.
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
ACCOUNT_RATE_LIMITS = {}  # fifty people log in from one machine within a minute
# A page that does not exist yet is named once, by the measurement itself.
LOGGING["loggers"]["django.request"] = {"level": "ERROR"}  # noqa: F405
