import { sayIn } from "#app/ui/say.ts";

const say = sayIn("id");

/** The cart and the checkout. */
export const carts = {
  title: "Keranjang",
  emptyTitle: "Keranjang Anda masih kosong",
  emptyText: "Pilih produk dari katalog, lalu jumlah dan totalnya tampil di sini.",
  emptyAction: "Buka katalog",
  product: "Produk",
  save: "Simpan jumlah",
  notSaved: "Belum ada yang disimpan. Perbaiki dulu, lalu simpan lagi.",
  removeLabel: (product: string) => `Hapus ${product} dari keranjang`,
  updated: "Keranjang diperbarui.",
  removed: (names: string[]) =>
    names.length === 1 ? `${names[0]} dihapus dari keranjang.` : say`${names.length} produk dihapus dari keranjang.`,
  withdrawnTitle: (count: number) => say`${count} produk tidak dapat dipesan`,
  withdrawnText: "Tidak ikut dihitung. Hapus dari keranjang untuk melanjutkan, atau tunggu sampai dijual lagi.",
  withdrawn: { WITHDRAWN: "Tidak dijual lagi", UNPRICED: "Belum ada harga. Hubungi kami." },
  withdrawnQuantity: (count: number) => say`Jumlah di keranjang: ${count}`,
  removeAll: (count: number) => say`Hapus ${count} produk ini`,
  itemsAside: (count: number) => say`${count} tidak dapat dipesan`,
  total: "Total",
  saving: (amount: string, tier: string) => `ANDA HEMAT: ${amount} (Benefit ${tier})`,
  storeSaving: (amount: string, tier: string) => `Toko hemat ${amount} (Benefit ${tier})`,
  marketTotal: "Harga Pasar",
  partnerTotal: "Harga Spesial Partner",
  items: (count: number) => say`${count} produk`,
  volumeApplied: "Harga grosir",
  toCheckout: "Lanjut ke checkout",
  checkout: {
    title: "Checkout",
    summary: "Ringkasan order",
    credit: "Kredit toko",
    creditGreen: "Order ini masih dalam batas kredit toko.",
    room: "Sisa kredit",
    after: "Sisa setelah order ini",
    creditAsOf: (when: string) => `Data kredit per ${when}`,
    creditUnknown: "Data kredit terbaru belum tersedia. Admin akan memeriksa order Anda.",
    note: "Catatan untuk Admin",
    noteHint: "Misalnya jam buka toko atau pesan untuk pengirim.",
    preorder: "Kirim yang tersedia, sisanya sebagai pre-order",
    preorderHint: "Centang bila Anda bersedia menunggu produk yang stoknya kurang.",
    send: "Kirim Order",
    ask: "Ajukan Approval",
    total: "Total order",
    backToCart: "Ubah keranjang",
    removeAndGoOn: (count: number) => say`Hapus ${count} produk dan lanjut`,
    over: "Melebihi batas kredit",
    forStore: (store: string) =>
      `Order ini dibuat atas nama ${store}. Pemilik toko menerima pemberitahuan lewat e-mail.`,
    tried: "Order ini hanya uji coba: tidak ada yang dikirim.",
    sent: (number: string) => `Order ${number} sudah kami terima.`,
    /** A cart that went out already, and a form that came after its order. */
    late: {
      title: (number: string) => `Keranjang ini sudah terkirim sebagai order ${number}`,
      at: "Terkirim",
      nothingLeft: "Keranjang kosong sejak itu, dan tidak ada yang perlu dikirim ulang.",
      refilled: "Yang di bawah ini order baru: kirim hanya bila Anda memang memesan lagi.",
      itsNote: "Catatan pada order itu",
      typedNote: "Catatan Anda sekarang, belum terkirim",
      noNote: "Tanpa catatan",
      open: "Lihat order itu",
      sendNote: "Kirim catatan ini lewat WhatsApp",
      toHq: (number: string, note: string) => `Order ${number}: mohon tambahkan catatan ini.\n${note}`,
      emptied: (number: string) =>
        `Tidak ada yang terkirim kali ini: isi keranjang sudah terkirim sebagai order ${number}.`,
      differs: {
        cart: (number: string) => `Formulir ini sudah dipakai untuk order ${number}, dengan isi keranjang yang lain.`,
        note: (number: string) =>
          `Order ${number} sudah terkirim dari formulir ini dengan catatan lain. Catatan yang sekarang belum kami ` +
          "terima.",
        preorder: (number: string) =>
          `Order ${number} sudah terkirim dari formulir ini dengan pilihan pre-order yang lain. Pilihan yang ` +
          "sekarang tidak mengubahnya.",
      },
    },
  },
  /** Why a line of a form of quantities was not saved. */
  refused: {
    changed: (there: number) =>
      say`Di tempat lain jumlahnya sudah menjadi ${there}. Simpan lagi bila jumlah Anda yang benar.`,
    goneMeanwhile: (product: string) =>
      `${product} sudah dihapus dari keranjang di tempat lain. Simpan lagi bila tetap ingin memesannya, atau isi 0.`,
    withdrawn: (product: string) => `${product} tidak dijual lagi.`,
    tooMany: (there: number) => say`Paling banyak 9.999 per produk. Di keranjang sudah ada ${there}.`,
    unpriced: (product: string) => `${product} belum ada harganya. Hubungi kami.`,
  },
  stockShort: (left: number) =>
    left > 0
      ? say`Stok tinggal ${left}. Kurangi jumlah atau centang pre-order.`
      : "Stok habis. Hapus produk ini atau centang pre-order.",
  /** In the cart, which has no box to tick. */
  stockShortInCart: (left: number) =>
    left > 0
      ? say`Stok tinggal ${left}. Kurangi jumlah, atau centang pre-order di halaman checkout.`
      : "Stok habis. Hapus produk ini, atau centang pre-order di halaman checkout.",
  /** What was asked; what there is of it, `stockShort` says. */
  stockShortLine: (product: string, asked: number) => say`${product}: diminta ${asked}.`,
  newTotal: (total: string) => `Total yang baru: ${total}.`,
  trail: {
    CART_CHANGED: "Keranjang diubah",
  },
  codes: {
    EMPTY_CART: "Keranjang Anda kosong. Pilih produk dulu, lalu kirim kembali.",
    NO_REGION: "Wilayah Anda belum terdaftar. Hubungi Admin untuk aktivasi.",
    WITHDRAWN: "Ada produk yang tidak dapat dipesan lagi. Belum ada yang terkirim.",
    STOCK_SHORT: "Beberapa produk stoknya kurang. Keranjang Anda tetap tersimpan.",
    KEY_REUSED:
      "Formulir ini sudah dipakai untuk order lain. Periksa keranjang Anda, lalu kirim dari halaman yang baru.",
    PRICE_CHANGED:
      "Harga atau isi keranjang berubah sejak halaman ini dibuka. Belum ada yang terkirim. Periksa total yang baru, " +
      "lalu kirim kembali.",
    UNKNOWN_SKU: "Produk ini tidak ada di katalog.",
    CART_FULL: "Keranjang memuat paling banyak 200 produk. Kirim order ini dulu, lalu lanjutkan.",
    QUANTITY: "Jumlah harus bilangan bulat dari 1 sampai 9.999.",
    QUANTITY_OR_ZERO: "Jumlah harus bilangan bulat dari 0 sampai 9.999. Isi 0 untuk menghapus.",
    CHECKOUT_KEY: "Formulir tidak lengkap. Buka halaman checkout lagi.",
  },
};
