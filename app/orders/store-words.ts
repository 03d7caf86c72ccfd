import { formatRupiah } from "#app/ui/format.ts";
import { isUndecided, type OrderStatus } from "./order.ts";
import type { LineChange, Resolution } from "#app/reconcile/reconcile.ts";

type Lang = "id" | "en";
export type ToldOrder = {
  number: string;
  storeName: string;
  total: number;
  status: OrderStatus;
  held: boolean;
  light: "GREEN" | "AMBER";
  degraded: boolean;
  syncStatus: string;
  events: Array<{ kind: string; detail: Record<string, unknown> }>;
};

const words = {
  id: {
    hello: (store: string, number: string, total: string) =>
      `Halo ${store}, kabar tentang order *${number}* senilai ${total}.`,
    held: "Order kami tahan dulu dan belum dikirim. Kantor pusat sedang memeriksanya.",
    waits: "Order sudah kami terima dan menunggu persetujuan. Hasilnya kami kirim lewat e-mail.",
    manual: "Order sudah kami terima saat sistem kami terganggu dan sedang diproses manual oleh Admin.",
    status: {
      SUBMITTED: "Order sudah kami terima dan menunggu diproses.",
      PROCESSING: "Order sedang kami proses.",
      APPROVED: "Order sudah disetujui.",
      SHIPPED: "Order sudah dikirim.",
      COMPLETED: "Order sudah selesai.",
      REJECTED: "Maaf, order ini tidak dapat kami setujui dan tidak dikirim.",
      CANCELLED: "Maaf, order ini dibatalkan dan tidak dikirim.",
    } satisfies Record<OrderStatus, string>,
    cut: ({ name, from, to }: LineChange) =>
      to === 0 ? `- ${name}: tidak dikirim (dipesan ${from})` : `- ${name}: ${to} dari ${from}`,
    preorder: ({ name, from, to }: LineChange) => `- ${name}: ${to - from} menunggu stok`,
    note: "Pesan dari admin",
    more: "Rinciannya",
  },
  en: {
    hello: (store: string, number: string, total: string) =>
      `Hello ${store}, this is about order *${number}* for ${total}.`,
    held: "It is on hold and not shipped yet. The head office is looking into it.",
    waits: "We have it, and it waits for approval. You will get the outcome by e-mail.",
    manual: "We took it while our system was disturbed, and an admin is processing it by hand.",
    status: {
      SUBMITTED: "We have it, and it waits to be processed.",
      PROCESSING: "We are working on it.",
      APPROVED: "It is approved.",
      SHIPPED: "It has been shipped.",
      COMPLETED: "It is completed.",
      REJECTED: "Sorry, we could not approve it, and it will not be shipped.",
      CANCELLED: "Sorry, it is cancelled and will not be shipped.",
    } satisfies Record<OrderStatus, string>,
    cut: ({ name, from, to }: LineChange) =>
      to === 0 ? `- ${name}: not sent (ordered ${from})` : `- ${name}: ${to} of ${from}`,
    preorder: ({ name, from, to }: LineChange) => `- ${name}: ${to - from} waiting for stock`,
    note: "A message from the admin",
    more: "Details",
  },
};

/**
 * Where an order stands, as a message to its store: what staff may tell it, and nothing of staff's own words.
 */
export function storeText(lang: Lang, order: ToldOrder, appUrl: string): string {
  const t = words[lang];
  const note = order.events.findLast(({ kind, detail }) => kind === order.status && detail.forStore === true)?.detail
    .note;
  return [
    t.hello(order.storeName, order.number, formatRupiah(order.total)),
    standing(lang, order),
    ...changes(lang, order),
    ...(typeof note === "string" && note !== "" ? [`${t.note}: ${note}`] : []),
    `${t.more}: ${appUrl}/orders/${order.number}`,
  ].join("\n");
}

function standing(lang: Lang, { status, held, light, degraded, syncStatus }: ToldOrder): string {
  const t = words[lang];
  const early = isUndecided(status);
  if (held && (early || status === "APPROVED")) return t.held;
  if (early && light === "AMBER") return t.waits;
  if (early && degraded && syncStatus !== "SYNCED") return t.manual;
  return t.status[status];
}

/** What staff changed last, while the order goes on. */
function changes(lang: Lang, { status, events }: ToldOrder): string[] {
  if (status === "REJECTED" || status === "CANCELLED") return [];
  const { resolution, lines = [] } = (events.findLast(({ kind }) => kind === "RECONCILED")?.detail ?? {}) as {
    resolution?: Resolution;
    lines?: LineChange[];
  };
  return resolution === "CUT"
    ? lines.map(words[lang].cut)
    : resolution === "PREORDER"
      ? lines.map(words[lang].preorder)
      : [];
}
