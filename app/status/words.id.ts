import { sayIn } from "#app/ui/say.ts";
import type { Mode } from "./maintenance.ts";
import type { PlannedMaintenance } from "./status.server.ts";
import type { Service, ServiceState } from "./status.ts";

const say = sayIn("id");

/** The status page, and what staff writes for it. */
export const status = {
  title: "Keadaan sistem",
  lead: "Apakah pemesanan dan layanan di sekitarnya berjalan saat ini, dan selama 90 hari terakhir.",
  overall: {
    OK: "Semua layanan berjalan normal",
    DEGRADED: "Ada layanan yang terganggu",
    DOWN: "Ada layanan yang tidak berjalan",
  } satisfies Record<ServiceState, string>,
  services: {
    ORDERING: "Pemesanan",
    ERP: "Sambungan ke ERP",
    MAIL: "E-mail",
    SMS: "SMS",
  } satisfies Record<Service, string>,
  /** What each means for a store. */
  means: {
    ORDERING: "Melihat katalog, mengisi keranjang, dan mengirim order.",
    ERP: "Meneruskan order ke gudang, serta stok dan kredit terbaru.",
    MAIL: "Konfirmasi dan kabar tentang order.",
    SMS: "Pemberitahuan lewat pesan singkat.",
  } satisfies Record<Service, string>,
  /** What became of a maintenance. */
  steps: {
    ANNOUNCED: "Diumumkan",
    CHANGED: "Diubah",
    CANCELLED: "Dibatalkan",
    BEGUN: "Dimulai",
    ENDED: "Selesai",
  },
  states: { OK: "Normal", DEGRADED: "Terganggu", DOWN: "Tidak berjalan" } satisfies Record<ServiceState, string>,
  waits: "Menunggu pemeliharaan selesai",
  at: "Keadaan pada",
  away: "Sistem sedang tidak dapat dihubungi. Di bawah ini keadaan terakhir yang kami ketahui.",
  history: "90 hari terakhir",
  daysAgo: "90 hari lalu",
  today: "Hari ini",
  /** What a bar says to who cannot see it. */
  bar: {
    good: (days: number) => say`${days} hari tanpa gangguan`,
    bad: (days: number) => say`${days} hari terganggu`,
    down: (days: number) => say`${days} hari tidak berjalan`,
    unknown: (days: number) => say`${days} hari tanpa catatan`,
  },
  legend: { O: "Normal", D: "Terganggu", X: "Tidak berjalan", none: "Tanpa catatan" },
  incidents: "Gangguan",
  noIncidents: "Tidak ada gangguan yang diumumkan dalam 90 hari terakhir.",
  ongoing: "Berlangsung",
  over: "Selesai",
  maintenance: {
    running: "Pemeliharaan berlangsung",
    planned: "Pemeliharaan direncanakan",
    between: (from: string, until: string) => `${from} sampai ${until}`,
    modes: {
      READ_ONLY: "Situs hanya dapat dilihat.",
      FULL: "Situs ditutup.",
    } satisfies Record<Exclude<Mode, "OFF">, string>,
  },
  subscribe: {
    title: "Kabar lewat e-mail",
    lead: "Kami menulis saat ada gangguan atau pemeliharaan, dan saat selesai.",
    email: "E-mail",
    submit: "Kirimi saya kabar",
    asked:
      "Kalau alamat itu belum terdaftar, sebentar lagi ada e-mail dengan tautan. Tekan tautan itu untuk mulai " +
      "menerima kabar.",
    limited: (minutes: number, at: string) => say`Terlalu banyak permintaan. Coba lagi ${minutes} menit lagi (${at}).`,
    feed: "Atau ikuti lewat umpan Atom",
  },
  links: {
    confirmTitle: "Konfirmasi kabar lewat e-mail",
    confirmLead: "Tekan tombol ini, dan kami mulai mengirim kabar keadaan sistem ke alamat Anda.",
    confirm: "Ya, kirimi saya kabar",
    confirmedTitle: "Kabar keadaan sistem aktif",
    confirmedText: "Kami menulis saat ada gangguan atau pemeliharaan. Di setiap e-mail ada tautan untuk berhenti.",
    leaveTitle: "Berhenti menerima kabar",
    leaveLead: "Tekan tombol ini, dan alamat Anda kami hapus dari daftar.",
    leave: "Berhenti menerima kabar",
    goneTitle: "Anda tidak terdaftar",
    goneText: "Alamat Anda tidak ada di daftar kami. Tidak ada kabar lagi yang dikirim.",
    forgedTitle: "Tautan ini tidak berlaku",
    forgedText: "Buka lagi tautan di e-mail, atau minta yang baru di halaman keadaan sistem.",
    back: "Ke keadaan sistem",
  },
  admin: {
    title: "Pemeliharaan dan status",
    lead: "Menutup situs untuk pemeliharaan, dan menulis kabar gangguan untuk toko.",
    public: "Lihat halaman untuk umum",
    byEnvironment: (mode: string) =>
      `Server ini disetel ${mode} lewat MAINTENANCE_MODE. Setelan itu didahulukan dari halaman ini.`,
    plan: "Rencanakan atau mulai pemeliharaan",
    change: "Ubah pemeliharaan",
    mode: "Cara",
    modes: {
      READ_ONLY: "Hanya dapat dilihat (READ_ONLY)",
      FULL: "Tutup seluruhnya (FULL)",
    } satisfies Record<Exclude<Mode, "OFF">, string>,
    from: "Mulai (WIB)",
    fromHint: "Kosong: mulai sekarang.",
    until: "Sampai (WIB)",
    untilHint: "Paling lama 24 jam. Setelah itu situs terbuka lagi dengan sendirinya.",
    textId: "Untuk pengunjung, bahasa Indonesia",
    textEn: "Untuk pengunjung, bahasa Inggris",
    reason: "Alasan (untuk jejak audit)",
    save: "Simpan pemeliharaan",
    end: "Akhiri sekarang",
    cancel: "Batalkan",
    endReason: "Alasan mengakhiri",
    saved: "Pemeliharaan tersimpan. Yang berlangganan dikabari.",
    ended: "Pemeliharaan diakhiri. Yang berlangganan dikabari.",
    earlier: "Pemeliharaan sebelumnya",
    none: "Belum pernah ada pemeliharaan.",
    states: {
      PLANNED: "Direncanakan",
      RUNNING: "Berlangsung",
      ENDED: "Selesai",
      CANCELLED: "Dibatalkan",
    } satisfies Record<PlannedMaintenance["state"], string>,
    write: "Tulis kabar untuk toko",
    incident: "Insiden",
    noIncident: "Tidak ada insiden yang terbuka atau baru selesai.",
    service: "Layanan",
    state: "Keadaannya",
    updateId: "Kabar, bahasa Indonesia",
    updateEn: "Kabar, bahasa Inggris",
    updateHint: "Terbaca oleh siapa saja: tanpa nama orang, toko, atau bagian dalam sistem.",
    send: "Umumkan",
    sent: "Kabar diumumkan. Yang berlangganan dikabari.",
    told: "Kabar yang sudah diumumkan",
    nothingTold: "Belum ada kabar.",
    adminOnly: "Hanya admin yang menutup situs dan menulis kabar.",
  },
  feed: {
    title: "Alfa Beauty Cosmetica: keadaan sistem",
  },
  codes: {
    MODE: "Pilih salah satu cara.",
    WHEN_ENDS: "Tulis kapan selesai: setelah mulai, belum lewat, dan paling lama 24 jam.",
    MAINTENANCE_OPEN: "Sudah ada pemeliharaan yang direncanakan atau berlangsung. Ubah yang itu.",
    SERVICE: "Pilih salah satu layanan.",
    STATE: "Pilih salah satu keadaan.",
  },
  trail: {
    MAINTENANCE_CHANGED: "Pemeliharaan diubah",
    PUBLIC_UPDATE_WRITTEN: "Kabar untuk toko diumumkan",
  },
  trailFacts: {
    step: "Langkah",
    mode: "Cara",
    service: "Layanan",
    update: "Kabar",
  },
};
