import fs from "node:fs";
import path from "node:path";
import { messages } from "#app/words.ts";
import { fieldOf } from "#app/db/thrown.ts";
import { admin } from "#supabase/seed/people.ts";
import { order } from "./support/credit.ts";
import { emptyCarts, signIn, store } from "./support/people.ts";
import { rows } from "./support/system.ts";
import { expect, test } from "./support/test.ts";

const t = messages("id").vitals.logs;
const buyer = store("PTR-0034");
const number = "4bf92f3577b34da6a3ce929d0e0e4736";

type Call = { method: string; path: string; traceparent: string | null };
const json = async (url: string): Promise<unknown> => (await fetch(url)).json();
const loggedBy = (process: string) =>
  fs
    .readFileSync(path.join(String(globalThis.process.env.LOG_DIR), `${process}.log`), "utf8")
    .split("\n")
    .filter((line) => line.includes(number));

test("an order's request has one number, from the page to the job, the mail and the ERP's call", async ({
  page,
  context,
}) => {
  await emptyCarts(buyer.code);
  await signIn(page, buyer.email);
  await context.setExtraHTTPHeaders({ traceparent: `00-${number}-00f067aa0ba902b7-01` });
  const placed = await order(context);
  await context.setExtraHTTPHeaders({});

  // Its mail, at the provider, and its call, at the ERP.
  const { MAILBOX_URL, ERP_URL } = process.env;
  const mail = async () => {
    const all = (await json(`${MAILBOX_URL}/messages?to=${buyer.email}`)) as Array<{ subject: string }>;
    return fieldOf(
      fieldOf(
        all.find(({ subject }) => subject.includes(placed)),
        "headers",
      ),
      "X-Request-Id",
    );
  };
  await expect.poll(mail, { timeout: 60_000 }).toBe(number);
  const calls = async (ours: boolean) => {
    const all = (await json(`${ERP_URL}/control/calls`)) as Call[];
    return all
      .filter(({ traceparent }) => traceparent?.includes(number) === ours)
      .map(({ method, path }) => `${method} ${path}`);
  };
  await expect.poll(() => calls(true), { timeout: 60_000 }).toContain("POST /api/v1/orders");
  // What is asked for nobody's request is not told to be of this one.
  await expect.poll(() => calls(false)).toContain("GET /api/v1/ping");

  // Standard output of both processes, and staff's page, by the order's number.
  await expect.poll(() => loggedBy("web").some((line) => line.includes("/checkout"))).toBe(true);
  await expect
    .poll(() =>
      ["mail sent", "the ERP has spoken"].filter((said) => loggedBy("worker").some((line) => line.includes(said))),
    )
    .toHaveLength(2);
  await context.clearCookies();
  await signIn(page, admin.email);
  for (const asked of [placed.toLowerCase(), number]) {
    const lines = page.getByRole("row").filter({ hasText: number });
    await expect
      .poll(async () => {
        await page.goto(`/admin/logs?request=${asked}`);
        return lines.allInnerTexts();
      })
      .toEqual(
        expect.arrayContaining(
          ["/checkout", "mail sent", "the ERP has spoken"].map((said): unknown => expect.stringContaining(said)),
        ),
      );
  }
  await expect(page.getByRole("heading", { name: t.title })).toBeVisible();
  // Somebody else's request has another number.
  const others = await rows("select from app.mails where request_id <> $1 limit 1", [number]);
  expect(others).toHaveLength(1);
});
