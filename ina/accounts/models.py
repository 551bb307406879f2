"""Users, teams, positions, deputies. No participant's data: these tables are read before anybody is known."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from ina.accounts.enums import Role
from ina.accounts.querysets import InvitationQuerySet, MembershipQuerySet, SessionRecordQuerySet, UserQuerySet


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, username):
        return self.get(username__iexact=username)


class User(AbstractBaseUser):
    """Somebody who may log in. Mail is optional for all; a participant's user name carries no name."""

    username = models.CharField("Benutzername", max_length=60, unique=True)
    display_name = models.CharField("Name", max_length=120)
    email = models.EmailField("E-Mail", blank=True)
    is_active = models.BooleanField("aktiv", default=True)
    is_demo = models.BooleanField("erfunden (Vorführung)", default=False)
    created_at = models.DateTimeField("angelegt am")
    version = models.IntegerField(default=1)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["display_name"]

    class Meta:
        verbose_name = "Konto"
        verbose_name_plural = "Konten"
        constraints = [
            models.UniqueConstraint(Lower("username"), name="accounts_user_username_any_case"),
        ]

    def __str__(self):
        return self.display_name

    def get_full_name(self):
        return self.display_name

    def get_short_name(self):
        return self.display_name

    @property
    def initials(self) -> str:
        words = self.display_name.split()
        return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()


class Team(models.Model):
    """A group of case managers of one carrier, usually at one or two prisons; its lead sees its cases."""

    institution = models.ForeignKey("institutions.Institution", models.PROTECT, related_name="teams")
    name = models.CharField("Name", max_length=120)
    ended_on = models.DateField("aufgelöst am", null=True, blank=True)

    class Meta:
        verbose_name = "Team"
        verbose_name_plural = "Teams"
        constraints = [models.UniqueConstraint(fields=["institution", "name"], name="accounts_team_name")]

    def __str__(self):
        return self.name


class Membership(models.Model):
    """A position: this user, in this role, at this institution (and team), from a day until a day.

    ``place`` is where the work is done (a case manager of a carrier works at a prison); it is the unit of the list of
    cases. Grants hang on positions, so that ending a position ends all that it could see, the same day.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    institution = models.ForeignKey("institutions.Institution", models.PROTECT, related_name="memberships")
    place = models.ForeignKey("institutions.Institution", models.PROTECT, related_name="+", null=True, blank=True)
    team = models.ForeignKey(Team, models.PROTECT, related_name="memberships", null=True, blank=True)
    role = models.CharField("Rolle", max_length=30, choices=[(role.value, role.label) for role in Role])
    # Whether whoever holds it is bound by § 203 StGB, and by what: code of the list secrecy_grounds.
    secrecy = models.CharField("Berufsgeheimnis", max_length=20, blank=True)
    starts_on = models.DateField("ab")
    ends_on = models.DateField("bis (einschließlich)", null=True, blank=True)
    version = models.IntegerField(default=1)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "Stelle"
        verbose_name_plural = "Stellen"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="accounts_membership_ends_after_start",
                violation_error_message="Das Ende liegt vor dem Anfang.",
            ),
        ]

    def __str__(self):
        return f"{self.user} ({Role(self.role).label})"

    def runs_on(self, day) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


class Deputyship(models.Model):
    """One position stands in for another until a day. Its grants are narrower and written by ``access``."""

    principal = models.ForeignKey(Membership, models.PROTECT, related_name="deputyships")
    deputy = models.ForeignKey(Membership, models.PROTECT, related_name="deputising")
    starts_on = models.DateField("ab")
    ends_on = models.DateField("bis (einschließlich)")
    ended_at = models.DateTimeField("vorzeitig beendet", null=True, blank=True)
    reason = models.CharField("Grund", max_length=200, blank=True)
    emergency = models.BooleanField("durch die Leitung bestellt", default=False)

    class Meta:
        verbose_name = "Vertretung"
        verbose_name_plural = "Vertretungen"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("starts_on")),
                name="accounts_deputyship_ends_after_start",
                violation_error_message="Das Ende der Vertretung liegt vor ihrem Anfang.",
            ),
            models.CheckConstraint(
                condition=~Q(principal=models.F("deputy")),
                name="accounts_deputyship_other",
                violation_error_message="Niemand vertritt sich selbst.",
            ),
        ]

    def __str__(self):
        return f"{self.deputy} für {self.principal} bis {self.ends_on:%d.%m.%Y}"


class RoleLabel(models.Model):
    """What a role is called in this installation: "Übergangsmanager" meant different jobs in 2010 and 2026."""

    role = models.CharField("Rolle", max_length=30, unique=True, choices=[(role.value, role.label) for role in Role])
    label = models.CharField("Bezeichnung", max_length=80)

    class Meta:
        verbose_name = "Bezeichnung einer Rolle"
        verbose_name_plural = "Bezeichnungen der Rollen"

    def __str__(self):
        return self.label


class Invitation(models.Model):
    """A secret that lets somebody set their password once. Only its keyed hash is kept; one open one per account."""

    user = models.ForeignKey(User, models.PROTECT, related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField("ausgestellt am")
    expires_at = models.DateTimeField("gilt bis")
    # Empty: made on the command line of the server (the first administrator).
    created_by = models.ForeignKey(Membership, models.PROTECT, related_name="+", null=True, blank=True)
    used_at = models.DateTimeField("benutzt am", null=True, blank=True)
    revoked_at = models.DateTimeField("zurückgezogen am", null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "Einladung"
        verbose_name_plural = "Einladungen"
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(used_at__isnull=True, revoked_at__isnull=True),
                name="accounts_invitation_one_open",
                violation_error_message="Für dieses Konto ist schon eine Einladung offen.",
            ),
        ]

    def __str__(self):
        return f"Einladung für {self.user}, gilt bis {self.expires_at:%d.%m.%Y}"


class SessionRecord(models.Model):
    """One log-in on one device, for the person's own page. Times are cut to the minute, addresses to the network:
    enough to recognise a stranger, not enough to watch somebody at work."""

    user = models.ForeignKey(User, models.CASCADE, related_name="session_records")
    session_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField("angemeldet")
    last_seen_at = models.DateTimeField("zuletzt benutzt")
    ended_at = models.DateTimeField("beendet", null=True, blank=True)
    device = models.CharField("Gerät", max_length=80)
    address = models.CharField("Netz", max_length=45, blank=True)

    objects = SessionRecordQuerySet.as_manager()

    class Meta:
        verbose_name = "Sitzung"
        verbose_name_plural = "Sitzungen"
        indexes = [models.Index(fields=["user", "-created_at"], name="accounts_session_user")]

    def __str__(self):
        return f"{self.device} seit {self.created_at:%d.%m.%Y %H:%M}"


class KeyFingerprint(models.Model):
    """Which key file this database was last used with: tells when a file was lost or exchanged. Not the key itself."""

    name = models.CharField(max_length=20, unique=True)
    fingerprint = models.CharField(max_length=64)
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = "Fingerabdruck eines Schlüssels"
        verbose_name_plural = "Fingerabdrücke der Schlüssel"

    def __str__(self):
        return self.name
