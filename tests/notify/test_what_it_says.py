"""Both parts say the same in the same order; secrets stay where they are; no letter speaks of lateness or tone."""

from datetime import timedelta

import pytest

from app.core import clock
from app.extensions import db
from app.notify import content, mail, queries, rendering
from app.notify.rules import WORDINGS, Kind
from app.people.rules import SeatKind
from app.tickets import actions
from app.tickets.models import NamedOfficer
from app.tickets.rules import State
from tests.harness.client import parse
from tests.notify.conftest import ADMIN, ANSWER, LIAISON, OPERATOR
from tests.notify.test_sending import LINK, text_of

UNTOLD = "Permintaan tindak lanjut nomor {}, mohon dibuka sebelum "
BAD_WORDS = ("terlambat", "lewat tenggat", "gagal", "krisis", "negatif", "positif", "surel")


def flat(text: str) -> str:
    return " ".join(text.split())


def html_of(letter) -> str:
    tree = parse(letter.get_body(("html",)).get_content())
    for hidden in tree.css("style, .m-pre"):
        hidden.decompose()
    return flat(tree.body.text(separator=" "))


def words_of(letter_row) -> content.Content:
    facts = queries.facts_of(letter_row)
    return content.about_ticket(letter_row, facts, "http://kabar.example/t/kunci", clock.now() + timedelta(days=14))


def facts_in_order(words: content.Content) -> list[str]:
    """Every fact a reader needs, as both parts must tell it."""
    asks = [part for verb, _rest, when in words.asks for part in (verb, when) if part]
    pairs = [part for pair in words.pairs for part in pair]
    others = [part for label, _url, said in words.others for part in (label, said)]
    steps = [name for name, _said, _stage in words.steps]
    told = [*steps, words.kicker, words.title, words.greeting, *words.paragraphs, words.note_label, words.note]
    told += [words.ask_heading, *asks, words.button, words.calm, *pairs, *others, words.cut, words.foot]
    return [flat(fact) for fact in told if fact and (words.note or fact != words.note_label)]


def hand_over(old, by) -> None:
    new = actions.Newcomer("Wardah", "wardah@disdikbud.demo", "", SeatKind.PLT)
    actions.hand_over(old, new, clock.today(), "Kunci gudang di Pak Ali.", by)


def walk(matter, kind: Kind):
    """Bring the ticket to the letter of that kind; returns the liaison's or the only row."""
    matter.go("forward", OPERATOR, opd="DISDIKBUD", note="Mohon jadwal perbaikan <b>segera</b>.")
    if kind is Kind.REROUTE:
        matter.go("reroute", OPERATOR, opd="DPU", reason="Gedung milik PU.")
    elif kind is not Kind.FORWARD:
        matter.go("take_on", ADMIN)
        matter.go("submit", ADMIN, answer=ANSWER, note="Mohon dibaca.")
        if kind is Kind.HANDOVER:
            hand_over(matter.people[LIAISON], matter.people[ADMIN])
        elif kind is Kind.SEND_BACK:
            matter.go("send_back", LIAISON, note="Sebut tanggalnya.")
        elif kind in (Kind.REWORK, Kind.REOPEN):
            matter.go("approve", LIAISON)
            if kind is Kind.REWORK:
                matter.go("rework", OPERATOR, note="Lampirkan foto.")
            else:
                matter.go("resolve", OPERATOR, outcome="perbaikan_lapangan")
                matter.go("reopen", OPERATOR, reason="Jatuh lagi.")
    row = matter.letters(kind)[-1]
    return queries.letter_to_send(row.id)


@pytest.mark.parametrize("kind", list(WORDINGS))
def test_both_parts_tell_every_fact_in_the_same_order(matter, kind):
    words = words_of(walk(matter, kind))
    text, html = flat(rendering.as_text(words)), flat(_body(rendering.as_html(words)))
    for part in (text, html):
        at = 0
        for fact in facts_in_order(words):
            found = part.find(fact, at)
            assert found >= 0, f"{fact!r} is missing or out of order in {part[at : at + 300]!r}"
            at = found
    assert "Balas saja email ini" in text and "Balas saja email ini" in html
    assert not [word for word in BAD_WORDS if word in (text + html + words.subject).lower()]


def _body(html: str) -> str:
    tree = parse(html)
    for hidden in tree.css("style, .m-pre"):
        hidden.decompose()
    return tree.body.text(separator=" ").replace(" :", ":").replace(" ,", ",")


def test_what_people_wrote_is_escaped_in_html_and_plain_in_text(matter):
    words = words_of(walk(matter, Kind.FORWARD))
    assert "&lt;b&gt;segera&lt;/b&gt;" in rendering.as_html(words)
    assert "<b>segera</b>" in rendering.as_text(words)


@pytest.mark.parametrize(
    "kind, please",
    [(Kind.FORWARD, "mohon ditangani"), (Kind.SUBMIT, "mohon disetujui"), (Kind.REWORK, "mohon diperbaiki")],
)
def test_the_subject_says_number_title_and_date(matter, kind, please):
    row = walk(matter, kind)
    due = row.ticket.react_by if kind is Kind.FORWARD else row.ticket.due_at
    date = clock.short(due).replace(",", "")
    number = f"Permintaan tindak lanjut nomor {row.ticket.number}"
    assert words_of(row).subject == f"{number}: Plafon SD ambruk di Muara Muntai, {please} sebelum {date}"


def test_a_lead_is_called_provisional_until_a_ruling_names_it(matter):
    assert "sebagai pengampu sementara." in words_of(walk(matter, Kind.FORWARD)).paragraphs[0]
    matter.go("object", ADMIN, reason="Gedung yayasan.", proposed="DPU")
    matter.go("forward", OPERATOR, opd="DPU", basis="putusan Sekda, Rab 25 Nov: disposisi 12")
    ruled = queries.letter_to_send(matter.letters("forward")[-1].id)
    assert words_of(ruled).paragraphs == (
        "Permintaan ini kami teruskan kepada Dinas PU sebagai pengampu.",
        "Dasar penetapan: putusan Sekda, Rab 25 Nov: disposisi 12.",
    )


@pytest.mark.parametrize(
    "kind, told",
    [
        (SeatKind.DEFINITIF, "sebagai narahubung Disdikbud (SK 1/2026)."),
        (SeatKind.PLT, "sebagai Plt. narahubung Disdikbud (SK 1/2026)."),
        (SeatKind.PLH, "sebagai Plh. narahubung Disdikbud (SK 1/2026)."),
        (SeatKind.SEMENTARA, "sementara sebagai narahubung Disdikbud (SK 1/2026)."),
    ],
)
def test_the_foot_says_in_what_seat_the_letter_is_read(people, kind, told):
    seat = people[LIAISON]
    seat.kind = kind
    assert content.because(seat).endswith(told)
    seat.basis = ""
    assert ("SK menyusul" in content.because(seat)) is (kind is not SeatKind.DEFINITIF)


def test_a_date_that_has_passed_is_not_held_against_anybody(matter):
    row = walk(matter, Kind.FORWARD)
    row.ticket.react_by = clock.now() - timedelta(days=1)
    assert words_of(row).subject.endswith(", mohon ditangani")


def test_dates_stand_in_full(matter):
    row = walk(matter, Kind.FORWARD)
    whens = [when for _verb, _rest, when in words_of(row).asks]
    assert whens == [clock.long(row.ticket.react_by)] * 2 + [clock.long(row.ticket.due_at)]


def test_an_aduan_asks_for_no_first_statement(matter):
    row = walk(matter, Kind.FORWARD)
    row.ticket.ticket_class = "aduan"
    assert "Pernyataan awal" not in str(words_of(row).asks)


def test_objecting_is_offered_where_the_table_allows_it_and_moving_away_always(matter):
    for kind, wording in WORDINGS.items():
        labels = ["Saya sudah pindah tugas"]
        if wording.may_object:
            labels.insert(0, "Bukan kewenangan kami")
        assert [label for label, *_ in content._others(wording, "u")] == labels, kind
    row = walk(matter, Kind.FORWARD)
    assert all(url.startswith("http://kabar.example/t/kunci") for _label, url, _said in words_of(row).others)


def test_the_link_stands_alone_on_its_line_and_comes_from_settings(app, forwarded, letterbox, work_off):
    before, app.config["LINK_BASE_URL"] = app.config["LINK_BASE_URL"], "http://kabar.example"
    try:
        work_off()
    finally:
        app.config["LINK_BASE_URL"] = before
    for letter in letterbox.letters:
        [token] = LINK.findall(text_of(letter))
        link = f"http://kabar.example/t/{token}"
        html = parse(letter.get_body(("html",)).get_content())
        assert html.css_first(".m-btn a").attributes["href"] == link and html.css_first(".m-url").text() == link


def test_no_picture_no_script_no_foreign_address(forwarded, letterbox, work_off):
    work_off()
    html = letterbox.letters[0].get_body(("html",)).get_content()
    tree = parse(html)
    assert not tree.css("img, script, iframe, form, link, input")
    assert all(a.attributes["href"].startswith("http://127.0.0.1") for a in tree.css("a"))
    assert "url(" not in html


def test_a_sensitive_ticket_goes_by_its_judul_aman_alone(forwarded, letterbox, work_off):
    ticket = forwarded.ticket
    ticket.sensitive, ticket.safe_title = True, "Pendampingan anak, Muara Muntai"
    db.session.commit()
    work_off()
    for letter in letterbox.letters:
        assert str(letter["Subject"]).startswith(UNTOLD.format(ticket.number))
        for told in (text_of(letter), html_of(letter)):
            assert "Pendampingan anak, Muara Muntai" in told
            assert "Plafon" not in told and "jadwal perbaikan" not in told and "pantauan" not in told


def test_a_restricted_ticket_tells_nothing_of_its_matter(matter, letterbox, work_off):
    ticket = matter.ticket
    ticket.restricted, ticket.safe_title = True, "Pendampingan anak"
    named = [matter.people[OPERATOR].person_id, matter.people[LIAISON].person_id]
    db.session.add_all(NamedOfficer(ticket_id=ticket.id, person_id=person) for person in named)
    matter.go("forward", OPERATOR, opd="DISDIKBUD", note="Rahasia sekali.")
    work_off()
    [letter] = letterbox.letters
    assert str(letter["Subject"]).startswith(UNTOLD.format(ticket.number))
    for told in (text_of(letter), html_of(letter)):
        assert "terbatas" in told and "masuk dulu" in told
        assert not [word for word in ("Plafon", "Pendampingan", "Rahasia", "Bukan kewenangan", "Dewi") if word in told]


def test_the_step_stands_where_the_ticket_is(matter):
    row = walk(matter, Kind.SUBMIT)
    assert row.ticket.state is State.AWAITING_APPROVAL
    assert [stage for _name, _said, stage in words_of(row).steps] == ["done", "done", "here", ""]


def test_invitation_and_reset_lead_to_the_intranet_not_to_the_public_face(app, people, db_session, letterbox, work_off):
    from app.people import actions

    person = people[ADMIN].person
    actions.invite(person, people["kepala@diskominfo.demo"])
    actions.request_reset(person)
    db_session.commit()
    before, app.config["LINK_BASE_URL"] = app.config["LINK_BASE_URL"], "http://kabar.example"
    try:
        work_off()
    finally:
        app.config["LINK_BASE_URL"] = before
    invited, reset = (text_of(letter) for letter in letterbox.letters)
    assert f"{app.config['BASE_URL']}/undangan/" in invited and "admin OPD Disdikbud" in invited
    assert f"{app.config['BASE_URL']}/atur-ulang/" in reset and "abaikan email ini" in reset
    assert "kabar.example" not in invited + reset


@pytest.mark.parametrize("length", [20, 60, 69, 70, 74, 77, 78, 82, 90, 140])
@pytest.mark.parametrize("word", ["jalan ", "jalán "])
def test_a_subject_of_any_length_arrives_whole(app, db_session, length, word):
    import email
    import email.policy

    subject = (word * 40)[:length].strip()
    sent = mail.message(to=("A", "a@x.example"), subject=subject, text="a", html="a", message_id="<a@b>")
    assert email.message_from_bytes(sent.as_bytes(), policy=email.policy.default)["Subject"] == subject
    assert max(map(len, sent.as_bytes().splitlines())) <= 100


def test_titles_after_a_comma_stay_with_the_name(matter):
    matter.people[LIAISON].person.name = "Drs. H. Budi, M.Si."
    letter = walk(matter, Kind.SUBMIT)
    words = content.about_ticket(letter, queries.facts_of(letter), "https://x/t/y", clock.now())
    assert "ditunjuk sebagai narahubung" in words.foot and "M.Si." not in words.foot
