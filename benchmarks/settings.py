"""As in the demo (real password hashing, no second factor), with the floors beside the pages."""

from ina.config.settings.base import STORAGES
from ina.config.settings.demo import *  # noqa: F403

ROOT_URLCONF = "benchmarks.urls"
ALLOWED_HOSTS = ["localhost"]
# The front end's files need not be collected to measure pages.
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
