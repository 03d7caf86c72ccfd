import type { HoldReason } from "./order.ts";

/** What happened to an order, by the kind of its event. */
export const events = {
  WHATSAPP_OPENED: "WhatsApp dibuka",
  STORE_WHATSAPP_OPENED: "WhatsApp dibuka untuk memberi tahu toko",
  PLACED: "Order diterima",
  ROUTED: "Diteruskan ke sub-distributor",
  PROCESSING: "Order mulai diproses",
  APPROVED: "Order disetujui",
  SHIPPED: "Order dikirim",
  COMPLETED: "Order selesai",
  REJECTED: "Order ditolak",
  CANCELLED: "Order dibatalkan",
  SYNCED: "Tercatat di sistem gudang",
  SYNC_FAILED: "Belum tercatat di sistem gudang",
  RECONCILE_OPEN: "Kantor pusat sedang memeriksa ketersediaan di ERP",
  RECONCILED: "Hasil pemeriksaan kantor pusat",
  OWNER_TOLD: "Pemilik toko diberi tahu lewat e-mail",
  OWNER_TOLD_SMS: "Pemilik toko diberi tahu lewat SMS",
  OWNER_PHONED: "Pemilik toko diberi tahu lewat telepon",
  OWNER_NOT_REACHED: "E-mail ke pemilik toko belum terkirim",
  HELD: "Order ditahan sementara",
  RELEASED: "Penahanan dilepas, order dilanjutkan",
  OWNER_DISPUTED: "Pemilik toko: «Bukan saya»",
  DISPUTE_RESOLVED: "Laporan «Bukan saya» diputuskan",
};

/** An order that is held: what each reads of it. */
export const held = {
  badge: "Ditahan",
  plain: "Order ini ditahan sementara. Tim kantor pusat sedang memeriksanya; tidak ada yang dikirim sampai selesai.",
  salesman: "Order ini ditahan sementara oleh kantor pusat. Tanyakan kepada admin bila perlu.",
  short: "Sedang diperiksa kantor pusat.",
  because: "Alasan penahanan",
  since: "Sejak",
  reasons: {
    DISPUTED: "Pemilik toko menyatakan «Bukan saya»",
    SALESMAN_SUSPENDED: "Salesman yang membuatnya dibekukan",
    STORE_SUSPENDED: "Akun toko dibekukan",
  } satisfies Record<HoldReason, string>,
  toDispute: "Buka dan putuskan",
  toReport: "Buka laporannya",
  toRelease: "Penahanan karena pembekuan",
  toDecide: "Lanjutkan atau batalkan",
  /** On the order of a suspended store, whether it is held or was let go. */
  storeSuspended: "Akun toko ini sedang dibekukan.",
  storeBadge: "Toko dibekukan",
  staff: "Order ini ditahan. Order hanya dapat ditolak atau dibatalkan sampai penahanannya dilepas.",
};

export const tell = {
  title: "Beri tahu toko",
  onOrder: "Pesan untuk toko ditulis dan dikirim dari halaman order.",
  duty: "Order ini dibuat saat ERP terputus: toko diminta menunggu konfirmasi WA.",
  due: "Batas waktu",
  text: "Pesan untuk toko",
  mails: "E-mail ke pemilik toko",
  noMails: "Belum ada e-mail tentang order ini.",
  /** By what happened, or by the kind of the mail. */
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
  },
};

/** The order as a message to whoever handles it. */
export const whatsapp = {
  open: "Kirim lewat WhatsApp",
  hint: (name: string) => `Pesannya ditujukan ke ${name}. Tekan kirim di WhatsApp.`,
  hintWaits: "Pesan itu menyebutkan bahwa kreditnya masih menunggu persetujuan.",
  hintCut:
    "Order ini terlalu panjang untuk satu pesan: sebagian isinya tidak ikut. Teks di bawah ini lengkap; salin dan " +
    "kirim juga.",
  copyInstead: "Salin teksnya saja",
  copyTitle: "WhatsApp tidak terbuka?",
  copyHint: "Salin teks ini, lalu tempel di WhatsApp.",
  copyLabel: "Teks order",
};
