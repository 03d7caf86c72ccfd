import type { stopOf } from "./slip.ts";
import { sayIn } from "#app/ui/say.ts";

const say = sayIn("id");

/** What the warehouse picks by, on paper. */
export const slip = {
  title: "Slip gudang",
  open: "Slip gudang",
  several: "Cetak slip gudang",
  lead: "Satu order mulai di halaman baru, tanpa harga. Cetak dari menu browser.",
  most: (n: number) => say`Hanya ${n} order pertama yang ditampilkan.`,
  notFound: (numbers: string) => `Tidak ditemukan: ${numbers}`,
  none: "Belum ada order yang dipilih",
  noneText: "Centang order di daftar, lalu tekan «Cetak slip gudang».",
  contact: "Kontak",
  place: "Kota, wilayah",
  routedTo: "Sub-distributor",
  headOffice: "Kantor pusat",
  picked: "Diambil",
  article: (number: string) => `Produk · ${number}`,
  preorder: (pieces: string) => `PRE-ORDER: ${pieces} menunggu stok`,
  sum: (lines: number, pieces: string) => say`${lines} baris: ${pieces}`,
  signatures: ["Disiapkan oleh", "Diperiksa oleh", "Diterima oleh"],
  signed: "Nama, tanggal, tanda tangan",
  stops: {
    ENDED: "JANGAN DIKIRIM: order ini sudah berakhir.",
    LEFT: "SUDAH DIKIRIM: jangan dikirim lagi.",
    HELD: "JANGAN DIKIRIM: order ini sedang ditahan.",
    EARLY: "JANGAN DIKIRIM DULU: order ini belum disetujui.",
    UNDECIDED: "JANGAN DIKIRIM DULU: isi order ini masih diperiksa kantor pusat.",
  } satisfies Record<NonNullable<ReturnType<typeof stopOf>>, string>,
};
