import { onlyOne } from "#app/only-one.ts";

/** How much a program may ask; settings `api.*`, with the values they begin with. */
export type Limits = {
  /** Within a quarter of an hour. */
  leads_per_address: number;
  leads_per_person: number;
  /** Of an account, or of the address of whoever is not signed in. */
  reads_per_minute: number;
  beacons_per_minute: number;
};

/** What holds in this process: what the database said last. */
export const limits = (): Limits =>
  onlyOne("api-limits", () => ({
    leads_per_address: 20,
    leads_per_person: 5,
    reads_per_minute: 600,
    beacons_per_minute: 120,
  }));
