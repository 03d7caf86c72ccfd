import type { ActingEnd, ActingReason } from "./acting.ts";
import type { ClientSort } from "./client.ts";
import { sayIn } from "#app/ui/say.ts";

const say = sayIn("id");

/** Shadow Mode: a salesman's stores, acting for one of them, and what its owner allows. */
export const shadow = {
  clients: {
    title: "Kelola Klien",
    lead: "Toko yang ditugaskan kepada Anda.",
    search: "Cari nama, kode, kota, atau telepon toko",
    store: "Toko",
    tier: "Tingkat",
    lastActing: "Terakhir diwakili",
    room: "Sisa kredit",
    roomOver: "Melebihi batas kredit",
    lastOrder: "Order terakhir",
    phone: "Telepon",
    phoneHidden: "Tidak ditampilkan selama toko dibekukan",
    sort: "Urutkan",
    by: {
      RECENT: "Kegiatan terbaru",
      CITY: "Kota",
      ROOM: "Sisa kredit terbesar",
      QUIET: "Paling lama tanpa order",
    } satisfies Record<ClientSort, string>,
    why: (store: string) => `Alasan mewakili ${store}`,
    choose: "Pilih alasan",
    switch: "Ganti ke toko ini",
    now: "Sedang Anda wakili",
    never: "Belum pernah",
    begin: "Wakili toko",
    action: "Tindakan",
    emptyTitle: "Belum ada toko",
    emptyText: "Toko yang ditugaskan kepada Anda akan tampil di sini. Hubungi Admin untuk penugasan.",
    notFoundTitle: "Tidak ada toko yang cocok",
    notFoundText: "Periksa ejaannya, atau cari dengan kode, kota, atau telepon toko.",
    off: "Pemilik toko mematikan Shadow Mode. Hanya ia yang dapat menyalakannya lagi, di halaman Akses Salesman.",
    suspended: "Akun toko ini dibekukan kantor pusat, jadi tidak dapat diwakili.",
  },
  acting: {
    title: (store: string) => `Bertindak sebagai ${store}`,
    explain: [
      "Anda melihat harga toko ini dan dapat membuat order atas namanya.",
      "Paling lama 60 menit. Anda dapat mengakhirinya kapan saja.",
      "Semua tindakan dicatat atas nama Anda. Pemilik toko menerima e-mail untuk setiap order.",
    ],
    reason: "Alasan",
    reasonHint: "Pilih satu, atau tulis sendiri di bawah. Pemilik toko dapat membacanya.",
    reasons: {
      VISIT: "Kunjungan rutin",
      PHONE: "Pesanan lewat telepon",
      WHATSAPP: "Pesanan lewat WhatsApp",
      HELP: "Pemilik minta bantuan",
    } satisfies Record<ActingReason, string>,
    note: "Catatan (tidak wajib)",
    submit: "Mulai Shadow Mode",
    begun: (store: string) => `Anda sekarang bertindak sebagai ${store}.`,
    /** Of a page that needs a store. */
    pickFirst:
      "Di perangkat ini Anda tidak sedang mewakili toko. Pilih toko dulu; keranjang tiap toko tetap tersimpan.",
    endedPlain: "Shadow Mode diakhiri.",
    otherTitle: (store: string) => `Anda masih mewakili ${store}`,
    otherText: "Satu toko dalam satu waktu: yang itu diakhiri sebelum yang ini dimulai.",
    elsewhereTitle: (store: string) => `Anda masih mewakili ${store} di perangkat lain`,
    elsewhereText: (since: string, until: string) =>
      `Sejak ${since}, paling lama sampai ${until}. Keranjang toko itu tetap tersimpan.`,
    endThere: "Akhiri di sana",
    endAndBegin: (store: string) => `Akhiri ${store} dan mulai di sini`,
  },
  allowance: {
    title: "Order oleh salesman bulan ini",
    used: "Terpakai",
    left: "Sisa",
    cap: "Batas per bulan",
    none: "Tanpa batas",
    leftOf: (left: string, cap: string) => `Batas order salesman: sisa ${left} dari ${cap} bulan ini`,
    forSalesman: "Toko ini membatasi order yang dibuat salesman. Order di atas sisanya tidak dapat dikirim.",
    tooMuch: (left: string) =>
      `Keranjang ini melebihi sisa ${left} yang diizinkan pemilik toko bulan ini. Kurangi isinya, atau minta ` +
      "pemilik menaikkan batas.",
    usedUp: "Batas order salesman toko ini sudah habis untuk bulan ini. Minta pemilik toko menaikkan batas.",
    off: "Shadow Mode dimatikan",
    change: "Atur akses",
    reached: (cap: string, used: string, left: string, total: string) =>
      `Toko ini membatasi order oleh salesman ${cap} per bulan. Sudah terpakai ${used}, tersisa ${left}; order ini ` +
      `${total}. Keranjang tetap tersimpan. Kurangi isinya, atau minta pemilik toko menaikkan batas.`,
    reachedEmpty: (cap: string) =>
      `Toko ini membatasi order oleh salesman ${cap} per bulan, dan untuk bulan ini sudah habis terpakai. Keranjang ` +
      "tetap tersimpan. Minta pemilik toko menaikkan batas.",
    /** Beside the button that stands where the order would be sent. */
    cannotSend: "Belum dapat dikirim: di atas batas order salesman.",
    lookAgain: "Periksa lagi",
  },
  consent: {
    title: "Akses Salesman",
    lead:
      "Salesman Anda dapat membuat order atas nama toko Anda (Shadow Mode). Di sini Anda menentukan apakah boleh, " +
      "dan berapa banyak.",
    rules: "Izin",
    allowed: "Salesman boleh membuat order atas nama toko saya",
    allowedHint: "Bila dimatikan, salesman yang sedang mewakili toko Anda langsung dihentikan.",
    cap: "Batas per bulan (rupiah)",
    capHint:
      "Kosongkan bila tanpa batas. Contoh: 5.000.000. Berlaku untuk jumlah semua order salesman dalam satu bulan " +
      "kalender WIB; order yang ditolak atau dibatalkan tidak dihitung.",
    save: "Simpan izin",
    saved: "Izin tersimpan.",
    savedOff: (ended: number) =>
      ended > 0 ? say`Shadow Mode dimatikan. ${ended} sesi salesman langsung diakhiri.` : "Shadow Mode dimatikan.",
    sessions: "Siapa mewakili toko Anda",
    noSessions: "Belum ada salesman yang mewakili toko Anda.",
    salesman: "Salesman",
    reason: "Alasan",
    started: "Mulai",
    ended: "Selesai",
    running: "Sedang berlangsung",
    endedBy: {
      BY_HAND: "diakhiri salesman",
      EXPIRED: "waktu habis",
      SIGNED_OUT: "salesman keluar",
      SUSPENDED: "akun salesman dibekukan",
      REPLACED: "diganti sesi lain",
      SWITCHED_OFF: "Anda mematikan Shadow Mode",
    } satisfies Record<ActingEnd, string>,
    /** To staff. */
    endedByStore: "pemilik toko mematikan Shadow Mode",
    ordersMade: "Order",
    orders: "Order yang dibuat salesman",
    noOrders: "Belum ada order yang dibuat salesman.",
    report: "Laporan",
    reported: {
      open: "«Bukan saya»: sedang diperiksa",
      OWNER_AGREES: "«Bukan saya»: ternyata sesuai",
      MISTAKE: "«Bukan saya»: kekeliruan",
      ABUSE: "«Bukan saya»: tanpa izin",
    },
  },
  trail: {
    ACTING_BEGUN: "Mulai mewakili toko",
    ACTING_ENDED: "Selesai mewakili toko",
    SHADOW_CONSENT_CHANGED: "Izin dan batas Shadow Mode diubah",
  },
  codes: {
    STORE_SUSPENDED: "Akun toko ini dibekukan kantor pusat, jadi tidak dapat diwakili.",
    ACTING_EXISTS: "Anda masih mewakili toko lain. Akhiri dulu sesi itu.",
    NO_STORE:
      "Shadow Mode sudah berakhir atau belum dimulai. Tidak ada yang terkirim. Pilih toko di Kelola Klien, lalu " +
      "ulangi.",
    ACTING_REASON: "Pilih alasannya, atau tulis sendiri, paling sedikit 5 huruf.",
    ACTING_OFF:
      "Pemilik toko mematikan Shadow Mode. Hanya ia yang dapat menyalakannya lagi, di halaman Akses Salesman.",
    CAP_RANGE:
      "Tulis rupiah bulat dari 1 sampai 1.000.000.000.000, misalnya 5.000.000, atau kosongkan bila tanpa batas.",
  },
};
