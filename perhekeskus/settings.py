"""Settings of the portal: one file, three profiles, told apart by the environment variable PROFILE.

- ``production`` (the default): https, nothing assumed. Refuses to start without SECRET_KEY, ALLOWED_HOSTS,
  DATABASE_URL, EMAIL_URL and DEFAULT_FROM_EMAIL, naming the one that is missing.
- ``embedded``: what ``make run`` starts. http on this machine, SQLite, makes its own key file, DEBUG off; e-mails land
  as files in ``VAR_DIR/mail``.
- ``test``: what pytest uses. Like embedded, with a fixed key and quick password hashing.
"""

from pathlib import Path

import django.conf.locale
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError

from perhekeskus.secret_key import read_or_make_key

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()

PROFILES = ("production", "embedded", "test")
PROFILE = env.str("PROFILE", "production")
if PROFILE not in PROFILES:
    raise ImproperlyConfigured(f"PROFILE must be one of {', '.join(PROFILES)}, not {PROFILE!r}.")
PRODUCTION = PROFILE == "production"
TESTING = PROFILE == "test"
DEBUG = False


def required(reader, name):
    """The environment variable `name`, read by `reader`; without it, or with an empty one, nothing starts."""
    try:
        value = reader(name)
    except EnvError:
        value = None
    if not value:
        raise ImproperlyConfigured(
            f"Production needs the environment variable {name}. To try the portal out, set PROFILE=embedded."
        )
    return value


# What this machine keeps: database, key, collected static files, uploads.
VAR_DIR = Path(env.str("VAR_DIR", str(BASE_DIR / "var")))


def refuse_if(wrong, name, why):
    """Nothing starts in production with what would leave a door open."""
    if wrong:
        raise ImproperlyConfigured(f"The environment variable {name} {why}")


if PRODUCTION:
    SECRET_KEY = required(env.str, "SECRET_KEY")
    ALLOWED_HOSTS = required(env.list, "ALLOWED_HOSTS")
    DATABASES = {"default": required(env.dj_db_url, "DATABASE_URL")}
    refuse_if(len(SECRET_KEY) < 50, "SECRET_KEY", "must be at least 50 characters long.")
    refuse_if({"*", ""} & set(ALLOWED_HOSTS), "ALLOWED_HOSTS", "must name hosts, with no * among them.")
    is_postgresql = DATABASES["default"]["ENGINE"].endswith("postgresql")
    refuse_if(not is_postgresql, "DATABASE_URL", "must lead to PostgreSQL.")
else:
    VAR_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    SECRET_KEY = "only-for-tests" if TESTING else read_or_make_key(VAR_DIR / "secret_key")
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
    DATABASES = {"default": env.dj_db_url("DATABASE_URL", f"sqlite:///{VAR_DIR / 'perhekeskus.sqlite3'}")}

# Keys that were in use before: what they sealed and signed can still be read, until all of it is made anew.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", [])

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Write-ahead log: readers never wait for the coordinator's save.
    DATABASES["default"]["OPTIONS"] = {
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;",
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,  # seconds: a save waits for a backup or an import rather than losing a form
    }
elif not TESTING:
    # Without a pool each request pays for a new connection (some 4 ms).
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = True
    # And without a look first, the requests after a restart of the database would be handed dead connections.
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

INSTALLED_APPS = [
    "modeltranslation",  # before the admin
    "perhekeskus.desk.apps.DeskConfig",  # django.contrib.admin, with our own site
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.redirects",
    "django.contrib.sessions",
    "django.contrib.sites",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    # Always there, so that turning an organisation's own sign-in on needs no migration; without OIDC_ISSUER it is off.
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_filters",
    "django_prose_editor",
    "js_asset",
    "reversion",
    "accounts",
    "centres",
    "services",
    "meetingplaces",
    "networks",
    "annual_plan",
    "perhekeskus",
]

MIDDLEWARE = [
    "centres.middleware.NoTraceMiddleware",  # above all that redirects or refuses
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django_http_compression.middleware.HttpCompressionMiddleware",
    "csp.middleware.CSPMiddleware",
    "perhekeskus.uploads.UploadLimitMiddleware",
    "centres.middleware.WellFormedMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "centres.middleware.CentreMiddleware",
    "centres.middleware.RedirectMiddleware",
]

# The apps whose rows centres keep: coordinators have their rights in these (`centres.backends`).
ROOMS = ["centres", "services", "meetingplaces", "networks", "annual_plan"]

ROOT_URLCONF = "perhekeskus.urls"
WSGI_APPLICATION = "perhekeskus.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SITE_ID = 1
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "centres.templatetags.centre",
                "centres.templatetags.languages",
                "centres.templatetags.components",
                "centres.templatetags.dates",
                "services.templatetags.services",
                "meetingplaces.templatetags.meetingplaces",
                "networks.templatetags.networks",
                "annual_plan.templatetags.annual_plan",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "perhekeskus.context.page",
            ],
        },
    },
]

# Languages: Finnish has no prefix and is always there; the others fall back to it (DESIGN 5).
LANGUAGE_CODE = "fi"
LANGUAGES = [
    ("fi", "suomi"),
    ("fi-simple", "selkosuomi"),
    ("sv", "svenska"),
    ("en", "English"),
    ("se", "davvisámegiella"),
]
# Django knows neither: fi-simple (IANA's registered variant for plain language) would introduce itself as "suomi".
django.conf.locale.LANG_INFO |= {
    "fi-simple": {"bidi": False, "code": "fi-simple", "name": "Plain Finnish", "name_local": "selkosuomi"},
    "se": {"bidi": False, "code": "se", "name": "Northern Sámi", "name_local": "davvisámegiella"},
}
MODELTRANSLATION_DEFAULT_LANGUAGE = "fi"
MODELTRANSLATION_FALLBACK_LANGUAGES = ("fi",)
MODELTRANSLATION_CUSTOM_FIELDS = ("RichTextField",)
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["perhekeskus.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Helsinki"

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_ROOT = VAR_DIR / "media"
MEDIA_URL = "media/"
# More than the largest table that is taken, its form around it. What says that it is larger is not read.
LARGEST_REQUEST = 6 * 1024 * 1024  # bytes
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "perhekeskus.stylesheets.JoinedStylesheetsStorage"
    },
}
WHITENOISE_USE_FINDERS = TESTING

# Passwords and cookies
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "centres.backends.MembershipBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 60 * 60  # a working day and its evening, in seconds

# Sign-in (ADR 5): by e-mail address and password, with a second factor or a passkey
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "centres.adapters.PortalAccountAdapter"
ACCOUNT_FORMS = {
    "login": "accounts.account_forms.SignInForm",
    "reauthenticate": "accounts.account_forms.PasswordAgainForm",
    "change_password": "accounts.account_forms.ChangePasswordForm",
    "set_password": "accounts.account_forms.SetPasswordForm",
    "reset_password": "accounts.account_forms.ForgottenPasswordForm",
    "reset_password_from_key": "accounts.account_forms.NewPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # whoever was invited has read the e-mail
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True  # for SESSION_COOKIE_AGE
ACCOUNT_REAUTHENTICATION_METHODS = ("password", "mfa")
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60  # seconds: time enough to install an app
# Django's own tells the user's address too; allauth's would keep a second table of addresses.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
MFA_ADAPTER = "accounts.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "accounts.account_forms.CodeForm",
    "reauthenticate": "accounts.account_forms.CodeAgainForm",
    "activate_totp": "accounts.account_forms.FirstCodeForm",
    "login_webauthn": "accounts.account_forms.PasskeySignInForm",
    "authenticate_webauthn": "accounts.account_forms.PasskeyForm",
    "reauthenticate_webauthn": "accounts.account_forms.PasskeyAgainForm",
    "add_webauthn": "accounts.account_forms.NewPasskeyForm",
    "edit_webauthn": "accounts.account_forms.PasskeyNameForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Perhekeskus"
MFA_TOTP_TOLERANCE = 1  # half a minute: slow fingers, and telephones whose clock is off

# An organisation's own sign-in (OpenID Connect): on when its issuer is named.
OIDC_ISSUER = env.str("OIDC_ISSUER", "")
OIDC = {
    "provider_id": "organisation",
    "name": env.str("OIDC_NAME", ""),
    "client_id": env.str("OIDC_CLIENT_ID", ""),
    "secret": env.str("OIDC_CLIENT_SECRET", ""),
    "settings": {
        "server_url": OIDC_ISSUER,
        "oauth_pkce_enabled": True,
        # For providers that vouch for every address and say so of none (Microsoft Entra ID).
        "verified_email": env.bool("OIDC_ADDRESSES_ARE_VERIFIED", False),
    },
}
for name in ("OIDC_NAME", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"):
    refuse_if(OIDC_ISSUER and not env.str(name, ""), name, "is needed beside OIDC_ISSUER.")
SOCIALACCOUNT_ADAPTER = "accounts.adapters.OrganisationAdapter"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [OIDC] if OIDC_ISSUER else []}}
# A link, not a form: the policy below lets no form lead to another host, and browsers follow its redirects.
SOCIALACCOUNT_LOGIN_ON_GET = True

# What is counted to slow down those who guess passwords. In the database, which all processes share and which counts
# without gaps on SQLite and on PostgreSQL; a table so large that nobody can push the counts out of it.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
if TESTING:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# E-mail
if PRODUCTION:
    server = required(env.dj_email_url, "EMAIL_URL")
    refuse_if(
        "EMAIL_BACKEND" not in server, "EMAIL_URL", "must begin with submission:// (encrypted) or smtp://."
    )
    vars().update(server)
    EMAIL_TIMEOUT = 10  # seconds: a mail server that hangs must not take the portal along
    DEFAULT_FROM_EMAIL = SERVER_EMAIL = required(env.str, "DEFAULT_FROM_EMAIL")
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR_DIR / "mail"
    DEFAULT_FROM_EMAIL = "perhekeskus@localhost"

# Headers
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0  # a year
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
if PRODUCTION and env.bool("BEHIND_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Else everybody would seem to come from the proxy, and one who guesses passwords would shut all others out.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "perhekeskus.views.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

# Where "leave this page quickly" leads: something anybody may be looking at.
QUICK_EXIT_URL = env.str("QUICK_EXIT_URL", "https://www.ilmatieteenlaitos.fi/")
refuse_if(not QUICK_EXIT_URL.startswith("https://"), "QUICK_EXIT_URL", "must begin with https://.")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    # Addresses that were refused are written down: not those of people, and no secret of theirs.
    "formatters": {"without_people": {"()": "perhekeskus.logs.WithoutPeople"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "without_people"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Whoever tries other host names is answered with 400; a traceback for each would bury what matters.
    "loggers": {"django.security.DisallowedHost": {"level": "CRITICAL"}},
}
