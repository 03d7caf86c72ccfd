import type { NotMoved } from "./several.ts";
import { sayIn } from "#app/ui/say.ts";

const say = sayIn("id");

/** Several orders moved along together. */
export const together = {
  title: "Ubah status sekaligus",
  pick: (number: string) => `Pilih ${number}`,
  review: "Tinjau yang dicentang",
  reviewAll: (n: number) => say`Tinjau semua di halaman ini (${n})`,
  step: "Langkah",
  lead: (orders: number, stores: number, total: string) =>
    say`${orders} order dari ${stores} toko, seluruhnya ${total}. Belum ada yang diubah.`,
  becomes: "Menjadi",
  none: "Belum ada order yang dipilih",
  noneText: "Centang order di daftar, lalu tekan «Tinjau yang dicentang».",
  nothing: "Tidak ada yang dapat diubah begitu",
  nothingText: "Pilih langkah lain, atau lihat di bawah mengapa.",
  leftOut: "Tidak ikut diubah",
  why: {
    GONE: "tidak ditemukan",
    STATUS: "langkah ini tidak berlaku untuk statusnya",
    CHANGED: "berubah sejak halaman dibuka",
    CREDIT: "kreditnya diputuskan dulu di halaman persetujuan",
    HELD: "sedang ditahan",
    UNDECIDED: "hasil Reconcile_Orders-nya belum diputuskan",
  } satisfies Record<NotMoved, string>,
  stands: (status: string, by: string | null) => (by ? `sekarang ${status}, oleh ${by}` : `sekarang ${status}`),
  noteHint: "Boleh dikosongkan. Sama untuk semua, tercatat di riwayat tiap order.",
  confirm: (step: string, n: number) => say`${step} (${n})`,
  done: (n: number, status: string) => say`${n} order: ${status}.`,
  someLeft: (done: number, left: number) =>
    say`${done} order diubah, ${left} tidak karena berubah sejak halaman dibuka. Periksa di bawah.`,
};
