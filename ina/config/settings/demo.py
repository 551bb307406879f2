"""The demo: invented people, plain HTTP on this machine, no second factor but for one account."""

from ina.config.settings.base import *  # noqa: F403

DEMO = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
INA_SECOND_FACTOR_REQUIRED = False
# Several people try the demo from one machine: limits per address would lock all of them out at once; those per
# account stay.
ACCOUNT_RATE_LIMITS = ACCOUNT_RATE_LIMITS | {"login": "600/m/ip", "login_failed": "600/m/ip,5/15m/key"}  # noqa: F405
