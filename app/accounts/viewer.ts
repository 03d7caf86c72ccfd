import type { Work } from "#app/ui/navigation.ts";
import type { Lang } from "#app/words.ts";

export type Role = "PARTNER" | "SALESMAN" | "ADMIN" | "AUDITOR";

export type Tier = "SILVER" | "GOLD" | "PLATINUM";

/** Why a login is over: of itself, by staff (he may sign in again), or with his account. */
export type Ended = "EXPIRED" | "FORCED" | "SUSPENDED";

/** Who is looking, for which store, and what hangs over the shop. Moments are ISO strings. */
export type Viewer = {
  /** Null for a guest and for a login that has ended; `ended` says which. */
  account: {
    id: string;
    code: string;
    role: Role;
    name: string;
    /** Of his mails, as he chose. */ language: Lang;
  } | null;
  ended: Ended | null;
  /** The store one is: one's own, or the one a salesman acts for. */
  store: { id: string; code: string; name: string; tier: Tier; city: string; region: string | null } | null;
  acting: { id: string; until: string; minutes: number } | null;
  cartLines: number;
  degraded: boolean;
  stockAsOf: string | null;
  stockAgeMinutes: number | null;
  bypassUntil: string | null;
  /** What waits for staff, counted up to 100; null for everybody else. */
  work: Work | null;
  /** For staff, what salesmen, admins and auditors are called, by code; null for everybody else. */
  names: Readonly<Record<string, string>> | null;
};

/** Nobody who is known, and nothing that hangs over the shop. */
export const guest: Viewer = {
  account: null,
  ended: null,
  store: null,
  acting: null,
  cartLines: 0,
  degraded: false,
  stockAsOf: null,
  stockAgeMinutes: null,
  bypassUntil: null,
  work: null,
  names: null,
};
