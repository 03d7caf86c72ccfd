import type { LoaderFunctionArgs } from "@remix-run/node";
import { json, readApi, readOnly } from "#app/http/api.server.ts";
import { listRegions } from "#app/stores/regions.server.ts";

/** The sales regions that there are. */
export const loader = (args: LoaderFunctionArgs) =>
  readApi(args, { audience: "signed-in" }, listRegions, ({ data }) => json({ regions: data }));

export const action = readOnly;
