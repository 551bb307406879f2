"""Settings that hold everywhere. What differs stands in demo, test and production."""

import os
from pathlib import Path

from csp.constants import NONE, SELF

from ina.config import databases
from ina.config.keys import read_or_make_keys

BASE_DIR = Path(__file__).resolve().parents[3]
INA_HOME = Path(os.environ.get("INA_HOME", BASE_DIR / "var"))

KEYS = read_or_make_keys(INA_HOME / "keys")
SECRET_KEY = KEYS["secret"]
# Encrypts second-factor secrets in the database (accounts.crypto); never stored there.
FIELD_KEY = KEYS["field"]
# Wraps the keys of the dossiers' documents (documents.vault); former ones lie beside it after a rotation.
DOCUMENT_KEY = KEYS["document"]
KEY_FOLDER = INA_HOME / "keys"

DEBUG = False
DEMO = False
ALLOWED_HOSTS = [host for host in os.environ.get("INA_HOSTS", "localhost,127.0.0.1").split(",") if host]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "template_partials",
    "procrastinate.contrib.django",
    # ina, from the floor upwards
    "ina.audit",
    "ina.reference",
    "ina.institutions",
    "ina.accounts",
    "ina.access",
    "ina.documents",
    "ina.agenda",
    "ina.cases",
    "ina.profiling",
    "ina.planning",
    "ina.network",
    "ina.monitoring",
    "ina.evaluation",
    "ina.web",
    "ina.ops",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "ina.ops.liveness.LivenessMiddleware",
    "ina.web.shell.headers.HeadersMiddleware",
    "ina.web.shell.middleware.TransactionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "ina.web.shell.entrance.EntranceMiddleware",
    "ina.web.shell.middleware.ActorMiddleware",
    "ina.web.accounts.middleware.SessionGuardMiddleware",
]

ROOT_URLCONF = "ina.config.urls"
WSGI_APPLICATION = "ina.config.wsgi.application"

TEMPLATES: list[dict] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ina.web.shell.context.shell",
            ],
        },
    }
]

DATABASES = databases.from_environment()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "de"
TIME_ZONE = "Europe/Berlin"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = INA_HOME / "static"
# Where the set-up put KERN when the checkout itself cannot be written.
STATICFILES_DIRS = [os.environ["INA_ASSETS"]] if os.environ.get("INA_ASSETS") else []
# Fonts of papers, unpacked from KERN's by the set-up; elsewhere when the checkout itself cannot be written.
PAPER_FONTS = Path(os.environ.get("INA_PAPER_FONTS", BASE_DIR / "ina" / "documents" / "fonts"))
UPLOAD_MAX_BYTES = int(os.environ.get("INA_UPLOAD_MB", "15")) * 1_000_000
# Socket of ClamAV's clamd; empty: uploads are kept without a virus scan, and the page of the state says so.
CLAMAV_SOCKET = os.environ.get("CLAMAV_SOCKET", "")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Rate limits, lock-outs and replay protection must hold across processes: one shared cache in the database.
CACHES: dict = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "accounts_cache"}}

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "ina.web.shell.errors.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = os.environ.get("INA_MAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("INA_MAIL_PORT", "25"))
# Mail to partners says only that something waits for them. All three, or no mail leaves (``network.gateways``): a
# sender without any trace of custody, and the address under which partners reach this installation.
NEUTRAL_MAIL_FROM = os.environ.get("INA_NEUTRAL_MAIL_FROM", "")
PUBLIC_ADDRESS = os.environ.get("INA_PUBLIC_ADDRESS", "")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("INA_MAIL_FROM", "ina@localhost")

PROCRASTINATE_IMPORT_PATHS = ["ina.ops.schedule", "ina.exchange.tasks"]
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "tasks"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"ina": {"level": "INFO"}},
}

FORM_RENDERER = "ina.web.shell.forms.Renderer"
# Whom people reach when something does not work; shown on the page for errors.
SUPPORT = os.environ.get("INA_SUPPORT", "die Systemverwaltung Ihrer Einrichtung")
SILENCED_SYSTEM_CHECKS: list[str] = []

# --- accounts: log-in, second factor, lock-out (allauth) ----------------------------------------------------------
# Lock-outs count on the second connection: a failed request does not undo them (accounts.cache).
DATABASE_ROUTERS = ["ina.accounts.cache.CacheRouter"]
CACHES["default"]["OPTIONS"] = {"MAX_ENTRIES": 100_000}
SESSION_SERIALIZER = "ina.accounts.crypto.EncryptedSerializer"
# Every role logs in with a second factor; the demo asks only accounts that have one.
INA_SECOND_FACTOR_REQUIRED = True
# allauth stands before our pages among the apps; our templates in its names must be found first.
TEMPLATES[0]["DIRS"] = [BASE_DIR / "ina" / "web" / "templates"]
ACCOUNT_ADAPTER = "ina.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "20/m/ip,5/15m/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    "invitation": "20/m/ip",
    # Codes of links for partners without an account; each link counts its wrong ones as well.
    "link": "20/m/ip",
    # Codes of the pages of people who were released.
    "own": "20/m/ip",
    # Calendar programs of a whole office fetch behind one address.
    "calendar": "120/m/ip",
}
# How many proxies stand in front and write X-Forwarded-For; 0 believes nobody but the connection itself.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("INA_TRUSTED_PROXIES", "0"))
MFA_ADAPTER = "ina.accounts.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "add_webauthn": "ina.web.accounts.forms.AddPasskeyForm",
    "generate_recovery_codes": "ina.web.accounts.forms.PrintCodesForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODE_COUNT = 20
MFA_TOTP_ISSUER = "ina"
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_USER_VERIFICATION = "preferred"
