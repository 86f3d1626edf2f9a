"""Sign-in, sessions, headers, API."""

from datetime import timedelta

from caseflow.settings.environment import env

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "guardian.backends.ObjectPermissionBackend",
]
GUARDIAN_RAISE_403 = False
GUARDIAN_GET_INIT_ANONYMOUS_USER = "caseflow.accounts.models.anonymous_user"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# Pages of enrolled phones, for a locked session must not refuse a press; and of those who answer by a one-time code.
SESSION_FREE_PATHS = ("/panic/", "/q/")
CONSOLE_ROUTES = ("console", "list", "map", "delivered", "detail", "step")
LOCK_FREE_ROUTES = frozenset({"notifications:waiting", *(f"alarms:{name}" for name in CONSOLE_ROUTES)})
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "accounts:login"

MIDDLEWARE = [
    "caseflow.nameless.NamelessRequests",
    "caseflow.openly.OpenPages",
    "django.middleware.security.SecurityMiddleware",
    "caseflow.headers.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "caseflow.accounts.middleware.UserLanguage",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "caseflow.accounts.middleware.SessionLimits",
    "caseflow.directory.middleware.ActingMembership",
    "caseflow.directory.middleware.DeniedRequests",
]

SECURE_TRANSPORT = env.bool("HTTPS", default=False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_TRANSPORT
SECURE_SSL_REDIRECT = SECURE_TRANSPORT
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_TRANSPORT else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_TRANSPORT
SECURE_REFERRER_POLICY = "same-origin"
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SESSION_COOKIE_HTTPONLY = True
SESSION_ENGINE = "caseflow.accounts.session_store"
SESSION_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"

SESSION_IDLE = timedelta(minutes=15)  # rule 23: locks the details, drafts stay
SESSION_ABSOLUTE = timedelta(hours=12)  # rule 23
SESSION_COOKIE_AGE = int(SESSION_ABSOLUTE.total_seconds())

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["caseflow.directory.permissions.RolePermission"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_PAGINATION_CLASS": "caseflow.directory.pagination.BoundedPagination",
    "PAGE_SIZE": 50,
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Tirek API",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "ENUM_NAME_OVERRIDES": {
        "AppointmentKind": "caseflow.appointments.enums.AppointmentKind",
        "AppointmentState": "caseflow.appointments.enums.AppointmentState",
        "AgencyKind": "caseflow.directory.enums.AgencyKind",
        "Audience": "caseflow.triage.enums.Audience",
        "CalledOffBy": "caseflow.appointments.enums.CalledOffBy",
        "CameraPurpose": "caseflow.directory.enums.CameraPurpose",
        "Category": "caseflow.incidents.enums.Category",
        "CountedUnit": "caseflow.indicators.enums.Unit",
        "TermUnit": "caseflow.clocks.enums.Unit",
        "EntryKind": "caseflow.cases.enums.EntryKind",
        "FigureAxis": "caseflow.explorer.enums.Axis",
        "FigureShown": "caseflow.explorer.enums.Shown",
        "FigureState": "caseflow.explorer.enums.State",
        "FileKind": "caseflow.attachments.enums.FileKind",
        "FileVisibility": "caseflow.attachments.enums.SEEN_BY",
        "ItemKind": "caseflow.triage.enums.ItemKind",
        "ItemState": "caseflow.triage.enums.ItemState",
        "PartyRole": "caseflow.incidents.enums.PartyRole",
        "PlanItemState": "caseflow.journals.enums.PlanItemState",
        "PlanState": "caseflow.journals.enums.PlanState",
        "WorkForm": "caseflow.journals.enums.WorkForm",
        "CouncilDecisionState": "caseflow.council.enums.DecisionState",
        "CouncilMove": "caseflow.council.enums.Move",
        "CouncilPresenceKind": "caseflow.council.enums.Presence",
        "CouncilSessionKind": "caseflow.council.enums.SessionKind",
        "CouncilSessionState": "caseflow.council.enums.SessionState",
        "DossierForm": "caseflow.dossier.enums.Form",
        "DossierMeeting": "caseflow.dossier.enums.Meeting",
        "DossierLanguage": "caseflow.documents.enums.Tongue",
        "Language": "caseflow.instruments.rules.packs.LANGUAGES",
        "LossAudience": "caseflow.postvention.enums.Audience",
        "LossLanguage": "caseflow.postvention.enums.Language",
        "Presence": "analytics.enums.Presence",
        "Purpose": "caseflow.consent.enums.Purpose",
        "ReferralField": "caseflow.referrals.enums.Told",
        "ReferralKind": "caseflow.referrals.enums.Kind",
        "ReferralMove": "caseflow.referrals.enums.Move",
        "ReferralState": "caseflow.referrals.enums.State",
        "RelationKind": "caseflow.relations.enums.RelationKind",
        "ReportState": "caseflow.incidents.enums.ReportState",
        "RequestKind": "caseflow.portal.enums.RequestKind",
        "RiskLevel": "caseflow.cases.enums.RiskLevel",
        "Role": "caseflow.directory.enums.Role",
        "SaidBy": "caseflow.relations.enums.SaidBy",
        "UploadState": "analytics.enums.UploadState",
        "Warned": "caseflow.postvention.enums.Warned",
    },
}
