"""What is personal data and what only looks like it; and that intake stores none of it in the open."""

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.core import clock
from app.core.search import SearchDoc
from app.monitoring import actions
from app.monitoring.models import Alert, IngestRun, RejectedRow, Shielded
from app.monitoring.rules.kinds import Channel
from app.monitoring.rules.media import media
from app.monitoring.rules.records import Record, Rejected, taken
from app.monitoring.rules.shield import address, names_somebody, public_names, shielded, told_outside
from app.people.actions import seed_opds

NIK, PHONE, HANDLE = "6402121508900003", "0812-3456-7890", "budi_santoso91"


def text_of(text, channel=Channel.COMPLAINT, author="", public=frozenset()):
    return shielded("", text, author, {}, channel, public).text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("NIK 6402121508900003.", "NIK [NIK]."),
        ("6402 1215 0890 0003", "[NIK]"),
        ("64.02.12.150890.0003", "[NIK]"),
        ("No KK 6402121508100003", "No KK [nomor KK]"),
        ("Kartu Keluarga: 6402121508100003", "Kartu Keluarga: [nomor KK]"),
        ("perempuan 6402125508900003", "perempuan [NIK]"),
        ("hubungi 081234567890", "hubungi [nomor telepon]"),
        ("+62 812-3456-7890", "[nomor telepon]"),
        ("6281234567890", "[nomor telepon]"),
        ("WA 0812.3456.789", "WA [nomor telepon]"),
        ("(0812) 3456 7890", "[nomor telepon]"),
        ("wa.me/6281234567890", "wa.me/[nomor telepon]"),
        ("+62 812\u20113456\u20117890", "[nomor telepon]"),
        ("0812\u20143456\u22127890", "[nomor telepon]"),
        ("0812 - 3456 - 7890", "[nomor telepon]"),
        ("*0812*3456_7890", "*[nomor telepon]"),
        ("0 812 3456 7890", "[nomor telepon]"),
        ("0062 812 3456 7890", "[nomor telepon]"),
        ("\U0001d7ec\U0001d7f4\U0001d7ed\U0001d7ee\U0001d7ef\U0001d7f0\U0001d7f1\U0001d7f2\U0001d7f3\U0001d7f4", "[nomor telepon]"),
        ("\uff10\uff18\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18", "[nomor telepon]"),
        ("".join(f"{digit}\ufe0f\u20e3" for digit in "0812345678"), "[nomor telepon]"),
        ("PT Maju Corp 081234567890", "PT Maju Corp [nomor telepon]"),
        ("6402\u20111215\u20110890\u20110003", "[NIK]"),
        ("6402 - 1215 - 0890 - 0003", "[NIK]"),
        ("budi.s\uff20gmail.com", "[email]"),
        ("surat ke budi.s@gmail.com ya", "surat ke [email] ya"),
        ("kata @budi_santoso91.", "kata [akun warga]."),
    ],
)  # fmt: skip
def test_personal_data_is_masked_in_words(text, masked):
    assert text_of(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "Rp62.812.345.678", "Rp 6281234567890", "anggaran 62.812.345.678 rupiah", "08-11-2026 12:30", "24/11/2026 08.15",
        "Tracking ID 08123456", "tahun 2024 2025 2026 2027", "9999999999999999", "6402128208900003", "Rp1.250.000.000",
        "kontak@kukarkab.go.id", "@diskominfo_kukar", "@pemkabkukar", f"@{media()[0].domain.partition('.')[0]}", "0541-661234", "luas 812.345.678 m2", "Rp. 6281234567890", "nomor 0812/345/2026", "IMG_20261124_081234567.jpg",
    ],
)  # fmt: skip
def test_what_only_looks_like_it_stays(text):
    assert text_of(text) == text


def test_offices_are_public_by_their_short_names():
    public = public_names(["DPU", "DLHK"])
    assert text_of("@dlhk.kukar", public=public) == "@dlhk.kukar"
    assert text_of("@dlhk.kukar") == "[akun warga]"


def test_handles_are_private_only_where_citizens_write():
    assert text_of("@budi_santoso91", Channel.NEWS) == "@budi_santoso91"
    assert shielded("", "", "Rina Wartawan", {}, Channel.NEWS).author == "Rina Wartawan"


def test_the_author_goes_with_every_mention():
    safe = shielded("Dari budi_santoso91", "@Budi_Santoso91 marah", "@budi_santoso91", {"akun": "x", "no": 1}, "medsos")
    assert (safe.title, safe.text, safe.author) == ("Dari [akun warga]", "[akun warga] marah", "[akun warga]")
    assert safe.raw == {"akun": "[akun warga]", "no": 1} and safe.kinds == ("akun warga",)


def test_the_name_of_a_column_is_masked_too():
    assert shielded("", "", "", {f"telp {PHONE}": "x"}, Channel.NEWS).raw == {"telp [nomor telepon]": "x"}


TEXTS = st.text() | st.lists(
    st.sampled_from(["08", "62", "+62", "6402121508900003", "0812345678", "@a", "b@c.id", "KK ", " ", "-", ".", "Rp"])
).map("".join)


@settings(derandomize=True, max_examples=400)
@example("", "0@0.0+@0.0", Channel.NEWS)
@given(TEXTS, TEXTS, st.sampled_from(Channel))
def test_masked_words_are_left_alone(text, author, channel):
    once = shielded(text, text, author, {"kolom": text}, channel)
    again = shielded(once.title, once.text, once.author, once.raw, channel)
    assert (again.title, again.text, again.author, again.raw) == (once.title, once.text, once.author, once.raw)


@pytest.mark.parametrize(
    "piece", ["0", "08 ", "64 ", "a.", "@", "a@", "62-8", "0812345", "6402 12", "6 - ", "0812 - ", "\uff10", "@a-"]
)
def test_no_text_takes_long(piece):
    began = time.process_time()
    text_of(piece * 20_000)
    assert time.process_time() - began < 2


def test_intake_stores_masks_and_keeps_the_words_apart(db_session):
    seed_opds()
    source = actions.add_source({"name": "ISA", "kind": "sheet", "channel": "medsos"}, None)
    run = IngestRun(source_id=source.id)
    db_session.add(run)
    db_session.flush()
    words = f"Tolong {PHONE}, NIK {NIK}"
    raw = {"isi": words, "akun": HANDLE}
    record = taken(
        Record(title=f"Kata @{HANDLE}", text=words, author=HANDLE, media="X", channel=Channel.SOCIAL, raw=raw),
        clock.now(),
    )
    actions.Intake(source).take(run, [record, Rejected(2, "Judul kosong.", raw), record])
    db_session.flush()
    alert = db_session.scalars(select(Alert)).one()
    stored = [
        alert.title,
        alert.text,
        alert.author,
        str(alert.raw),
        str(db_session.scalars(select(RejectedRow.raw)).all()),
    ]
    found = db_session.scalars(select(SearchDoc).where(SearchDoc.ref_id == alert.id)).one()
    stored += [str(getattr(found, column.key)) for column in SearchDoc.__table__.columns]
    for secret in (NIK, PHONE, HANDLE):
        assert not any(secret in text for text in stored)
    kept = db_session.get(Shielded, alert.id)
    assert kept.text == words and kept.author == HANDLE and set(kept.kinds) == {"NIK", "nomor telepon", "akun warga"}


# ── addresses ──────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("https://wa.me/6281234567890", "wa.me/[nomor telepon]"),
        ("https://wa.me/6281234567890?text=halo", "wa.me/[nomor telepon]?text=halo"),
        ("https://api.whatsapp.com/send?phone=%2B6281234567890", "api.whatsapp.com/send?phone=[nomor telepon]"),
        ("https://www.instagram.com/budi_santoso91/", "instagram.com/[akun warga]"),
        ("https://instagram.com/budi_santoso91/p/Cx1", "instagram.com/[akun warga]/p/Cx1"),
        ("https://instagram.com/stories/budi_santoso91/9", "instagram.com/stories/[akun warga]/9"),
        ("https://twitter.com/budi_santoso91/status/1", "x.com/[akun warga]/status/1"),
        ("https://m.facebook.com/budi.santoso.91", "facebook.com/[akun warga]"),
        ("https://facebook.com/people/Budi-Santoso/100012", "facebook.com/people/[akun warga]"),
        ("https://facebook.com/profile.php?id=100012", "facebook.com/profile.php?[akun warga]"),
        ("https://www.tiktok.com/@budi_santoso91/video/7", "tiktok.com/[akun warga]/video/7"),
        ("https://youtube.com/@budi_santoso91", "youtube.com/[akun warga]"),
        ("https://t.me/budi_santoso91", "t.me/[akun warga]"),
        ("https://forum.example/u/budi_santoso91", "forum.example/u/[akun warga]"),
        ("https://media.example/kirim?email=budi@contoh.id", "media.example/kirim?email=[email]"),
        ("https://media.example/data/6402121508900003", "media.example/data/[NIK]"),
    ],
)
def test_an_address_that_names_somebody_is_told_with_a_mask(url, told):
    assert address(url) == told and names_somebody(url)


@pytest.mark.parametrize(
    "url",
    [
        "", "bukan alamat", "https://instagram.com/p/Cx1", "https://instagram.com/reel/Cx1", "https://instagram.com/",
        "https://instagram.com/diskominfo_kukar", "https://facebook.com/groups/infokukar/posts/1",
        "https://facebook.com/watch?v=1", "https://x.com/pemkabkukar/status/1", "https://youtube.com/watch?v=abc",
        "https://tiktok.com/@humaspolreskukar/video/7", "https://kabaretam.example/2026/081234567890-jalan-rusak",
        "https://kabaretam.example/budi_santoso91", "https://chat.whatsapp.com/Abc",
    ],
)  # fmt: skip
def test_an_address_of_a_medium_an_office_or_a_post_names_nobody(url):
    assert not names_somebody(url)


def test_outside_diskominfo_a_post_has_no_author_and_no_address_that_names_one():
    post = {"title": "Dari budi_santoso91", "media": "X", "author": "@budi_santoso91", "channel": Channel.SOCIAL}
    told = told_outside(post | {"url": "https://forum.example/budi_santoso91/1", "id": 7})
    assert told == post | {"title": "Dari [akun warga]", "author": "", "url": "", "id": 7}
    assert told_outside(post | {"url": "https://x.com/i/status/1"})["url"] == "https://x.com/i/status/1"


@given(st.text() | st.from_regex(r"https?://(wa\.me|x\.com|t\.me|a\.b)/[@a-z0-9/?=%+.]*", fullmatch=True))
def test_any_address_can_be_told(url):
    assert address(url) == address(f"{url}") and len(address(url)) <= 4 * len(url) + 200
