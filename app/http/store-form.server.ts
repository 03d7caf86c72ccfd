import type { ActionFunctionArgs } from "@remix-run/node";
import type { z } from "zod";
import { DatabaseRefusal } from "#app/db/errors.server.ts";
import { refusal } from "./page.server.ts";
import { submit } from "./submit.server.ts";
import type { Visit } from "./visit.server.ts";

type Save<Schema extends z.ZodType> = Parameters<typeof submit<Schema>>[2];

/**
 * A form that only a store can send, for the store and the acting session that it was shown for. A salesman whose acting session ended in another tab, or by its hour, is told so
 * (409): that the page is not for him would be wrong, and nothing he typed was at fault.
 */
export function submitAsStore<Schema extends z.ZodType>(args: ActionFunctionArgs, schema: Schema, save: Save<Schema>) {
  return submit(args, schema, async (value, visit) => {
    try {
      return await save(value, visit);
    } catch (error) {
      if (error instanceof DatabaseRefusal && error.code === "DNIED" && (await isBetweenStores(visit))) throw refusal(409, visit.lang, "NO_STORE");
      throw error;
    }
  }, { store: true });
}

async function isBetweenStores(visit: Visit) {
  const { account, store } = await visit.me();
  return account?.role === "SALESMAN" && store === null;
}
