"""Broken, hostile and odd files, made here: a name and the bytes of each."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.monitoring.workbooks import SHEET, altered, ods, ods_row, sheet_xml, workbook

Case = tuple[str, bytes]
HEAD = "Tanggal;Judul\n"
ROW = "24/11/2026;Judul satu\n"
ITEM = "<item><title>{}</title><description>{}</description><pubDate>{}</pubDate></item>"
BOMB = "<!DOCTYPE x [<!ENTITY a '" + "h" * 1000 + "'><!ENTITY b '" + "&a;" * 1000 + "'>]>"
ODD_TEXTS = {
    "empty": "", "spaces": " \u00a0 ", "zero width": "\u200b\u200d", "bidi": "\u202e\u2066x", "nul": "a\0b",
    "long": "x" * 150_000, "accents": "a" + "\u0301" * 5_000, "surrogate": "&#xD800;", "script": "<script>x</script>",
    "formula": "=HYPERLINK(1)", "emoji": "\U0001f4a5" * 500, "deep": "<b>" * 3_000, "open comment": "<!--",
    "path": "../../etc/passwd", "template": "{{ 7*7 }}", "sql": "'; DROP TABLE alert; --", "lines": "a\u2028b\r\rc",
}  # fmt: skip
ODD_DATES = (
    "0000-00-00", "99/99/9999", "31/02/2026", "-1", "1e309", "NaN", "9" * 90, "9" * 5_000, "2026-13-45T99:99:99Z",
    "٢٤/١١/٢٠٢٦", "24/11/2026 25.61", "2026-11-24T00:00:00+99:99",
)  # fmt: skip
ODD_JSON = {
    "null": "null", "number": "1e999", "text": '"x"', "true": "true", "empty list": "[]", "list of lists": "[[1],[2]]",
    "nulls": "[null,null]", "deep lists": "[" * 50_000 + "]" * 50_000, "deep objects": '{"a":' * 50_000,
    "deep value": '[{"judul":' + "[" * 3_000 + "]" * 3_000 + "}]", "open": '[{"tanggal": "24/11/2026"',
    "open text": '[{"tanggal": "24/11', "two lists": '{"a":[{"x":1}],"b":[{"y":2}]}', "no list": '{"a":{"b":[1]}}',
    "many keys": json.dumps([{f"k{n}": n for n in range(5_000)}]), "many brackets": "[" + "[]," * 1_100_000,
    "many values": '[{"a":[' + "1," * 5_100_000, "huge number": '[{"tanggal":' + "9" * 10_000 + "}]",
    "same key": '[{"judul":"a","judul":"b","tanggal":"24/11/2026"}]', "nan": '[{"judul":"a","tanggal":NaN}]',
    "lone surrogate": '[{"judul":"\\ud800","tanggal":"24/11/2026"}]', "nul": '[{"judul":"a\\u0000b","tanggal":"24/11/2026"}]',
    "mixed": '[{"judul":"a","tanggal":"24/11/2026"},5,"x",null]', "commas": '[,,,{"judul":"a"},,,]',
    "colon": '{"a" [{"x":1}]}', "lines, broken": '{"judul":"a","tanggal":"24/11/2026"}\n{{{\n[]\n5\n',
    "lines, cr": '{"judul":"a","tanggal":"24/11/2026"}\r{"judul":"b"}', "proto": '[{"__proto__":{"x":1},"judul":"a"}]',
    "comment": '// x\n[{"judul":"a"}]', "single quotes": "[{'judul':'a'}]", "tail": '[{"judul":"a"}] x',
}  # fmt: skip
ODD_TABLES = {
    "open quote": HEAD + '24/11/2026;"Judul', "quote storm": HEAD + '"' * 50_001, "ragged": HEAD + "a;b;c;d;e\nx\n" + ROW,
    "wide": ";".join(["Tanggal", "Judul", *map(str, range(20_000))]) + "\n" + ROW, "cr only": "Tanggal;Judul\r24/11/2026;a\r",
    "large cell": HEAD + "24/11/2026;" + "x" * 300_000 + "\n" + ROW, "nuls": HEAD + "24/11/2026;a\0\0b\n",
    "header only": HEAD, "header thrice": HEAD * 3 + ROW, "tabs": "Tanggal\tJudul\n24/11/2026\ta\n",
    "separator line": "sep=;\n" + HEAD + ROW, "odd separator line": "sep=\n" + HEAD, "twenty titles": "x\n" * 20 + HEAD + ROW,
    "same header": "Tanggal;Judul;Judul\n24/11/2026;a;b\n", "formulas": HEAD + "24/11/2026;=1+1\n24/11/2026;@x\n",
    "control": HEAD + "24/11/2026;a\x1b[2Jb\x07\n", "one line": "Tanggal;Judul", "private": "Tanggal;Judul;NIK\n24/11/2026;a;6402\n",
}  # fmt: skip
ODD_ROWS = {
    "row twice": '<row r="1"/><row r="1"/>', "row zero": '<row r="0"><c r="A0"/></row>', "no reference": "<row><c><v>1</v></c></row>",
    "backwards": '<row r="9"><c r="B9"/></row><row r="2"/>', "bad type": '<row r="1"><c r="A1" t="zz"><v>1</v></c></row>',
    "bad shared text": '<row r="1"><c r="A1" t="s"><v>999999</v></c></row>', "negative text": '<row r="1"><c r="A1" t="s"><v>-1</v></c></row>',
    "infinite": '<row r="1"><c r="A1"><v>1e999</v></c></row>', "error": '<row r="1"><c r="A1" t="e"><v>#REF!</v></c></row>',
    "far row": '<row r="4294967297"/>', "lower case": '<row r="1"><c r="a1"/></row>', "unclosed": '<row r="1"><c r="A1">',
    "deep": "<row>" + "<c>" * 5_000 + "</c>" * 5_000 + "</row>",
}  # fmt: skip
FILLED = '<table:table-cell {} office:value-type="string"><text:p>x</text:p></table:table-cell>'
ODD_OPEN = {
    "rows": ods_row(["x"], 'table:number-rows-repeated="1048576"'),
    "columns": f'<table:table-row>{FILLED.format(chr(32).join(["table:number-columns-repeated=" + chr(34) + "16384" + chr(34)]))}</table:table-row>',
    "far": '<table:table-row><table:table-cell table:number-columns-repeated="16000"/>' + FILLED.format("") + "</table:table-row>",
    "both": f'<table:table-row table:number-rows-repeated="200000">{FILLED.format(chr(32).join(["table:number-columns-repeated=" + chr(34) + "100" + chr(34)]))}</table:table-row>',
    "no number": '<table:table-row table:number-rows-repeated="x"/>',
    "huge number": ods_row(["x"], f'table:number-rows-repeated="{"9" * 400}"'),
    "negative": ods_row(["Tanggal", "Judul"], 'table:number-rows-repeated="-5"'),
    "unclosed": "<table:table-row><table:table-cell>", "empty": "",
    "bad date": '<table:table-row><table:table-cell office:value-type="date" office:date-value="x"/></table:table-row>',
    "bad float": '<table:table-row><table:table-cell office:value-type="float" office:value="x"/></table:table-row>',
}  # fmt: skip


def cases() -> Iterator[Case]:
    """All of them, each under a name of its own."""
    yield from _feeds()
    yield from ((f"json {name}", text.encode("utf-8", "replace")) for name, text in ODD_JSON.items())
    yield from ((f"csv {name}", text.encode()) for name, text in ODD_TABLES.items())
    yield from ((f"csv date {n}", (HEAD + f"{date};a\n" + ROW).encode()) for n, date in enumerate(ODD_DATES))
    yield from (
        (f"csv {coding}", (HEAD + "24/11/2026;Bébé\n").encode(coding))
        for coding in ("utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-8-sig")
    )
    yield from ((f"csv cell {name}", (HEAD + f"24/11/2026;{text}\n").encode()) for name, text in ODD_TEXTS.items())
    with TemporaryDirectory() as folder:
        yield from _workbooks(Path(folder))
    yield from _old_workbooks()


def _feeds() -> Iterator[Case]:
    rss = "<rss version='2.0'><channel>{}</channel></rss>"
    for name, text in ODD_TEXTS.items():
        yield f"rss {name}", rss.format(ITEM.format(text, text, "")).encode()
    for number, date in enumerate(ODD_DATES):
        yield f"rss date {number}", rss.format(ITEM.format("a", "b", date)).encode()
    yield "rss bomb", (BOMB + rss.format(ITEM.format("&b;" * 1000, "x", ""))).encode()
    yield "rss no end", rss.format(ITEM.format("a", "b", "")).encode()[:60]
    yield "rss many", rss.format(ITEM.format("a", "b", "") * 6_000).encode()
    yield (
        "rss wrong coding",
        b"<?xml version='1.0' encoding='klingon'?>" + rss.format(ITEM.format("a", "b", "")).encode(),
    )
    yield "rss deep", rss.format("<x>" * 20_000).encode()
    for name, items in {"number": "5", "nulls": "[null]", "odd": '[{"id":{},"title":[],"date_published":{}}]'}.items():
        yield f"json feed {name}", f'{{"version":"https://jsonfeed.org/version/1","items":{items}}}'.encode()


def _workbooks(folder: Path) -> Iterator[Case]:
    path = folder / "a"
    for name, rows in ODD_ROWS.items():
        yield f"xlsx {name}", altered(workbook(path, []), {SHEET: sheet_xml(rows)}).read_bytes()
    for name, rows in ODD_OPEN.items():
        yield f"ods {name}", ods(path, rows).read_bytes()
    yield "ods bomb", ods(path, ods_row(["&b;" * 1000]), before=BOMB).read_bytes()
    whole = ods(path, [["Tanggal", "Judul"], ["24/11/2026", "a"]]).read_bytes()
    yield "ods cut", whole[: len(whole) // 2]
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    yield "ods without content", path.read_bytes()
    whole = workbook(path, [["24/11/2026", "a"]]).read_bytes()
    # The moment of writing stands in the file and changes its length, so no name may come from it.
    for place, length in (("10", 10), ("100", 100), ("half", len(whole) // 2), ("the end", len(whole) - 5)):
        yield f"xlsx cut at {place}", whole[:length]
    for name in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml", "xl/styles.xml"):
        yield f"xlsx broken {name}", altered(workbook(path, [["24/11/2026", "a"]]), {name: b"<x"}).read_bytes()


def _old_workbooks() -> Iterator[Case]:
    magic = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    yield "xls short", magic
    yield "xls zeros", magic + bytes(5_000)
    yield "xls ones", magic + b"\xff" * 5_000
    yield "xls locked", magic + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    sectors = b"\x3e\0\x03\0\xfe\xff\x09\0\x06\0" + bytes(6)
    yield "xls loop", magic + bytes(16) + sectors + b"\x01\0\0\0" * 2 + bytes(500) + b"\0\0\0\0" * 256
