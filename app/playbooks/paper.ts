/**
 * What salesmen are told when everything is down. In Bahasa, which its readers speak, whoever sends it. `whatsapp`: the
 * head office's number, 62…
 */
export const paper = (whatsapp: string) =>
  [
    "Sistem pemesanan Alfa Beauty mati total. Mulai sekarang kembali ke cara lama:",
    "1. Tulis Nota Manual: nama toko, produk dan jumlahnya, tanggal, nama Anda.",
    "2. Foto notanya sampai terbaca semua.",
    `3. Kirim fotonya ke Admin Pusat lewat WhatsApp: https://wa.me/${whatsapp}`,
    "4. Simpan kertasnya.",
    "Pakai Katalog PDF Offline dan Daftar Harga Excel di tablet Anda.",
  ].join("\n");
