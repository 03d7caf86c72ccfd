import type { AbuseRule, AbuseWords } from "./abuse.ts";
import { figuresIn } from "./figures.ts";
import { suspendedFor } from "./words.suspended.id.ts";
import { wordFor } from "#app/ui/word.ts";
import { sayIn } from "#app/ui/say.ts";

const say = sayIn("id");

const { number, rupiah } = figuresIn("id");

const rules: Record<AbuseRule, string> = {
  STORES_PER_HOUR: "Banyak toko dalam satu jam",
  ORDERS_PER_HOUR: "Order sangat cepat",
  OUTSIDE_ASSIGNMENT: "Di luar penugasan",
  ORDER_VALUE: "Nilai order sangat besar",
  SEASON_VALUE: "Nilai order besar di musim ramai",
  PROMOTED_VALUE: "Nilai besar, paket dijual salesman lain juga",
  SAME_BASKET: "Keranjang sama",
  PROMOTED_BASKET: "Keranjang sama, juga dijual salesman lain",
  IMPLAUSIBLE_TRAVEL: "Lokasi tidak masuk akal",
  OWNER_DISPUTED: "«Bukan saya» dari pemilik",
  NEW_DEVICE: "Perangkat baru",
  SHARED_DEVICE: "Perangkat dipakai bersama",
  OFFICE_DEVICE: "Komputer bersama satu kantor",
  REPEATED: "Berulang",
  SLOW_DRIFT: "Naik pelan-pelan",
};

const words: AbuseWords = {
  STORES_PER_HOUR: ({ stores, limit, p99, factor }) =>
    stores >= limit || p99 === undefined || factor === undefined
      ? say`${stores} toko berbeda dalam 60 menit (batas ${number(limit)})`
      : say`${stores} toko berbeda dalam 60 menit, lebih dari ${number(factor)} kali kebiasaannya ` +
        `(${number(p99)} toko)`,
  ORDERS_PER_HOUR: ({ orders, median, z, limit }) =>
    say`${orders} order dalam 60 menit; biasanya ${number(median)} per jam (skor ${number(z)}, batas ${number(limit)})`,
  OUTSIDE_ASSIGNMENT: ({ store }) => `Order untuk ${store}, toko yang bukan tugasnya saat itu`,
  ORDER_VALUE: ({ total, median, factor }) =>
    `${rupiah(total)}, lebih dari ${number(factor)} kali order biasa toko ini (${rupiah(median)} dalam 90 hari)`,
  SEASON_VALUE: ({ total, median, othersLarge, othersOrders }) =>
    say`${rupiah(total)}, biasanya ${rupiah(median)}; di wilayah ini ${othersLarge} dari ${othersOrders} order ` +
    "salesman lain juga sangat besar",
  PROMOTED_VALUE: ({ total, median, sellers }) =>
    say`${rupiah(total)}, biasanya ${rupiah(median)}; ${sellers} salesman lain menjual paket yang sama, ` +
    "kemungkinan promo",
  SAME_BASKET: ({ stores, limit, lines }) =>
    say`Barang dan jumlah yang sama (${lines} baris) di ${stores} toko dalam 24 jam (batas ${number(limit)})`,
  PROMOTED_BASKET: ({ stores, sellers }) =>
    say`Barang dan jumlah yang sama di ${stores} toko dalam 24 jam; ${sellers} salesman lain juga menjualnya, ` +
    "kemungkinan promo",
  IMPLAUSIBLE_TRAVEL: (way) =>
    "from" in way
      ? `Dari order ${way.from} ke order ini kira-kira ${number(way.distanceKm)} km, paling sedikit ` +
        `${number(way.leastKm)} km, dalam ${number(way.minutes)} menit: ${number(way.kmh)} km per jam menurut alamat ` +
        "internetnya"
      : "Jarak dari tempat order sebelumnya terlalu jauh untuk ditempuh menurut alamat internetnya",
  OWNER_DISPUTED: () => "Pemilik toko menyatakan order ini bukan darinya",
  NEW_DEVICE: () => "Perangkat yang belum pernah ia pakai dalam 90 hari terakhir",
  SHARED_DEVICE: ({ others, handovers, days }) =>
    say`Perangkat yang sama juga dipakai ${others} salesman lain dalam ${days} hari (berganti orang ${handovers} kali)`,
  OFFICE_DEVICE: ({ others, days }) =>
    say`Perangkat yang sama dipakai ${others} salesman lain dalam ${days} hari, kemungkinan komputer kantor`,
  REPEATED: ({ of, days, orders, handovers }) =>
    `«${wordFor(rules, of) ?? of}» terjadi berulang: ` +
    (handovers === undefined
      ? say`${orders ?? 0} order pada ${days ?? 0} hari`
      : say`berganti orang ${handovers} kali pada ${days ?? 0} hari`),
  SLOW_DRIFT: ({ percent, leastPercent, stores, days, tradePercent, limitPercent }) =>
    say`Order di ${stores} tokonya dalam ${days} hari lebih besar ${number(percent)} % dari sebelumnya, di luar ` +
    `perubahan pasar (${number(tradePercent)} %); dengan memperhitungkan kebetulan paling sedikit ` +
    `${number(leastPercent)} % (batas ${number(limitPercent)} %)`,
};

export const abuse = {
  rules,
  words,
  suspendedFor,
  title: "Tanda penyalahgunaan",
  weight: (weight: number) => say`${weight} poin`,
  weak: "Bukti lemah",
  weakWhy: "Bukti lemah hanya mendukung, tidak pernah menentukan: lokasi internet sering meleset ratusan kilometer.",
  version: (version: number) => say`Aturan versi ${version}`,
  score: (score: number) => say`Skor ${score}`,
  order: "Order",
  empty: "Belum ada tanda",
  emptyText: "Tidak ada aturan yang terpicu.",
};
