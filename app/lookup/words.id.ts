import type { Kind } from "./lookup.ts";
import { sayIn } from "#app/ui/say.ts";

const say = sayIn("id");

/** The one field of the office: whatever has a number, a name or a telephone is found by it. */
export const lookup = {
  title: "Pencarian",
  label: "Cari order, toko, calon mitra, orang, atau produk",
  placeholder: "Nomor, nama, HP, e-mail, SKU",
  resultsFor: (typed: string) => `Hasil untuk «${typed}»`,
  kinds: {
    order: "Order",
    invoice: "Faktur",
    store: "Toko",
    lead: "Calon mitra",
    person: "Salesman dan kantor pusat",
    article: "Produk",
    incident: "Insiden",
    privacy: "Permintaan tentang data pribadi",
  } satisfies Record<Kind, string>,
  more: (n: number) => say`${n} yang pertama ditampilkan. Ketik lebih lengkap untuk mempersempit.`,
  nothing: (typed: string) => `Tidak ada yang cocok dengan «${typed}»`,
  start: "Apa yang dapat dicari",
  ways: [
    ["Nomor order", "ORD-2026-000042 atau 000042"],
    ["Nomor faktur", "INV-2026-000042 atau INV-42"],
    ["Beberapa angka", "42 atau 0812: order, faktur, toko, calon mitra, dan produk yang nomornya memuatnya"],
    ["Toko", "nama atau kodenya: Salon Budi, PTR-0001"],
    ["Calon mitra", "nama usahanya, nama orangnya, atau LEAD-2026-00042"],
    [
      "Telepon pemilik toko atau calon mitra",
      "0812…, +62 812…, dengan atau tanpa spasi dan tanda hubung, paling sedikit 6 angka",
    ],
    ["E-mail", "alamat lengkap, atau awalnya sampai @"],
    ["Salesman", "nama atau kodenya: Sari, SLS-001"],
    ["Produk", "SKU atau kata dari namanya: ALF-0042, alf42, sampo"],
    ["Insiden, dokumen ERP, atau permintaan tentang data pribadi", "nomor lengkapnya"],
  ] satisfies Array<[string, string]>,
};
