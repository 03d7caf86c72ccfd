// The pretended ERP on a real port: PORT (4010), ERP_STATE_FILE (where its documents live), ERP_API_KEY (any when unset).
import { serveForever } from "#mocks/serve.ts";
import { erpHandlers } from "./handlers.ts";
import { ErpState } from "./state.ts";

const state = new ErpState({ file: process.env.ERP_STATE_FILE, apiKey: process.env.ERP_API_KEY });
await serveForever("Mock ERP", erpHandlers(state), Number(process.env.PORT ?? 4010));
