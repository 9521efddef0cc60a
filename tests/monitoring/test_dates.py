from datetime import datetime

import pytest

from app.monitoring.readers import dates, numbers

SAME = "2022-07-26 06:05:00+00:00"
KNOWN = [
    "Selasa, 26 Juli 2022 14:05 WITA",
    "Selasa, 26 Juli 2022, 14.05 WITA",
    "Sel, 26 Jul 2022 14:05 WITA",
    "26/07/2022 14:05",
    "26/07/2022 14.05.00",
    "26-07-2022 14:05",
    "26.07.2022 14:05",
    "07/26/2022 2:05 PM",
    "26 Juli 2022 | 14:05",
    "26 Juli 2022 pukul 13.05 WIB",
    "26 Juli 2022 15:05 WIT",
    "Tue, 26 Jul 2022 14:05:00 +0800",
    "Tue, 26 Jul 2022 06:05:00 GMT",
    "Tue, 26 Jul 2022 14:05:00 WITA",
    "2022-07-26T14:05:00+08:00",
    "2022-07-26T06:05:00Z",
    "2022-07-26 14:05",
    "2022-07-26T06:05:00.123Z",
    "2022/07/26 14:05",
    "Jul 26, 2022 14:05",
    "26-Jul-22 14.05",
    "1658815500",
    "1658815500000",
    "Tue, 26 Jul 2022 02:05:00 EDT",
]


@pytest.mark.parametrize("written", KNOWN)
def test_sources_write_one_instant_in_many_ways(written):
    assert str(dates.parse(written)) == SAME


@pytest.mark.parametrize(
    "written",
    ["", None, "kemarin", "31/02/2022", "26/13/2022", "26 Foo 2022", "0", "1/1/1", "x" * 200, "99999999999999999999"],
)
def test_what_is_no_date_is_none(written):
    assert dates.parse(written) is None


def test_a_day_alone_begins_at_local_midnight():
    assert str(dates.parse("26 Mei 2022")) == "2022-05-25 16:00:00+00:00"


def test_all_months_in_both_languages():
    indonesian = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()
    english = "January February March April May June July August September October November December".split()
    for number, names in enumerate(zip(indonesian, english, strict=True), start=1):
        for name in names:
            assert dates.parse(f"15 {name} 2026 12:00").month == number


def test_serial_days_of_excel():
    assert dates.from_serial(44768.5) == datetime(2022, 7, 26, 12, 0)
    assert dates.from_serial(5) is None and dates.from_serial(1e9) is None


@pytest.mark.parametrize(
    "written, number",
    [
        ("1.234", 1234),
        ("1,234", 1234),
        ("1.234,5", 1234),
        ("1,234.5", 1234),
        ("12,5 rb", 12500),
        ("3.4K", 3400),
        ("2 jt", 2000000),
        ("0", 0),
        (7.0, 7),
        ("", None),
        ("banyak", None),
        ("-4", None),
        (True, None),
        ("1e9", None),
        (float("nan"), None),
    ],
)
def test_counts_as_indonesian_sheets_write_them(written, number):
    assert numbers.count(written) == number
