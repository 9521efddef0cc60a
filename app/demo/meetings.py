"""Two rakor of the demo: one held a week ago, whose plans are under way, and one prepared for after tomorrow."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from sqlalchemy import select

from app.agenda import actions as agenda
from app.agenda.actions.matters import Origin
from app.agenda.models import AgendaItem, Plan, Rakor, RakorItem
from app.agenda.rules import Attendance
from app.demo.stage import Calendar, Play
from app.demo.story.people import BAMBANG, FAHRUL, RATNA, SLAMET
from app.extensions import db
from app.people.models import Seat

Moment = tuple[datetime, Callable[[], None]]
LEADER = "pimpinan@kukar.demo"
HELD, COMING = "Rakor forum lintas OPD: drainase, sampah, dan sekolah", "Rakor forum lintas OPD: air bersih dan jalan"
HALL = "Ruang Rapat Setda lantai 2"
CHAIR = "Asisten Perekonomian dan Pembangunan"


class Meetings:
    """What both rakor need to know of the rest of the story."""

    def __init__(self, days: Calendar, seats: dict[str, Seat], plays: Sequence[Play]):
        self.days, self.seats = days, seats
        self.of = {play.story.name: play for play in plays}
        self.items: dict[str, AgendaItem] = {}

    def moments(self) -> Iterator[Moment]:
        at, ratna = self.days.instant, self.seats[RATNA]
        yield at(6, "09.40"), lambda: self._propose_last()
        yield at(6, "10.30"), lambda: self._arrange(HELD, 5, ("DPU", "DLHK", "DISDIKBUD", "BAPPEDA"), LAST)
        yield at(6, "15.10"), lambda: agenda.lock(self._rakor(HELD), ratna)
        yield at(5, "09.05"), lambda: self._attend()
        yield at(5, "10.10"), lambda: self._decide()
        yield at(5, "11.20"), lambda: agenda.finish(self._rakor(HELD), ratna)
        yield at(4, "13.20"), lambda: self._approved()
        yield at(3, "10.30"), lambda: self._reported()
        yield at(2, "14.10"), lambda: self._instructed()
        yield at(1, "09.20"), lambda: self._propose_next()
        yield at(1, "10.40"), lambda: self._arrange(COMING, -2, ("TIRTAMAHAKAM", "DISPERKIM", "DPU", "EXT-PLN"), NEXT)

    def _propose(self, name: str, **values: str) -> None:
        ticket = self.of[name].ticket
        self.items[name] = agenda.propose(self.seats[RATNA], {"period": "Triwulan IV"} | values, Origin(ticket))

    def _propose_last(self) -> None:
        self._propose(
            "drainase-timbau",
            title="Drainase kota yang mampet setiap hujan",
            question="Apakah pengerukan rutin masuk rencana kerja 2027?",
            why="Air masuk halaman sekolah; keluhan serupa di tiga kelurahan.",
            background="Drainase Timbau, Maluhu, dan Mangkuraja dikeruk bila ada keluhan; belum ada jadwal tetap.",
            cause="Tidak ada petugas dan anggaran pengerukan rutin.",
        )
        self._propose(
            "tps-tenggarong",
            title="Sampah Tenggarong setiap Senin",
            question="Siapa mengangkut pada hari Minggu?",
            why="TPS meluber setiap Senin; angkutan hari Minggu tidak ada.",
        )
        self._propose(
            "wc-sekolah-sebulu",
            title="WC sekolah yang rusak",
            question="Berapa sekolah yang didata ulang sebelum akhir tahun?",
            why="Jawaban pertama dikembalikan; tanggal selesai belum ada.",
        )

    def _propose_next(self) -> None:
        self._propose(
            "air-tenggarong-seberang",
            title="Air bersih Tenggarong Seberang",
            question="Siapa membiayai pasokan listrik cadangan pompa sadap?",
            why="Tiga desa tanpa air; lima OPD dan instansi terlibat.",
            background="Pompa sadap berhenti setiap kali tegangan turun. Genset sewa dipakai sementara.",
            cause="Pompa bergantung pada satu jalur listrik.",
        )
        self._propose(
            "jalan-kota-bangun",
            title="Jalan poros Kota Bangun",
            question="Kapan tambal sementara selesai, dan apa yang masuk anggaran 2027?",
            why="Sangat segera; ramai di media tiga hari berturut-turut.",
        )
        day = self.days.day(2)
        noted = Origin(note="Damkar siap dua truk tangki untuk Bukit Raya sampai pompa normal.", noted_on=day)
        values = {"title": "Truk tangki saat air mati", "lead": "DISDAMKARMATAN", "why": "Sepakat di grup forum."}
        self.items["truk"] = agenda.propose(self.seats[RATNA], values, noted)

    def _arrange(self, topic: str, back: int, guests: Sequence[str], names: Sequence[str]) -> None:
        ratna = self.seats[RATNA]
        values = {"topic": topic, "starts_at": self.days.instant(back, "09.00"), "place": HALL, "chair": CHAIR}
        values |= {"secretary": "Kepala Diskominfo", "note_taker": "Ratna, Diskominfo", "guests": guests}
        agenda.take_up(agenda.arrange(ratna, values), ratna, [self.items[name] for name in names])

    def _attend(self) -> None:
        rakor = self._rakor(HELD)
        came = {guest.id: (Attendance.PRESENT, "") for guest in rakor.guests}
        for guest in rakor.guests:
            if guest.opd.code == "DLHK":
                came[guest.id] = (Attendance.REPRESENTED, "Kepala Bidang Persampahan")
            if guest.opd.code == "BAPPEDA":
                came[guest.id] = (Attendance.ABSENT, "")
        agenda.attend(rakor, self.seats[RATNA], came)

    def _decide(self) -> None:
        rakor, ratna = self._rakor(HELD), self.seats[RATNA]
        for name, (discussion, outcome, agreed, plans) in DECIDED.items():
            wanted = select(RakorItem).where(RakorItem.rakor_id == rakor.id, RakorItem.item_id == self.items[name].id)
            matter = db.session.scalars(wanted).one()
            agenda.decide(rakor, matter, ratna, discussion, outcome, agreed)
            for text, opd, supports, back, indicator in plans:
                given = {"text": text, "opd": opd, "supports": supports, "indicator": indicator}
                agenda.make(ratna, given | {"due_on": self.days.day(back)}, matter)

    def _approved(self) -> None:
        """The leaders decided on what the rakor had agreed on."""
        item, kepala = self.items["drainase-timbau"], self.seats[BAMBANG]
        given = {"approval_kind": "disposisi", "approval_number": "600/0211/Setda (contoh)"}
        agenda.move(item, "approve", kepala, given | {"approval_on": self.days.day(4)})
        agenda.move(item, "start", kepala)

    def _reported(self) -> None:
        agenda.report(self._plan("Angkut"), self.seats[SLAMET], 60, "Jadwal Minggu berjalan sejak pekan ini, dua truk.")
        agenda.report(self._plan("Data ulang"), self.seats[FAHRUL], 100, "Data 14 sekolah diserahkan ke Bappeda.")
        agenda.keep(self._plan("Data ulang"), self.seats[RATNA], "Datanya sudah diterima.")

    def _instructed(self) -> None:
        given = {"given_by": "Sekda", "way": "Pesan WhatsApp", "given_on": self.days.day(2), "opd": "DPU"}
        words = "Pasang rambu di KM 12 sebelum akhir pekan"
        agenda.make(self.seats[LEADER], given | {"text": words, "due_on": self.days.day(-3), "supports": ["DISHUB"]})

    def _rakor(self, topic: str) -> Rakor:
        return db.session.scalars(select(Rakor).where(Rakor.topic == topic)).one()

    def _plan(self, begins: str) -> Plan:
        return db.session.scalars(select(Plan).where(Plan.text.startswith(begins))).one()


LAST = ("drainase-timbau", "tps-tenggarong", "wc-sekolah-sebulu")
NEXT = ("air-tenggarong-seberang", "jalan-kota-bangun")
DECIDED = {
    "drainase-timbau": (
        "Dinas PU mengeruk bila ada keluhan. Bappeda belum menerima usulan anggarannya.",
        "Pengerukan rutin disepakati masuk rencana kerja 2027; titik rawan dikeruk sebelum puncak hujan.",
        True,
        (
            ("Keruk 12 titik rawan di Tenggarong", "DPU", ("DLHK",), 1, "Foto sebelum dan sesudah tiap titik"),
            ("Susun usulan anggaran pengerukan rutin", "DPU", ("BAPPEDA",), -10, "Usulan diterima Bappeda"),
        ),
    ),
    "tps-tenggarong": (
        "Truk hari Minggu hanya satu; sopir libur bergiliran.",
        "DLHK mengatur jadwal Minggu untuk TPS yang meluber.",
        True,
        (("Angkut sampah hari Minggu di lima TPS", "DLHK", (), -5, "TPS kosong pada Senin pagi"),),
    ),
    "wc-sekolah-sebulu": (
        "Dua WC selesai; sekolah lain belum didata.",
        "Disdikbud mendata ulang sekolah dengan WC rusak. Pembahasan anggaran ditunda.",
        False,
        (("Data ulang sekolah dengan WC rusak", "DISDIKBUD", ("BAPPEDA",), -1, "Daftar sekolah"),),
    ),
}
"""By matter: discussion, decision, whether it was agreed on, and plans (text, lead, supports, due, indicator)."""


def moments(days: Calendar, seats: dict[str, Seat], plays: Sequence[Play]) -> Iterator[Moment]:
    """Everything of both, each with its time."""
    return Meetings(days, seats, plays).moments()
