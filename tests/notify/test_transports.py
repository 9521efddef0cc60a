"""The ways out: a folder, the terminal, and what TANGGAP_MAIL_URL may say."""

import pytest
from sqlalchemy import text

from app.core import work
from app.extensions import db
from app.notify import mail


def test_file_mail_keeps_one_eml_a_letter_also_after_a_second_try(forwarded, outbox, work_off):
    work_off()
    names = sorted(path.name for path in outbox.glob("*"))
    assert [name.partition("-")[2] for name in names] == [
        "forward-admin.disdikbud.demo.eml", "forward-narahubung.disdikbud.demo.eml",
    ]  # fmt: skip
    db.session.execute(text("UPDATE letter SET state = 'waiting'"))
    for letter in forwarded.letters():
        work.later("letter.send", letter.id)
    work_off()
    assert sorted(path.name for path in outbox.glob("*")) == names
    assert (outbox / names[0]).stat().st_mode & 0o077 == 0


def test_console_mail_is_read_in_the_terminal(forwarded, app, work_off, capsys):
    before, app.config["MAIL_URL"] = app.config["MAIL_URL"], "console:"
    try:
        work_off()
    finally:
        app.config["MAIL_URL"] = before
    assert "Subject: Permintaan tindak lanjut nomor" in capsys.readouterr().err


@pytest.mark.parametrize(
    "url, kind",
    [
        ("console:", mail.PrintedMail),
        ("file:/tmp/surat", mail.FiledMail),
        ("smtp://a%40b:p%3Aq@mail.kantor:2525?starttls=1", mail.SmtpMail),
        ("smtps://mail.kantor", mail.SmtpMail),
    ],
)
def test_the_setting_names_a_transport(url, kind):
    assert isinstance(mail.transport(url), kind)


def test_user_and_password_of_the_setting_are_decoded():
    way = mail.transport("smtp://a%40b:p%3Aq@mail.kantor:2525?starttls=1")
    assert (way.host, way.port, way.user, way.password, way.starttls) == ("mail.kantor", 2525, "a@b", "p:q", True)


@pytest.mark.parametrize("url", ["", "http://x", "smtp://", "file:", "smtp://host:seribu"])
def test_a_wrong_setting_is_said_at_the_start(url):
    with pytest.raises(mail.BadSetting, match="TANGGAP_MAIL_URL"):
        mail.transport(url)
