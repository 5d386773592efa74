"""What each profile needs to start, and what it says when something is missing."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.harness.machine import ROOT

PRODUCTION = {
    "PROFILE": "production",
    "SECRET_KEY": "x" * 50,
    "ALLOWED_HOSTS": "perhekeskus.example",
    "DATABASE_URL": "postgres://portal@127.0.0.1/portal",
    "EMAIL_URL": "submission://user:secret@mail.example",
    "DEFAULT_FROM_EMAIL": "portal@perhekeskus.example",
}


def asked(environment: dict[str, str], expression: str) -> tuple[str, str]:
    """What the settings say of `expression` in `environment`, and the last line of their complaints."""
    command = [sys.executable, "-c", f"from perhekeskus import settings; print({expression})"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    return done.stdout.strip(), (done.stderr.splitlines() or [""])[-1]


@pytest.mark.parametrize("name", sorted(set(PRODUCTION) - {"PROFILE"}))
def test_production_names_what_is_missing(name: str):
    given = {key: value for key, value in PRODUCTION.items() if key != name}

    said, complaint = asked(given, "settings.EMAIL_HOST")

    assert said == ""
    assert f"Production needs the environment variable {name}." in complaint


def test_production_sends_through_the_server_that_it_was_given():
    names = ("EMAIL_HOST", "EMAIL_PORT", "EMAIL_USE_TLS", "DEFAULT_FROM_EMAIL")

    said, complaint = asked(PRODUCTION, f"[getattr(settings, name) for name in {names}]")

    assert (said, complaint) == ("['mail.example', 587, True, 'portal@perhekeskus.example']", "")


def test_an_address_of_a_mail_server_that_nobody_understands_does_not_start():
    said, complaint = asked(PRODUCTION | {"EMAIL_URL": "smtp+tls://mail.example"}, "settings.EMAIL_HOST")

    assert said == ""
    assert "The environment variable EMAIL_URL must begin with submission://" in complaint


def test_embedded_keeps_e_mails_in_a_folder(tmp_path: Path):
    said, complaint = asked({"PROFILE": "embedded", "VAR_DIR": str(tmp_path)}, "settings.EMAIL_FILE_PATH")

    assert (said, complaint) == (str(tmp_path / "mail"), "")


@pytest.mark.parametrize("missing", ["OIDC_NAME", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"])
def test_half_a_sign_in_of_an_organisation_does_not_start(missing: str, tmp_path: Path):
    given = {
        "OIDC_ISSUER": "https://a.example",
        "OIDC_NAME": "A",
        "OIDC_CLIENT_ID": "b",
        "OIDC_CLIENT_SECRET": "c",
    }
    del given[missing]

    said, complaint = asked({"PROFILE": "embedded", "VAR_DIR": str(tmp_path)} | given, "settings.OIDC")

    assert said == ""
    assert complaint.endswith(f"The environment variable {missing} is needed beside OIDC_ISSUER.")
