/** Pages that say what went wrong, what was kept, what to do. */
export const errors = {
  pages: {
    400: [
      "Permintaan tidak dapat dibaca",
      "Ada bagian yang tidak lengkap atau tidak dikenali. Kembali ke halaman sebelumnya dan kirim lagi.",
    ],
    403: [
      "Halaman ini bukan untuk akun Anda",
      "Masuk dengan akun yang sesuai, atau hubungi Admin bila Anda memerlukannya.",
    ],
    404: ["Halaman tidak ditemukan", "Alamatnya mungkin salah ketik, atau isinya sudah tidak ada."],
    405: ["Alamat ini tidak dibuka dengan cara itu", "Gunakan tombol atau tautan yang ada di halaman."],
    409: [
      "Sudah berubah di tempat lain",
      "Data ini diperbarui sejak halaman Anda dibuka. Tidak ada yang dikirim dua kali. Buka lagi halamannya, lalu " +
        "ulangi bila masih perlu.",
    ],
    413: ["Isian terlalu besar", "Yang Anda kirim melebihi batas. Persingkat, lalu kirim kembali."],
    429: ["Mohon tunggu sebentar", "Terlalu banyak permintaan dalam waktu singkat. Coba lagi beberapa menit lagi."],
    expired: ["Sesi Anda sudah berakhir", "Demi keamanan, Anda perlu masuk lagi. Keranjang Anda tetap tersimpan."],
    500: [
      "Ada gangguan di pihak kami",
      "Kesalahan ini sudah tercatat. Order yang sudah dikonfirmasi aman. Coba lagi sebentar lagi.",
    ],
    503: [
      "Sistem sedang tidak dapat dihubungi",
      "Kami sedang memulihkannya. Order yang sudah dikonfirmasi aman. Coba lagi beberapa menit lagi.",
    ],
  } satisfies Record<string, [string, string]>,
  reference: (reference: string) => `Nomor rujukan: ${reference}`,
  referenceHint: "Sebutkan nomor ini bila Anda menghubungi Admin.",
  toHome: "Ke beranda",
  toCatalogue: "Ke katalog",
  toLogin: "Masuk",
};
