import type { Credit } from "#app/credit/credit.ts";
import type { LeftOut } from "./approval.ts";
import { sayIn } from "#app/ui/say.ts";

const say = sayIn("id");

/** Orders that wait for a decision on credit: the staff's list, and what a store reads. */
export const approvals = {
  title: "Persetujuan kredit",
  lead: "Order yang menunggu keputusan kredit, yang paling lama di atas.",
  filter: "Alasan menunggu",
  all: "Semua",
  reasons: {
    WITHIN_LIMIT: "Dalam batas kredit",
    OVER_LIMIT: "Melebihi batas kredit",
    OLD_DATA: "Data kredit lama",
    NO_DATA: "Tanpa data kredit",
    BYPASS: "Pemeriksaan dilewati",
  } satisfies Record<Credit["reason"], string>,
  emptyTitle: "Tidak ada yang menunggu",
  emptyText: "Semua order sudah diputuskan kreditnya.",
  emptyFilter: "Tidak ada order yang menunggu dengan alasan ini.",
  showAll: "Lihat semua yang menunggu",
  since: "Menunggu sejak",
  byStore: "Oleh toko",
  pick: (number: string) => `Pilih ${number}`,
  review: "Tinjau yang dipilih",
  reviewAll: (n: number) => say`Tinjau semua (${n})`,
  open: "Lihat dan putuskan",
  openOf: (number: string) => `Lihat dan putuskan ${number}`,
  look: "Lihat",
  lookOf: (number: string) => `Lihat ${number}`,
  back: "Kembali ke daftar persetujuan",
  figures: "Angka kredit",
  figure: "Angka",
  then: "Saat checkout",
  now: "Sekarang",
  atDecision: "Saat diputuskan",
  limit: "Batas kredit",
  ours: "Tagihan menurut kami",
  erp: "Tagihan menurut ERP",
  deposit: "Kelebihan bayar di ERP",
  room: "Sisa",
  over: "Kelebihan",
  asOf: "Data ERP",
  unknown: "Tidak diketahui",
  notCompared: "Tidak dibandingkan",
  without: "Tagihan dan sisa dihitung tanpa order ini, dengan order lain yang masih terbuka.",
  bypassOn: "Pemeriksaan kredit sedang dilewati, jadi angka ini mungkin keliru.",
  suggestions: {
    WITHIN_LIMIT: () => "Sekarang masih dalam batas kredit",
    OVER_LIMIT: (over: string) => `Masih melebihi ${over}`,
    OLD_DATA: () => "Data kredit masih lama",
    NO_DATA: () => "Data kredit belum ada",
  },
  /** Beside old or missing figures: what they would say. */
  byThoseFigures: (over: number, amount: string) =>
    over > 0 ? `Menurut angka yang ada: melebihi ${amount}` : "Menurut angka yang ada: masih dalam batas kredit",
  decide: "Keputusan",
  note: "Pesan untuk toko",
  noteHint: "Boleh dikosongkan. Dibaca toko di halaman ordernya.",
  approve: "Setujui order",
  reject: "Tolak order",
  approveText: "Faktur dibuat, dan order dilanjutkan.",
  held: "Order ini ditahan. Order baru dapat disetujui setelah penahanannya dilepas.",
  toOrder: "Buka order",
  readOnly: "Akun auditor tidak memutuskan.",
  rejectTitle: (number: string) => `Tolak ${number}?`,
  rejectText: (store: string, total: string) =>
    `Order ${store} senilai ${total} berakhir di sini dan tidak dapat dibuka lagi. Stok yang ditahan dilepas.`,
  rejectNote: "Alasan untuk toko",
  rejectHint: "Paling sedikit 5 huruf. Dibaca toko di halaman ordernya.",
  outcome: { APPROVED: "Disetujui", REJECTED: "Ditolak" },
  decided: (number: string, outcome: string) => `${number}: ${outcome}.`,
  decidedTitle: "Sudah diputuskan",
  when: "Waktu",
  by: "Oleh",
  bulk: "Bersama order lain",
  ended: "Order ini sudah berakhir tanpa keputusan kredit.",
  already: (by: string | null) =>
    by ? `${by} sudah memutuskan order ini.` : "Order ini sudah berlanjut atau berakhir.",
  otherTotal: (total: string) =>
    `Totalnya berubah sejak halaman ini dibuka, sekarang ${total}. Periksa lagi, lalu putuskan.`,
  store: "Toko",
  total: "Total",
  otherOrders: "Order terbuka lainnya",
  noOtherOrders: "Tidak ada order lain yang terbuka.",
  history: "Keputusan sebelumnya untuk toko ini",
  noHistory: "Belum pernah ada keputusan untuk toko ini.",
  atMost: (n: number) => say`Paling banyak ${n} ditampilkan; jumlah di angka kredit mencakup semuanya.`,
  selected: {
    title: "Setujui sekaligus",
    lead: (orders: number, stores: number, total: string) =>
      say`${orders} order dari ${stores} toko, seluruhnya ${total}.`,
    none: "Belum ada order yang dipilih",
    noneText: "Centang order di daftar, lalu tekan «Tinjau yang dipilih».",
    nothing: "Tidak ada yang dapat disetujui",
    nothingText: "Order yang dipilih sudah diputuskan, ditahan, atau tidak ditemukan.",
    perStore: (orders: number) => say`${orders} order`,
    overNow: (n: number) => say`${n} di antaranya sekarang melebihi batas kredit.`,
    unsure: (n: number) => say`${n} di antaranya tanpa data kredit yang baru.`,
    skipped: "Tidak ikut disetujui",
    why: {
      GONE: "tidak ditemukan",
      DECIDED: "sudah diputuskan",
      HELD: "sedang ditahan",
      TOTAL: "totalnya berubah",
    } satisfies Record<LeftOut, string>,
    decidedBy: (by: string) => `sudah diputuskan oleh ${by}`,
    noteHint: "Boleh dikosongkan. Sama untuk semua, dibaca toko di halaman ordernya.",
    confirm: (n: number) => say`Setujui ${n} order`,
    done: (n: number) => say`${n} order disetujui.`,
    someLeft: (done: number, left: number) =>
      say`${done} order disetujui, ${left} tidak karena berubah sejak halaman dibuka. Periksa di bawah.`,
  },
  /** On staff's first page. */
  card: { label: "Menunggu persetujuan", oldest: "Paling lama sejak" },
  switchesHint: "Bila angka kredit ERP keliru atau ERP terganggu lama",
  /** What a store and its salesman read. */
  waiting: {
    title: "Menunggu persetujuan admin",
    OVER_LIMIT: (over: string) => `Total order ini melebihi sisa kredit sebesar ${over}.`,
    OLD_DATA: "Data kredit sedang tidak dapat diperiksa.",
    NO_DATA: "Data kredit sedang tidak dapat diperiksa.",
    MANUAL: "Order ini diperiksa manual.",
    next:
      "Anda tidak perlu mengirim ulang. Admin memutuskan; hasilnya tampil di halaman ini dan kami kirim lewat " +
      "e-mail.",
    /** The same to the salesman who placed it. */
    nextSalesman:
      "Tidak perlu dikirim ulang. Admin memutuskan; hasilnya tampil di halaman ini, dan pemilik toko menerimanya " +
      "lewat e-mail.",
    short: {
      OVER_LIMIT: (over: string) => `Melebihi sisa kredit ${over}`,
      OLD_DATA: "Data kredit belum dapat diperiksa",
      NO_DATA: "Data kredit belum dapat diperiksa",
      MANUAL: "Diperiksa manual",
    },
    approved: "Disetujui admin",
    rejected: "Ditolak admin",
    note: "Pesan dari admin",
  },
  /** At checkout, beside the light. */
  checkout: {
    OVER_LIMIT: (over: string) =>
      `Total melebihi sisa kredit sebesar ${over}. Order tetap dapat diajukan dan menunggu persetujuan admin.`,
    OLD_DATA: "Data kredit sedang tidak dapat diperiksa. Order tetap dapat diajukan dan menunggu persetujuan admin.",
    NO_DATA: "Data kredit sedang tidak dapat diperiksa. Order tetap dapat diajukan dan menunggu persetujuan admin.",
    MANUAL: "Saat ini semua order diperiksa manual. Order tetap dapat diajukan dan menunggu persetujuan admin.",
  },
  bypassLink: "Perpanjang atau akhiri",
  extend: "Perpanjang",
  extendHours: "Berlaku berapa jam dari sekarang",
  trail: {
    CREDIT_APPROVED: "Kredit order disetujui",
    CREDIT_REJECTED: "Kredit order ditolak",
  },
  codes: {
    CREDIT_FIRST:
      "Belum ada yang berubah: order ini menunggu keputusan kredit. Lihat angkanya, lalu setujui atau tolak di " +
      "halaman persetujuan.",
  },
};
