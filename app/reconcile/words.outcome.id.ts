import type { LineChange } from "./reconcile.ts";
import { sayIn } from "#app/ui/say.ts";

const say = sayIn("id");

/** What became of an order, as a message to its store. */
export const outcome = {
  hello: (store: string, number: string) => `Halo ${store}, order ${number} sudah kami periksa.`,
  CONFIRMED: "Semua barang tersedia dan order Anda diteruskan.",
  ACCEPT: "Order Anda diteruskan seperti yang Anda pesan.",
  KEYED: "Order Anda sudah kami catat dan diteruskan.",
  CUT: "Maaf, stok tidak cukup untuk semuanya. Perubahannya:",
  PREORDER: "Sebagian menunggu stok dan dikirim kemudian:",
  CANCEL: "Maaf, order ini tidak dapat kami kirim dan kami batalkan. Hubungi kami bila Anda ingin memesan lagi.",
  RETRY: "",
  waiting: {
    CONFIRMED: "Semua barang tersedia. Order Anda masih menunggu persetujuan admin; hasilnya kami kirim lewat e-mail.",
    ACCEPT:
      "Isinya tetap seperti yang Anda pesan. Order Anda masih menunggu persetujuan admin; hasilnya kami kirim " +
      "lewat e-mail.",
    KEYED: "Order Anda sudah kami catat dan masih menunggu persetujuan admin; hasilnya kami kirim lewat e-mail.",
  },
  cut: ({ name, from, to }: LineChange) =>
    to === 0 ? say`- ${name}: tidak dikirim (dipesan ${from})` : say`- ${name}: ${to} dari ${from}`,
  preorder: ({ name, from, to }: LineChange) => say`- ${name}: ${to - from} menunggu stok`,
  total: (amount: string) => `Total: ${amount}`,
  thanks: "Terima kasih sudah menunggu.",
};
