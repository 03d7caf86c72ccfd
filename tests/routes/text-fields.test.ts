import fs from "node:fs";
import { expect, test, vi } from "vitest";
import { messages } from "#app/words.ts";
import { everybody } from "./support/everybody.ts";
import { formAddresses, foundIn, lastFields } from "./support/forms.ts";
import { filled, plausible, type Persona } from "./support/senders.ts";

// A browser's field counts the end of a line as one letter, and sends it as two.
vi.mock("#app/http/submit.server.ts", async (original) =>
  (await import("./support/forms.ts")).noteSchemas(await original<typeof import("#app/http/submit.server.ts")>()),
);

const { known, send } = everybody();
const tooLong = messages("id").http.codes.TOO_LONG;

async function sent(who: Persona, path: string, body: Record<string, string>) {
  const answer = await send(who, path, body);
  return { status: answer.status, tooLong: (await answer.text()).includes(tooLong) };
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
      name: /(?:kept\(\w+, |name[=:] ?)"(\w+)"/.exec(tag)?.[1] ?? /kept\(\w+, (\w+)/.exec(tag)?.[1],
      limit: Number(/maxLength(?:=\{|: )(\d+)/.exec(tag)?.[1]),
    }));
  });
// Of each step of a playbook, by its name: only the database knows how long they may be (notes.test.ts tries that).
const tried = new Set(["noteField 500", "field 500"]);

test.each(formAddresses())("POST %s, which is for %s, takes each text at its full length", async (path, who) => {
  const address = filled(path, known);
  await sent(who, address, {});
  for (const [field, { maxLength }] of Object.entries(lastFields())) {
    if (!maxLength || !areas.some(({ name }) => name === field)) continue;
    const over = await sent(who, address, { ...plausible, [field]: lines(maxLength + 1) });
    expect([field, over.status < 500, foundIn(field)]).toEqual([field, true, ["TOO_LONG"]]);
    const whole = await sent(who, address, { ...plausible, [field]: lines(maxLength) });
    expect([field, whole.status < 500, foundIn(field), whole.tooLong]).toEqual([field, true, [], false]);
    tried.add(`${field} ${maxLength}`);
  }
});

test("every field of several lines holds to the limit of a form", () => {
  expect(areas.length).toBeGreaterThan(15);
  expect(areas.filter(({ name, limit }) => !tried.has(`${name} ${limit}`))).toEqual([]);
});
