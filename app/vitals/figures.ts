import { onlyOne } from "#app/only-one.ts";

export type Pool = { total: number; idle: number; waiting: number };
type Sources = {
  /** What waits in the database, by name. */
  database: () => Promise<Record<string, number>>;
  pool: () => Pool;
  /** The schema that this process was written for, by its checksum; null: nobody has said. */
  schema: string | null;
};

/** Where figures of this process come from that its server does not have: the pages open the database. */
export const figureSources = (): Sources =>
  onlyOne("figure-sources", () => ({
    database: () => Promise.reject(new Error("no database is open")),
    pool: () => ({ total: 0, idle: 0, waiting: 0 }),
    schema: null,
  }));
