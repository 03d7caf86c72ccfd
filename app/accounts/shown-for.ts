import type { Viewer } from "./viewer.ts";

/**
 * Whom a form was shown to: the person, and the store he was at that moment. Codes are compared, names are for telling.
 */
export type ShownFor = {
  account: string;
  person: string;
  store: string | null;
  storeName: string | null;
  /** The acting session, of whoever works in a store's name. */
  acting: string | null;
};
/** What the database compares: see private.assert_shown_for. Without `store`: the person alone. */
export type ShownClaim = { account: string; store?: string | null; acting?: string | null };

const pattern =
  /^([A-Z]{2,4}-\d{3,6})\|(PTR-\d{4,6})?\|([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})?\|([^|]{1,120})\|([^|]{0,120})$/;

/**
 * The field's value: account, store and acting session, then the two names, with strokes between. Empty for a guest.
 */
export function writeShownFor({ account, store, acting }: Pick<Viewer, "account" | "store" | "acting">): string {
  if (!account) return "";
  return [account.code, store?.code, acting?.id, plain(account.name), plain(store?.name)].join("|");
}

/** What a form says of itself; null when nothing that we wrote. */
export function readShownFor(value: string): ShownFor | null {
  const [, account, store, acting, person, storeName] = pattern.exec(value) ?? [];
  if (!account || !person) return null;
  return { account, person, store: store ?? null, storeName: storeName || null, acting: acting ?? null };
}

const plain = (name = "") => name.replaceAll("|", " ");
