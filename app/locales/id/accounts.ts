/** Accounts at the office: who may come in, who is shut out, and what somebody is told who was. */
export const accounts = {
  title: "Akun",
  lead: "Semua yang dapat masuk: toko, salesman, admin, dan auditor.",
  search: "Cari nama atau kode",
  resultsFor: (words: string) => `Hasil untuk «${words}»`,
  allRoles: "Semua peran",
  allStatuses: "Semua status",
  name: "Nama",
  code: "Kode",
  role: "Peran",
  status: "Status",
  since: "Dibuat",
  emptyTitle: "Tidak ada akun yang cocok",
  emptyText: "Hapus saringan untuk melihat semua akun.",
  back: "Kembali ke daftar akun",
  backToAccount: "Kembali ke akun",
  facts: "Akun ini",
  case: "Buka berkas kasus",
  logins: "Login yang terbuka",
  noLogins: "Tidak ada login yang terbuka.",
  loginSince: "Masuk",
  loginSeen: "Terakhir diperpanjang",
  loginHint: "Selama dipakai, login diperpanjang setiap 15 menit.",
  acting: "Shadow Mode sekarang",
  notActing: "Tidak sedang mewakili toko.",
  actingFor: "Toko",
  actingReason: "Alasan",
  actingUntil: "Paling lama sampai",
  history: "Riwayat pembekuan",
  noHistory: "Akun ini belum pernah dibekukan.",
  suspendedBy: (by: string) => (by === "SYSTEM" ? "Dibekukan otomatis oleh sistem" : `Dibekukan oleh ${by}`),
  askedBy: (by: string) => `Pencabutan diminta oleh ${by}`,
  liftedBy: (by: string) => `Dicabut oleh ${by}`,
  held: "Order yang ditahan",
  heldHint: "Ditahan karena salesmannya dibekukan. Telepon pemilik toko, lalu lepas satu per satu.",
  heldStoreHint: "Ditahan saat akun toko ini dibekukan. Putuskan satu per satu: lanjutkan atau batalkan.",
  noHeld: "Tidak ada order yang ditahan.",
  heldDisputed: "Juga disangkal pemilik toko",
  order: "Order",
  store: "Toko",
  total: "Total",
  placedAt: "Dibuat",
  act: "Tindakan",
  acts: "Tindakan",
  self: "Ini akun Anda sendiri. Tindakan terhadapnya dilakukan admin lain.",
  notNow: "Langkah ini tidak dapat dilakukan dalam keadaan akun sekarang.",
  readOnly: "Akun auditor: hanya membaca.",
  waiting: (by: string) => `Pencabutan sudah diminta oleh ${by}. Admin lain yang mencabutnya.`,
  waitingYou: "Anda sudah meminta pencabutan. Admin lain yang mencabutnya.",
  askedReason: "Alasan permintaan",
  reason: "Alasan",
  reasonHint: "Paling sedikit 5 huruf. Tercatat di jejak audit.",
  noteLabel: "Hasil pengecekan",
  noteHint: "Misalnya: pemilik membenarkan lewat telepon. Disimpan bersama order.",
  logout: {
    action: "Keluarkan paksa",
    title: (name: string) => `Keluarkan paksa ${name}?`,
    effects: [
      "Semua login akun ini berakhir saat itu juga, di semua perangkat.",
      "Shadow Mode yang sedang berjalan diakhiri. Isian yang belum terkirim tidak tersimpan.",
      "Akun tetap aktif: ia dapat masuk lagi dengan kata sandinya. Bila kata sandinya bocor, bekukan akunnya.",
    ],
    done: (name: string, logins: number) =>
      logins > 0 ? `${name} dikeluarkan dari ${logins} login.` : `${name} memang tidak sedang masuk.`,
  },
  suspension: {
    action: "Bekukan akun",
    title: (name: string) => `Bekukan akun ${name}?`,
    effects: [
      "Semua login berakhir saat itu juga. Tidak ada yang dapat dilakukan dengan akun ini, juga masuk lagi.",
      "Shadow Mode yang sedang berjalan diakhiri.",
    ],
    holds: (orders: string, total: string) =>
      `${orders} order atas nama toko dari 24 jam terakhir ditahan, senilai ${total}.`,
    holdsNone: "Tidak ada order atas nama toko yang perlu ditahan.",
    holdsStore: (orders: string, total: string) =>
      `${orders} order terbuka toko ini ditahan, senilai ${total}, sampai admin memutuskan satu per satu. Pemilik ` +
      "toko menerima e-mail.",
    holdsStoreNone: "Toko ini tidak punya order terbuka yang perlu ditahan.",
    undo: "Pembekuan hanya dapat dicabut dua admin: satu meminta, satu lagi mencabut.",
    done: (name: string) => `Akun ${name} dibekukan.`,
    already: (by: string) => `Akun ini sudah dibekukan oleh ${by}. Alasan Anda tidak tersimpan.`,
  },
  request: {
    action: "Minta pencabutan",
    title: (name: string) => `Minta pencabutan pembekuan ${name}?`,
    effects: ["Akun tetap dibekukan sampai admin lain mencabutnya.", "Semua admin diberi tahu lewat e-mail."],
    done: (name: string) => `Pencabutan untuk ${name} diminta.`,
  },
  lift: {
    action: "Cabut pembekuan",
    title: (name: string) => `Cabut pembekuan ${name}?`,
    effects: [
      "Akun ini dapat masuk lagi dengan kata sandinya.",
      "Order yang ditahan tetap ditahan sampai dilepas satu per satu: bahwa ia boleh bekerja lagi belum berarti " +
        "toko menghendaki order itu.",
    ],
    store: "Order yang ditahan tetap ditahan sampai diputuskan satu per satu.",
    done: (name: string) => `Pembekuan ${name} dicabut.`,
  },
  /** An order of a suspended store: it goes on or ends, as a person decides. */
  storeHold: {
    decide: "Putuskan",
    title: (number: string) => `Lanjutkan atau batalkan ${number}?`,
    effects: [
      "Order ini ditahan saat akun tokonya dibekukan. Selama ditahan tidak berlanjut, dan bila belum ada di ERP " +
        "tidak dikirim ke sana.",
      "Lanjutkan: order berjalan seperti biasa, juga bila tokonya masih dibekukan. Bila belum ada di ERP, order " +
        "dikirim ke sana.",
      "Batalkan: order berakhir dan tidak dapat dibuka lagi. Stoknya dilepas dan faktur yang belum dibayar dibatalkan.",
      "Pemilik toko menerima keputusannya lewat e-mail, tanpa alasan yang Anda tulis.",
    ],
    action: "Lanjutkan order",
    cancel: "Batalkan order",
    note: "Alasan",
    noteHint: "Paling sedikit 5 huruf. Disimpan bersama order, dibaca kantor.",
    cancelled: (number: string) => `${number} dibatalkan.`,
  },
  release: {
    action: "Lepas order",
    title: (number: string) => `Lepas ${number}?`,
    effects: [
      "Order berjalan lagi seperti biasa. Bila belum ada di ERP, order dikirim ke sana.",
      "Pastikan dulu kepada pemilik toko bahwa ia menghendakinya.",
    ],
    disputed: "Pemilik toko juga menyangkal order ini: order baru berjalan lagi setelah sangkalan itu diputuskan.",
    done: (number: string) => `${number} dilepas.`,
    stillHeld: (number: string) => `${number} dilepas, tetapi masih ditahan karena disangkal pemilik toko.`,
  },
  ended: {
    FORCED: {
      title: "Anda dikeluarkan oleh kantor pusat",
      text:
        "Kantor pusat mengakhiri semua login akun Anda demi keamanan. Akun Anda tetap aktif: silakan masuk lagi. " +
        "Bila Anda tidak tahu sebabnya, hubungi kantor pusat.",
      form: "Isian tadi belum terkirim, tetapi tersimpan di halaman ini dan ditawarkan lagi setelah Anda masuk.",
    },
    SUSPENDED: {
      title: "Akun Anda sedang dibekukan",
      text:
        "Kantor pusat membekukan akun Anda untuk sementara, jadi Anda tidak dapat masuk. Hubungi kantor pusat untuk " +
        "penjelasan dan langkah berikutnya.",
      form: "Isian tadi tidak terkirim.",
    },
    phone: "Hubungi kantor pusat lewat WhatsApp",
  },
};
