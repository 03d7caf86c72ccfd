import { setTimeout as pause } from "node:timers/promises";
import { messages } from "#app/words.ts";
import { demoPassword } from "#supabase/seed/people.ts";
import { type Answer, hiddenFields, textOf, Visitor } from "#tests/bench/clients.ts";

/**
 * A page that somebody asked for. `status` 0: the connection broke. `banner`: degraded mode was announced, in its exact
 * words.
 */
export type Seen = { at: number; what: string; status: number; banner: boolean | null };
export type Crowd = Awaited<ReturnType<typeof openCrowd>>;

const banners = (["id", "en"] as const).map((language) => messages(language).ui.banners.degraded.store);
const stepMs = 450;

/** Stores that look around and order, all the time, each by a browser's manners over connections of its own. */
export async function openCrowd(base: string, emails: string[], skus: string[]) {
  const seen: Seen[] = [];
  /** Numbers that the site acknowledged. */
  const ordered: Array<{ number: string; at: number }> = [];
  let stopped = false;
  let ordering = true;
  const visitors = emails.map(() => new Visitor(base));
  for (const [index, visitor] of visitors.entries()) await visitor.signIn(emails[index]!, demoPassword);

  const record = async (what: string, asking: () => Promise<Answer>): Promise<Answer | null> => {
    const at = Date.now();
    try {
      const answer = await asking();
      const text = answer.status === 200 ? textOf(answer) : null;
      seen.push({
        at,
        what,
        status: answer.status,
        banner: text === null ? null : banners.some((words) => text.includes(words)),
      });
      return answer;
    } catch {
      seen.push({ at, what, status: 0, banner: null });
      return null;
    } finally {
      await pause(stepMs * (0.5 + Math.random()));
    }
  };

  const shop = async (visitor: Visitor) => {
    await record("GET /products", () => visitor.get("/products"));
    if (!ordering) return;
    const sku = skus[Math.floor(Math.random() * skus.length)]!;
    await record("POST /cart/items", () =>
      visitor.post("/cart/items", { sku, quantity: String(1 + Math.floor(Math.random() * 3)) }),
    );
    await record("GET /cart", () => visitor.get("/cart"));
    const form = await record("GET /checkout", () => visitor.get("/checkout"));
    if (form?.status !== 200 || !ordering) return;
    const at = Date.now();
    const answer = await record("POST /checkout", () =>
      visitor.post("/checkout", { ...hiddenFields(form, "/checkout"), note: "", preorder: "yes" }),
    );
    const number = /^\/orders\/(ORD-\d{4}-\d{6,9})/.exec(answer?.headers.location ?? "")?.[1];
    if (number) ordered.push({ number, at });
  };
  const running = visitors.map(async (visitor) => {
    while (!stopped)
      await shop(visitor).catch((error: unknown) =>
        seen.push({ at: Date.now(), what: String(error), status: 0, banner: null }),
      );
    visitor.close();
  });

  return {
    seen,
    ordered,
    /** From now on they order, or only look. */
    order(on: boolean) {
      ordering = on;
    },
    async stop() {
      stopped = true;
      await Promise.all(running);
    },
  };
}
