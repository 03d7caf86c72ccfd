import type { Credit } from "#app/credit/credit.ts";
import type { Store } from "./store.server.ts";
import { sayIn } from "#app/ui/say.ts";

const say = sayIn("id");

/** A store as the office knows it: its people, its credit, what it ordered, who works in its name. */
export const stores = {
  title: "Toko",
  account: "Buka akun",
  call: "Telepon",
  suspended: "Akun toko ini dibekukan: ordernya ditahan, dan tidak ada yang dapat mewakilinya.",
  noContact: "Kontak pemilik belum tercatat.",
  about: {
    title: "Tentang toko",
    city: "Kota",
    region: "Wilayah",
    noRegion: "Belum terdaftar: toko ini tidak dapat membuat order.",
    subDistributor: "Sub-distributor",
    noSubDistributor: "Tidak ada yang aktif di wilayah ini; order diteruskan ke kantor pusat.",
    tier: "Tingkat",
    kind: "Jenis",
    kinds: {
      BARBER: "Barber",
      BRIDAL: "Rias pengantin",
      UNISEX: "Salon uniseks",
      OTHER: "Lainnya",
    } satisfies Record<Store["salonType"], string>,
    chairs: (n: number) => say`${n} kursi`,
    known: "Keahlian",
    since: "Terdaftar",
  },
  credit: {
    title: "Kredit",
    reasons: {
      WITHIN_LIMIT: "Order di bawah sisa ini langsung diterima; di atasnya menunggu persetujuan.",
      OVER_LIMIT: "Tagihannya melebihi batas. Setiap order menunggu persetujuan.",
      OLD_DATA: "Data kredit ERP lebih tua dari 1 jam. Setiap order menunggu persetujuan.",
      NO_DATA: "ERP belum pernah melaporkan tagihan toko ini. Setiap order menunggu persetujuan.",
      BYPASS: "CREDIT_CHECK_BYPASS aktif: batas tidak dibandingkan, setiap order menunggu persetujuan.",
    } satisfies Record<Credit["reason"], string>,
    light: {
      GREEN: "Masih ada sisa kredit",
      AMBER: "Perlu persetujuan",
    },
    unpaid: "Faktur belum lunas",
    open: "Order terbuka tanpa faktur",
    outstanding: "Menurut data ERP",
    notThere: "Order kami yang belum termasuk di data ERP",
  },
  orders: {
    title: "Order terbaru",
    none: "Toko ini belum pernah membuat order.",
    all: "Lihat semua order toko ini",
  },
  salesmen: {
    title: "Salesman toko ini",
    none: "Belum ada salesman yang ditugaskan.",
    since: "Sejak",
  },
  shadow: {
    title: "Shadow Mode",
    off: "Dimatikan pemilik toko: salesman tidak dapat membuat order.",
    on: "Diizinkan pemilik toko.",
    sessions: "Siapa mewakili toko ini",
    none: "Belum ada salesman yang mewakili toko ini.",
  },
  disputes: { title: "Order yang disangkal pemilik", none: "Pemilik belum pernah menyangkal order." },
  newest: (n: number) => say`${n} yang terbaru ditampilkan.`,
  first: (n: number) => say`${n} yang pertama ditampilkan.`,
};
