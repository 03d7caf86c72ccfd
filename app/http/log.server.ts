import { openLog } from "#app/logger.ts";

/** The web process' log: one JSON object per line on standard output. Chosen fields only, never a whole request. */
export const log = openLog("web");
