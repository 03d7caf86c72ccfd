/** The list of orders as a file. */
export const saved = {
  title: "Unduh daftar ini",
  lead: (orders: string, most: string) =>
    `${orders} order menurut saringan dan urutan di halaman ini; satu berkas memuat paling banyak ${most}.`,
  xlsx: "Untuk Excel (XLSX)",
  csv: "Untuk program lain (CSV)",
  recorded: "Setiap unduhan tercatat di jejak audit.",
  placedAt: "Waktu (WIB)",
  storeCode: "Kode toko",
  credit: "Kredit",
  cut: (most: string) => `Terpotong: masih ada order lain setelah ${most} ini. Persempit saringannya.`,
};
