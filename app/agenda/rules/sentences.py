"""What the actor did, to be read after the name."""

SENTENCES = {
    "agenda.proposed": "mengusulkan perkara ini.",
    "agenda.changed": "mengubah uraiannya.",
    "agenda.merged": "menyatukan usulan lain ke sini.",
    "agenda.merged_into": "menyatukan usulan ini ke usulan lain.",
    "agenda.agree": "mencatat kesepakatan rakor.",
    "agenda.approve": "mencatat persetujuan pimpinan.",
    "agenda.start": "mencatat bahwa pelaksanaannya berjalan.",
    "agenda.review": "mencatat tinjauan.",
    "agenda.drop": "mencatat bahwa perkara ini tidak dilanjutkan.",
    "agenda.propose": "mengusulkan lagi.",
    "agenda.hushed": "Judulnya diganti karena sumbernya menjadi sensitif atau terbatas.",
    "rakor.arranged": "menjadwalkan rakor.",
    "rakor.changed": "mengubah jadwal atau peserta.",
    "rakor.matters": "menyusun acara.",
    "rakor.locked": "mengunci bahan.",
    "rakor.attendance": "mencatat kehadiran.",
    "rakor.decided": "mencatat keputusan.",
    "rakor.finished": "mencatat bahwa rakor selesai.",
    "rakor.cancelled": "membatalkan rakor.",
    "plan.made": "mencatat rencana ini.",
    "plan.changed": "mengubah rencana.",
    "plan.progress": "melaporkan kemajuan.",
    "plan.kept": "mencatat: terlaksana.",
    "plan.dropped": "mencatat: tidak dilanjutkan.",
}


def sentence(kind: str) -> str:
    return SENTENCES.get(kind, "mencatat perubahan.")
