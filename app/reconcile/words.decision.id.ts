import { sayIn } from "#app/ui/say.ts";

const say = sayIn("id");

/** The page of one order. */
export const order = {
  title: (number: string) => `Rekonsiliasi ${number}`,
  back: "Kembali ke rekonsiliasi",
  toOrder: "Buka order",
  decide: "Keputusan",
  none: "Tidak ada keputusan yang mungkin untuk keadaan order sekarang.",
  noteLabel: "Catatan",
  noteHint:
    "Tercatat di jejak audit, tidak dibaca toko. Wajib untuk membatalkan, untuk yang diketik manual, dan bila ERP " +
    "menolak kredit atau melaporkan kesalahan.",
  documentLabel: "Nomor dokumen ERP",
  documentHint: "Hanya untuk «Diketik manual di ERP». Misalnya SO-2026-00123.",
  documentPick: "Dokumen yang benar",
  documentPickHint: "Yang lain menjadi tugas: hentikan di ERP.",
  submit: "Simpan keputusan",
  next: "Putuskan order berikutnya",
  lookNext: "Order berikutnya",
  noNext: "Tidak ada order lain yang menunggu keputusan.",
  decided: (number: string, resolution: string) => `${number}: ${resolution}.`,
  decidedTitle: "Sudah diputuskan",
  confirmedTitle: "Sesuai dengan ERP",
  confirmedText: "ERP menerima order ini sesuai dengan catatan kami. Tidak ada yang perlu diputuskan.",
  by: "Oleh",
  at: "Waktu",
  note: "Catatan",
  run: "Reconcile_Orders",
  queued: "Order ini menunggu giliran ke ERP.",
};

/** Each resolution: what it is called, and what follows from it. */
export const choices = {
  ACCEPT: {
    name: "Terima apa adanya",
    SHORT: "Order tidak berubah. ERP mengirim sisanya bila stok datang.",
    CREDIT_FAILED: "Order tetap berjalan walau ERP menolak kreditnya. Membuka kreditnya di ERP menjadi tugas.",
    DUPLICATE: "Satu dokumen menjadi milik order ini. Yang lain menjadi tugas: hentikan di ERP.",
    ERROR: (total: string, erp: string) =>
      `Dokumen ERP dipakai. Toko tetap membayar ${total} seperti yang dijanjikan; di ERP tertulis ${erp}, ` +
      "membetulkannya di sana menjadi tugas.",
  },
  CUT: {
    name: "Potong sesuai stok",
    text: (from: string, to: string) =>
      `Yang kurang dihapus dari order. Total dari ${from} menjadi ${to}; faktur dan poin ikut. Mengurangi dokumen ` +
      "ERP menjadi tugas.",
    gone: "dihapus",
  },
  PREORDER: {
    name: "Jadikan pre-order",
    text: (n: number, total: string) => say`${n} buah menunggu stok sebagai pre-order. Total tetap ${total}.`,
  },
  RETRY: {
    name: "Coba lagi",
    text:
      "Order kembali ke antrean: dicari dulu di ERP dengan nomornya, dan dibuat hanya bila belum ada. Toko tidak " +
      "diberi tahu.",
  },
  KEYED: {
    name: "Diketik manual di ERP",
    text: (number: string) =>
      `Cari dulu ${number} di ERP. Tulis nomor dokumennya di bawah; order ini tidak dikirim lagi.`,
  },
  CANCEL: {
    name: "Batalkan order",
    text: (total: string) =>
      `Order senilai ${total} berakhir, stoknya dilepas, faktur yang belum dibayar dibatalkan. Dokumen yang ada ` +
      "di ERP menjadi tugas.",
  },
  change: (name: string, from: number, to: number) => say`${name}: ${from} → ${to}`,
  wait: (name: string, n: number) => say`${name}: ${n} pre-order`,
  mail: "Toko diberi tahu lewat e-mail.",
};

/** Why a decision was not taken. */
export const refused = {
  pick: "Pilih dokumen yang benar. Yang lain menjadi tugas untuk dihentikan di ERP.",
  stale:
    "Order ini baru saja dibandingkan lagi atau diputuskan orang lain. Belum ada yang disimpan. Periksa " +
    "keadaannya di bawah, lalu putuskan kembali.",
  onWay:
    "Order ini sudah mulai dikirim ke ERP dan mungkin sudah ada di sana. Tunggu sampai dicari begitu ERP " +
    "tersambung lagi; jangan diketik dua kali.",
  number: (number: string) => `Nomor ini sudah milik ${number}. Periksa nomor dokumennya.`,
  paid: (paid: string, total: string) =>
    `Toko sudah membayar ${paid}, tidak kurang dari total baru ${total}. Pilih pre-order, atau selesaikan ` +
    "pembayarannya dulu.",
};

/** Several orders decided together. */
export const bulk = {
  with: "Yang dipilih",
  title: { PREORDER: "Jadikan pre-order", CUT: "Potong sesuai stok" },
  ask: { PREORDER: "Periksa: jadikan pre-order", CUT: "Periksa: potong" },
  look: "Periksa dulu. Belum ada yang berubah.",
  none: "Tidak ada order kurang stok yang dipilih.",
  noneText: "Kembali dan centang order yang ingin Anda putuskan bersama.",
  order: "Order",
  before: "Total sekarang",
  after: "Total sesudahnya",
  what: "Yang berubah",
  impossible: "Tidak mungkin, dilewati",
  sum: (n: number, before: string, after: string) => say`${n} order, ${before} menjadi ${after}.`,
  submit: { PREORDER: (n: number) => say`Jadikan pre-order: ${n} order`, CUT: (n: number) => say`Potong: ${n} order` },
  done: (n: number) => say`${n} order diputuskan.`,
  leftOut: "Tidak ikut diputuskan",
  gone: "sudah diputuskan, atau stoknya tidak lagi kurang",
  some: (n: number, left: number) =>
    say`${n} order diputuskan, ${left} tidak karena berubah sementara itu. Periksa di bawah.`,
};
