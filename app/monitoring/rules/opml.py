"""The feeds as OPML 2.0, the file that every feed reader takes in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from email.utils import format_datetime
from xml.etree import ElementTree  # only writes here: nothing foreign is parsed

from app.core.words import one_line
from app.monitoring.rules import links


def opml(title: str, feeds: Iterable[tuple[str, str]], at: datetime) -> bytes:
    """One outline per (name, address); what is no http(s) address is left out."""
    root = ElementTree.Element("opml", version="2.0")
    head, body = ElementTree.SubElement(root, "head"), ElementTree.SubElement(root, "body")
    ElementTree.SubElement(head, "title").text = one_line(title)
    ElementTree.SubElement(head, "dateCreated").text = format_datetime(at)
    for name, url in feeds:
        if address := links.showable(one_line(url)):
            said = one_line(name)
            ElementTree.SubElement(body, "outline", type="rss", text=said, title=said, xmlUrl=address)
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
