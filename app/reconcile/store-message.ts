import { formatRupiah } from "#app/ui/format.ts";
import type { LineChange, Resolution } from "./reconcile.ts";

type Outcome = {
  number: string;
  store: string;
  total: number;
  outcome: Resolution | "CONFIRMED";
  lines: LineChange[];
  /** It still waits for an admin's approval of its credit. */ waits?: boolean;
};

const words = {
  id: {
    hello: (store: string, number: string) => `Halo ${store}, order ${number} sudah kami periksa.`,
    CONFIRMED: "Semua barang tersedia dan order Anda diteruskan.",
    ACCEPT: "Order Anda diteruskan seperti yang Anda pesan.",
    KEYED: "Order Anda sudah kami catat dan diteruskan.",
    CUT: "Maaf, stok tidak cukup untuk semuanya. Perubahannya:",
    PREORDER: "Sebagian menunggu stok dan dikirim kemudian:",
    CANCEL: "Maaf, order ini tidak dapat kami kirim dan kami batalkan. Hubungi kami bila Anda ingin memesan lagi.",
    RETRY: "",
    waiting: {
      CONFIRMED:
        "Semua barang tersedia. Order Anda masih menunggu persetujuan admin; hasilnya kami kirim lewat e-mail.",
      ACCEPT:
        "Isinya tetap seperti yang Anda pesan. Order Anda masih menunggu persetujuan admin; hasilnya kami kirim " +
        "lewat e-mail.",
      KEYED: "Order Anda sudah kami catat dan masih menunggu persetujuan admin; hasilnya kami kirim lewat e-mail.",
    },
    cut: ({ name, from, to }: LineChange) =>
      to === 0 ? `- ${name}: tidak dikirim (dipesan ${from})` : `- ${name}: ${to} dari ${from}`,
    preorder: ({ name, from, to }: LineChange) => `- ${name}: ${to - from} menunggu stok`,
    total: (amount: string) => `Total: ${amount}`,
    thanks: "Terima kasih sudah menunggu.",
  },
  en: {
    hello: (store: string, number: string) => `Hello ${store}, we have checked order ${number}.`,
    CONFIRMED: "Everything is available and your order goes on.",
    ACCEPT: "Your order goes on as you placed it.",
    KEYED: "We have entered your order and it goes on.",
    CUT: "Sorry, there was not enough stock for all of it. What changes:",
    PREORDER: "Part of it waits for stock and is sent later:",
    CANCEL: "Sorry, we cannot send this order and have cancelled it. Contact us if you would like to order again.",
    RETRY: "",
    waiting: {
      CONFIRMED:
        "Everything is available. Your order still waits for an admin's approval; you will get the outcome by e-mail.",
      ACCEPT:
        "It stays as you placed it. Your order still waits for an admin's approval; you will get the outcome by " +
        "e-mail.",
      KEYED:
        "We have entered your order, and it still waits for an admin's approval; you will get the outcome by e-mail.",
    },
    cut: ({ name, from, to }: LineChange) =>
      to === 0 ? `- ${name}: not sent (ordered ${from})` : `- ${name}: ${to} of ${from}`,
    preorder: ({ name, from, to }: LineChange) => `- ${name}: ${to - from} waiting for stock`,
    total: (amount: string) => `Total: ${amount}`,
    thanks: "Thank you for waiting.",
  },
};

/** What became of an order, as a message to its store: «Mohon tunggu konfirmasi WA» promised one. */
export function outcomeText(
  lang: "id" | "en",
  { number, store, total, outcome, lines, waits = false }: Outcome,
): string {
  const t = words[lang];
  const said =
    waits && (outcome === "CONFIRMED" || outcome === "ACCEPT" || outcome === "KEYED") ? t.waiting[outcome] : t[outcome];
  const changes = outcome === "CUT" ? lines.map(t.cut) : outcome === "PREORDER" ? lines.map(t.preorder) : [];
  return [
    t.hello(store, `*${number}*`),
    said,
    ...changes,
    ...(outcome === "CANCEL" ? [] : [t.total(formatRupiah(total))]),
    t.thanks,
  ].join("\n");
}
