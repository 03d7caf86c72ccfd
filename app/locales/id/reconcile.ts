/** Meja rekonsiliasi: yang kita asumsikan, yang dikatakan ERP, dan keputusan orang. */
export const reconcile = {
  nav: "Rekonsiliasi",
  title: "Rekonsiliasi ERP",
  lead:
    "Setelah ERP tersambung lagi, setiap order yang menunggu dicari di ERP, dibuat bila belum ada, lalu " +
    "dibandingkan. Yang berbeda diputuskan di sini.",
  readOnly: "Akun auditor tidak memutuskan order.",
  figure: "Rekonsiliasi",
  figureNote: "Menunggu keputusan",
  erp: {
    line: "ERP",
    states: { CLOSED: "ERP terhubung", OPEN: "ERP terputus", HALF_OPEN: "ERP sedang dicoba" },
    since: "sejak",
    waiting: (n: string) => (n === "0" ? "Tidak ada order yang menunggu ERP." : `${n} order menunggu ERP.`),
    away: "Order yang menunggu dikirim dengan sendirinya begitu ERP tersambung lagi.",
    pace: (n: string) => `Paling banyak ${n} order per detik.`,
  },
  start: "Jalankan Reconcile_Orders",
  startHint:
    "Berjalan sendiri setiap kali ERP tersambung lagi. Jalankan di sini bila Anda tidak mau menunggu, atau untuk " +
    "mencoba lagi yang gagal sementara.",
  started: (ref: string) => `${ref} dimulai. Halaman ini menampilkan kemajuannya.`,
  run: {
    title: (ref: string) => `${ref} sedang berjalan`,
    progress: (done: string, total: string) => `${done} dari ${total} order selesai`,
    left: (n: string) => `${n} order belum selesai`,
    waits: "Menunggu ERP: dilanjutkan dengan sendirinya begitu ERP tersambung lagi.",
    soFar: "Hasil sejauh ini",
    none: "Belum ada hasil.",
    refreshes: "Halaman ini memperbarui diri setiap 5 detik.",
    still: "Hentikan pembaruan",
    again: "Perbarui sendiri setiap 5 detik",
    by: { BREAKER: "ERP tersambung lagi", COMMAND: "Perintah npm run reconcile-orders", DESK: "Admin" },
  },
  runs: {
    title: "Reconcile_Orders sebelumnya",
    ref: "Nomor",
    by: "Dimulai oleh",
    startedAt: "Mulai",
    finishedAt: "Selesai",
    total: "Order",
    results: "Hasil sampai sekarang",
    none: "Belum pernah dijalankan.",
  },
  filter: "Hasil",
  states: {
    open: "Semua yang menunggu keputusan",
    SHORT: "Kurang stok",
    CREDIT_FAILED: "Kredit ditolak ERP",
    DUPLICATE: "Dokumen ganda",
    ERROR: "Kesalahan",
    decided: "Sudah diputuskan",
    CONFIRMED: "Sesuai",
    waiting: "Menunggu ERP",
  },
  results: {
    CONFIRMED: "Sesuai",
    SHORT: "Kurang stok",
    CREDIT_FAILED: "Kredit ditolak ERP",
    DUPLICATE: "Dokumen ganda",
    ERROR: "Kesalahan",
  },
  resolutions: {
    ACCEPT: "Diterima",
    CUT: "Dipotong",
    PREORDER: "Pre-order",
    CANCEL: "Dibatalkan",
    RETRY: "Dicoba lagi",
    KEYED: "Diketik manual di ERP",
  },
  empty: {
    open: ["Tidak ada yang menunggu keputusan", "Semua order sesuai dengan ERP atau sudah diputuskan."],
    decided: ["Belum ada keputusan", "Keputusan Anda muncul di sini, lengkap dengan pesan WhatsApp untuk toko."],
    CONFIRMED: [
      "Belum ada hasil yang sesuai",
      "Order yang sesuai dengan ERP muncul di sini setelah Reconcile_Orders berjalan.",
    ],
    waiting: ["Tidak ada order yang menunggu ERP", "Semua order sudah sampai di ERP."],
  },
  assumed: "Yang kita asumsikan",
  says: "Kata ERP",
  differs: "Selisih",
  total: "Total",
  credit: "Kredit",
  reason: "Alasan",
  room: "Sisa kredit waktu itu",
  creditAge: "Data kredit per",
  stockAge: "Data stok per",
  snapshot: (id: number) => `data no. ${id}`,
  noData: "Belum ada",
  degraded: "Dibuat saat ERP terputus: toko menunggu konfirmasi.",
  documents: "Dokumen",
  noDocument: "Tidak ada dokumen",
  creditOk: "Diterima ERP",
  creditBad: "Ditolak ERP",
  words: "Kata-kata ERP",
  missing: (n: number) => `kurang\u00a0${n}`,
  priceDiffers: (amount: string) => `harga ${amount} per buah`,
  quantityDiffers: (n: number) => `jumlah di ERP ${n > 0 ? "+" : ""}${n}`,
  totalDiffers: "Total",
  partnerDiffers: (code: string) => `Dokumen atas nama ${code}`,
  severalDocuments: (n: number) => `${n} dokumen untuk satu order`,
  moreLines: (n: number) => `dan ${n} baris lain`,
  same: "Tidak ada selisih",
  notCompared: "ERP tidak punya order ini, jadi tidak ada yang dibandingkan.",
  checkedAt: "Dibandingkan",
  placedAt: "Dibuat",
  open: "Lihat dan putuskan",
  look: "Lihat",
  pick: (number: string) => `Pilih ${number}`,
  lines: {
    title: "Baris demi baris",
    article: "Produk",
    asked: "Dipesan",
    left: "Stok waktu itu",
    confirmed: "Siap di ERP",
    missing: "Kurang",
    price: "Harga kita",
    erpPrice: "Harga ERP",
    preorder: (n: number) => `${n} pre-order`,
    notThere: "Tidak ada",
    unknown: "Tidak diketahui",
  },
  order: {
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
    noNext: "Tidak ada order lain yang menunggu keputusan.",
    decided: (number: string, resolution: string) => `${number}: ${resolution}.`,
    decidedTitle: "Sudah diputuskan",
    confirmedTitle: "Sesuai dengan ERP",
    confirmedText: "ERP menerima order ini seperti yang kita asumsikan. Tidak ada yang perlu diputuskan.",
    by: "Oleh",
    at: "Waktu",
    note: "Catatan",
    run: "Reconcile_Orders",
    queued: "Order ini menunggu giliran ke ERP.",
  },
  /** Each resolution: what it is called, and what follows from it. */
  choices: {
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
      text: (n: number, total: string) => `${n} buah menunggu stok sebagai pre-order. Total tetap ${total}.`,
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
    change: (name: string, from: number, to: number) => `${name}: ${from} → ${to}`,
    wait: (name: string, n: number) => `${name}: ${n} pre-order`,
    letter: "Toko diberi tahu lewat e-mail.",
  },
  refused: {
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
  },
  waiting: {
    title: "Menunggu ERP",
    text:
      "ERP belum punya order ini. Order dikirim dengan sendirinya begitu ERP tersambung lagi. Bila tidak dapat " +
      "menunggu, ketik manual di ERP:",
    steps: [
      "Ambil order ini dari antrean, supaya tidak terkirim juga.",
      "Cari nomornya di ERP; ketik hanya bila belum ada.",
      "Tulis nomor dokumen ERP di bawah.",
    ],
    take: "Ambil untuk diketik",
    takeHint: "Berlaku 30 menit, lalu order kembali ke antrean dengan sendirinya.",
    taken: (number: string) => `${number} diambil dari antrean selama 30 menit.`,
    takenBy: (code: string) => `Diambil ${code} untuk diketik sampai`,
    giveBack: "Kembalikan ke antrean",
    givenBack: (number: string) => `${number} kembali ke antrean.`,
    posted: "Sudah mulai dikirim, mungkin sudah ada di ERP. Tunggu sampai dicari.",
    held: "Ditahan: tidak dikirim sampai penahanannya dilepas.",
    attempts: "Percobaan",
    state: "Keadaan",
    queue: "Di antrean",
    key: "Ketik manual",
  },
  bulk: {
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
    sum: (n: number, before: string, after: string) => `${n} order, ${before} menjadi ${after}.`,
    submit: { PREORDER: (n: number) => `Jadikan pre-order: ${n} order`, CUT: (n: number) => `Potong: ${n} order` },
    done: (n: number) => `${n} order diputuskan.`,
    some: (n: number, left: number) =>
      `${n} order diputuskan. ${left} order berubah sementara itu dan masih menunggu keputusan.`,
  },
  tell: {
    title: "Beri tahu toko",
    text:
      "Hasilnya sudah dikirim lewat e-mail. Kirim juga lewat WhatsApp bila toko memesan saat ERP terputus: toko itu " +
      "menunggunya.",
    open: "Buka WhatsApp",
    openFor: (store: string) => `Buka WhatsApp untuk ${store}`,
    copyTitle: "WhatsApp tidak terbuka?",
    copyHint: "Salin teks ini, lalu tempel di WhatsApp.",
    copyLabel: "Hasil untuk toko",
    noNumber: "Nomor WhatsApp pemilik toko tidak diketahui.",
  },
  desk: {
    open: "Hasil rekonsiliasi menunggu keputusan",
    openText: "ERP berkata lain tentang order ini. Order baru dapat dikirim setelah diputuskan.",
    go: "Lihat dan putuskan",
    waiting: "Ketik manual di ERP",
    before:
      "Order ini belum dapat dikirim: hasil rekonsiliasinya belum diputuskan. Putuskan dulu di halaman " +
      "rekonsiliasinya.",
  },
  /** Kepada toko, di halaman ordernya. */
  partner: {
    waits: "Kantor pusat sedang memeriksa ketersediaan di ERP. Hasilnya kami kirim lewat e-mail ke pemilik toko.",
    ACCEPT: "Sudah diperiksa: order Anda diteruskan seperti yang Anda pesan.",
    CUT: "Sudah diperiksa: stok tidak cukup untuk semuanya. Yang kurang dihapus dari order.",
    PREORDER: "Sudah diperiksa: sebagian menunggu stok dan dikirim kemudian.",
    CANCEL: "Sudah diperiksa: order ini dibatalkan. Hubungi kantor pusat bila ada pertanyaan.",
    RETRY: "Kantor pusat mengirim ulang order ini ke sistem gudang.",
    KEYED: "Sudah diperiksa: order Anda dicatat langsung oleh kantor pusat dan diteruskan.",
    cutLine: (name: string, from: number, to: number) =>
      to === 0 ? `${name}: tidak dikirim (dipesan ${from})` : `${name}: ${to} dari ${from}`,
    preorderLine: (name: string, n: number) => `${name}: ${n} menunggu stok`,
    newTotal: (total: string) => `Total baru ${total}.`,
  },
};
