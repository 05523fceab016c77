"""All settings, in one file; whatever differs between machines comes from the environment."""

import os
from contextlib import suppress
from pathlib import Path
from secrets import token_urlsafe
from tempfile import NamedTemporaryFile
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONE, SELF

from config.demo import DemoAccounts

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = BASE_DIR / "data"
VAR_DIR = Path(os.environ.get("SAURO_VAR", BASE_DIR / "var"))
FILES_DIR = VAR_DIR / "files"
MAIL_DIR = VAR_DIR / "mail"

FONTS_DIR = Path(os.environ.get("SAURO_FONTS", VAR_DIR / "fonts"))

DEBUG = os.environ.get("DEBUG") == "1"
TESTING = os.environ.get("SAURO_TESTING") == "1"
DEMO = os.environ.get("SAURO_DEMO") == "1"
DEMO_ACCOUNTS = DemoAccounts()


def _secret() -> str:
    """Return the key that signs sessions: given, or made once and kept where only we can read."""
    if TESTING or "SECRET_KEY" in os.environ:
        return os.environ.get("SECRET_KEY", "for-tests-only")
    kept = VAR_DIR / "secret"
    if not kept.exists():
        VAR_DIR.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile("w", dir=VAR_DIR) as made:  # readable by its owner only
            made.write(token_urlsafe(50))
            made.flush()
            with suppress(FileExistsError):  # another process was faster: there is one secret
                os.link(made.name, kept)
    return kept.read_text()


SECRET_KEY = _secret()
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
PUBLIC_ADDRESS = os.environ.get("SAURO_ADDRESS", "http://localhost:8000")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "procrastinate.contrib.django",
    "sauro.ui",
    "sauro.events",
    "sauro.places",
    "sauro.people",
    "sauro.offices",
    "sauro.documents",
    "sauro.notices",
    "sauro.payments",
    "sauro.cases",
    "sauro.procedures",
    "sauro.forms",
    "sauro.laws",
    "sauro.onestop",
    "sauro.queueing",
    "sauro.portal",
    "sauro.desk",
    "sauro.timing",
    "sauro.measures",
    "sauro.dashboards",
    "sauro.assistant",
    "sauro.lateness",
    "sauro.designer",
    "sauro.deployment",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # pads its answers against BREACH
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "csp.middleware.CSPMiddleware",
    "sauro.offices.middleware.identify",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": False,
        "DIRS": sorted(BASE_DIR.glob("sauro/*/templates")),
        "OPTIONS": {
            "environment": "sauro.ui.environment.environment",
            "context_processors": ["sauro.ui.environment.page_context"],
        },
    },
]


def _database(address: str) -> dict[str, object]:
    """Return Django's settings for a `postgresql://` address, sockets included."""
    parts = urlsplit(address)
    asked = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/") or "sauro",
        "USER": unquote(parts.username or asked.get("user", "")),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": asked.get("host", parts.hostname or ""),
        "PORT": asked.get("port", str(parts.port or "")),
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,  # so that a restarted database is noticed before a person is
        "OPTIONS": {
            "pool": {"min_size": 1, "max_size": 8, "timeout": 10},
            "options": "-c statement_timeout=30s -c lock_timeout=5s"
            " -c idle_in_transaction_session_timeout=60s",
            # Only what asks for it (core.statements) is prepared; without a number, nothing is.
            "prepare_threshold": 1_000_000_000,
        },
        "TEST": {"NAME": os.environ.get("TEST_DATABASE", "test_sauro")},
    }


DATABASES = {"default": _database(os.environ.get("DATABASE_URL", "postgresql://postgres@/sauro"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

LANGUAGE_CODE = "vi"
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [("fonts", FONTS_DIR)]
WHITENOISE_USE_FINDERS = TESTING
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "config.faults.stale_form"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if PUBLIC_ADDRESS.startswith("https://"):
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    CSRF_TRUSTED_ORIGINS = [PUBLIC_ADDRESS]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-src": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
UPLOAD_LIMIT = 10 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["sauro.documents.receiving.CappedUploadHandler"]
KEYS_DIR = VAR_DIR / "keys"
TIME_AUTHORITY = os.environ.get("SAURO_TIME_AUTHORITY", "")
TRUSTED_CERTIFICATES = os.environ.get("SAURO_TRUSTED_CERTIFICATES", "")
PKCS11_MODULE = os.environ.get("SAURO_PKCS11_MODULE", "")
PKCS11_TOKEN = os.environ.get("SAURO_PKCS11_TOKEN", "")
# Results are signed where there are keys for it; elsewhere they say that they are not.
SIGNS_RESULTS = DEMO or bool(PKCS11_MODULE)
# The gateway for payments, and where the treasury takes transfers; the demo's are made up.
GATEWAY_ADDRESS = os.environ.get("SAURO_GATEWAY_ADDRESS", "http://127.0.0.1:8099")
GATEWAY_KEY = os.environ.get("SAURO_GATEWAY_KEY", "demo" if DEMO or TESTING else "")
TREASURY_BANK = os.environ.get("SAURO_TREASURY_BANK", "970415")
TREASURY_BANK_NAME = os.environ.get("SAURO_TREASURY_BANK_NAME", "Ngân hàng trình diễn")
TREASURY_ACCOUNT = os.environ.get("SAURO_TREASURY_ACCOUNT", "0000000000")
TREASURY_OWNER = os.environ.get("SAURO_TREASURY_OWNER", "KHO BAC TRINH DIEN")

# A language model behind the assistant, off unless set: docs/assistant.md.
MODEL_ADDRESS = os.environ.get("SAURO_MODEL_ADDRESS", "")
MODEL_NAME = os.environ.get("SAURO_MODEL_NAME", "default")
MODEL_KEY = os.environ.get("SAURO_MODEL_KEY", "")

CLAMAV_SOCKET = os.environ.get("CLAMAV_SOCKET", "")
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = MAIL_DIR
DEFAULT_FROM_EMAIL = os.environ.get("SAURO_MAIL_FROM", "dichvucong@daklak.example")
if os.environ.get("EMAIL_HOST"):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = os.environ["EMAIL_HOST"]
    EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
    EMAIL_TIMEOUT = 10

# Whom a device may be woken through: the makers of browsers, each with all hosts below it.
PUSH_HOSTS = os.environ.get(
    "SAURO_PUSH_HOSTS",
    "fcm.googleapis.com,push.services.mozilla.com,push.apple.com,notify.windows.com",
).split(",")
PUSH_KEY = VAR_DIR / "keys" / "push.pem"
# Who sends text messages and Zalo for us, address and shared key; in the demo they become files.
_FOLDER = (VAR_DIR / "messages").resolve().as_uri() if DEMO and not TESTING else ""
PROVIDERS = {
    "SMS": (os.environ.get("SAURO_SMS_ADDRESS", _FOLDER), os.environ.get("SAURO_SMS_KEY", "")),
    "ZALO": (os.environ.get("SAURO_ZALO_ADDRESS", _FOLDER), os.environ.get("SAURO_ZALO_KEY", "")),
}

PROVINCE = {"code": "66", "h_code": "H15", "name": "Đắk Lắk", "label": "Tỉnh Đắk Lắk"}

LOGGING_CONFIG = "config.logging.configure"
LOGGING = {"level": os.environ.get("LOG_LEVEL", "INFO")}
