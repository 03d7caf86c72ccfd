import type { ErpReason } from "./erp-reason.ts";
import type { FeedName } from "./state.ts";
import { sayIn } from "#app/ui/say.ts";

const say = sayIn("id");

/** Stock and credit as the ERP sends them. */
export const feeds = {
  title: "Data dari ERP",
  lastGood: "Data utuh terakhir",
  rows: "Baris",
  clock: "Jam ERP",
  clockRight: "Cocok dengan jam kami",
  ahead: (span: string) => `${span} lebih cepat`,
  behind: (span: string) => `${span} lebih lambat`,
  refused: "Penarikan terakhir ditolak",
  wanted: "Penarikan berikutnya sudah diminta.",
  same: "ERP mengirim data yang sama. Tidak ada yang berubah, dan umur data terus bertambah. Diminta terakhir",
  accept: "Terima perubahan",
  acceptLead: (feed: string, rows: string, refused: string) =>
    `Data ${feed} yang dipakai sekarang berisi ${rows} baris, yang ditolak ${refused}.`,
  warehouseNew: (name: string, rows: string) => `Gudang baru: ${name}, ${rows} baris`,
  warehouseGone: (name: string, rows: string) => `Gudang hilang: ${name}, sebelumnya ${rows} baris`,
  warehouseRows: (name: string, before: string, after: string) =>
    `Gudang ${name}: dari ${before} menjadi ${after} baris`,
  acceptWill:
    "Terima hanya bila ERP memang berubah. Data langsung ditarik lagi dan dipakai bila jumlahnya seperti " +
    "yang ditolak ini; jumlah lain tetap ditolak.",
  acceptWarehouses:
    "Terima hanya bila ERP memang berubah. Data langsung ditarik lagi dan dipakai bila gudang dan jumlahnya " +
    "seperti yang ditolak ini; yang lain tetap ditolak. Stok gudang baru lalu ikut dijual, stok gudang yang " +
    "hilang tidak lagi.",
  reason: "Mengapa perubahan ini benar",
  reasonHint: "Paling sedikit 5 huruf. Tercatat di jejak audit.",
  accepted: (feed: string) => `Perubahan data ${feed} diterima. Penarikan berikutnya sudah diminta.`,
  back: "Kembali ke halaman ERP",
  settled: "Penarikan terakhir data ini tidak ditolak karena jumlah atau gudangnya. Tidak ada yang perlu diterima.",
  rejected: "Penarikan yang ditolak",
  noneRejected: "Tidak ada penarikan yang ditolak di antara 20 yang terakhir.",
  all: "Tabel: 20 penarikan terakhir",
  names: { stock: "Stok", credit: "Kredit" } satisfies Record<FeedName, string>,
};

/** The last pulls of a feed. */
export const pulls = {
  title: "20 penarikan terakhir",
  none: "Belum pernah menarik data.",
  at: "Waktu",
  source: "Data",
  outcome: "Hasil",
  accepted: "Diterima",
  declined: "Ditolak",
  reason: "Alasan",
  rows: "Baris",
  snapshot: "Nomor data",
};

/** Rows of a feed that could not be used. */
export const aside = {
  caption: "Baris yang dikesampingkan",
  lead: (n: number) =>
    say`${n} baris tidak dapat dipakai dan dikesampingkan; data lainnya berlaku. Minta tim ERP memperbaikinya.`,
  key: "Baris",
  sent: "Yang dikirim",
  holds: "Yang dipakai",
  asOf: "Berasal dari",
  unknown: { stock: "barang tidak dikenal", credit: "toko tidak dikenal" },
  nothing: "tidak diketahui",
  more: (n: number) => say`dan ${n} baris lagi`,
};

/** Why a pull was refused or a call failed. */
export const reasons = {
  ASIDE: "Sebagian baris dikesampingkan; angka sebelumnya tetap dipakai.",
  SIZE: "Jumlah baris berubah lebih dari 30% dari data sebelumnya.",
  SAME: "ERP mengirim data yang sama.",
  WAREHOUSE_NEW: "Ada gudang yang sebelumnya tidak ada.",
  WAREHOUSES: "Terlalu banyak gudang.",
  LARGE: "Jumlah buah sebuah barang terlalu besar.",
  DATABASE: "Basis data kami menolak data ini.",
  OLDER: "Penarikan ini dimulai sebelum data yang sekarang dipakai.",
  EMPTY: "Data kosong.",
  NUMBER: "Ada angka yang bukan bilangan bulat, atau stok di bawah nol.",
  TWICE: "Ada barang atau toko yang muncul dua kali.",
  UNKNOWN_ARTICLE: "Ada barang yang tidak ada di katalog kami.",
  UNKNOWN_STORE: "Ada toko yang tidak kami kenal.",
  WAREHOUSE: "Ada gudang yang hilang dari data.",
  WAREHOUSE_NAME: "Ada gudang dengan kode yang tidak kami kenal.",
  MIXED: "Halaman data berasal dari dua pengambilan yang berbeda.",
  SHORT: "Data terpotong: baris yang datang kurang dari yang diumumkan.",
  TIMEOUT: "ERP tidak menjawab lengkap dalam batas waktu.",
  CONNECTION: "ERP tidak dapat dihubungi.",
  BUSY: "ERP meminta kami melambat (terlalu banyak panggilan).",
  STATUS: "ERP menjawab dengan kesalahan.",
  TOO_LONG: "Jawaban ERP terlalu besar.",
  FOREIGN: "Jawaban ERP milik pertanyaan lain.",
  CONTENT: "Isi jawaban ERP tidak dapat dibaca.",
  OTHER: "Alasan lain.",
} satisfies Record<ErpReason, string>;
