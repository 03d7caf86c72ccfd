/** What went wrong, what was kept, what to do. Keys are the codes that commands answer with. */
export const http = {
  codes: {
    NOT_FOUND: "Kami tidak menemukannya.",
    DENIED: "Akun Anda tidak memiliki izin untuk ini.",
    IN_USE:
      "Akun ini sedang dikerjakan pihak lain, jadi belum ada yang berubah. Coba lagi sebentar lagi; bila tetap " +
      "begini, beri tahu pengelola sistem.",
    STALE: "Data ini sudah berubah sejak halaman dibuka. Muat ulang, lalu coba lagi.",
    SESSION_EXPIRED: "Sesi Anda sudah berakhir. Silakan masuk lagi.",
    REASON_REQUIRED: "Tulis alasannya, paling sedikit 5 huruf.",
    OLD_PAGE:
      "Halaman ini sudah terlalu lama terbuka. Tidak ada yang berubah. Muat ulang halamannya, lalu kirim kembali.",
    BAD_TEXT: "Teks berisi tanda yang tidak dapat disimpan. Hapus tanda itu, lalu kirim kembali.",
    BAD_INPUT: "Isian ini belum dapat kami baca. Periksa kembali, lalu kirim lagi.",
    REQUIRED: "Bagian ini wajib diisi.",
    ADDRESS: "Tulis alamat e-mail yang lengkap, misalnya nama@contoh.id.",
    PHONE: "Tulis satu nomor ponsel Indonesia yang lengkap, misalnya 0812-3456-7890 atau +62 812 3456 7890.",
    EMAIL: "Tulis alamat e-mail yang lengkap, misalnya nama@contoh.id.",
    TOO_LONG: "Teks terlalu panjang.",
    DATABASE_MIXED:
      "Halaman ini tidak ditampilkan karena isinya belum pasti milik Anda. Tidak ada yang berubah. Coba lagi " +
      "sebentar lagi.",
    DECISION: "Pilih keputusannya.",
    TOO_MANY: "Terlalu banyak sekaligus. Pilih lebih sedikit.",
    DAY: "Pilih tanggal yang ada di kalender, misalnya 2026-11-16.",
  },
  heldByLogin: (logins: string) =>
    `Belum berhasil: akun ini sedang dipakai oleh koneksi basis data «${logins}», yang tidak boleh kami putus. Minta ` +
    "pengelola basis data menutupnya, lalu coba lagi.",
};
