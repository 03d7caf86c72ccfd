import type { AbuseRule } from "./abuse.ts";
import { wordFor } from "#app/ui/word.ts";
import { sayIn } from "#app/ui/say.ts";

const say = sayIn("id");

const why: Record<AbuseRule, string> = {
  STORES_PER_HOUR: "terlalu banyak toko dalam 60 menit",
  ORDERS_PER_HOUR: "order jauh lebih cepat dari kebiasaannya",
  OUTSIDE_ASSIGNMENT: "toko di luar tugasnya",
  ORDER_VALUE: "nilai order jauh di atas kebiasaan toko",
  SEASON_VALUE: "nilai order besar di musim ramai",
  PROMOTED_VALUE: "paket promo bernilai besar",
  SAME_BASKET: "keranjang yang sama di banyak toko",
  PROMOTED_BASKET: "paket promo di banyak toko",
  IMPLAUSIBLE_TRAVEL: "jarak yang tidak masuk akal",
  OWNER_DISPUTED: "pemilik toko menyangkal order",
  NEW_DEVICE: "perangkat baru",
  SHARED_DEVICE: "satu perangkat dipakai dua salesman",
  OFFICE_DEVICE: "komputer yang dipakai satu kantor",
  REPEATED: "tanda yang sama berulang kali",
  SLOW_DRIFT: "order naik pelan-pelan di banyak toko",
};

/** Why the system suspended a salesman, on the pages of staff and in their mail. */
export const suspendedFor = (score: number, rules: string[]): string =>
  say`Skor ${score}: ${rules.map((rule) => wordFor(why, rule) ?? rule).join(", ")}`;
