import { sayIn } from "#app/ui/say.ts";

const say = sayIn("id");

/** «Not me»: what a store's owner says about an order in his name, and the report as the staff read it. */
export const disputes = {
  title: "Bukan order Anda?",
  lead: (salesman: string) =>
    `Salesman ${salesman} membuat order ini atas nama toko Anda. Bila Anda tidak memintanya, beri tahu kami.`,
  open: "Bukan saya",
  confirmTitle: (number: string) => `${number} bukan order Anda?`,
  whatHappens: "Yang terjadi setelah Anda menekan tombol",
  steps: [
    "Order ini langsung kami tahan dan tidak dikirim.",
    "Admin kantor pusat menerima laporan dan menghubungi Anda.",
    "Hasil pemeriksaan kami kirim lewat e-mail.",
  ],
  stepsShipped: [
    "Order ini sudah dikirim, jadi tidak dapat kami hentikan lagi.",
    "Admin kantor pusat menerima laporan dan menelepon Anda soal pengembalian.",
    "Hasil pemeriksaan kami kirim lewat e-mail.",
  ],
  stepsEnded: [
    "Order ini sudah berakhir dan tidak dikirim.",
    "Admin kantor pusat tetap menerima laporan dan memeriksa siapa yang membuatnya.",
    "Hasil pemeriksaan kami kirim lewat e-mail.",
  ],
  note: "Ada yang ingin Anda sampaikan?",
  noteHint: "Boleh dikosongkan. Dibaca oleh admin kantor pusat.",
  submit: "Ya, ini bukan saya",
  keep: "Tidak, order ini benar",
  keepLink: "Order ini memang Anda minta? Tutup saja halaman ini. Tidak ada yang berubah.",
  facts: {
    store: "Toko",
    number: "Nomor order",
    salesman: "Dibuat oleh salesman",
    total: "Total",
    at: "Waktu",
    lines: "Isi",
  },
  lines: (count: number) => say`${count} produk`,
  thanks: "Terima kasih. Laporan Anda sudah kami terima.",
  received: "Laporan diterima",
  nextTitle: "Selanjutnya",
  next: {
    held: [
      "Order ini berhenti di tempatnya. Tidak ada yang dikirim dan tidak ada yang ditagih selama ditahan.",
      "Admin kantor pusat menghubungi Anda paling lambat satu hari kerja.",
      "Anda tidak perlu melakukan apa pun lagi.",
    ],
    shipped: [
      "Order ini sudah dikirim sebelum laporan Anda masuk, jadi tidak dapat kami hentikan.",
      "Admin kantor pusat menelepon Anda soal pengembalian. Jangan menerima barang yang tidak Anda pesan.",
      "Anda tidak perlu melakukan apa pun lagi.",
    ],
    ended: [
      "Order ini sudah berakhir sebelum laporan Anda masuk. Tidak ada yang dikirim.",
      "Admin kantor pusat tetap memeriksa siapa yang membuatnya. Hasilnya kami kirim lewat e-mail.",
      "Anda tidak perlu melakukan apa pun lagi.",
    ],
  },
  outcomes: {
    OWNER_AGREES: "Sudah diperiksa: order ini ternyata sesuai.",
    MISTAKE: "Sudah diperiksa: order ini dibuat karena kekeliruan.",
    ABUSE: "Sudah diperiksa: order ini dibuat tanpa izin Anda.",
  },
  phone: "Ingin bicara langsung? Hubungi kantor pusat.",
  whatsapp: "WhatsApp kantor pusat",
  signIn: "Masuk",
  forgedTitle: "Tautan ini tidak kami kenali",
  forgedText:
    "Mungkin terpotong saat disalin. Buka lagi tautan dari e-mail, atau masuk dan tekan «Bukan saya» di halaman " +
    "order.",
  expiredTitle: "Tautan ini sudah lewat 30 hari",
  expiredText:
    "Laporan Anda tetap kami terima: masuk lalu tekan «Bukan saya» di halaman order, atau hubungi kantor pusat.",
  limitedTitle: "Terlalu banyak tautan yang salah",
  limitedText: (minutes: number, at: string) =>
    say`Coba lagi ${minutes} menit lagi (${at}), atau langsung hubungi kantor pusat.`,
  done: (number: string) => `Terima kasih. Laporan Anda tentang ${number} sudah kami terima.`,
  card: {
    held: "Anda menyatakan order ini bukan dari Anda. Order kami tahan; admin akan menghubungi Anda.",
    notHeld:
      "Anda menyatakan order ini bukan dari Anda. Order tidak dapat dihentikan lagi; admin akan menghubungi Anda.",
  },
  reports: {
    title: "«Bukan saya»",
    lead: "Pemilik toko menyatakan order ini bukan dari mereka. Telepon pemiliknya, lalu putuskan.",
    filter: "Keadaan",
    open: "Belum diputuskan",
    resolved: "Sudah diputuskan",
    all: "Semua",
    emptyTitle: "Tidak ada laporan",
    emptyText: "Laporan muncul di sini begitu seorang pemilik toko menekan «Bukan saya».",
    order: "Order",
    store: "Toko",
    salesman: "Salesman",
    at: "Dilaporkan",
    state: "Keadaan",
    incident: "Insiden",
    total: "Total",
    stateOpen: { held: "Ditahan, belum diputuskan", notHeld: "Tidak ditahan, belum diputuskan" },
    outcomes: { OWNER_AGREES: "Ternyata sesuai", MISTAKE: "Kekeliruan", ABUSE: "Penyalahgunaan" },
    back: "Kembali ke daftar laporan",
    detail: (number: string) => `«Bukan saya»: ${number}`,
    via: "Lewat",
    vias: { LINK: "Tautan di e-mail, tanpa masuk", ORDER_PAGE: "Halaman order, dengan akun pemilik" },
    ownerNote: "Pesan pemilik toko",
    noNote: "Tidak menulis pesan",
    others: "Laporan lain tentang salesman ini, 30 hari",
    wasHeld: "Ditahan saat dilaporkan",
    yes: "Ya",
    no: "Tidak, sudah dikirim atau berakhir",
    toOrder: "Buka order",
    call: "Hubungi pemilik toko",
    decide: "Keputusan",
    readOnly: "Akun auditor tidak dapat memutuskan.",
    note: "Catatan",
    noteHint: "Paling sedikit 5 huruf. Dibaca juga oleh pemilik toko lewat e-mail, jadi tulis dengan santun.",
    choices: {
      OWNER_AGREES: [
        "Ternyata sesuai, lanjutkan order",
        "Penahanan karena laporan ini dilepas. Order berjalan lagi, kecuali masih ditahan karena hal lain.",
      ],
      MISTAKE: ["Kekeliruan, batalkan order", "Order dibatalkan; stok dan faktur mengikuti. Tidak dapat dibuka lagi."],
      ABUSE: [
        "Penyalahgunaan, batalkan order",
        "Order dibatalkan; stok dan faktur mengikuti. Tandanya tetap dihitung pada skor salesman.",
      ],
    },
    choicesLeft: {
      OWNER_AGREES: ["Ternyata sesuai", "Order tetap seperti sekarang."],
      MISTAKE: [
        "Kekeliruan",
        "Order sudah dikirim atau berakhir, jadi statusnya tetap. Atur pengembalian dengan pemilik toko.",
      ],
      ABUSE: [
        "Penyalahgunaan",
        "Order sudah dikirim atau berakhir, jadi statusnya tetap. Tandanya tetap dihitung pada skor salesman.",
      ],
    },
    decided: (number: string, outcome: string) => `${number}: ${outcome}. Pemilik toko diberi tahu.`,
    decidedTitle: "Sudah diputuskan",
    outcome: "Keputusan",
    by: "Oleh",
    when: "Waktu",
    alreadyDecided:
      "Laporan ini sudah diputuskan sebelumnya. Keputusan Anda tidak tersimpan; yang berlaku ada di bawah.",
  },
  trail: {
    ORDER_DISPUTED: "Pemilik menyatakan «Bukan saya»",
    DISPUTE_RESOLVED: "«Bukan saya» diselesaikan",
  },
  codes: {
    SAID_BEFORE:
      "Laporan untuk order ini sudah kami terima sebelumnya. Catatan yang sekarang belum ikut tersimpan; sampaikan " +
      "ke kantor pusat.",
  },
};
