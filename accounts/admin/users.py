"""Users: who may sign in, for which organisation and in which role. Administrators only."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from accounts.admin.base import RegisterForm, WorkplaceAdmin
from accounts.links import set_password_link
from accounts.models import Organisation, User
from accounts.roles import Role

ROLE_HELP = {
    Role.OFFICER: _("Logs partnerships and edits those of the own organisation."),
    Role.RESEARCHER: _("Also gives a perspective on any published partnership."),
    Role.CURATOR: _("Also publishes, edits every record and keeps the case studies."),
    Role.ADMINISTRATOR: _("Also manages users."),
}
# The session remembers for whom the link is to be shown once; the link itself is stored nowhere.
NEW_ACCOUNT = "accounts.new_account"


def role_of(user: User) -> str:
    """The highest role of a user."""
    if user.is_superuser:
        return Role.ADMINISTRATOR
    roles = {group.name for group in user.groups.all()}
    return next((role for role in reversed(Role.values) if role in roles), Role.OFFICER)


class UserForm(RegisterForm):
    """An account. There is no password in it: people choose their own through a link."""

    beside = {"user_email_once": "email"}
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, widget=forms.RadioSelect)

    class Meta:
        """Nothing here can hand out rights, except the role below."""

        model = User
        fields = ["email", "name", "organisation", "is_active"]
        widgets = {"email": forms.EmailInput(attrs={"autocomplete": "off"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Show the role that the groups and the superuser mark stand for."""
        super().__init__(*args, **kwargs)
        self.fields["role"].widget.hints = {role.value: ROLE_HELP[role] for role in Role}
        self.fields["organisation"].queryset = Organisation.objects.filter(merged_into__isnull=True)
        self.fields["organisation"].empty_label = translate("None")
        self.initial.setdefault("role", role_of(self.instance) if self.instance.pk else Role.OFFICER)

    def clean_email(self) -> str:
        """Keep the domain in small letters, as sign-in does."""
        return User.objects.normalize_email(self.cleaned_data["email"])

    def clean(self) -> dict[str, Any]:
        """An officer works for an organisation, and somebody must stay who can manage users."""
        data = super().clean()
        if data.get("role") == Role.OFFICER and not data.get("organisation"):
            self.add_error("organisation", translate("Choose the organisation that the officer works for."))
        if self._is_last_administrator():
            if data.get("role") != Role.ADMINISTRATOR:
                self.add_error("role", translate("This is the last administrator. Make another one first."))
            if not data.get("is_active"):
                self.add_error("is_active", translate("This is the last open administrator account, so it stays open."))
        return data

    def _is_last_administrator(self) -> bool:
        """Whether nobody else could manage users. The rows are held, so that two cannot step down at the same time."""
        active = User.objects.filter(is_superuser=True, is_active=True).select_for_update()
        return {user.pk for user in active} == {self.instance.pk}


class RoleFilter(admin.SimpleListFilter):
    """Users by role."""

    title = _("role")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        """The four roles."""
        return Role.choices

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        """Roles are groups; the superuser mark goes before them."""
        if self.value() == Role.ADMINISTRATOR:
            return queryset.filter(is_superuser=True)
        return (
            queryset.filter(groups__name=self.value(), is_superuser=False) if self.value() in Role.values else queryset
        )


@admin.register(User)
class UserAdmin(WorkplaceAdmin):
    """Accounts are made, changed and closed here; never deleted, because what somebody did stays signed."""

    form = UserForm
    list_display = ["email", "name", "role", "organisation", "account", "last_seen"]
    list_filter = [RoleFilter, "is_active"]
    list_select_related = ["organisation"]
    search_fields = ["email", "name", "organisation__name"]
    search_help_text = _("E-mail address, name or organisation.")
    fieldsets = [(None, {"fields": ["email", "name", "organisation", "role", "is_active"]})]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """Fetch the groups along, for the column of roles."""
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description=_("role"))
    def role(self, user: User) -> str:
        """The role in words."""
        return str(Role(role_of(user)).label)

    @admin.display(description=_("account"), ordering="is_active")
    def account(self, user: User) -> str:
        """Open or closed."""
        return translate("Open") if user.is_active else translate("Closed")

    @admin.display(description=_("last sign-in"), ordering="last_login")
    def last_seen(self, user: User) -> str:
        """The day of the last sign-in."""
        return date_format(localtime(user.last_login), "j M Y") if user.last_login else translate("Never")

    # ---- Who may -------------------------------------------------------------------------------

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Administrators only, whatever permissions a group may have been given by hand."""
        return request.user.is_active and request.user.is_superuser

    def has_view_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Administrators only."""
        return self.has_module_permission(request)

    has_add_permission = has_change_permission = has_view_permission

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Nobody: an account is closed, so that what the person did stays signed."""
        return False

    # ---- Saving --------------------------------------------------------------------------------

    def save_model(self, request: HttpRequest, obj: User, form: forms.ModelForm, change: bool) -> None:
        """Save the account with its role; a new one waits for its set-password link."""
        if not change:
            obj.set_unusable_password()
        obj.is_superuser = form.cleaned_data["role"] == Role.ADMINISTRATOR
        super().save_model(request, obj, form, change)
        obj.groups.set([Group.objects.get(name=form.cleaned_data["role"])])

    def response_add(self, request: HttpRequest, obj: User, post_url_continue: str | None = None) -> HttpResponse:
        """Go to the page with the set-password link, which shows it once without being asked."""
        request.session[NEW_ACCOUNT] = obj.pk
        return HttpResponseRedirect(reverse("admin:accounts_user_link", args=[obj.pk]))

    # ---- The set-password link -----------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        """Add the page for the link."""
        view = self.admin_site.admin_view(self.link_view)
        return [path("<int:pk>/set-password-link/", view, name="accounts_user_link"), *super().get_urls()]

    def link_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the link right after the account was made, or when asked by the button; otherwise the button."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        user = get_object_or_404(User, pk=pk)
        if not user.is_active:
            messages.error(request, translate("This account is closed. Open it before you make a link."))
            return HttpResponseRedirect(reverse("admin:accounts_user_change", args=[pk]))
        is_new = request.session.get(NEW_ACCOUNT) == pk
        if is_new:
            del request.session[NEW_ACCOUNT]
        link = self._new_link(request, user) if is_new or request.method == "POST" else ""
        context = {
            **self.admin_site.each_context(request),
            "title": translate("Set-password link for %(user)s") % {"user": user},
            "opts": self.opts,
            "account": user,
            "is_new": is_new,
            "link": link,
            "link_days": settings.PASSWORD_RESET_TIMEOUT // 86_400,
        }
        return TemplateResponse(request, "admin/accounts/user/link.html", context)

    def _new_link(self, request: HttpRequest, user: User) -> str:
        """Make a link and note in the log who made it."""
        self.log_change(request, user, translate("Made a set-password link."))
        return set_password_link(user)
