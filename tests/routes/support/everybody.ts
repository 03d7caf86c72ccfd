import { beforeAll } from "vitest";
import { stores } from "#tests/support/cast.ts";
import { openLogin } from "#tests/support/database.ts";
import { signedIn } from "#tests/support/signed-in.ts";
import { servedApp } from "#tests/support/site.ts";
import { idOf, personas, type Persona } from "./senders.ts";
import { ask, cookieOf } from "./whole-app.ts";

/**
 * Everybody with a login, and the whole product before them, while the file runs. `known`: parts of addresses that name
 * something; `number`, of Salon Budi, from the first hook on.
 */
export function everybody() {
  const { owner } = signedIn();
  const site = servedApp();
  const cookies: Partial<Record<Persona, string>> = {};
  const known: Record<string, string> = {
    sku: "ALF-0001",
    feed: "stock",
    key: "order.minimum_threshold",
    id: "1",
    month: "2026-10",
    ref: "INC-2026-000001",
    token: "x.y.z",
  };

  beforeAll(async () => {
    for (const who of personas.slice(1)) {
      const userId = idOf[who]!;
      cookies[who] = await cookieOf({ userId, sessionId: await openLogin(owner, userId) });
    }
    const { rows } = await owner.query<{ number: string }>(
      "select number from app.orders where partner_id = $1 order by id limit 1",
      [stores.budi],
    );
    known.number = rows[0]!.number;
  }, 60_000);

  /** Asks for a page, or sends a form. */
  const send = (who: Persona, path: string, body?: Record<string, string>) =>
    ask(site.origin, path, {
      ...(body && { method: "POST", body: new URLSearchParams(body).toString() }),
      headers: {
        cookie: cookies[who] ?? "",
        ...(body && { "content-type": "application/x-www-form-urlencoded" }),
      },
    });
  return { owner, site, cookies, known, send };
}
