import { article } from "./words.article.id.ts";
import { sayIn } from "#app/ui/say.ts";

const say = sayIn("id");

/** The shop's first page and the catalogue. */
export const catalogue = {
  home: {
    title: "Belanja kebutuhan salon",
    lead:
      "Katalog lengkap perawatan rambut dan alat salon. Harga khusus mitra, stok dari gudang kami, order sampai " +
      "lewat distributor di wilayah Anda.",
    browse: "Lihat katalog",
    partner: "Sudah mitra?",
    signIn: "Masuk untuk melihat harga",
    categories: "Pilih kategori",
    points: [
      ["Harga sesuai tingkat mitra", "Setiap produk menampilkan harga Anda dan berapa yang Anda hemat."],
      ["Stok yang jujur", "Tersedia, Terbatas, atau Pre-Order: Anda tahu sebelum memesan."],
      ["Order tetap jalan", "Saat sistem gudang terganggu pun, order Anda tetap kami terima."],
    ] satisfies Array<[string, string]>,
  },
  stock: { HIGH: "Tersedia", LOW: "Terbatas", ZERO: "Pre-Order" },
  title: "Katalog",
  description:
    "Sampo, pewarna, perawatan rambut, dan alat salon dari PT. Alfa Beauty Cosmetica. Terbuka bagi siapa saja; harga " +
    "tampil setelah mitra masuk.",
  search: "Cari produk, merek, atau SKU",
  searchHint: "Beberapa SKU sekaligus: ALF-0001 ALF-0012",
  missing: (typed: string[]) => `Tidak ditemukan: ${typed.join(", ")}`,
  missingElsewhere: "Cari di semua merek dan kategori",
  brand: "Merek",
  category: "Kategori",
  allBrands: "Semua merek",
  allCategories: "Semua kategori",
  sort: "Urutkan",
  sorts: { best: "Paling cocok", name: "Nama A–Z", price: "Harga terendah", "price-desc": "Harga tertinggi" },
  count: (total: number) => say`${total} produk`,
  resultsFor: (q: string, total: number) => say`Hasil untuk «${q}»: ${total} produk`,
  guest: "Harga hanya tampil untuk mitra.",
  guestLink: "Masuk untuk melihat harga",
  emptyTitle: "Tidak ada produk yang cocok",
  emptyText: "Coba kata yang lebih pendek, atau hapus saringan.",
  meant: (q: string, meant: string, total: number) =>
    say`Tidak ada yang bernama «${q}». Maksud Anda «${meant}»: ${total} produk`,
  elsewhereText: "Tidak ada di merek atau kategori ini, tetapi ada di yang lain.",
  elsewhere: (count: number) => say`Lihat ${count} produk di semua merek`,
  price: "Harga Anda",
  market: "Harga Pasar",
  unit: "Satuan",
  save: (amount: string) => `Hemat ${amount}`,
  volume: (pieces: string, price: string) => `Mulai ${pieces}: ${price}`,
  quantityOf: (product: string) => `Jumlah untuk ${product}`,
  add: "Tambah",
  addLabel: (product: string) => `Tambah ${product} ke keranjang`,
  addToCart: "Tambah ke keranjang",
  inCart: (pieces: string) => `${pieces} di keranjang`,
  added: (product: string) => `${product} masuk ke keranjang.`,
  addedMany: (count: number) => say`${count} produk masuk ke keranjang.`,
  unpriced: "Belum ada harga untuk toko Anda. Hubungi kami.",
  preorderNote: "Stok kosong. Anda tetap dapat memesan sebagai pre-order.",
  back: "Kembali ke katalog",
  each: (unit: string) => `per ${unit}`,
  pickStore: "Pilih toko di halaman Klien untuk melihat harga dan memesan.",
  article,
};
