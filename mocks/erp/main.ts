// The pretended ERP on a real port, which can be broken there: PORT (4010), ERP_STATE_FILE (where its documents live),
// ERP_API_KEY (any when unset).
import { serveForever } from "#mocks/serve.ts";
import { serveErp } from "./faults/server.ts";
import { ErpState } from "./state.ts";

const state = new ErpState({ file: process.env.ERP_STATE_FILE, apiKey: process.env.ERP_API_KEY });
await serveForever("Mock ERP", (port) => serveErp(state, port), Number(process.env.PORT ?? 4010));
