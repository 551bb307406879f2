"""The demo: invented people, plain HTTP on this machine, no second factor but for one account."""

from ina.config.settings.base import *  # noqa: F403

DEMO = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Several people try the demo from one machine: log-in limits would lock all of them out at once.
