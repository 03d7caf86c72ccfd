import { rupiah, type Lang } from "./format.ts";

export type AlertFacts = {
  storeName: string;
  salesmanName: string;
  orderNumber: string;
  /** Whole rupiah. */ total: number;
};

/**
 * What an owner's mail says about an order in his name: the agreed sentence word for word, then which order it is and
 * what it is worth.
 */
export function alertSentence({ storeName, salesmanName, orderNumber, total }: AlertFacts, lang: Lang): string {
  return lang === "id"
    ? `Halo ${storeName}, Salesman ${salesmanName} baru saja membuat order atas nama Anda. Hubungi kami jika ini ` +
        `tidak sah. Order ${orderNumber}, total ${rupiah(total)}.`
    : `Hello ${storeName}, salesman ${salesmanName} has just placed an order in your name. Contact us if this is not ` +
        `authorised. Order ${orderNumber}, total ${rupiah(total)}.`;
}
