"""How history tells what happened: one Indonesian sentence per event, after the actor's name."""

from datetime import date

from app.core import clock
from app.tickets.rules.life import Level, Truth


def sentence(kind: str, before: dict | None, after: dict | None, *, inside: bool = False) -> str:
    """What the actor did, to be read after the name: «menunda sampai Kam 26 Nov, 15.20.»

    `inside` says that the reader belongs to Diskominfo, where Krisis has its name; elsewhere it reads
    Sangat segera.
    """
    tell = SENTENCES.get(kind.partition(".")[2])
    return tell(before or {}, after or {}, inside) if tell else "mencatat perubahan."


def _opened(_before: dict, after: dict, _inside: bool) -> str:
    alerts, level = after.get("alerts"), Level(after.get("level", Level.BIASA))
    high = f", tingkat {level.outside.label}" if level is not Level.BIASA else ""
    return f"membuka tiket dari {alerts} pantauan{high}." if alerts else f"membuka tiket{high}."


def _merged(_before: dict, after: dict, _inside: bool) -> str:
    return f"menggabungkan {after.get('alerts', 1)} pantauan ke tiket ini."


def _forwarded(_before: dict, after: dict, _inside: bool) -> str:
    basis = f" Dasar penetapan: {after['basis']}." if after.get("basis") else ""
    return f"meneruskan ke {after.get('opd', 'OPD')}.{basis}"


def _objected(_before: dict, after: dict, _inside: bool) -> str:
    return f"menyampaikan bukan kewenangannya, mengusulkan {after.get('proposed', 'OPD lain')}."


def _ruled(_before: dict, after: dict, _inside: bool) -> str:
    return f"meminta putusan {after.get('asked_of', 'pimpinan')} tentang OPD pengampu."


def _goes_up(_before: dict, after: dict, _inside: bool) -> str:
    return f"mengusulkan perkara ini dinaikkan ke atasan. {after.get('reason', '')}".strip()


def _went_up(_before: dict, after: dict, _inside: bool) -> str:
    return f"menyampaikan usulan kepada {after.get('sent_to', 'atasan')}."


def _reminded(_before: dict, after: dict, _inside: bool) -> str:
    return f"mengingatkan {after.get('opd', 'OPD')}: {after.get('step', 75)} % waktu {after.get('what', '')} terpakai."


def _submitted(_before: dict, after: dict, _inside: bool) -> str:
    return f"mengajukan {_answer(after)} untuk disetujui."


def _approved(_before: dict, after: dict, _inside: bool) -> str:
    changed = " setelah memperbaikinya" if after.get("corrected") else ""
    if after.get("approver"):
        return f"mencatat persetujuan {after['approver']} (dasar: {after.get('basis', '')})."
    if after.get("stands_in"):
        return "menyetujui jawaban karena OPD belum punya narahubung."
    return f"menyetujui jawaban{changed}."


def _answered(_before: dict, after: dict, _inside: bool) -> str:
    return f"mengajukan dan menyetujui {_answer(after)}."


def _answer(after: dict) -> str:
    return "pernyataan awal" if after.get("answer_kind") == "first_statement" else "jawaban"


def _resolved(_before: dict, after: dict, _inside: bool) -> str:
    alone = " Ditelaah oleh penulisnya sendiri karena operator lain tidak ada." if after.get("alone") else ""
    outcome = f": {after['outcome'].partition(' (')[0].lower()}" if after.get("outcome") else ""
    return f"menyatakan selesai{outcome}.{alone}"


def _budget(_before: dict, after: dict, _inside: bool) -> str:
    return f"menandai perkara ini menunggu anggaran {after.get('year', '')} ({after.get('kind', '')})."


def _referred(_before: dict, after: dict, _inside: bool) -> str:
    return f"menyerahkan ke {after.get('body', 'instansi lain')}, nomor {after.get('reference', '-')}."


def _reopened(_before: dict, after: dict, _inside: bool) -> str:
    return "membuka kembali tiket." if after.get("state") != "new" else "membuka kembali tiket untuk diteruskan lagi."


def _assigned(_before: dict, after: dict, _inside: bool) -> str:
    return f"menunjuk {after['seat']} sebagai pemegang." if after.get("seat") else "melepas pemegang tiket."


def _levelled(before: dict, after: dict, inside: bool) -> str:
    return f"mengubah tingkat dari {_level(before, inside)} menjadi {_level(after, inside)}."


def _level(side: dict, inside: bool) -> str:
    level = Level(side.get("level", Level.BIASA))
    return (level if inside else level.outside).label


def _due(before: dict, after: dict, _inside: bool) -> str:
    earlier = f" dari {before['due']}" if before.get("due") else ""
    return f"mengubah tenggat{earlier} menjadi {after.get('due', '-')}."


def _reckoned(before: dict, after: dict, _inside: bool) -> str:
    """Which dates are others now, and why."""
    named = {"due": "tenggat", "first": "jawaban pertama", "react": "tanggapan pertama", "rule": "penetapan"}
    moved = [
        f"{named.get(name, name.replace('task', 'tugas'))} dari {before[name]} menjadi {after[name]}"
        for name in after if name in before
    ]  # fmt: skip
    return f"menghitung ulang {'; '.join(moved) or 'tenggat'}, karena {after.get('why', 'kalender berubah')}"


def _secrecy(_before: dict, after: dict, _inside: bool) -> str:
    marks = [word for key, word in (("sensitive", "sensitif"), ("restricted", "terbatas")) if after.get(key)]
    return f"menandai tiket {' dan '.join(marks)}." if marks else "mencabut tanda sensitif dan terbatas."


def _circled(_before: dict, after: dict, _inside: bool) -> str:
    deputies = after.get("deputies")
    more = f"; pengganti {', '.join(deputies)}" if deputies else ""
    return f"menunjuk petugas tiket terbatas ini: {', '.join(after.get('officers', ()))}{more}."


def _emergency(_before: dict, after: dict, _inside: bool) -> str:
    return f"membuka tiket terbatas ini dalam keadaan darurat, sampai {after.get('until', 'besok')}."


def _child_case(before: dict, after: dict, _inside: bool) -> str:
    reference = f", nomor rujukan {after['reference']}" if after.get("reference") else ""
    if before.get("child_case"):
        return f"menulis ringkasan aman perkara anak ini{reference}."
    return f"mencatatnya sebagai perkara anak{reference}."


def _field_asked(_before: dict, after: dict, _inside: bool) -> str:
    what = "meminta cek lapangan kepada" if after.get("kind") == "check" else "meminta bukti kepada"
    return f"{what} {after.get('to', 'petugas lapangan')}."


def _field_answered(_before: dict, after: dict, _inside: bool) -> str:
    files = f", dengan {after['files']} berkas" if after.get("files") else ""
    if after.get("finding"):
        until = f" sampai {after['until']}" if after.get("until") else ""
        return f"menjawab cek lapangan: {after['finding'].lower()}{until}{files}."
    return f"mengirim bukti{files.removeprefix(',')}."


def _filed(_before: dict, after: dict, _inside: bool) -> str:
    return f"melampirkan {after.get('file', 'berkas')}."


def _task(_before: dict, after: dict, _inside: bool) -> str:
    """A task's move as the ticket's own history tells it."""
    name = f"tugas {after.get('task', '')}"
    move, opd = after.get("move", ""), after.get("opd", "OPD")
    return {
        "open": f"membuka {name} untuk {opd}.",
        "take_on": f"menerima {name} ({opd}).",
        "submit": f"mengajukan hasil {name} ({opd}).",
        "hold": f"menunda {name} ({opd}) sampai {after.get('until', 'waktu yang disebut')}.",
        "resume": f"melanjutkan {name} ({opd}).",
        "accept": f"menerima hasil {name} dari {opd}.",
        "rework": f"meminta perbaikan {name} dari {opd}.",
        "rule": f"menetapkan {opd} untuk {name}.",
        "reroute": f"menyerahkan {name} ke {opd}.",
        "object": f"menyampaikan {name} bukan kewenangan {opd}, mengusulkan {after.get('proposed', 'OPD lain')}.",
        "drop": f"melepas {name} ({opd}).",
        "reopen": f"membuka kembali {name} ({opd}).",
    }.get(move, f"mencatat perubahan {name}.")


def _handed_over(_before: dict, after: dict, _inside: bool) -> str:
    return (
        f"menyerahterimakan tiket ini dari {after.get('from', 'petugas lama')} kepada {after.get('to', 'pengganti')}."
    )


def _called(_before: dict, after: dict, _inside: bool) -> str:
    return f"menghubungi {after.get('person', 'petugas OPD')}, {after.get('opd', '')}: suratnya belum dibuka."


def _published(_before: dict, after: dict, _inside: bool) -> str:
    return f"mencatat publikasi di {after.get('channel', 'kanal')}, juru bicara {after.get('spokesperson', '-')}."


def _letter(_before: dict, after: dict, _inside: bool) -> str:
    return f"mengirim surat permintaan tindak lanjut nomor {after.get('number', '-')}, {_day(after.get('dated'))}."


def _day(iso: str | None) -> str:
    return clock.long_day(date.fromisoformat(iso)) if iso else "tanpa tanggal"


def _always(text: str):
    def tell(_before: dict, _after: dict, _inside: bool) -> str:
        return text

    return tell


SENTENCES = {
    "open": _opened,
    "merge": _merged,
    "release": _always("mengembalikan pantauan ke daftar pilah."),
    "forward": _forwarded,
    "reroute": lambda before, after, inside: f"mengalihkan ke {after.get('opd', 'OPD lain')}.",
    "take_on": _always("menerima dan mulai menangani."),
    "object": _objected,
    "hold": lambda before, after, inside: f"menunda sampai {after.get('until', 'waktu yang disebut')}.",
    "resume": _always("melanjutkan penanganan."),
    "submit": _submitted,
    "approve": _approved,
    "send_back": _always("mengembalikan draf untuk diperbaiki."),
    "answer": _answered,
    "rework": _always("meminta perbaikan jawaban."),
    "proceed": _always("menerima pernyataan awal; jawaban lengkap masih ditunggu."),
    "resolve": _resolved,
    "await_budget": _budget,
    "refer": _referred,
    "close": _always("menutup tiket."),
    "archive": _always("mengarsipkan tiket."),
    "reopen": _reopened,
    "assign": _assigned,
    "level": _levelled,
    "propose_crisis": _always("mengusulkan tingkat Krisis kepada kepala Diskominfo."),
    "due": _due,
    "reckoned": _reckoned,
    "secrecy": _secrecy,
    "moved_away": _always("menyampaikan sudah pindah tugas; perlu penunjukan baru."),
    "handover": _handed_over,
    "called": _called,
    "note": _always("menulis catatan."),
    "file": _filed,
    "ask_head": lambda before, after, inside: f"meminta persetujuan {after.get('head', 'kepala OPD')} lewat tautan.",
    "head_approved": _always("menyetujui jawaban lewat tautan."),
    "redact": _always("menyunting kalimat jawaban untuk terbit; isinya tetap."),
    "redact_back": _always("mengusulkan perubahan isi jawaban; OPD menyetujuinya lagi."),
    "publish": _published,
    "unpublish": lambda before, after, inside: f"mencabut catatan publikasi di {after.get('channel', 'kanal')}.",
    "truth": lambda before, after, inside: f"menetapkan status kebenaran: {Truth(after['truth']).label.lower()}.",
    "ruling_asked": _ruled,
    "escalation": _goes_up,
    "escalated": _went_up,
    "escalation_aside": _always("mengesampingkan usulan naik ke atasan."),
    "remind": _reminded,
    "task": _task,
    "letter_number": _letter,
    "original_opened": _always("membuka judul asli."),
    "circle": _circled,
    "unrestricted": _always("mencabut batasan tiket."),
    "emergency": _emergency,
    "child_case": _child_case,
    "child_case_lifted": _always("mencabut tanda perkara anak."),
    "field_asked": _field_asked,
    "field_answered": _field_answered,
    "field_declined": _always("menyampaikan bahwa permintaan ini salah alamat."),
    "field_ended": lambda before, after, inside: f"mengakhiri tautan untuk {after.get('to', 'petugas lapangan')}.",
}
