/** What went wrong, what was kept, what to do. Keys are the codes that commands answer with. */
export const http = {
  codes: {
    EMPTY_CART: "Keranjang Anda kosong. Pilih produk dulu, lalu kirim kembali.",
    NO_REGION: "Wilayah Anda belum terdaftar. Hubungi Admin untuk aktivasi.",
    WITHDRAWN: "Ada produk yang tidak dapat dipesan lagi. Belum ada yang terkirim.",
    STOCK_SHORT: "Beberapa produk stoknya kurang. Keranjang Anda tetap tersimpan.",
    KEY_REUSED:
      "Formulir ini sudah dipakai untuk order lain. Periksa keranjang Anda, lalu kirim dari halaman yang baru.",
    PRICE_CHANGED:
      "Harga atau isi keranjang berubah sejak halaman ini dibuka. Belum ada yang terkirim. Periksa total yang baru, " +
      "lalu kirim kembali.",
    UNKNOWN_SKU: "Produk ini tidak ada di katalog.",
    CART_FULL: "Keranjang memuat paling banyak 200 produk. Kirim order ini dulu, lalu lanjutkan.",
    QUANTITY: "Jumlah harus bilangan bulat dari 1 sampai 9999.",
    QUANTITY_OR_ZERO: "Jumlah harus bilangan bulat dari 0 sampai 9999. Isi 0 untuk menghapus.",
    NOT_FOUND: "Kami tidak menemukannya.",
    DENIED: "Akun Anda tidak memiliki izin untuk ini.",
    IN_USE:
      "Akun ini sedang dikerjakan pihak lain, jadi belum ada yang berubah. Coba lagi sebentar lagi; bila tetap " +
      "begini, beri tahu pengelola sistem.",
    STALE: "Data ini sudah berubah sejak halaman dibuka. Muat ulang, lalu coba lagi.",
    SIGN_IN_FAILED: "E-mail atau kata sandi belum cocok. Periksa kembali, lalu coba lagi.",
    SESSION_EXPIRED: "Sesi Anda sudah berakhir. Silakan masuk lagi.",
    SUSPENDED: "Akun ini sedang dibekukan. Hubungi kantor pusat.",
    OWN_ACCOUNT: "Ini akun Anda sendiri. Admin lain yang harus melakukannya.",
    ANOTHER_ADMIN: "Anda sendiri yang memintanya. Admin lain yang harus mencabut.",
    LAST_ADMIN: "Ini admin aktif yang terakhir. Tanpa dia tidak ada yang dapat mencabut pembekuan.",
    REASON_REQUIRED: "Tulis alasannya, paling sedikit 5 huruf.",
    CASE_NOTE_REQUIRED: "Tulis catatannya, paling sedikit 5 huruf.",
    STORE_SUSPENDED: "Akun toko ini dibekukan kantor pusat, jadi tidak dapat diwakili.",
    ACTING_EXISTS: "Anda masih mewakili toko lain. Akhiri dulu sesi itu.",
    NO_STORE:
      "Shadow Mode sudah berakhir atau belum dimulai. Tidak ada yang terkirim. Pilih toko di Kelola Klien, lalu " +
      "ulangi.",
    ACTING_OFF: "Toko ini mematikan Shadow Mode.",
    OLD_PAGE:
      "Halaman ini sudah terlalu lama terbuka. Tidak ada yang berubah. Muat ulang halamannya, lalu kirim kembali.",
    BAD_TEXT: "Teks berisi karakter yang tidak dapat disimpan. Hapus karakter itu, lalu kirim kembali.",
    BAD_INPUT: "Isian ini belum dapat kami baca. Periksa kembali, lalu kirim lagi.",
    REQUIRED: "Bagian ini wajib diisi.",
    ADDRESS: "Tulis alamat e-mail yang lengkap, atau nomor seperti 0812....",
    EMAIL: "Tulis alamat e-mail yang lengkap, misalnya nama@contoh.id.",
    TOO_LONG: "Teks terlalu panjang.",
    CHECKOUT_KEY: "Formulir tidak lengkap. Buka halaman checkout lagi.",
    DATABASE_MIXED:
      "Halaman ini tidak ditampilkan karena isinya belum pasti milik Anda. Tidak ada yang berubah. Coba lagi " +
      "sebentar lagi.",
    UNAVAILABLE: "Layanan masuk sedang tidak dapat dihubungi. Coba lagi sebentar lagi.",
    PASSWORD_SHORT: "Kata sandi paling sedikit 12 karakter.",
    PASSWORD_REFUSED:
      "Kata sandi ini tidak dapat dipakai; mungkin sama dengan yang lama. Minta tautan baru dan pilih yang lain.",
    PASSWORD_REPEAT: "Kedua kata sandi belum sama.",
    LINK_EXPIRED: "Tautan ini tidak berlaku lagi. Minta tautan baru.",
    DECISION: "Pilih keputusannya.",
    RESOLUTION: "Pilih keputusannya.",
    ERP_NUMBER: "Tulis nomor dokumen ERP: huruf, angka, titik, garis miring atau tanda hubung, 2 sampai 40.",
    TASK_ELSEWHERE: "Tugas ini diselesaikan di halamannya sendiri.",
    TASKS_OPEN: "Masih ada tugas dari insiden ini. Selesaikan dulu semuanya.",
    POST_MORTEM: "Insiden yang pernah SEV-1 baru dapat ditutup setelah ada post-mortem yang disetujui.",
    SAID_BEFORE:
      "Laporan untuk order ini sudah kami terima sebelumnya. Catatan yang sekarang belum ikut tersimpan; sampaikan " +
      "ke kantor pusat.",
    CREDIT_FIRST:
      "Belum ada yang berubah: order ini menunggu keputusan kredit. Lihat angkanya, lalu setujui atau tolak di " +
      "halaman persetujuan.",
    ORDER_HELD: "Order ini sedang ditahan, jadi belum dapat disetujui.",
    TOO_MANY: "Terlalu banyak sekaligus. Pilih lebih sedikit.",
    DAY: "Pilih tanggalnya.",
    WEEK: "Pilih minggu ini atau salah satu dari 12 minggu sebelumnya.",
    ATTENDED: "Tulis siapa yang ikut, paling sedikit 3 huruf.",
    NOTES: "Tulis apa yang dibahas, paling sedikit 5 huruf.",
    PERIOD: "Tanggal akhir tidak boleh sebelum tanggal awal atau sesudah hari ini. Paling lama 400 hari.",
    NOT_SIGNED_YET:
      "Jejak audit belum ditandatangani. Coba lagi beberapa menit lagi; bila tetap begitu, periksa kunci tanda " +
      "tangan pada worker.",
    EXPORT_TOO_LARGE: "Terlalu banyak untuk satu ekspor. Pilih periode yang lebih pendek.",
    EXPORT_OLD: "Unduhan ditutup 24 jam setelah ekspor diminta. Minta ekspor baru dengan periode yang sama.",
    NOT_A_NUMBER: "Tulis sebuah angka, misalnya 10.000 atau 1,25.",
    OUT_OF_RANGE: "Nilai ini di luar batas yang diizinkan.",
    CAP_RANGE:
      "Tulis rupiah bulat dari 1 sampai 1.000.000.000.000, misalnya 5.000.000, atau kosongkan bila tanpa batas.",
  },
  heldByLogin: (logins: string) =>
    `Belum berhasil: akun ini sedang dipakai oleh koneksi database «${logins}», yang tidak boleh kami putus. Minta ` +
    "pengelola database menutupnya, lalu coba lagi.",
};
