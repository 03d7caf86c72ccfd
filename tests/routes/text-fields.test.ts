import fs from "node:fs";
import { beforeAll, expect, test, vi } from "vitest";
import { messages } from "#app/words.ts";
import { stores } from "#tests/support/cast.ts";
import { openLogin } from "#tests/support/database.ts";
import { signedIn } from "#tests/support/signed-in.ts";
import { servedApp } from "#tests/support/site.ts";
import { formAddresses, foundIn, lastFields } from "./support/forms.ts";
import { filled, idOf, personas, plausible, type Persona } from "./support/senders.ts";
import { ask, cookieOf } from "./support/whole-app.ts";

// A browser's field counts the end of a line as one letter, and sends it as two.
vi.mock("#app/http/submit.server.ts", async (original) =>
  (await import("./support/forms.ts")).noteSchemas(await original<typeof import("#app/http/submit.server.ts")>()),
);

const { owner } = signedIn();
const site = servedApp();
const cookies: Partial<Record<Persona, string>> = {};
const tooLong = messages("id").http.codes.TOO_LONG;
let number: string;

beforeAll(async () => {
  for (const who of personas.slice(1)) {
    const userId = idOf[who]!;
    cookies[who] = await cookieOf({ userId, sessionId: await openLogin(owner, userId) });
  }
  const { rows } = await owner.query<{ number: string }>(
    "select number from app.orders where partner_id = $1 order by id limit 1",
    [stores.budi],
  );
  number = rows[0]!.number;
}, 60_000);

async function send(who: Persona, path: string, body: Record<string, string>) {
  const answer = await ask(site.origin, path, {
    method: "POST",
    body: new URLSearchParams(body).toString(),
    headers: { cookie: cookies[who] ?? "", "content-type": "application/x-www-form-urlencoded" },
  });
  const text = await answer.text();
  return { status: answer.status, tooLong: text.includes(tooLong), text };
}

/** So many letters as a browser counts them, in lines of four, as a browser sends them. */
const lines = (letters: number) => {
  const written = "Baik\n".repeat(Math.ceil(letters / 5)).slice(0, letters);
  return written.replace(/\n$/, ".").replaceAll("\n", "\r\n");
};

/** Every field of several lines that a page has, by its name and limit: of a Textarea, or of a question's one field. */
const areas = fs
  .globSync("app/**/*.tsx")
  .filter((file) => !file.startsWith("app/ui/"))
  .flatMap((file) => {
    const source = fs.readFileSync(file, "utf8");
    const tags = source.match(/<Textarea\b[^]*?\/>|field=\{[^]{0,20}\{ ?\s*name:[^]*?\}/g) ?? [];
    return tags.map((tag) => ({
      file,
      name: /(?:kept\(\w+, |name[=:] ?)"(\w+)"/.exec(tag)?.[1],
      limit: Number(/maxLength(?:=\{|: )(\d+)/.exec(tag)?.[1]),
    }));
  });
const tried = new Set<string>();

test.each(formAddresses())("POST %s, which is for %s, takes each text at its full length", async (path, who) => {
  const address = filled(path, { number, id: "1", feed: "stock", ref: "INC-2026-000001", month: "2026-10" });
  await send(who, address, {});
  for (const [field, { maxLength }] of Object.entries(lastFields())) {
    if (!maxLength || !areas.some(({ name }) => name === field)) continue;
    const over = await send(who, address, { ...plausible, [field]: lines(maxLength + 1) });
    expect([field, over.status < 500, foundIn(field)]).toEqual([field, true, ["TOO_LONG"]]);
    const whole = await send(who, address, { ...plausible, [field]: lines(maxLength) });
    expect([field, whole.status < 500, foundIn(field), whole.tooLong]).toEqual([field, true, [], false]);
    tried.add(`${field} ${maxLength}`);
  }
});

test("every field of several lines holds to the limit of a form", () => {
  expect(areas.length).toBeGreaterThan(15);
  expect(areas.filter(({ name, limit }) => !tried.has(`${name} ${limit}`))).toEqual([]);
});
