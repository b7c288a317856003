"""`start`, which `make run` begins with; the journeys run on what it leaves."""

from django.core.management import call_command

from portal.management.commands import start


def test_it_migrates_and_then_prepares(settings, tmp_path, monkeypatch, capsys):
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    called = []
    monkeypatch.setattr(start, "call_command", lambda name, **options: called.append(name))
    monkeypatch.setattr(start.logging, "disable", lambda level: None)
    call_command("start")
    assert called == ["migrate", "prepare"]
    assert settings.EMAIL_FILE_PATH.is_dir()
    assert settings.BASE_URL in capsys.readouterr().out
