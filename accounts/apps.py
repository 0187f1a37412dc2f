"""The accounts application: users, organisations, roles."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Stands last among the project's applications, so that the permissions which its roles hold exist by then."""

    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        """Keep the roles' permissions in step with the models after every migration."""
        from accounts.roles import create_roles

        post_migrate.connect(create_roles, sender=self)
