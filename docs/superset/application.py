"""Run by Superset's own Python: as a script it prepares a metadata database; gunicorn serves what `create` gives."""

import os
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade

import superset
from superset.app import create_app


def prepare() -> None:
    """Make the metadata database of SUPERSET_HOME: its tables, permissions and roles; no users."""
    with create_app().app_context():
        upgrade(directory=str(Path(superset.__file__).parent / "migrations"))
        superset.appbuilder.add_permissions(update_perms=True)
        superset.security_manager.sync_role_definitions()
        superset.db.session.commit()


def create() -> Flask:
    """Make the application, and its user `admin`, whose password is SUPERSET_ADMIN_PASSWORD, where there is none."""
    application = create_app()
    with application.app_context():
        users = superset.security_manager
        if not users.find_user("admin"):
            password = os.environ["SUPERSET_ADMIN_PASSWORD"]
            users.add_user("admin", "Lake", "Admin", "admin@localhost", users.find_role("Admin"), password=password)
    return application


if __name__ == "__main__":
    prepare()
