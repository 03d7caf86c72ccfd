import type { Risk, StockLevel } from "./duty.ts";
import { sayIn } from "#app/ui/say.ts";

const say = sayIn("id");

/** The weekly comparison of stock. */
export const stock = {
  title: "Pemeriksaan stok mingguan",
  back: "Kembali ke halaman ERP",
  lead:
    "Setiap Minggu pukul 22.00 WIB stok yang kami tampilkan dibandingkan dengan stok ERP yang baru. Target di " +
    "bawah 1%; di atas 5% admin diberi tahu dan insiden dibuka.",
  levels: { GOOD: "Sesuai target", WATCH: "Di atas target", BAD: "Terlalu besar" } satisfies Record<StockLevel, string>,
  difference: "Selisih",
  open: "Lihat rincian",
  never: "Belum pernah diperiksa. Pemeriksaan pertama: Minggu pukul 22.00 WIB.",
  now: "Periksa sekarang",
  nowHint: "Stok ditarik dari ERP, lalu dibandingkan.",
  asked: "Pemeriksaan diminta. Hasilnya muncul setelah stok berikutnya masuk.",
  waiting: (by: string) => `Diminta oleh ${by}; menunggu stok berikutnya dari ERP.`,
  failed: "Pemeriksaan terakhir gagal dihitung:",
  adminOnly: "Hanya admin yang meminta pemeriksaan.",
  history: "12 pemeriksaan terakhir",
  at: "Waktu",
  kind: "Jenis",
  weekly: "Mingguan",
  byHand: (code: string) => `Diminta ${code}`,
  articles: "Barang berbeda",
  articlesOf: (differing: string, all: string) => `${differing} dari ${all}`,
  ours: "Stok kami",
  erp: "Stok ERP",
  explained: "Dijelaskan order kami",
  gap: "Selisih (buah)",
  percent: "Selisih (%)",
  state: "Penilaian",
  worst: "Selisih terbesar",
  noWorst: "Semua barang sama.",
  article: "Barang",
  warehouses: "Per gudang (kami / ERP)",
  rule:
    "Selisih = jumlah |stok ERP − stok kami| semua barang, dibagi stok ERP. Bila stok ERP turun, buah dari order " +
    "kami yang masuk ERP di antara kedua data tidak dihitung sebagai selisih.",
};

/** The weekly checkpoint with the IT team. */
export const checkpoints = {
  title: "Rapat mingguan ERP",
  back: "Kembali ke halaman ERP",
  lead:
    "Setiap minggu kami rapat dengan tim TI tentang akses API: siapa yang ikut, apa yang dibahas, apa yang masih " +
    "terbuka.",
  never: "Belum ada catatan rapat.",
  missing: "Belum ada",
  running: "Minggu ini",
  missingCount: (n: number) => say`${n} minggu tanpa catatan rapat`,
  open: "Buka catatan rapat",
  write: "Tulis catatan rapat",
  week: "Minggu",
  weekOf: (from: string, to: string) => `${from} – ${to}`,
  attended: "Yang ikut",
  attendedHint: "Nama dan bagian, dipisahkan koma.",
  notes: "Catatan",
  notesHint: "Apa yang dibahas dan diputuskan.",
  points: "Hal yang masih terbuka",
  pointsHint: "Siapa mengerjakan apa, sampai kapan. Boleh kosong.",
  risk: "Tingkat risiko integrasi",
  risks: { HIGH: "Tinggi", MEDIUM: "Sedang", LOW: "Rendah" } satisfies Record<Risk, string>,
  riskOf: (risk: string) => `Risiko ${risk.toLowerCase()}`,
  buffer: (days: number) => say`Cadangan yang terpakai (dari ${days} hari kerja)`,
  bufferHint: "Untuk menutup kekurangan integrasi. Boleh setengah hari, misalnya 2,5.",
  bufferOf: (used: string, days: number) => say`Cadangan terpakai ${used} dari ${days} hari kerja`,
  watch: "Pemantauan intensif",
  watchFrom: "Dari minggu ke-",
  watchTo: "Sampai minggu ke-",
  watchOf: (from: number, to: number) => say`Pemantauan intensif minggu ke-${from} sampai ke-${to}`,
  save: "Simpan catatan rapat",
  saved: "Catatan rapat tersimpan.",
  weeks: "Minggu demi minggu",
  by: (code: string) => `Ditulis oleh ${code}`,
  adminOnly: "Hanya admin yang menulis catatan rapat.",
};
