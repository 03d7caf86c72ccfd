// Reads catalogue pages one by one and says how long each took. Run by distance.ts, on a database far away.
import sql from "sql-template-tag";
import { closePool, readTogether, type Work } from "#app/db/transaction.server.ts";
import { listProducts } from "#app/catalogue/catalogue.server.ts";
import type { Errand, Told } from "./distance.ts";

const { person, filters } = JSON.parse(process.env.ERRAND ?? "null") as Errand;

async function timed(work: Work<unknown>) {
  const started = performance.now();
  const [outcome] = await readTogether(person, [work]);
  if (outcome?.status !== "fulfilled") throw outcome?.reason;
  return performance.now() - started;
}

const told: Told = { pages: [], bare: [] };
await timed((db) => db.many(sql`select 1`)); // Connects.
for (const filter of filters) {
  told.pages.push(await timed((db) => listProducts(db, filter, "id", true)));
  told.bare.push(await timed((db) => db.many(sql`select 1`)));
}
await closePool();
console.log(JSON.stringify(told));
