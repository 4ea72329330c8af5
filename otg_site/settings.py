"""All settings, in one file. `.env.example` explains every variable that is read here.

SITE_MODE decides how strict they are: `production` (also when unset), `demo`, `development` or `test`.
Longer than 300 lines, since a setting is looked for in one place.
"""

import re
from email.utils import parseaddr
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from .start import addresses, extras

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
# A server's .env beside the code must not reach into the demo or the tests, which need none.
if env.str("SITE_MODE", "") not in {"demo", "test"}:
    env.read_env(BASE_DIR / ".env")

SITE_MODE = env.str("SITE_MODE", "production")
PRODUCTION = SITE_MODE == "production"
DEMO = SITE_MODE == "demo"
if SITE_MODE not in {"production", "demo", "development", "test"}:
    raise ImproperlyConfigured(
        f"SITE_MODE is {SITE_MODE!r}. It is production, demo, development or test; leave it out on a server."
    )


def required(name, *, otherwise):
    """The variable's value; if it is unset, `otherwise`, or in production ImproperlyConfigured."""
    value = env.str(name, "")
    if not value and PRODUCTION:
        raise ImproperlyConfigured(
            f"{name} is not set. Copy .env.example to .env and fill it in, or set {name} in the environment."
        )
    return value or otherwise


# The front door
SECRET_KEY = required("SECRET_KEY", otherwise="not-secret-demo-development-and-tests-only-0123456789")
DEBUG = SITE_MODE == "development"
SITE_URL = required("SITE_URL", otherwise=f"http://localhost:{env.str('PORT', '8000')}").rstrip("/")
if not SITE_URL.startswith(("https://", "http://")):
    raise ImproperlyConfigured(
        f"SITE_URL is {SITE_URL!r}. Begin it with https://, as in https://chapter.example.org."
    )
SITE_HOST = SITE_URL.split("://")[-1]
# localhost is how health checks ask; mails and feeds take their links from SITE_URL, never from the request.
ALLOWED_HOSTS = [SITE_HOST.split(":")[0], "localhost", "127.0.0.1", *env.list("EXTRA_HOSTS", default=[])]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
ROOT_URLCONF = "otg_site.urls"
WSGI_APPLICATION = "otg_site.wsgi.application"
PROXY_COUNT = env.int("PROXY_COUNT", 1 if PRODUCTION else 0)

INSTALLED_APPS = [
    "otg_site",
    "blog",
    "facilitation",
    "microactions",
    "followers",
    "events",
    "principles",
    "chapter",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "markdownx",
    "procrastinate.contrib.django",
    "csp",
    "django.contrib.humanize",
    "chapter.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "otg_site.metrics.middleware.Counted",
    "chapter.page_cache.middleware.PageCache",
    "chapter.web.middleware.name_request",
    "chapter.web.middleware.constant_headers",
    "chapter.web.middleware.drop_unstorable_cookies",
    "chapter.web.middleware.FriendlyErrors",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "chapter.languages.LocaleMiddleware",
    "chapter.web.middleware.refuse_what_is_not_whole",
    "django.middleware.common.CommonMiddleware",
    "chapter.web.csrf.CsrfMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "chapter.web.middleware.ask_once_a_page",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "chapter.web.context.site_context",
            ],
            # `{% load i18n %}`, and `{% url %}` of all templates
            "libraries": {"i18n": "chapter.templatetags.constant_tags"},
            "builtins": ["chapter.templatetags.constant_tags"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# The database: PostgreSQL, always
DATABASES = {
    "default": {
        **addresses.database(
            "DATABASE_URL", required("DATABASE_URL", otherwise="postgres://postgres@127.0.0.1/postgres")
        ),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # A pooler may be in between: nothing may stay in a session (limits of time: otg_site/start/limits.py).
        "DISABLE_SERVER_SIDE_CURSORS": True,
    }
}
# Statements that take as long are logged, without their values; 0: none.
SLOW_QUERY_MS = env.int("SLOW_QUERY_MS", 1000 if PRODUCTION else 0)
if SLOW_QUERY_MS:
    DATABASES["default"]["ENGINE"] = "chapter.slow_queries"
# Where NOTIFY is listened for, and the worker's queue is: past a pooler, which passes no notices on.
LISTEN_URL = env.str("LISTEN_URL", "")
LISTEN_DATABASE = addresses.database("LISTEN_URL", LISTEN_URL) if LISTEN_URL else {}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    # Shared by all processes, so that allauth's limits hold across them.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "chapter_cache",
        "KEY_FUNCTION": "chapter.web.ratelimits.cache_key",
        # Beyond this Django throws a third away, and with it limits that somebody has just run into.
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
    # Of one process, which a release ends: so nothing is read that another release has put there.
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
# Whether each process keeps ready pages for readers without a cookie (chapter/page_cache/).
PAGE_CACHE = env.bool("PAGE_CACHE", PRODUCTION or DEMO)
PROCRASTINATE_ON_APP_READY = "chapter.server_log.jobs.carry_requests"

# Languages and time
LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", "Norsk"), ("sv", "Svenska"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
# For dates that Django itself writes, as on the admin pages; the site's own are in chapter/text/dates.py.
FORMAT_MODULE_PATH = "otg_site.formats"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True

# Members and sign-in
AUTH_USER_MODEL = "chapter.Member"
AUTHENTICATION_BACKENDS = [
    "chapter.accounts.backends.MemberBackend",
    # Sessions that began before the first one was there.
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "me"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "chapter.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_SIGNUP_FORM_CLASS = "chapter.accounts.signup_form.SignupDetails"
ACCOUNT_FORMS = {
    "login": "chapter.accounts.forms.LoginForm",
    "signup": "chapter.accounts.forms.SignupForm",
    "add_email": "chapter.accounts.forms.AddEmailForm",
    "change_email": "chapter.accounts.forms.ChangeEmailForm",
    "confirm_login_code": "chapter.accounts.forms.LoginCodeForm",
    "confirm_email_verification_code": "chapter.accounts.forms.EmailCodeForm",
}
# No step of signing in counts by mail address or by client address: a stranger, or one in the same office, would keep the
# owner out. What stands in the way of guesses instead is in chapter/accounts/codes.py. The second factor counts by member,
# and only whoever has the mailed code gets there: 5 of 10^6 numbers in five minutes are right once in 700 days.
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "request_login_code": None,
    "login_failed": "5/300s/key",
    "confirm_email": None,
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 600
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
MFA_ADAPTER = "chapter.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# A signature cannot be guessed.
MFA_RATE_LIMITS = {"webauthn_login": None}
MFA_FORMS = {
    "activate_totp": "chapter.accounts.forms.ConnectAppForm",
    "add_webauthn": "chapter.accounts.forms.AddPasskeyForm",
    "edit_webauthn": "chapter.accounts.forms.RenamePasskeyForm",
    "login_webauthn": "chapter.accounts.forms.LoginPasskeyForm",
    "authenticate_webauthn": "chapter.accounts.forms.AuthenticatePasskeyForm",
    "reauthenticate_webauthn": "chapter.accounts.forms.ReauthenticatePasskeyForm",
}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
USERSESSIONS_TRACK_ACTIVITY = False
ORGANISERS_NEED_SECOND_FACTOR = env.bool("ORGANISERS_NEED_SECOND_FACTOR", PRODUCTION)

# Whether the desk says that no worker, mail server or backup is heard of; elsewhere there may be none.
WATCHED = PRODUCTION

# Whoever asks for /metrics with this token gets numbers for Prometheus; empty: nobody (otg_site/metrics/).
METRICS_TOKEN = extras.check(
    "METRICS_TOKEN", env.str("METRICS_TOKEN", ""), module="prometheus_client", extra="metrics"
)
if METRICS_TOKEN and len(METRICS_TOKEN) < 20:
    raise ImproperlyConfigured("METRICS_TOKEN is too short to be a secret. Make one: openssl rand -hex 20")

# Mail
EMAIL_TIMEOUT = 10
vars().update(addresses.mail("EMAIL_URL", required("EMAIL_URL", otherwise="consolemail://")))
if not PRODUCTION:
    EMAIL_BACKEND = "otg_site.demo.mailbox.backend.FileBackend"
    EMAIL_FILE_PATH = BASE_DIR / "var" / "mail"
DEFAULT_FROM_EMAIL = required("MAIL_FROM", otherwise="One Team Gov <hello@chapter.example.org>")
# How many mails to followers a minute are queued at most, so that others are not kept waiting.
MAIL_PER_MINUTE = env.int("MAIL_PER_MINUTE", 200)
# Where mails to followers come back to; their number is written into it, as in news+12-3fa9@…. Empty: to MAIL_FROM.
MAIL_BOUNCES = env.str("MAIL_BOUNCES", "")
# Under which name the mail server's key stands in the DNS (DKIM), for manage.py doctor.
MAIL_DKIM_SELECTOR = env.str("MAIL_DKIM_SELECTOR", "")
# Who is told of the first error of a kind.
MAIL_ADMINS = env.list("MAIL_ADMINS", default=[])
SERVER_EMAIL = parseaddr(DEFAULT_FROM_EMAIL)[1]

# Files
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "chapter.typeface.finder.TypefaceFinder",
]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", str(BASE_DIR / "media")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "chapter.web.static_files.BundlingStorage"
        if PRODUCTION or DEMO
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
# Instead of the folder, a bucket that several machines share (chapter/pictures/bucket.py).
S3_BUCKET = extras.check("S3_BUCKET", env.str("S3_BUCKET", ""), module="storages", extra="s3")
if S3_BUCKET:
    STORAGES["default"] = {
        "BACKEND": "chapter.pictures.bucket.Bucket",
        "OPTIONS": {
            "bucket_name": S3_BUCKET,
            "endpoint_url": env.str("S3_ENDPOINT", "") or None,
            "region_name": env.str("S3_REGION", "") or None,
            "access_key": required("S3_ACCESS_KEY", otherwise="") or None,
            "secret_key": required("S3_SECRET_KEY", otherwise="") or None,
        },
    }
WHITENOISE_MAX_AGE = 3600
FILE_UPLOAD_HANDLERS = [
    "chapter.web.uploads.MaxRequestSize",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

# Markdown: the package's field and script, our renderer and views (chapter/editor/)
MARKDOWNX_MARKDOWNIFY_FUNCTION = "chapter.text.markdown.to_html"
MARKDOWNX_URLS_PATH = "/editor/preview/"
MARKDOWNX_UPLOAD_URLS_PATH = "/editor/upload/"
MARKDOWNX_UPLOAD_CONTENT_TYPES = ["image/jpeg", "image/png", "image/webp"]
MARKDOWNX_UPLOAD_MAX_SIZE = 8 * 1024 * 1024
MARKDOWNX_SERVER_CALL_LATENCY = 500
MARKDOWNX_EDITOR_RESIZABLE = False

# Headers and cookies
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXY_COUNT else None
SECURE_SSL_REDIRECT = SECURE = SITE_URL.startswith("https://")
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
# Caddy says the same with pictures. Sub-domains, and the list that browsers ship, are for the chapter to choose: neither
# can be taken back for a year.
HSTS = env.str("HSTS", "max-age=31536000")
if not (hsts := re.fullmatch(r"max-age=(\d+)(; includeSubDomains)?(; preload)?", HSTS)):
    raise ImproperlyConfigured(f"HSTS is {HSTS!r}. Write it as max-age=31536000; includeSubDomains; preload")
SECURE_HSTS_SECONDS = int(hsts[1]) if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS, SECURE_HSTS_PRELOAD = bool(hsts[2]), bool(hsts[3])
# `same-origin` keeps the Origin header on our own forms, which the form check reads.
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrftoken" if SECURE else "csrftoken"
SESSION_ENGINE = "chapter.web.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
CSRF_COOKIE_HTTPONLY = True
SILENCED_SYSTEM_CHECKS = [
    "security.W002",  # X-Frame-Options: the policy's `frame-ancestors` says the same to every browser of today
    "security.W005",  # sub-domains and preload in Strict-Transport-Security: the chapter chooses (HSTS)
    "security.W021",
    "security.W003",  # Django's form check: chapter.web.csrf.CsrfMiddleware is made of it
    "templates.W003",  # two libraries "i18n": ours stands in for Django's (chapter/templatetags/constant_tags.py)
]
CSRF_FAILURE_VIEW = "chapter.web.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.fallback.FallbackStorage"

# Errors are sent there, with the traceback and nothing of what was sent; empty: nowhere (otg_site/health/sentry.py).
SENTRY_DSN = extras.check("SENTRY_DSN", env.str("SENTRY_DSN", ""), module="sentry_sdk", extra="sentry")

LOGGING_CONFIG = "chapter.server_log.configure"  # cuts addresses and secret links from every record
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"},
        "json": {"()": "chapter.server_log.JsonLine"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": env.str("LOG_FORMAT", "line")},
        "alarm": {"class": "otg_site.health.alarm.Alarm" if MAIL_ADMINS else "logging.NullHandler", "level": "ERROR"},
        "sentry": {
            "class": "otg_site.health.sentry.Sentry" if SENTRY_DSN else "logging.NullHandler",
            "level": "ERROR",
        },
    },
    "loggers": {
        # Django would mail what a request brought to ADMINS, and write each line twice in development.
        "django": {"handlers": []},
        # Scanners that ask for other hosts get their 400; a page of traceback for each would hide what matters.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "markdown_it": {"level": "WARNING"},
        "procrastinate.periodic": {"level": "WARNING"},
        "procrastinate.blueprints": {"level": "WARNING"},
    },
    "root": {
        "handlers": ["console", "alarm", "sentry"],
        "level": env.str("LOG_LEVEL", "INFO" if PRODUCTION else "WARNING"),
    },
}

# The WebSub hub that is told when an Atom feed has changed; none unless it is set (chapter/websub/).
WEBSUB_HUB = addresses.hub("WEBSUB_HUB", env.str("WEBSUB_HUB", ""))
# Whether calendars and exports may be fetched from 127.0.0.1: only a test or a demo may say so (chapter/transfer/fetching.py).
FETCH_LOCAL = False

# A form that anyone may send is taken for a machine's if it comes back sooner (chapter/forms.py).
FORM_GUARD_SECONDS = 2
# The answer to a sign-up takes at least so long, whether or not there was an account (chapter/accounts/views.py).
SIGN_UP_SECONDS = 0.15
# One about any address that somebody typed takes up to so much longer, at random (chapter/web/posting.py). At sign-in: 29 ms one way or the other, where members differ from others by 2 % of
# the work, or 0.4 ms. To tell them apart takes some 40,000 answers about one address.
BLUR_SECONDS = 0.1

# The chapter's rules that a chapter may want to change
RSVP_CUT_OFF_HOURS = 3
LANGUAGE_NAMES = {"nb": _("Norwegian"), "sv": _("Swedish"), "en": _("English")}
