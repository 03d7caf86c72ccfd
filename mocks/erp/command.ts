// npm run erp -- <mode>: makes the pretended ERP fail, or work again.
import { erpModes, type ErpMode } from "./state.ts";

const meanings: Record<ErpMode, string> = {
  up: "works",
  down: "cuts every connection at once",
  hang: "takes requests and never answers",
  slow: "answers after 3 seconds",
  "500": "answers every request with an internal error",
  garbage: "answers with a web page instead of data",
  partial: "sends stock and credit with half the rows missing",
};

const address = `http://127.0.0.1:${process.env.ERP_PORT ?? 4010}/control`;
const asked = process.argv[2];

process.exitCode = await run();

async function run(): Promise<number> {
  if (asked !== undefined && !erpModes.includes(asked as ErpMode)) {
    console.error(`«${asked}» is not a mode of the ERP. Modes:\n${usage()}`);
    return 2;
  }
  try {
    const response = await fetch(address, {
      ...(asked !== undefined && { method: "POST", body: JSON.stringify({ mode: asked }) }),
      signal: AbortSignal.timeout(5_000),
    });
    const { mode, orders } = (await response.json()) as { mode: ErpMode; orders: number };
    console.log(`The ERP ${asked === undefined ? "is" : "is now"} «${mode}»: it ${meanings[mode]}. Orders it has: ${orders}.`);
    if (asked === undefined) console.log(`Change it with npm run erp -- <mode>:\n${usage()}`);
    return 0;
  } catch {
    console.error(`No mock ERP answers at ${address}. Start it with npm run demo (another port: ERP_PORT).`);
    return 1;
  }
}

function usage(): string {
  return erpModes.map((mode) => `  ${mode.padEnd(8)} it ${meanings[mode]}`).join("\n");
}
