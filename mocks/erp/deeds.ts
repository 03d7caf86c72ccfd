import { z } from "zod";

/** Something a person does in the ERP, by its control address. */
export type Deed = {
  usage: string;
  meaning: string;
  /** What to send, or what is wrong with what was given. */
  ask(given: string[]): { method: string; path: string; body?: object } | string;
  said(answer: unknown, given: string[]): string;
};

const documents = z.array(
  z.object({ document: z.string(), reference: z.string(), partner: z.string(), total: z.number() }),
);
const keyedIn = z.object({ document: z.string() });

const shown = 20;
const rules = (body: object) => ({ method: "POST", path: "/control/rules", body });
const order = /^ORD-\d{4}-\d{6,9}$/;

/** A rule about one thing: `- ` in its place takes it away. */
function rule(
  kind: "stock" | "price" | "credit" | "refuse",
  usage: string,
  meaning: string,
  unit: "number" | "words",
  said: (name: string, value: string) => string,
): Deed {
  return {
    usage,
    meaning,
    ask([name, ...rest]) {
      const given = rest.join(" ").trim();
      if (name === undefined || given === "")
        return `Say what about whom: npm run erp -- ${usage} («-» takes it back).`;
      if (kind === "refuse" && !order.test(name)) return `«${name}» is no order number.`;
      if (given === "-") return rules({ [kind]: { [name]: null } });
      if (unit === "words") return rules({ [kind]: { [name]: given } });
      return /^\d{1,12}$/.test(given) ? rules({ [kind]: { [name]: Number(given) } }) : `«${given}» is no whole number.`;
    },
    said: (_answer, [name, ...rest]) =>
      rest.join(" ") === "-" ? `The ERP forgets what it was told about ${name}.` : said(name!, rest.join(" ")),
  };
}

export const deeds: Record<string, Deed> = {
  stock: rule(
    "stock",
    "stock <SKU> <pieces>",
    "it can ship so many of an article",
    "number",
    (sku, pieces) => `The ERP can ship ${pieces} of ${sku}.`,
  ),
  price: rule(
    "price",
    "price <SKU> <rupiah>",
    "an article costs another price there",
    "number",
    (sku, rupiah) => `In the ERP ${sku} costs Rp ${Number(rupiah).toLocaleString("id-ID")}.`,
  ),
  credit: rule(
    "credit",
    "credit <PARTNER> <words>",
    "a store has no credit there, in these words",
    "words",
    (partner, words) => `The ERP gives ${partner} no credit: ${words}`,
  ),
  refuse: rule(
    "refuse",
    "refuse <ORDER> <words>",
    "an order is refused, in these words",
    "words",
    (number, words) => `The ERP refuses ${number}: ${words}`,
  ),
  keyed: {
    usage: "keyed <ORDER>",
    meaning: "somebody keys an order in once more: a second document",
    ask: ([number]) =>
      number !== undefined && order.test(number)
        ? { method: "POST", path: "/control/keyed", body: { reference: number } }
        : "Say which order: npm run erp -- keyed ORD-2026-000123.",
    said: (answer, [number]) =>
      `Somebody keyed ${number} in: ${keyedIn.safeParse(answer).data?.document ?? "one document more"}.`,
  },
  careless: {
    usage: "careless on|off",
    meaning: "every POST makes a document, whatever its key: an old ERP",
    ask: ([on]) =>
      on === "on" || on === "off"
        ? { method: "POST", path: "/control", body: { careless: on === "on" } }
        : "Say on or off: npm run erp -- careless on.",
    said: (_answer, [on]) =>
      on === "on" ? "Every POST makes a document now, known or not." : "An order sent twice is one document again.",
  },
  clear: {
    usage: "clear",
    meaning: "takes back all about stock, prices, credit and refusals",
    ask: () => ({ method: "DELETE", path: "/control/rules" }),
    said: () => "The ERP is as it was: its own stock, prices and credit, nothing refused.",
  },
  orders: {
    usage: "orders [ORDER]",
    meaning: "the documents it has, the newest last",
    ask: () => ({ method: "GET", path: "/control/orders" }),
    said(answer, [number]) {
      const all = documents.parse(answer).filter(({ reference }) => number === undefined || reference === number);
      const lines = all
        .slice(-shown)
        .map(
          ({ document, reference, partner, total }) =>
            `  ${reference}  ${document.padEnd(14)}  ${partner}  Rp ${total.toLocaleString("id-ID")}`,
        );
      return all.length === 0
        ? `It has no document${number ? ` of ${number}` : ""}.`
        : [...lines, `${all.length} in all.`].join("\n");
    },
  },
};
