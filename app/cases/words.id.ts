import type { DisputeOutcome } from "#app/disputes/dispute.ts";
import { sayIn } from "#app/ui/say.ts";

const say = sayIn("id");

/** Cases: where a salesman's orders in stores' names came from. */
export const cases = {
  title: "Kasus",
  lead: "Salesman yang membuat order atas nama toko. Angka dari 30 hari terakhir.",
  filter: "Saringan",
  all: "Semua",
  with: {
    HITS: "Ada tanda",
    DISPUTES: "Ada «Bukan saya»",
    IMPLAUSIBLE: "Lokasi tidak masuk akal",
    SUSPENDED: "Dibekukan",
  },
  sort: "Urutan",
  by: { SCORE: "Skor tertinggi", RECENT: "Order terbaru" },
  salesman: "Salesman",
  score: "Skor",
  lastOrder: "Order terakhir",
  orders: "Order salesman",
  implausible: "Tidak masuk akal",
  hits: "Tanda",
  disputes: "«Bukan saya»",
  emptyTitle: "Tidak ada kasus yang cocok",
  emptyText: "Salesman muncul di sini setelah order pertamanya atas nama toko.",
  back: "Kembali ke daftar kasus",
  noted: "Pembacaan halaman ini tercatat di jejak audit.",
  account: "Buka akunnya",
  export: "Ekspor bukti",
  allDisputes: "«Bukan saya» yang masuk",
  summary: "Ringkasan",
  summaryText: ({
    name,
    days,
    orders,
    amount,
    stores,
  }: {
    name: string;
    days: number;
    orders: number;
    amount: string;
    stores: number;
  }) =>
    orders === 0
      ? say`${name} tidak membuat order atas nama toko dalam ${days} hari terakhir.`
      : say`Dalam ${days} hari terakhir ${name} membuat ${orders} order senilai ${amount} atas nama ${stores} toko.`,
  verdictsText: ({
    plausible,
    implausible,
    indeterminate,
    waiting,
  }: {
    plausible: number;
    implausible: number;
    indeterminate: number;
    waiting: number;
  }) =>
    say`Menurut lokasi alamat internetnya, ${plausible} masuk akal, ${implausible} tidak masuk akal, ` +
    say`${indeterminate} tidak dapat dipastikan${waiting > 0 ? say`, ${waiting} belum diperiksa` : ""}.`,
  disputesText: (n: number) =>
    n === 0 ? "Tidak ada pemilik yang menyatakan «Bukan saya»." : say`${n} kali pemilik toko menyatakan «Bukan saya».`,
  scoreText: (score: number, review: number, suspend: number) =>
    score >= suspend
      ? say`Skor ${score}: di atas batas pembekuan (${suspend}).`
      : score >= review
        ? say`Skor ${score}: di atas batas tinjauan (${review}).`
        : say`Skor ${score}: di bawah batas tinjauan (${review}).`,
  scoreSource: (version: number) => say`Skor dihitung oleh aturan versi ${version} saat halaman ini dibaca.`,
  rule: "Tanda",
  counted: (weight: number, hits: number) => say`${weight} poin, terlihat ${hits} kali`,
  weighs: (weight: number) => say`Menambah ${weight} poin pada skor`,
  times: "Kali",
  weak: "Bukti lemah",
  weakSentence:
    "Lokasi alamat internet adalah bukti lemah. Di jaringan seluler separuhnya meleset sekitar 200 km, dan VPN " +
    "menyembunyikan tempat sebenarnya. Lokasi mendukung sebuah kasus dan tidak pernah memutuskannya.",
  database: (name: string, built: string) => `Lokasi menurut ${name}, dibuat ${built}.`,
  noDatabase: "Belum ada order dengan lokasi di halaman ini.",
  map: "Peta",
  mapTitle: (name: string) => `Toko dan lokasi alamat internet dari order ${name}`,
  mapDesc: (stores: number, places: number, implausible: number) =>
    say`${stores} toko dan ${places} lokasi. Lingkaran menunjukkan seberapa tidak pasti sebuah lokasi. ` +
    say`${implausible} order tidak masuk akal. Angka-angkanya ada di tabel.`,
  outside: (n: number) => say`${n} lokasi berada di luar peta; lihat tabel.`,
  legend: {
    store: "Toko",
    place: "Lokasi alamat internet, di mana saja dalam lingkarannya",
    line: "Dari lokasi ke toko",
    bad: "Tidak masuk akal",
  },
  places: "Lokasi alamat internet",
  place: "Lokasi",
  network: "Jaringan",
  networks: { FIXED: "Jaringan tetap", MOBILE: "Seluler", UNKNOWN: "Tidak diketahui" },
  radius: "Radius",
  km: (value: string) => `${value}\u00a0km`,
  ordersTitle: "Order di halaman ini",
  order: "Order",
  store: "Toko",
  total: "Total",
  from: "Dari",
  distance: "Jarak ke toko",
  verdict: "Penilaian",
  verdicts: { PLAUSIBLE: "Masuk akal", IMPLAUSIBLE: "Tidak masuk akal", INDETERMINATE: "Tidak dapat dipastikan" },
  waiting: "Belum diperiksa",
  because: {
    atStore: (radius: string) => `Toko berada dalam radius ${radius} km.`,
    away: (least: string, radius: string) =>
      `Paling sedikit ${least} km di luar radius ${radius} km. Order lewat telepon juga begitu.`,
    noStorePlace: "Letak toko tidak tercatat.",
    tooFast: ({ order, least, minutes, kmh }: { order: string; least: string; minutes: string; kmh: string }) =>
      `Dari ${order}: paling sedikit ${least} km dalam ${minutes} menit, yaitu ${kmh} km/jam.`,
    nowhere: {
      NO_ADDRESS: "Alamat internet tidak tercatat.",
      BAD_ADDRESS: "Yang tercatat bukan alamat internet.",
      PRIVATE_ADDRESS: "Alamat jaringan dalam: tidak punya lokasi.",
      NOT_IN_DATABASE: "Basis data tidak mengenal alamat ini.",
      NO_DATABASE: "Basis data lokasi tidak dapat dibaca.",
    },
  },
  notAssigned: "Bukan tokonya saat itu",
  device: "Perangkat",
  shared: (codes: string) => `Perangkat yang sama juga dipakai ${codes}`,
  emptyOrders: "Belum ada order atas nama toko.",
  hitsTitle: "Tanda di rentang waktu ini",
  timeline: "Garis waktu",
  cut: (kinds: string) => `Terlalu banyak untuk satu halaman, hanya 100 terbaru: ${kinds}.`,
  kinds: {
    sessions: "sesi mewakili",
    hits: "tanda",
    disputes: "«Bukan saya»",
    suspensions: "pembekuan",
    notes: "catatan",
  },
  events: {
    order: (number: string, store: string, total: string) => `Order ${number} untuk ${store}, ${total}`,
    during: (reason: string, at: string) => `${reason} (mewakili sejak ${at})`,
    session: (store: string) => `Mulai mewakili ${store}`,
    ended: {
      BY_HAND: "diakhiri sendiri",
      EXPIRED: "waktu habis",
      SIGNED_OUT: "keluar dari akun",
      SUSPENDED: "dibekukan",
      REPLACED: "diganti sesi lain",
    },
    hit: (rule: string) => `Tanda: ${rule}`,
    dispute: (number: string, store: string) => `«Bukan saya» untuk ${number} dari ${store}`,
    outcome: {
      OWNER_AGREES: "pemilik akhirnya setuju",
      MISTAKE: "kekeliruan",
      ABUSE: "penyalahgunaan",
    } satisfies Record<DisputeOutcome, string>,
    suspended: "Akun dibekukan",
    lifted: "Pembekuan dicabut",
    note: "Catatan",
  },
  notes: "Catatan",
  noteLabel: "Catatan baru",
  noteHint: "Dibaca oleh admin dan auditor. Tidak dapat diubah atau dihapus.",
  addNote: "Simpan catatan",
  noteAdded: "Catatan tersimpan.",
  noNotes: "Belum ada catatan.",
  trail: {
    CASE_READ: "Berkas kasus dibaca",
    CASE_NOTED: "Catatan kasus ditambah",
  },
  codes: {
    CASE_NOTE_REQUIRED: "Tulis catatannya, paling sedikit 5 huruf.",
  },
};
