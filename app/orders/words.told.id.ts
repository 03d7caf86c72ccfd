import type { LineChange } from "#app/reconcile/reconcile.ts";
import type { OrderStatus } from "./order.ts";
import { sayIn } from "#app/ui/say.ts";

const say = sayIn("id");

/** How far an order is, as a message to its store. */
export const told = {
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
    to === 0 ? say`- ${name}: tidak dikirim (dipesan ${from})` : say`- ${name}: ${to} dari ${from}`,
  preorder: ({ name, from, to }: LineChange) => say`- ${name}: ${to - from} menunggu stok`,
  note: "Pesan dari admin",
  more: "Rinciannya",
};
