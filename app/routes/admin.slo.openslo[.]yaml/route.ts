import type { LoaderFunctionArgs } from "@remix-run/node";
import { downloadHeaders } from "#app/http/download.server.ts";
import { page } from "#app/http/page.server.ts";
import { findBudgets } from "#app/vitals/objective.server.ts";
import { openSlo } from "#app/vitals/openslo.ts";

/** The objectives as OpenSLO, for tools that read it. */
export async function loader(args: LoaderFunctionArgs) {
  const { data } = await page(args, "staff", (db) => findBudgets(db));
  return new Response(openSlo(data.budgets), { headers: downloadHeaders("openslo.yaml", "application/yaml") });
}
