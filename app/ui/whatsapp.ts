import { formatRupiah } from "./format.ts";

type HandOff = {
  number: string;
  storeName: string;
  storeCode: string;
  light: "GREEN" | "AMBER";
  total: number;
  note: string;
  over: number;
  lines: Array<{ sku: string; name: string; quantity: number; preorder: number; unitPrice: number }>;
};

/** 0812..., +62 812..., 62812..., 812... all become 62812...; null for what is no Indonesian mobile number. */
export function normaliseWhatsapp(value: string): string | null {
  const digits = value
    .replace(/[\s().-]/g, "")
    .replace(/^\+/, "")
    .replace(/^0062/, "62")
    .replace(/^0/, "62")
    .replace(/^8/, "628");
  return /^62[0-9]{8,13}$/.test(digits) ? digits : null;
}

/**
 * The order as the text that is sent or pasted. In Bahasa: its reader is the sub-distributor, whatever the sender's
 * language.
 */
export function orderText(order: HandOff): string {
  const warning = order.light === "AMBER" ? [creditWarning(order.over), ""] : [];
  const lines = order.lines.map(
    ({ sku, name, quantity, preorder, unitPrice }, index) =>
      `${index + 1}. ${name} (${sku}) x ${quantity} @ ` +
      `${formatRupiah(unitPrice)}${preorder > 0 ? ` [pre-order ${preorder}]` : ""}`,
  );
  return [
    ...warning,
    `*Order ${order.number}*`,
    `Toko: ${order.storeName} (${order.storeCode})`,
    "",
    ...lines,
    "",
    `Total: ${formatRupiah(order.total)}`,
    ...(order.note ? [`Catatan: ${order.note}`] : []),
  ].join("\n");
}

/** Opened by the person's own device; nobody can know whether he sends it. */
export const whatsappLink = (number: string, text: string) =>
  `https://wa.me/${number}?text=${encodeURIComponent(text)}`;

// An order can be AMBER without being over the limit: then there is nothing to subtract, and we do not claim it.
const creditWarning = (over: number) =>
  over > 0
    ? `[PERINGATAN SISTEM: KREDIT MELEBIHI LIMIT | SELISIH: Rp -${formatRupiah(over).replace(/^Rp\s*/, "")}]`
    : "[PERINGATAN SISTEM: KREDIT BELUM DAPAT DIPERIKSA | MENUNGGU PERSETUJUAN ADMIN]";
