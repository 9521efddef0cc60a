"""An answer as people read it: what each kind of response should tell, and words that only promise. No SQL.

Parts are recognised in free text: by a heading («Dasar: …»), or by the words people use for them. What is not found
is asked for in plain words, and a heading always settles it.
"""

import re

from app.people.rules import HeadApproves
from app.tickets.rules.life import AnswerKind, ResponseKind, TicketClass, Truth

HEADINGS = (
    *("Apa yang terjadi", "Tindakan dan tanggal", "Untuk warga", "Tindakan", "Tanggal"),
    *("Yang beredar", "Yang benar", "Dasar", "Kebutuhan", "Tahun anggaran", "Sementara ini", "Instansi", "Alasan"),
)
_AT_HEADING = re.compile(rf"^\s*({'|'.join(HEADINGS)})\s*:\s*", re.IGNORECASE | re.MULTILINE)

HINT = "Apa yang terjadi, tindakan dan tanggalnya, lalu pesan untuk warga."

MONTHS = (
    r"jan(uari)?|feb(ruari)?|maret|mar|apr(il)?|mei|juni?|juli?|agu?s?t(us)?|sep(t(ember)?)?|okt(ober)?|"
    r"nov(ember)?|des(ember)?"
)
DATE = re.compile(
    rf"\b\d{{1,2}}\s*(?:{MONTHS})\b|\b(?:{MONTHS})\s+20\d\d\b|\b\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}\b|"
    r"\b(senin|selasa|rabu|kamis|jum'?at|sabtu|minggu)\b|\btanggal\s+\d|\b(awal|akhir|pertengahan)\s+(bulan|tahun)\b|"
    r"\b(hari|pagi|siang|sore|malam|pekan|minggu|bulan|tahun)\s+(ini|depan|lalu)\b|\b(kemarin|besok|lusa|tadi|semalam)\b|"
    rf"\bpukul\s+\d|\b(?:pada|bulan|mulai|sejak|akhir|awal)\s+(?:{MONTHS})\b|\b\d+\s+(jam|hari|pekan|minggu|bulan)\b|"
    r"\btriwulan\s+(i{1,3}|iv|[1-4])\b",
    re.IGNORECASE,
)
YEAR = re.compile(r"\b20[2-9]\d\b|\btahun (depan|ini|anggaran)\b|\bapbd[- ]?p(erubahan)?\b", re.IGNORECASE)

HOLLOW = re.compile(
    r"\b(di|men|me)?(tindak\s*-?\s*lanjut\w*|koordinasi\w*|proses|pelajari|tampung|upayakan|perhatikan|evaluasi|atensi)\w*"
    r"|\bmenindak\s*-?\s*lanjut\w*|\bmengkoordinasi\w*|\bmengoordinasi\w*|\b(di|ber)koordinasi\w*"
    r"|\b(di|me|men)?(teruskan|sampaikan|laporkan|catat|terima|usahakan|kaji|bahas|monitor|pantau)\b"
    r"|\bmenyampaikan\b|\bmempelajari\b|\bmemproses\b|\bmenampung\b|\bmengupayakan\b|\bmemperhatikan\b|\bmengevaluasi\b"
    r"|\bperhatian\b|\bmasukan(nya)?\b|\bmencatat\b|\bmengkaji\b|\bmemantau\b|\bmeneruskan\b|\bdilaksanakan\b"
    r"|\bdikerjakan\b|\bditangani\b|\bdiselesaikan\b",
    re.IGNORECASE,
)
"""What is said where nothing is told: it promises, receives or passes on."""

_EMPTY = """
    akan segera sedang sudah telah masih belum dapat bisa harus perlu kami kita kepada pada oleh untuk dengan
    dan atau di ke dari yang ini itu tersebut hal secara sesuai agar supaya sebagai atas dalam lebih lanjut juga
    pun lagi baik pihak bidang tim dinas badan opd instansi unit kantor terkait internal pimpinan atasan bersama
    jajaran petugas lapangan teknis ketentuan aturan prosedur berlaku kewenangan tugas fungsi mekanisme laporan
    laporannya pengaduan aduan keluhan informasi informasinya masukan saran aspirasi permintaan permohonan bapak
    ibu saudara saudari sdr kak mas mbak admin warga masyarakat yth hormat salam assalamualaikum wr wb
    waalaikumsalam selamat pagi siang sore malam terima kasih terimakasih mohon maaf ketidaknyamanannya
    ketidaknyamanan bersabar sabar menunggu ditunggu tunggu maklum pengertian kesabaran perhatian perhatiannya
    kerja sama kerjasama demikian disampaikan jawaban tanggapan respon ok oke siap baiklah ya insya allah
    insyaallah secepatnya cepat waktu dekat ditindak tindak lanjuti ditindaklanjuti tindaklanjuti proses
    koordinasi penanganan penyelesaian kepala plt plh sekretaris camat lurah bupati pemerintah daerah kabupaten
    pemkab kutai kartanegara kukar tindakan tanggal apa terjadi dasar
"""
EMPTY_WORDS = frozenset(_EMPTY.split())
AGENCY = re.compile(r"^dis(kominfo|dik\w*|hub|perkim|par|pora|ketapang|nak\w*|kes|duk\w*|trans\w*|damkar\w*)$")
VERB = re.compile(r"^(di|ter|me[mn]?|meng|meny|ber)[a-z]{4,}$")
DONE = re.compile(
    r"^(perbaik\w*|penambal\w*|pengganti\w*|pemasang\w*|pembersih\w*|pengeruk\w*|pengaspal\w*|pengecor\w*|penyalur\w*|"
    r"cek|tinjau|survei|tambal\w*|pasang|ganti|bersihkan|angkut|normal|nyala|menyala|selesai|rampung|tuntas|mulai|aktif|"
    r"genset|tangki|fogging|razia|patroli|semenisasi|aspal|cor|ronda|mediasi)$"
)
ENOUGH_WORDS = 12
"""Whoever says that much beside the empty words has told something."""

SAY_MORE = "Sebut tindakan dan tanggalnya. “{words}” saja belum bisa menutup permintaan."
SAY_ACTION = "Sebut tindakannya: apa yang sudah atau akan dikerjakan, di mana. “{words}” belum menjelaskan itu."
SAY_DATE = "Sebut tanggalnya: kapan dikerjakan atau selesai. “{words}” belum menjelaskan itu."
QUOTED = 80


def parts(text: str) -> list[tuple[str, str]]:
    """(heading, words): split where a line begins with one of the headings; what stands before has none. Words that
    followed a colon begin with a capital, because they stand below their heading now."""
    pieces = _AT_HEADING.split(text)
    named = [(pieces[n].capitalize(), _begun(pieces[n + 1].strip())) for n in range(1, len(pieces), 2)]
    return [(heading, words) for heading, words in [("", pieces[0].strip()), *named] if words]


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]


def flaw(text: str) -> str:
    """What a text that only promises lacks, as a sentence; empty for one that tells something."""
    left = [word for word in _words(text) if word not in EMPTY_WORDS and not HOLLOW.fullmatch(word)]
    if left and (not HOLLOW.search(text) or len(left) >= ENOUGH_WORDS):
        return ""
    acts, dated = any(_is_action(word) for word in left), bool(DATE.search(text))
    if acts and dated:
        return ""
    sentence = SAY_DATE if acts else SAY_ACTION if dated else SAY_MORE
    return sentence.format(words=_quoted(text))


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+(?:-[a-z]+)*", text.lower())


def _is_action(word: str) -> bool:
    return bool(DONE.match(word) or (VERB.match(word) and not AGENCY.match(word)))


def _quoted(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= QUOTED else line[:QUOTED].rsplit(" ", 1)[0] + "…"


def _cue(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b({words})", re.IGNORECASE)


SAID = _cue(
    r"yang beredar|beredar|berita|diberitakan|pemberitaan|kabar|unggah|video|foto|postingan|disebut|menyebut|klaim|isu|"
    r"dituduh|tuduhan|narasi|anggapan|hoaks|viral"
)
TRUTH = _cue(
    r"yang benar|sebenarnya|faktanya|fakta|kenyataan|tidak benar|tidak tepat|tidak pernah|tidak ada|bukan|keliru|hoaks|"
    r"benar bahwa|memang|adalah|melainkan"
)
BASIS = _cue(
    r"dasar|berdasarkan|menurut|sumber|sesuai|hasil|data|dokumen|surat|berita acara|keterangan|pemeriksaan|pengecekan|"
    r"cek lapangan|rekaman|cctv|catatan|nomor|perda|peraturan|kunjungan|konfirmasi|visum"
)
NEED = _cue(r"kebutuhan|butuh|perlu|memerlukan|diperlukan|membutuhkan|rp|biaya|anggaran|usul|diusulkan|dianggarkan")
INTERIM = _cue(r"sementara|sambil|sebelum|selama|menunggu|untuk saat ini|saat ini|darurat|kini|sekarang")
BODY = _cue(
    r"instansi|balai|bpjn|bbpjn|bws|provinsi|pemprov|kementerian|kemen|pln|pertamina|telkom|polres|polsek|polda|kodim|"
    r"pengadilan|kejaksaan|bpjs|bpn|kantor|pemerintah desa|desa|yayasan|perusahaan|pt|cv|pemkot|bumn|dinas|perumda|"
    r"kepolisian"
)
WHY = _cue(
    r"alasan|karena|sebab|berdasarkan|menurut|sesuai|status|aset|milik|kewenangan|wewenang|jalan nasional|ranah|bukan"
)
ACTION = re.compile(r"\w{4,}")

PARTS: dict[ResponseKind, tuple[tuple[str, str, re.Pattern[str]], ...]] = {
    ResponseKind.REPAIR: (
        ("Tindakan", "tindakannya", ACTION),
        ("Tanggal", "tanggalnya", DATE),
    ),
    ResponseKind.INFORMATION: (("", "informasinya", ACTION),),
    ResponseKind.CLARIFICATION: (
        ("Yang beredar", "apa yang beredar", SAID),
        ("Yang benar", "apa yang benar", TRUTH),
        ("Dasar", "dasarnya: sumber, dokumen, atau hasil pemeriksaan", BASIS),
    ),
    ResponseKind.BUDGET: (
        ("Kebutuhan", "apa yang perlu dianggarkan", NEED),
        ("Tahun anggaran", "tahun anggarannya", YEAR),
        ("Sementara ini", "apa yang dikerjakan sementara ini", INTERIM),
    ),
    ResponseKind.OTHER_AUTHORITY: (
        ("Instansi", "instansi mana yang berwenang", BODY),
        ("Alasan", "mengapa bukan kewenangan OPD Anda", WHY),
    ),
}
"""(heading, what is asked, by what it is recognised). A photo of a repair is asked for, never forced."""

ALSO_BY = {"Tindakan": ("tindakan dan tanggal",)}
"""Other headings under which a part may stand."""

HINTS = {
    ResponseKind.REPAIR: "tindakan dan tanggalnya; sertakan foto bila ada",
    ResponseKind.INFORMATION: "informasi yang diminta",
    ResponseKind.CLARIFICATION: "apa yang beredar, apa yang benar, dan dasarnya",
    ResponseKind.BUDGET: "kebutuhan, tahun anggaran, dan yang dikerjakan sementara ini",
    ResponseKind.OTHER_AUTHORITY: "instansi yang berwenang dan alasannya",
}


def unsaid(text: str, response: ResponseKind | None) -> list[tuple[str, str]]:
    """(heading, question) of the parts that this kind of response should have and that are not found."""
    headed = {heading.lower() for heading, words in parts(text) if heading and words}
    wanted = PARTS[response] if response else ()
    return [
        (heading, asked)
        for heading, asked, cue in wanted
        if not ({heading.lower(), *ALSO_BY.get(heading, ())} & headed or cue.search(text))
    ]


def asked_for(text: str, response: ResponseKind | None) -> str:
    """The missing parts as one friendly sentence; empty when nothing is missing."""
    missing = unsaid(text, response)
    if not missing or response is None:
        return ""
    asked = "; ".join(question for _heading, question in missing)
    named = ", ".join(f"«{heading}: …»" for heading, _question in missing if heading)
    way_out = f" Bila sudah ada, beri judul {named} di awal barisnya." if named else ""
    return f"{response.label}: sebut juga {asked}.{way_out}"


def wrong_with(text: str, response: ResponseKind | None) -> str:
    """The first thing to mend in a full answer: a promise without action and date, else the parts it lacks."""
    return flaw(text) or asked_for(text, response)


def usual_response(ticket_class: TicketClass, truth: Truth) -> ResponseKind:
    """What is most likely asked for, so that the form's choice is one click or none."""
    if truth in (Truth.FALSE, Truth.HOAX):
        return ResponseKind.CLARIFICATION
    return ResponseKind.INFORMATION if ticket_class is TicketClass.INFORMASI else ResponseKind.REPAIR


def needs_head(rule: HeadApproves, response: ResponseKind | None) -> bool:
    """Whether the OPD's head must approve an answer of that kind."""
    return rule is HeadApproves.ALWAYS or (rule is HeadApproves.STATEMENTS and response is ResponseKind.CLARIFICATION)


def response_of(value: str | None) -> ResponseKind | None:
    """The kind that a form named, if it named one."""
    return ResponseKind(value) if value in set(ResponseKind) else None


def is_full(answer_kind: str | None) -> bool:
    return answer_kind != AnswerKind.FIRST_STATEMENT
