// npm run erp                        what the pretended ERP does now, and what can be done to it
// npm run erp -- dribble             breaks it (up: mends it)
// npm run erp -- lost orders         breaks it for some of what it is asked: ping stock credit find create,
//                                    orders (both of these)
// npm run erp -- stock ALF-0001 3    and other things that happen in it
import { z } from "zod";
import { type Deed, deeds } from "./deeds.ts";
import { aliases, faultOf, faults, meanings, targets } from "./faults/modes.ts";

const refusal = z.object({ message: z.string() });
const stateAnswer = z.object({ mode: z.enum(faults), only: z.array(z.string()), orders: z.number() });
const base = `http://127.0.0.1:${process.env.ERP_PORT ?? 4010}`;
const [word, ...rest] = process.argv.slice(2);

process.exitCode = await run();

async function run(): Promise<number> {
  const deed = word === undefined ? undefined : deedOf(word, rest);
  const fault = word === undefined || deed ? undefined : faultOf(word);
  if (word !== undefined && !deed && !fault) return mistaken(`«${word}» is nothing that the ERP knows.\n${usage()}`);
  if (fault) {
    const unknown = rest.filter((target) => !targets.some((each) => each === target));
    if (unknown.length > 0)
      return mistaken(`«${unknown.join(" ")}» is nothing that can be broken alone. There are ${targets.join(", ")}.`);
  }
  const request = deed
    ? deed.ask(rest)
    : fault
      ? { method: "POST", path: "/control", body: { mode: fault, only: rest } }
      : { method: "GET", path: "/control" };
  if (typeof request === "string") return mistaken(request);
  const answer = await ask(request);
  if (answer === null) return 1;
  if (!answer.ok) {
    const { data } = refusal.safeParse(answer.body);
    console.error(`The ERP refuses: ${data?.message ?? "it does not say why"}.`);
    return 1;
  }
  console.log(deed ? deed.said(answer.body, rest) : state(stateAnswer.parse(answer.body)));
  if (word === undefined) console.log(`\n${usage()}`);
  return 0;
}

/** «refuse» with an order number is a deed, without one a fault. */
function deedOf(name: string, given: string[]): Deed | undefined {
  if (name === "refuse" && !given[0]?.startsWith("ORD-")) return undefined;
  return Object.hasOwn(deeds, name) ? deeds[name] : undefined;
}

async function ask({
  method,
  path,
  body,
}: {
  method: string;
  path: string;
  body?: object;
}): Promise<{ ok: boolean; body: unknown } | null> {
  try {
    const response = await fetch(base + path, {
      method,
      signal: AbortSignal.timeout(5_000),
      ...(body && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    });
    return { ok: response.ok, body: await response.json().catch(() => null) };
  } catch {
    console.error(`No pretended ERP answers at ${base}. Start it with npm run demo (another port: ERP_PORT).`);
    return null;
  }
}

function mistaken(words: string): number {
  console.error(words);
  return 2;
}

function state({ mode, only, orders }: z.output<typeof stateAnswer>): string {
  const part = only.length > 0 ? `, for ${only.join(", ")} alone` : "";
  return `The ERP: «${mode}»${part}. It ${meanings[mode]}. Documents it has: ${orders}.`;
}

function usage(): string {
  const other = (fault: string) =>
    Object.keys(aliases)
      .filter((name) => aliases[name] === fault)
      .map((name) => ` (${name})`)
      .join("");
  return [
    "npm run erp -- <fault> [what]    it …",
    ...faults.map((fault) => `  ${(fault + other(fault)).padEnd(22)} ${meanings[fault]}`),
    `  what: ${targets.join(" ")}; without it everything`,
    "",
    "What a person does in it:",
    ...Object.values(deeds).map(({ usage: how, meaning }) => `  ${how.padEnd(32)} ${meaning}`),
  ].join("\n");
}
