import { rupiah, type Lang } from "./format.ts";

export type AlertFacts = { storeName: string; salesmanName: string; orderNumber: string; /** Whole rupiah. */ total: number };

/** The sentence that every owner reads about an order in his name, whatever road it takes to him. */
export function alertSentence({ storeName, salesmanName, orderNumber, total }: AlertFacts, lang: Lang): string {
  return lang === "id"
    ? `Halo ${storeName}, Salesman ${salesmanName} baru saja membuat order ${orderNumber} atas nama Anda senilai ${rupiah(total)}. Hubungi kami jika ini tidak sah.`
    : `Hello ${storeName}, salesman ${salesmanName} has just placed order ${orderNumber} in your name for ${rupiah(total)}. Contact us if this is not authorised.`;
}
