import { sayIn } from "#app/ui/say.ts";

const say = sayIn("id");

/** An article as the office knows it. */
export const article = {
  withdrawn: "Tidak dijual lagi: toko tidak melihatnya di katalog.",
  inCatalogue: "Lihat di katalog",
  forStaff: "Harga, stok, dan pembeli produk ini",
  prices: "Harga per tingkat",
  noPrice: "Belum ada harga, jadi tidak dapat dipesan.",
  tier: "Tingkat",
  price: "Harga",
  volume: "Harga volume",
  volumeFrom: (pieces: string, price: string) => `${price} mulai ${pieces}`,
  stock: "Stok",
  erp: "Stok ERP",
  buffer: "Stok pengaman",
  display: "Stok tampil: ERP dikurangi pengaman",
  held: "Dipesan, belum termasuk di data ERP",
  free: "Masih dapat dipesan",
  warehouse: (name: string) => `Gudang ${name}`,
  asOf: "Data ERP per",
  never: "ERP belum pernah mengirim data stok.",
  toErp: "Keadaan data dari ERP",
  buyers: "Pembelian terbaru",
  noBuyers: "Produk ini belum pernah dipesan.",
  store: "Toko",
  quantity: "Jumlah",
  newest: (n: number) => say`${n} order yang terbaru ditampilkan.`,
};
