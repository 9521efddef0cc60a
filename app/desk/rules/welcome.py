"""What a newcomer's role is, in five lines."""

from app.people.rules import Role

DUTIES = {
    Role.ADMIN_OPD: (
        "Permintaan datang lewat email dan muncul di Meja. Terima & tangani, atau sampaikan bila bukan kewenangan.",
        "Untuk setiap permintaan: cari tahu apa yang terjadi, lampirkan bukti dari lapangan, tulis jawaban.",
        "Jawaban Anda disetujui narahubung dulu, baru sampai ke Diskominfo.",
        "Permintaan milik OPD, bukan milik Anda: yang tidak bisa Anda kerjakan, serahkan ke rekan di tiketnya.",
        "Berhalangan atau pindah tugas? Katakan di Akun saya, supaya tidak ada surat yang hilang.",
    ),
    Role.NARAHUBUNG: (
        "Anda menyetujui jawaban OPD. Bisa dari tautan di email, tanpa masuk.",
        "Draf yang kurang tepat boleh Anda perbaiki sendiri, atau kembalikan dengan satu catatan.",
        "Yang bukan kewenangan OPD disampaikan sejak awal, dengan OPD yang Anda usulkan.",
        "Anda yang pertama diberi tahu; atasan tidak disurati sistem tentang keterlambatan.",
        "Berhalangan atau pindah tugas? Katakan di Akun saya, atau lewat tautan di setiap email.",
    ),
    Role.DISKOMINFO: (
        "Pilah pantauan, satukan yang serupa, dan jadikan tiket yang perlu ditangani.",
        "Teruskan ke OPD pengampu; Diskominfo mengoordinasi, bukan memerintah.",
        "Telaah jawaban: cukup, atau minta perbaikan dengan satu catatan yang jelas.",
        "Keberatan OPD ditetapkan dengan dasar yang tercatat: siapa memutuskan dan kapan.",
        "OPD yang suratnya belum dibuka ada di Daftar panggilan: satu telepon lebih cepat dari tiga surat.",
    ),
    Role.PIMPINAN: (
        "Anda membaca keadaan semua perkara yang tidak terbatas, dan jawaban yang sudah disetujui.",
        "Perkara sensitif tampil dengan judul amannya.",
        "Setiap angka dapat ditelusuri ke perkaranya.",
        "Arahan Anda dicatat staf dengan tanggal dan cara disampaikan.",
        "Berhalangan atau pindah tugas? Katakan di Akun saya.",
    ),
}
