"""The README tells the truth about what can be checked by machine."""

import re

from app.config import PREFIX, ROOT, SETTINGS

README = (ROOT / "README.md").read_text()


def test_every_setting_stands_in_the_table():
    table = README.partition("<!-- settings")[2].partition("<!-- /settings")[0]
    rows = dict(re.findall(r"^\| `TANGGAP_(\w+)` \| ([^|]*) \|", table, re.MULTILINE))
    assert {setting.name: setting.default for setting in SETTINGS} == {
        name: default.strip().strip("`") for name, default in rows.items()
    }
    assert PREFIX == "TANGGAP_"


def test_every_dependency_has_a_reason():
    names = re.findall(r"^([A-Za-z0-9-]+)(?:\[\w+\])?==", (ROOT / "requirements.txt").read_text(), re.MULTILINE)
    table = README.partition("## Dependencies")[2].partition("## Deploying")[0].lower()
    assert [name for name in names if name.lower() not in table] == []


def test_pictures_and_pages_it_links_to_exist():
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        if not target.startswith("http"):
            assert (ROOT / target).exists(), target
