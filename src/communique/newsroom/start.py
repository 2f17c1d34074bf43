"""Starts Django with Wagtail: imported first by whoever needs the newsroom, before any of its models.

Commands that only read a record or bake start Django without it (`communique.settings`), because Wagtail takes a second
to load. What differs between installations (host name, secret, folders, mail) is set by `settings/desk.py` when one is
opened; here stands what is the same for all.
"""

from __future__ import annotations

from pathlib import Path

import django
from django.conf import settings

HERE = Path(__file__).parent

LANGUAGES = [("en", "English"), ("fr", "Français"), ("ar", "العربية")]
"""in which the desk itself speaks"""

APPS = [
    "communique.record.apps.RecordConfig",
    "communique.newsroom.users.apps.UsersConfig",
    "communique.newsroom.apps.NewsroomConfig",
    "communique.newsroom.links.apps.LinksConfig",
    "communique.newsroom.remarks.apps.RemarksConfig",
    "communique.newsroom.post.apps.PostConfig",
    "communique.newsroom.glossary.apps.GlossaryConfig",
    "communique.newsroom.succession.apps.SuccessionConfig",
    "communique.newsroom.contacts.apps.ContactsConfig",
    "communique.newsroom.standing.apps.StandingConfig",
    "communique.newsroom.inquiries.apps.InquiriesConfig",
    "communique.newsroom.imports.apps.ImportsConfig",
    "wagtail.users",
    "wagtail.search",
    "wagtail.sites",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "communique.newsroom.speaking.Speaking",
    "communique.newsroom.office_time.OfficeTime",
    "communique.newsroom.doors.Doors",
    "communique.newsroom.meanwhile.OneAfterAnother",
]

if not settings.configured:
    settings.configure(
        INSTALLED_APPS=APPS,
        MIDDLEWARE=MIDDLEWARE,
        ROOT_URLCONF="communique.newsroom.urls",
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ],
                },
            }
        ],
        SECRET_KEY="set when an installation is opened",  # noqa: S106
        ALLOWED_HOSTS=[],
        AUTH_USER_MODEL="users.User",
        AUTHENTICATION_BACKENDS=["allauth.account.auth_backends.AuthenticationBackend"],
        AUTH_PASSWORD_VALIDATORS=[
            {"NAME": f"django.contrib.auth.password_validation.{name}"}
            for name in (
                "UserAttributeSimilarityValidator",
                "MinimumLengthValidator",
                "CommonPasswordValidator",
                "NumericPasswordValidator",
            )
        ],
        PASSWORD_HASHERS=["django.contrib.auth.hashers.ScryptPasswordHasher"],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
        TIME_ZONE="UTC",
        USE_I18N=True,
        LANGUAGE_CODE="en",
        LANGUAGES=LANGUAGES,
        LOCALE_PATHS=[str(HERE / "locale")],
        FORMAT_MODULE_PATH="communique.newsroom.formats",
        STATIC_URL="/static/",
        MESSAGE_STORAGE="django.contrib.messages.storage.session.SessionStorage",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_AGE=12 * 60 * 60,
        CSRF_COOKIE_HTTPONLY=True,
        CSRF_FAILURE_VIEW="communique.newsroom.views.failing.form_too_old",
        CSRF_COOKIE_SAMESITE="Lax",
        SECURE_CONTENT_TYPE_NOSNIFF=True,
        SECURE_REFERRER_POLICY="same-origin",
        X_FRAME_OPTIONS="SAMEORIGIN",
        DATA_UPLOAD_MAX_MEMORY_SIZE=12 * 1024 * 1024,
        DATA_UPLOAD_MAX_NUMBER_FIELDS=5_000,
        # A fault of ours is told with its place; of a request nothing but its address, which says nothing of a draft
        LOGGING={
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"line": {"format": "newsroom: %(message)s"}},
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
            "loggers": {
                "django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
                "wagtail": {"level": "WARNING"},  # below that it names each page by its title
            },
        },
        # Wagtail's own notices go nowhere: the desk writes its mail itself, each once (`post.py`)
        EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
        # Wagtail
        WAGTAIL_SITE_NAME="Communiqué",
        WAGTAILADMIN_BASE_URL="http://desk.localhost",
        WAGTAILADMIN_LOGIN_URL="/accounts/login/",
        WAGTAIL_FRONTEND_LOGIN_URL="/accounts/login/",
        WAGTAILADMIN_PERMITTED_LANGUAGES=LANGUAGES,
        WAGTAIL_FINISH_WORKFLOW_ACTION="communique.newsroom.workflow_end.send_approved",
        WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT=True,
        WAGTAIL_ENABLE_UPDATE_CHECK=False,
        WAGTAIL_ENABLE_WHATS_NEW_BANNER=False,
        WAGTAIL_GRAVATAR_PROVIDER_URL=None,
        WAGTAIL_USER_TIME_ZONES=["UTC"],  # one is no choice: the desk's clock is the office's (`office_time.py`)
        WAGTAIL_EMAIL_MANAGEMENT_ENABLED=False,
        WAGTAIL_PASSWORD_MANAGEMENT_ENABLED=False,
        WAGTAIL_PASSWORD_RESET_ENABLED=False,
        WAGTAIL_ALLOW_UNICODE_SLUGS=False,
        WAGTAILADMIN_UNSAFE_PAGE_DELETION_LIMIT=1,
        WAGTAILSEARCH_BACKENDS={"default": {"BACKEND": "wagtail.search.backends.database", "AUTO_UPDATE": False}},
        TAGGIT_CASE_INSENSITIVE=True,
        # Counts of tries and used codes are shared by all processes, and outlive them
        CACHES={
            "default": {
                "BACKEND": "django.core.cache.backends.db.DatabaseCache",
                "LOCATION": "desk_cache",
                "OPTIONS": {"MAX_ENTRIES": 100_000},
            }
        },
        # Signing in
        LOGIN_REDIRECT_URL="/",
        PASSWORD_RESET_TIMEOUT=60 * 60,
        ACCOUNT_LOGIN_METHODS={"email"},
        ACCOUNT_SIGNUP_FIELDS=["email*", "password1*"],
        ACCOUNT_EMAIL_VERIFICATION="none",
        ACCOUNT_USER_MODEL_USERNAME_FIELD="username",
        ACCOUNT_ADAPTER="communique.newsroom.signing_in.Accounts",
        ACCOUNT_SESSION_REMEMBER=False,
        ACCOUNT_REAUTHENTICATION_REQUIRED=True,
        ACCOUNT_REAUTHENTICATION_TIMEOUT=30 * 60,
        ACCOUNT_EMAIL_NOTIFICATIONS=True,
        ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS=False,
        ACCOUNT_LOGIN_ON_PASSWORD_RESET=True,
        ACCOUNT_LOGOUT_REDIRECT_URL="/accounts/login/",
        ACCOUNT_RATE_LIMITS={
            "login": "30/m/ip",
            "login_failed": "10/m/ip,5/5m/key",
            "reauthenticate": "10/m/user",
            "change_password": "5/m/user",
            "reset_password": "10/m/ip,3/15m/key",
            "reset_password_from_key": "20/m/ip",
        },
        MFA_ADAPTER="communique.newsroom.signing_in.SecondFactors",
        MFA_FORMS={
            "authenticate": "communique.newsroom.second_factor.SignInCode",
            "reauthenticate": "communique.newsroom.second_factor.ConfirmingCode",
            "add_webauthn": "communique.newsroom.second_factor.NewPasskey",
        },
        MFA_SUPPORTED_TYPES=["totp", "webauthn", "recovery_codes"],
        MFA_PASSKEY_LOGIN_ENABLED=True,
        MFA_TOTP_TOLERANCE=1,
        MFA_RECOVERY_CODES_SHOW_ONCE=True,
        SOCIALACCOUNT_ADAPTER="communique.newsroom.signing_in.OtherSignIn",
        SOCIALACCOUNT_EMAIL_AUTHENTICATION=False,
        SOCIALACCOUNT_STORE_TOKENS=False,
        USERSESSIONS_TRACK_ACTIVITY=True,
    )
    django.setup()
