"""How history tells what happened to an alert: one Indonesian sentence, after the actor's name."""

from app.monitoring.rules.kinds import Origin, Tone


def alert_sentence(kind: str, before: dict | None, after: dict | None) -> str:
    """What the actor did, to be read after the name: «mengabaikannya: Berita lama.»"""
    before, after = before or {}, after or {}
    if kind == "alert.ticket":
        return f"menjadikannya bagian tiket #{after.get('ticket', '')}."
    if kind == "alert.ignore":
        return f"mengabaikannya: {after.get('reason', '')}."
    if kind == "alert.tone":
        return f"mengubah tone dari {_tone(before)} menjadi {_tone(after)}."
    if kind == "alert.place":
        return f"menetapkan tempatnya: {after.get('place', '')}."
    if kind == "alert.asked":
        return f"mencatat {request_told(after)}."
    if kind == "alert.mirror_changed":
        return f"mencatat status di SP4N-LAPOR! dari “{before.get('status', '')}” menjadi “{after.get('status', '')}”."
    if kind == "alert.file":
        return f"menambahkan {after.get('files', 0)} berkas."
    if kind == "alert.unmasked":
        return f"membuka data pribadi ({', '.join(after.get('kinds', ()))})."
    if kind == "alert.link_checked":
        return f"memeriksa tautannya: {after.get('link', '')}. {after.get('reason', '')}"
    if kind == "alert.isu":
        return _isu(before.get("isu"), after.get("isu"))
    return PLAIN.get(kind, "mencatat perubahan.")


def request_told(after: dict) -> str:
    """«permintaan konfirmasi dari Kaltim Post, tenggat besok 10.00»"""
    press = after.get("origin") == Origin.PRESS
    who = f"permintaan konfirmasi dari {after.get('media', '')}" if press else "arahan pimpinan"
    return f"{who}, tenggat {after['deadline']}" if after.get("deadline") else who


def _isu(before: int | None, after: int | None) -> str:
    if after is None:
        return f"mengeluarkannya dari isu {before}."
    return f"memindahkannya dari isu {before} ke isu {after}." if before else f"menyatukannya dalam isu {after}."


def _tone(side: dict) -> str:
    return Tone(side["tone"]).label if side.get("tone") else "belum dinilai"


PLAIN = {
    "alert.release": "mengembalikannya ke daftar pilah.",
    "alert.restore": "mengembalikannya ke daftar pilah.",
    "alert.safe_title": "memberinya judul aman.",
    "alert.sensitive": "menandainya sensitif.",
    "alert.sensitive_undone": "mencabut tanda sensitifnya.",
    "alert.original_opened": "membuka judul asli.",
    "alert.mirror_entered": "mencatat bahwa jawabannya sudah dientri di SP4N.",
    "alert.mirror_reopened": "mencatat bahwa jawabannya belum dientri di SP4N.",
}
