import { beforeAll, expect, test, vi } from "vitest";
import { messages } from "#app/words.ts";
import { everybody } from "./support/everybody.ts";
import { formAddresses, lastFields } from "./support/forms.ts";
import { filled, plausible } from "./support/senders.ts";
import { siteMap } from "./support/whole-app.ts";

// Whatever stands in a field or in an address in place of a day, a week, a month, a moment or a number is answered:
// never by an error of ours.
const noted = vi.hoisted(() => ({ params: new Set<string>() }));
vi.mock("#app/http/submit.server.ts", async (original) =>
  (await import("./support/forms.ts")).noteSchemas(await original<typeof import("#app/http/submit.server.ts")>()),
);

const odd = [
  "2026-02-29",
  "2026-13-01",
  "2026-04-31",
  "0000-01-01",
  "20000-01-01",
  "2026-00",
  "2026-W60",
  "infinity",
  "2026-02-30 10:00:00.1+07",
  "2026-02-28 25:61:00+07",
  "2026-02-28 10:00:00+23:59",
  "0000-01-01T00:00:00.000000Z",
  "2026-02-29T00:00:00.000000Z",
  "-1",
  "1e400",
  "NaN",
  "9".repeat(19),
  "9".repeat(400),
  "1.5",
  "٣",
  "\u{1F600}\ud800",
];
const { known, send } = everybody();

beforeAll(() => {
  const real = URLSearchParams.prototype.get;
  vi.spyOn(URLSearchParams.prototype, "get").mockImplementation(function (this: URLSearchParams, name: string) {
    noted.params.add(name);
    return real.call(this, name);
  });
});

const mistaken = new Set<string>();
/** Whatever comes back with a mistake says so first of all. @returns its status. */
const status = async (...request: Parameters<typeof send>) => {
  const answer = await send(...request);
  if (answer.status !== 400 || !answer.headers.get("content-type")?.startsWith("text/html")) return answer.status;
  const html = await answer.text();
  // What the form was about is not there, or no more: another page than the form's.
  if (html.includes('class="error-page"') || html.includes('class="empty"')) return answer.status;
  expect(/<title>(.*?)<\/title>/.exec(html)?.[1], request[1]).toMatch(/^Galat: ./);
  mistaken.add(request[1].split("?")[0]!);
  return answer.status;
};

test.each(formAddresses())("POST %s, which is for %s, with an odd value in each field", async (path, who) => {
  const address = filled(path, known);
  expect(await status(who, address, {})).toBeLessThan(500);
  for (const field of Object.keys(lastFields()))
    for (const value of odd) {
      const answer = await status(who, address, { ...plausible, [field]: value });
      expect([field, value, answer < 500 || answer]).toEqual([field, value, true]);
    }
});

const pages = siteMap().flatMap(({ path = "" }) => (path === "*" || path === "api/health" ? [] : [`/${path}`]));
test.each(pages)("GET %s with an odd value in each parameter and each part", async (path) => {
  let shown = false;
  for (const who of ["guest", "budi", "admin", "auditor"] as const) {
    // An auditor is shown what an admin is, by the same code.
    if (who === "auditor" && shown) continue;
    noted.params.clear();
    const address = filled(path, known);
    const plain = await status(who, address);
    expect(plain).toBeLessThan(500);
    shown = plain === 200;
    const params = [...noted.params].filter((name) => name !== "_data" && name !== "index");
    const parts = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name!);
    // Whoever is turned away is so before the values are looked at.
    for (const value of [303, 403].includes(plain) ? [odd[0]!, odd.at(-1)!] : odd) {
      const given = encodeURIComponent(value.toWellFormed());
      for (const name of params) {
        const answer = await status(who, `${address}?${name}=${given}`);
        expect([who, name, value, answer < 500 || answer]).toEqual([who, name, value, true]);
      }
      for (const name of parts) {
        const answer = await status(who, filled(path, { ...known, [name]: given }));
        expect([who, name, value, answer < 500 || answer]).toEqual([who, name, value, true]);
      }
    }
  }
});

test("most forms were seen with a mistake, and what is well has none in its title", async () => {
  expect(mistaken.size).toBeGreaterThan(15);
  expect(await (await send("admin", "/admin")).text()).toMatch(/<title>(?!Galat)/);
});

test("a day that the calendar does not have is answered beside its field, with the rest kept", async () => {
  const t = messages("id").http.codes;
  const page = async (path: string, body?: Record<string, string>) => {
    const answer = await send("auditor", path, body);
    return { status: answer.status, text: await answer.text() };
  };
  const wrong = await page("/admin/cases/SLS-001/export", { ...plausible, from: "2026-02-29", to: "2026-03-01" });
  expect(wrong.status).toBe(400);
  expect(wrong.text).toContain(`href="#from">${t.DAY}`);
  expect(wrong.text).toContain('value="2026-02-29"');
  expect(wrong.text).toContain(plausible.reason);
  const asked = await page("/admin/cases/SLS-001/export?from=2026-02-01&to=2026-02-29");
  expect([asked.status, asked.text.includes(`href="#to">${t.DAY}`)]).toEqual([400, true]);
  expect((await page("/admin/cases/SLS-001/export?from=2024-02-29&to=2024-03-01")).status).toBe(200);
  const week = await send("admin", "/admin/erp/checkpoints?week=2026-02-30");
  expect([week.status, (await week.text()).includes('href="#week"')]).toEqual([400, true]);
  expect((await send("auditor", "/admin/erp/checkpoints?week=2026-02-30")).status).toBe(200); // Who writes none.
});
