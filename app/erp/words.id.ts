import type { CircuitState } from "./state.ts";
import { feeds, pulls, aside, reasons } from "./words.feeds.id.ts";
import { stock, checkpoints } from "./words.duty.id.ts";
import { sayIn } from "#app/ui/say.ts";

const say = sayIn("id");

/** The page that watches the ERP. */
export const erp = {
  title: "ERP",
  now: "Keadaan sekarang",
  explain: {
    CLOSED: "ERP menjawab. Order langsung diteruskan.",
    OPEN: "ERP tidak menjawab. Order tetap diterima dan menunggu di sini.",
    HALF_OPEN: "ERP mulai menjawab lagi. Setelah tiga jawaban baik berturut-turut, order diteruskan kembali.",
  } satisfies Record<CircuitState, string>,
  /** Codes of jobs/erp/compare.ts and jobs.settle_sync, each with its facts: documents, a store's code, an order. */
  syncErrors: {
    SEVERAL_DOCUMENTS: (documents: string) => say`${documents.split(", ").length} dokumen di ERP: ${documents}`,
    OTHER_PARTNER: (partner: string) => `dokumen di ERP atas nama ${partner}`,
    FIGURES_DIFFER: () => "harga atau jumlah di ERP berbeda",
    DOCUMENT_TAKEN: (facts: string) => `dokumen ${facts.replace(/ (?=\S+$)/, " di ERP sudah milik order ")}`,
  },
  silent: "Tidak ada kabar dari program latar (worker) lebih dari dua menit. Periksa apakah program itu berjalan.",
  nextProbe: "Percobaan berikutnya",
  inSpan: (span: string) => `${span} lagi`,
  due: "Sekarang",
  flaps: "Putus-sambung berulang",
  flapsHint: (n: number) => say`${n} kali; jeda percobaan diperpanjang`,
  incident: "Insiden",
  test: {
    title: "Uji koneksi",
    button: "Uji koneksi",
    waiting: (seconds: number) =>
      say`Menunggu jawaban program latar (${seconds} detik). Halaman ini memuat ulang sendiri.`,
    lost: "Belum ada jawaban setelah 30 detik: program latar (worker) tidak berjalan. Jalankan dulu, lalu uji lagi.",
    ok: (ms: string) => `ERP menjawab dalam ${ms}.`,
    failed: "ERP tidak menjawab dengan baik.",
    asked: "Ditanyakan",
    sent: "Pertanyaan dikirim.",
    never: "Belum pernah diuji dari halaman ini.",
    adminOnly: "Hanya admin yang menguji koneksi.",
  },
  timeline: {
    title: "Riwayat koneksi",
    range: "Rentang waktu",
    day: "24 jam",
    week: "7 hari",
    span: { day: "24 jam terakhir", week: "7 hari terakhir" },
    none: (span: string) => `Tidak pernah terputus dalam ${span}.`,
    some: (times: number, minutes: string, span: string) =>
      say`Terputus ${times} kali, seluruhnya ${minutes}, dalam ${span}.`,
    table: "Perubahan keadaan",
    tableOpen: (n: number) => say`Tabel: ${n} perubahan keadaan`,
    cut: "Ditampilkan 500 perubahan terakhir; sebelumnya tidak digambar.",
  },
  calls: {
    title: "Panggilan ke ERP per jam",
    errors: "Panggilan yang gagal",
    errorsText: (worst: string) => `Per jam, 24 jam terakhir. ${worst}`,
    errorsNone: "Tidak ada panggilan yang gagal.",
    errorsWorst: (percent: string, hour: string) => `Paling banyak ${percent} pada jam ${hour}.`,
    latency: "Lama jawaban",
    latencyText: (worst: string) =>
      `Median (p50) dan p95 per jam, 24 jam terakhir, dari 1 milidetik sampai 5 detik. ${worst}`,
    latencyWorst: (ms: string, hour: string) => `p95 tertinggi ${ms} pada jam ${hour}.`,
    empty: "Belum ada panggilan dalam 24 jam terakhir.",
    p50: "p50 (separuh panggilan lebih cepat)",
    p95: "p95 (19 dari 20 lebih cepat)",
    hour: "Jam",
    count: "Panggilan",
    failed: "Gagal",
    refused: "Ditolak ERP",
    rate: "Gagal (%)",
    table: "Tabel: panggilan per jam",
    note:
      "Lama jawaban dihitung dari panggilan yang dijawab, dengan ketelitian 9%. Yang gagal dihitung di grafik " +
      "kegagalan. Disimpan 90 hari.",
  },
  feeds,
  reasons,
  queue: {
    run: "Rekonsiliasi berjalan",
    runOf: (settled: string, total: string) => `${settled} dari ${total} order`,
    undecided: "Hasil menunggu keputusan",
    title: "Antrean ke ERP",
    waiting: "Order menunggu",
    oldest: "Paling lama",
    failed: "Order ditolak ERP",
  },
  switches: {
    title: "Sakelar darurat",
    on: "Aktif",
    off: "Tidak aktif",
    change: "Ubah",
    see: "Lihat",
  },
  stock,
  aside,
  checkpoints,
  span: {
    seconds: (n: number) => say`${n} detik`,
    minutes: (n: number) => say`${n} menit`,
    hours: (n: number, minutes: number) => (minutes > 0 ? say`${n} jam ${minutes} menit` : say`${n} jam`),
  },
  breaker: {
    title: "Sambungan ke ERP",
    states: { CLOSED: "Terhubung", OPEN: "Terputus", HALF_OPEN: "Sedang dicoba" } satisfies Record<
      CircuitState,
      string
    >,
    since: "Sejak",
    lastOk: "Jawaban baik terakhir",
    failures: "Gagal berturut-turut",
    forced: "Mode manual dipaksakan sampai",
  },
  lastGood: "Data utuh terakhir",
  lastTried: "Terakhir dicoba",
  never: "Belum pernah",
  troubles: {
    title: "Kesalahan terakhir per order",
    none: "Tidak ada order yang bermasalah.",
    refused: "Ditolak ERP",
  },
  pulls,
  trail: {
    ERP_TESTED: "Koneksi ERP diuji",
    ERP_CHECKPOINT_WRITTEN: "Catatan rapat ERP ditulis",
    FEED_SIZE_ACCEPTED: "Perubahan data ERP diterima",
    STOCK_CHECK_ASKED: "Pemeriksaan stok diminta",
  },
  codes: {
    WEEK: "Pilih minggu ini atau salah satu dari 12 minggu sebelumnya.",
    ATTENDED: "Tulis siapa yang ikut, paling sedikit 3 huruf.",
    NOTES: "Tulis apa yang dibahas, paling sedikit 5 huruf.",
    RISK: "Pilih tingkat risikonya.",
    BUFFER: "Tulis angka dari 0 sampai 5, boleh setengah: 2 atau 2,5.",
    WATCH: "Tulis nomor minggu dari 1 sampai 52; yang akhir tidak sebelum yang awal.",
  },
};
