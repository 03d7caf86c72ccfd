/**
 * How the office tells a store about its order: the letters that went by themselves, and the message that a person
 * sends.
 */
export const told = {
  title: "Beri tahu toko",
  duty: "Order ini dibuat saat ERP terputus: toko diminta menunggu konfirmasi WA.",
  due: "Batas waktu",
  text: "Pesan untuk toko",
  letters: "E-mail ke pemilik toko",
  noLetters: "Belum ada e-mail tentang order ini.",
  /** By what happened, or by the kind of the letter. */
  what: {
    ORDER_RECEIVED: "Order diterima",
    APPROVED: "Order disetujui",
    REJECTED: "Order ditolak",
    SHIPPED: "Order dikirim",
    CANCELLED: "Order dibatalkan",
    HELD: "Order ditahan",
    RELEASED: "Penahanan dilepas",
    CUT: "Total berubah",
    ORDER_RECONCILED: "Hasil pemeriksaan di ERP",
    DISPUTE_RECEIVED: "Laporan «Bukan saya» diterima",
    DISPUTE_RESOLVED: "Laporan «Bukan saya» diputuskan",
  } as Record<string, string>,
};
