"""What the readers make of honest files, through the guarded door."""

import json
from datetime import UTC, datetime

import pytest

from app.monitoring.readers import Refused, guarded
from app.monitoring.rules.kinds import Channel, Tone
from app.monitoring.rules.records import Record, Rejected
from tests.monitoring.workbooks import SHEET, altered, workbook

NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)


@pytest.fixture
def read(tmp_path):
    """`read(bytes or path)`: all items of a file."""

    def items(content, name="x"):
        path = content
        if isinstance(content, (bytes, str)):
            path = tmp_path / name
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return [item for batch in guarded.read(path, NOW) for item in batch.items]

    return items


RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Kabar Etam</title>
<item><title>Air &amp; lumpur <script>alert(1)</script></title><link>https://kabaretam.example/air?utm_source=rss</link>
<guid isPermaLink="false">ke-1</guid><pubDate>Sel, 24 Nov 2026 07:12 WITA</pubDate>
<description><![CDATA[<p>Warga <b>mengeluh</b>.</p>]]></description>
<category>Berita</category></item>
<item><title>Tanpa guid</title>
<link>https://kabaretam.example/b</link><pubDate>Tue, 24 Nov 2026 08:00:00 +0800</pubDate></item>
<item><title>Besok</title><pubDate>Wed, 25 Nov 2026 08:00:00 +0800</pubDate></item>
<item><title></title><description></description></item>
</channel></rss>"""


def test_rss(read):
    first, second, third, empty = read(RSS)
    assert (first.title, first.text) == ("Air & lumpur", "Warga mengeluh.")
    assert str(first.published_at) == "2026-11-23 23:12:00+00:00"
    assert first.external_id == "ke-1" and first.raw["kategori"] == "Berita"
    assert second.url == "https://kabaretam.example/b" and str(second.published_at) == "2026-11-24 00:00:00+00:00"
    assert third.published_at == NOW and third.marks == ["future_date"]
    assert isinstance(empty, Rejected)


def test_a_broken_feed_gives_what_it_has(read):
    assert len(read(RSS.replace("</channel></rss>", "<item><title>a & b <oops</title>"))) >= 4
    assert len(read(RSS[: RSS.index("<item><title></title>")])) == 3


def test_atom(read):
    (entry,) = read(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Suara Hulu</title><entry>'
        "<id>tag:suarahulu.example,2026:1</id>"
        '<title type="html">Jalan &amp;lt;rusak&amp;gt;</title><link href="https://suarahulu.example/1"/>'
        "<updated>2026-11-23T10:00:00+08:00</updated><author><name>Rina</name></author><summary>Isi</summary></entry></feed>"
    )
    assert entry.author == "Rina" and entry.external_id == "tag:suarahulu.example,2026:1"
    assert str(entry.published_at) == "2026-11-23 02:00:00+00:00"


def test_json_feed(read):
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Tenggarong Kini",
        "items": [
            {
                "id": "1",
                "url": "https://tk.example/1",
                "title": "Satu",
                "content_html": "<p>a</p>",
                "date_published": "2026-11-23T10:00:00Z",
            },
            {"id": 2, "content_text": "Tanpa judul", "authors": [{"name": "Budi"}], "tags": ["x"]},
            {"id": "https://tk.example/3", "title": "Tiga"},
            "bukan objek",
            {},
        ],
    }
    one, two, three, four, five = read(json.dumps(feed))
    assert one.title == "Satu" and one.text == "a"
    assert two.title == "Tanpa judul" and two.author == "Budi" and two.external_id == "2"
    assert three.url == "https://tk.example/3"
    assert isinstance(four, Rejected) and isinstance(five, Rejected)


def test_google_news_titles_lose_their_tail(read):
    (entry,) = read(
        '<rss version="2.0"><channel><item><title>Air keruh - Kabar Etam</title><link>https://news.google.com/rss/articles/x</link>'
        '<source url="https://kabaretam.example">Kabar Etam</source></item></channel></rss>'
    )
    assert (entry.title, entry.media) == ("Air keruh", "Kabar Etam")


def test_a_workbook_with_an_information_block(read, tmp_path):
    rows = [
        ["24/11/2026 07.12.30", "Satu", "isi", "Kabar Etam", "https://kabaretam.example/1", "Negatif"],
        [46350.25, "Dua", "", "Suara Hulu", "", 1],
        ["31/02/2026", "Tiga"],
        ["", "Empat"],
        ["", ""],
        [*["Tanggal", "Judul", "Isi", "Media", "URL", "Sentimen"]],
        ["Total 4"],
    ]
    one, two, three, four, footer = read(workbook(tmp_path / "a.xlsx", rows, header_at=7))
    assert one.line == 9 and one.tone is Tone.NEGATIVE and str(one.published_at) == "2026-11-23 23:12:30+00:00"
    assert two.tone is Tone.POSITIVE and str(two.published_at) == "2026-11-23 22:00:00+00:00"
    assert "31/02/2026" in three.reason and four.reason == "Tanggal kosong."
    assert isinstance(footer, Rejected) and footer.line == 15


def test_a_formula_without_result_is_said(read, tmp_path):
    path = workbook(tmp_path / "a.xlsx", [["24/11/2026", "hapus"]])
    import zipfile

    xml = zipfile.ZipFile(path).read(SHEET).decode()
    start = xml.index('<c r="B2"')
    end = xml.index("</c>", start) + 4
    for empty in ("<f>A1</f>", "<f>A1</f><v></v>", "<f>A1</f><v/>"):
        altered(path, {SHEET: (xml[:start] + f'<c r="B2">{empty}</c>' + xml[end:]).encode()})
        (row,) = read(path)
        assert "rumus" in row.reason


def test_the_sheet_that_fits_is_taken(read, tmp_path):
    import xlsxwriter

    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    cover, data = book.add_worksheet("Sampul"), book.add_worksheet("Isi")
    cover.write(0, 0, "Laporan")
    data.write_row(0, 0, ["date", "title"])
    data.write_row(1, 0, ["2026-11-23", "Satu"])
    book.close()
    assert [item.title for item in read(tmp_path / "a.xlsx")] == ["Satu"]


TEXT = (
    "Tanggal;Waktu;Akun;Caption;Sentimen;Jangkauan;Topik\r\n"
    "24/11/2026;07.12;@warga;“Jalan” rusak, parah;negative;1.234;jalan\r\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_csv_in_all_encodings_and_separators(read, encoding, separator):
    text = TEXT.replace("rusak, parah", "rusak parah").replace(";", separator)
    (row,) = read(text.encode(encoding))
    assert row.title == "“Jalan” rusak parah" and row.author == "@warga" and row.reach == 1234
    assert str(row.published_at) == "2026-11-23 23:12:00+00:00" and row.raw["Topik"] == "jalan"


def test_csv_rows_may_be_ragged_and_hold_nuls(read):
    rows = read(b"tanggal;judul\n24/11/2026;a\0b;lebih;lagi\n24/11/2026\n\n;\nsep\n")
    assert rows[0].title == "ab" and rows[0].raw["kolom 3"] == "lebih"
    assert [type(row) for row in rows[1:]] == [Rejected, Rejected]


def test_excel_says_its_separator(read):
    (row,) = read("sep=;\ntanggal;judul\n24/11/2026;Satu, dua\n")
    assert row.title == "Satu, dua" and row.line == 3


def test_a_field_over_200_kb_costs_its_row_only(read):
    rows = read("tanggal;judul\n24/11/2026;" + "x" * 250_000 + "\n24/11/2026;Dua\n")
    assert isinstance(rows[0], Rejected) and rows[-1].title == "Dua"


def test_an_unclosed_quote_does_not_swallow_the_file(read):
    lines = "".join(
        f"24/11/2026;Baris {n} dengan isi yang agak panjang supaya berkasnya besar\n" for n in range(10_000)
    )
    rows = read('tanggal;judul\n24/11/2026;"buka\n' + lines)
    assert sum(isinstance(row, Record) for row in rows) > 5_000
    assert any(isinstance(row, Rejected) for row in rows)


def test_names_of_reporters_are_kept_nowhere(read):
    (row,) = read("tanggal;judul;Nama Pelapor;NIK;No. HP\n24/11/2026;Satu;Budi;640201;0812\n")
    assert row.raw == {"tanggal": "24/11/2026"}


def test_the_vendors_id_is_kept_but_not_a_row_number(read):
    rows = read("id;tanggal;judul\n1;24/11/2026;Satu\n5049672001;24/11/2026;Dua\n")
    assert [row.external_id for row in rows] == ["", "5049672001"]


def test_social_hosts_and_words_tell_the_channel(read):
    rows = read(
        "tanggal;judul;platform;url\n24/11/2026;a;Instagram;\n24/11/2026;b;;https://www.tiktok.com/@a/1\n24/11/2026;c;;\n"
    )
    assert [row.channel for row in rows] == [Channel.SOCIAL, Channel.SOCIAL, None]


def test_headers_are_listed_when_no_layout_fits(read):
    with pytest.raises(Refused) as refused:
        read("kolom satu;kolom dua\n1;2\n")
    assert refused.value.headers == ["kolom satu", "kolom dua"]


def test_progress_knows_the_height(tmp_path):
    path = workbook(tmp_path / "a.xlsx", [["24/11/2026", f"Judul {n}"] for n in range(1200)], header_at=3)
    batches = list(guarded.read(path, NOW))
    assert [len(batch.items) for batch in batches] == [500, 500, 200] and batches[0].total == 1200


@pytest.mark.parametrize(
    "header",
    [
        "news_date;media;title;content;url;sentiment_overall;byline",
        "date_created;platform;topic_title;post;link;sentiment;username",
        "Tanggal Publikasi (WITA);Nama Media Online;Judul Artikel;Isi Berita Lengkap;Link Berita;Sentimen;Penulis",
        "TGL;SUMBER;JUDUL BERITA;RINGKASAN;TAUTAN;TONE;REPORTER",
    ],
)
def test_headers_by_many_names(read, header):
    (row,) = read(f"Laporan\n\n{header}\n24/11/2026 07.12.30;Kabar Etam;Judul;Isi;https://a.example/1;-1;Rina\n")
    assert (row.title, row.text, row.url, row.author) == ("Judul", "Isi", "https://a.example/1", "Rina")
    assert row.tone is Tone.NEGATIVE and row.published_at.second == 30


def test_a_birth_date_is_no_date_of_publication(read):
    with pytest.raises(Refused):
        read("tanggal lahir;judul\n24/11/1990;Satu\n")
