"""The test suite: strict templates, quick password hashing, no network."""

from ina.config.settings.base import *  # noqa: F403
from ina.config.settings.base import TEMPLATES

EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
UNKNOWN_VARIABLE = "⟪unknown variable %s⟫"
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UNKNOWN_VARIABLE
INA_SECOND_FACTOR_REQUIRED = False
