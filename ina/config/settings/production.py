"""A real installation: behind TLS, names of hosts in INA_HOSTS."""

import os

from ina.config.settings.base import *  # noqa: F403

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = os.environ.get("INA_PLAIN_HTTP") != "1"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]  # noqa: F405
