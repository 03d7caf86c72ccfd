import { EventEmitter } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { demoPassword } from "#supabase/seed/people.ts";
import { facts } from "#supabase/seed/test.ts";
import { type Answer, hiddenFields, textOf, Visitor } from "#tests/bench/clients.ts";

export type Shops = Awaited<ReturnType<typeof openShops>>;
/** A store whose next order is prepared. */
export type Shop = { visitor: Visitor; email: string };

const article = facts.high.sku;
const pages = ["/products", "/cart", "/orders", `/products/${article}`, "/dashboard"];
/** An order is sent so often at most until it is there; in between the database may be away for seconds. */
const mostTries = 2_000;

/**
 * Stores that read pages and order, over HTTP, whatever becomes of the database: a form that came back is sent again.
 */
export async function openShops(
  base: string,
  emails: { readers: string[]; shoppers: string[]; probe: string },
  random: () => number,
) {
  /** Numbers that the site acknowledged, each for one cart that somebody meant to order. */
  const acknowledged: string[] = [];
  /** Statuses of all answers. 0: the connection broke, which a web that lives does not do. */
  const statuses = new Map<number, number>();
  const events = new EventEmitter();
  let stopped = false;

  const open = async (email: string): Promise<Shop> => {
    const visitor = new Visitor(base);
    await visitor.signIn(email, demoPassword);
    return { visitor, email };
  };
  const noted = async (asking: () => Promise<Answer>): Promise<Answer | null> => {
    const answer = await asking().catch(() => null);
    const status = answer?.status ?? 0;
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    return answer;
  };
  /** Until it is answered as it should be; 503 says "come back", and who has typed something does. */
  const until = async (right: number, asking: () => Promise<Answer>, what: string): Promise<Answer> => {
    for (let tries = 0; tries < mostTries; tries += 1) {
      const answer = await noted(asking);
      if (answer?.status === right) return answer;
      if (answer && answer.status !== 503) throw new Error(`${what} answered ${answer.status}.`);
      await pause(10);
    }
    throw new Error(`${what} was not answered in ${mostTries} tries.`);
  };

  /** Puts something into the cart. */
  const fill = ({ visitor }: Shop) =>
    until(303, () => visitor.post("/cart/items", { sku: article, quantity: "1" }), "POST /cart/items");

  /** The page of the checkout, and the order: sent with one key until its number is known. */
  const order = async ({ visitor, email }: Shop): Promise<string> => {
    const page = await until(200, () => visitor.get("/checkout"), "GET /checkout");
    if (!textOf(page).includes(facts.high.name))
      throw new Error("The page of the checkout does not show what is in the cart.");
    let form: Record<string, string> = { ...hiddenFields(page, "/checkout"), note: "", preorder: "yes" };
    const sent = await until(
      303,
      async () => {
        events.emit("checkout");
        const answer = await visitor.post("/checkout", form);
        // The form of the 503 is what people send again.
        if (answer.status === 503) form = { note: "", ...hiddenFields(answer, "/checkout") };
        return answer;
      },
      "POST /checkout",
    );
    const number = /^\/orders\/(ORD-\d{4}-\d{6,9})/.exec(sent.headers.location ?? "")?.[1];
    if (!number) throw new Error(`The checkout of ${email} led to ${sent.headers.location}.`);
    acknowledged.push(number);
    return number;
  };

  const readers = await Promise.all(emails.readers.map(open));
  const shoppers = await Promise.all(emails.shoppers.map(open));
  const probe = await open(emails.probe);
  const failures: string[] = [];
  const forEver = async (work: () => Promise<unknown>) => {
    while (!stopped) await work().catch((error: unknown) => failures.push(String(error)));
  };
  const running = [
    ...readers.map(({ visitor }) =>
      forEver(async () => {
        await noted(() => visitor.get(pages[Math.floor(random() * pages.length)]!));
        await pause(random() * 60);
      }),
    ),
    ...shoppers.map((shop) =>
      forEver(async () => {
        await fill(shop);
        await order(shop);
        await pause(2_000 * random());
      }),
    ),
  ];

  return {
    acknowledged,
    statuses,
    events,
    failures,
    probe,
    fill,
    order,
    /** After this nobody is in the middle of an order any more. */
    async stop() {
      stopped = true;
      await Promise.all(running);
      for (const { visitor } of [...readers, ...shoppers, probe]) visitor.close();
    },
  };
}
