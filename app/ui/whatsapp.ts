import { formatNumber, formatPieces, formatRupiah, formatWib } from "./format.ts";

type HandOff = {
  number: string;
  storeName: string;
  storeCode: string;
  light: "GREEN" | "AMBER";
  /** When an admin agreed to its credit; null where nobody had to, or has not yet. */
  creditApproved: Date | null;
  total: number;
  note: string;
  over: number;
  lines: Array<{ sku: string; name: string; unit: string; quantity: number; preorder: number; unitPrice: number }>;
};

/** Phones and WhatsApp cut what is longer. In a link other alphabets and emoji grow six to twelve times. */
const bounds = { text: 1_800, link: 6_000 };
const noteBounds = { text: 500, link: 1_500 };

/**
 * The order as the text that WhatsApp opens with: what it is first, then as many of its lines as fit, and where the
 * rest is. In Bahasa: its reader is the sub-distributor or the head office, whatever the sender's language. The former
 * has no account, so he is sent to the sender, whose page has the whole text.
 */
export function orderText(order: HandOff, page: string): string {
  return written(order, page, bounds);
}

/** All of it, to be copied: what is pasted into WhatsApp may be longer than a link. */
export const wholeOrderText = (order: HandOff): string => written(order, "", { text: Infinity, link: Infinity });

function written(order: HandOff, page: string, most: typeof bounds): string {
  const head = [
    `*Order ${order.number}*`,
    `Toko: ${oneLine(order.storeName)} (${order.storeCode})`,
    `Total: ${formatRupiah(order.total, "id")}`,
    ...creditSays(order),
    ...(order.note ? [`Catatan: ${cut(oneLine(order.note), noteBounds)}`] : []),
    "",
  ];
  const lines = order.lines.map(lineText);
  const first = (n: number) => {
    const left = lines.length - n;
    return [...head, ...lines.slice(0, n), ...(left > 0 ? [rest(left, page)] : [])].join("\n");
  };
  let n = lines.length;
  while (n > 0 && !fits(first(n), most)) n -= 1;
  return first(n);
}

const rest = (left: number, page: string) =>
  `… dan ${left} lainnya. Teks lengkapnya ada pada pengirim, atau (perlu masuk dengan akun): ${page}`;

function lineText({ name, sku, unit, quantity, preorder, unitPrice }: HandOff["lines"][number], index: number) {
  const waits = preorder > 0 ? ` [pre-order ${formatPieces(preorder, unit, "id")}]` : "";
  const pieces = formatPieces(quantity, unit, "id");
  return `${index + 1}. ${oneLine(name)} (${sku}): ${pieces} @ ${formatRupiah(unitPrice, "id")}${waits}`;
}

const oneLine = (text: string) => text.replace(/\s+/g, " ").trim();

const fits = (text: string, { text: most, link }: typeof bounds) =>
  text.length <= most && encodeURIComponent(text).length <= link;

/** By whole characters: half of one cannot stand in a link. */
function cut(text: string, within: typeof bounds): string {
  if (fits(text, within)) return text;
  const characters = [...text];
  let n = Math.min(characters.length, within.text);
  while (!fits(`${characters.slice(0, n).join("")}…`, within)) n -= 1;
  return `${characters.slice(0, n).join("")}…`;
}

/** Opened by the person's own device; nobody can know whether he sends it. */
export const whatsappLink = (number: string, text: string) =>
  `https://wa.me/${number}?text=${encodeURIComponent(text)}`;

// The warning stands until a person has decided. An order can be AMBER without being over the limit: then there is
// nothing to subtract, and we do not claim it.
function creditSays({ light, creditApproved, over }: HandOff): string[] {
  if (light === "GREEN") return [];
  if (creditApproved) return [`Kredit: disetujui admin, ${formatWib(creditApproved, "id")}`];
  return [
    over > 0
      ? `[PERINGATAN SISTEM: KREDIT MELEBIHI LIMIT | SELISIH: Rp -${formatNumber(over, "id")}]`
      : "[PERINGATAN SISTEM: KREDIT BELUM DAPAT DIPERIKSA | MENUNGGU PERSETUJUAN ADMIN]",
  ];
}
