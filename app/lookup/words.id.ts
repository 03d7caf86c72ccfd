import type { Kind } from "./lookup.ts";
import { sayIn } from "#app/ui/say.ts";

const say = sayIn("id");

/** The one field of the office: whatever has a number, a name or a telephone is found by it. */
export const lookup = {
  title: "Pencarian",
  label: "Cari order, toko, orang, atau produk",
  placeholder: "Nomor, nama, HP, e-mail, SKU",
  resultsFor: (typed: string) => `Hasil untuk «${typed}»`,
  kinds: {
    order: "Order",
    invoice: "Faktur",
    store: "Toko",
    person: "Salesman dan kantor pusat",
    article: "Produk",
    incident: "Insiden",
  } satisfies Record<Kind, string>,
  more: (n: number) => say`${n} yang pertama ditampilkan. Ketik lebih lengkap untuk mempersempit.`,
  nothing: (typed: string) => `Tidak ada yang cocok dengan «${typed}»`,
  start: "Apa yang dapat dicari",
  ways: [
    ["Nomor order", "ORD-2026-000042 atau 000042"],
    ["Nomor faktur", "INV-2026-000042 atau INV-42"],
    ["Beberapa angka", "42 atau 0812: order, faktur, toko, dan produk yang nomornya memuatnya"],
    ["Toko", "nama atau kodenya: Salon Budi, PTR-0001"],
    ["Telepon pemilik toko", "0812…, +62 812…, dengan atau tanpa spasi dan tanda hubung, paling sedikit 6 angka"],
    ["E-mail", "alamat lengkap, atau awalnya sampai @"],
    ["Salesman", "nama atau kodenya: Sari, SLS-001"],
    ["Produk", "SKU atau kata dari namanya: ALF-0042, alf42, sampo"],
    ["Insiden atau dokumen ERP", "nomor lengkapnya"],
  ] satisfies Array<[string, string]>,
};
