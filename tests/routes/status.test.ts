import { beforeEach, expect, test, vi } from "vitest";
import { Unavailable } from "#app/db/errors.server.ts";
import { forgetStatus, lastStatus } from "#app/status/last-status.server.ts";
import { nothingKnown } from "#app/status/status.ts";
import { everybody } from "./support/everybody.ts";

const { owner, send } = everybody();

beforeEach(() => forgetStatus());

const value = async <T>(text: string, values: unknown[] = []) => {
  const { rows } = await owner.query<{ v: T }>(text, values);
  return rows[0]!.v;
};

test("everybody reads the status, nobody is known on it, and it may be kept: same bytes, same tag", async () => {
  await send("guest", "/status"); // From here on it is at hand.
  const pages = await Promise.all((["guest", "budi", "sari", "admin"] as const).map((who) => send(who, "/status")));
  const [first, ...others] = await Promise.all(pages.map((page) => page.text()));
  for (const other of others) expect(other).toBe(first);
  expect(first).not.toMatch(/Salon|Sari|SLS-|PTR-|INC-|SEV|Budi/);
  const [page] = pages;
  expect(page!.headers.get("cache-control")).toBe("public, max-age=15");
  expect(page!.headers.get("set-cookie")).toBeNull();
  const tag = page!.headers.get("etag")!;
  const again = await fetch(page!.url, { headers: { "if-none-match": tag } });
  expect([again.status, await again.text()]).toEqual([304, ""]);
  expect((await fetch(page!.url, { headers: { "if-none-match": 'W/"other"' } })).status).toBe(200);
});

test("each bar is told in words", async () => {
  await owner.query("select jobs.watch_status()");
  const page = await (await send("guest", "/status")).text();
  expect(page).toMatch(/aria-label="Pemesanan: [^"]*1 hari[^"]*, 89 hari tanpa catatan"/);
});

test("while the database is away the last status is shown, with its time, and that nobody can order", async () => {
  const away = () => Promise.reject(new Unavailable("AWAY", null));
  const known = { ...nothingKnown(new Date("2026-11-21T07:05:00Z")), services: [] };
  expect(await lastStatus(() => Promise.resolve(known))).toEqual({ status: known, away: false });
  const read = vi.fn(away);
  vi.useFakeTimers({ now: Date.now() + 25_000, toFake: ["Date"] });
  try {
    expect(await lastStatus(read)).toEqual({ status: known, away: true });
    expect(await lastStatus(read)).toEqual({ status: known, away: true });
    expect(read).toHaveBeenCalledTimes(1); // Nobody waits for it a second time.
    vi.setSystemTime(Date.now() + 25_000);
    expect(await lastStatus(() => Promise.resolve(known))).toEqual({ status: known, away: false });
  } finally {
    vi.useRealTimers();
  }
  forgetStatus();
  await lastStatus(away); // Nothing was ever read.
  const page = await (await send("guest", "/status")).text();
  expect(page).toContain("Sistem sedang tidak dapat dihubungi");
  expect(page).toContain("Ada layanan yang tidak berjalan");
});

test("to be told by mail: one answer for all, confirmed by a press, left by one, the mail program's too", async () => {
  const ask = (email: string) => send("guest", "/status", { email });
  expect((await ask("bukan alamat")).status).toBe(400);
  for (const email of ["kabar@contoh.test", "kabar@contoh.test"]) {
    const answer = await ask(email);
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/status?asked=1#kabar"]);
  }
  const id = await value<number>("select id as v from private.status_subscribers where email = 'kabar@contoh.test'");
  const link = async (what: string, path: string) =>
    `/status/${path}/${await value<string>("select private.status_token($1, $2) as v", [what, id])}`;
  const [confirm, leave] = [await link("confirm", "confirm"), await link("leave", "unsubscribe")];
  const confirmed = () =>
    value<boolean>("select confirmed_at is not null as v from private.status_subscribers where id = $1", [id]);
  expect((await send("guest", confirm)).status).toBe(200);
  expect(await confirmed()).toBe(false); // Opening it changes nothing.
  expect((await send("guest", `${confirm}x`)).status).toBe(404);
  expect((await send("guest", confirm, {})).status).toBe(200);
  expect(await confirmed()).toBe(true);
  const left = await send("guest", leave, { "List-Unsubscribe": "One-Click" });
  expect([left.status, await left.text()]).toEqual([200, expect.stringContaining("Anda tidak terdaftar")]);
  expect(await value("select count(*)::int as v from private.status_subscribers where id = $1", [id])).toBe(0);
});

test("too often from one address: 429 with when to come back", async () => {
  await owner.query("delete from private.sign_in_tries");
  let answer = await send("guest", "/status", { email: "x@contoh.test" });
  for (let n = 0; n < 10; n++) answer = await send("guest", "/status", { email: `x${n}@contoh.test` });
  expect([answer.status, Number(answer.headers.get("retry-after"))]).toEqual([429, expect.any(Number)]);
});

test("the feed is Atom in the language of ?lang=, and holds each word to stores", async () => {
  const id = await value<number>("select private.open_incident(3, 'STOCK_DRIFT', 'uji-umpan', null) as v");
  await owner.query(
    `insert into app.public_updates (incident_id, service, state, text_id, text_en, written_by)
       values ($1, 'ERP', 'DEGRADED', 'Stok <terlambat> & lama', 'Stock is <late>', 'ADM-001')`,
    [id],
  );
  forgetStatus();
  for (const [lang, words] of [
    ["id", "Stok &#60;terlambat&#62; &#38; lama"],
    ["en", "Stock is &#60;late&#62;"],
  ] as const) {
    const answer = await send("guest", `/status.atom?lang=${lang}`);
    expect(answer.headers.get("content-type")).toContain("application/atom+xml");
    const feed = await answer.text();
    expect(feed).toContain(words);
    expect(feed).toContain(`xml:lang="${lang}"`);
    expect(wellFormed(feed)).toEqual({ feed: 1, entry: feed.split("<entry>").length - 1 });
    for (const part of [feed.split("<entry>")[0]!, ...feed.split("<entry>").slice(1)])
      for (const needed of ["id", "title", "updated"])
        expect(part.match(new RegExp(`<${needed}>[^<]+</${needed}>`, "g"))).toHaveLength(1);
    expect(new Set(feed.match(/<id>[^<]+<\/id>/g)).size).toBe(feed.match(/<id>/g)!.length);
  }
});

/** Every element is closed in its turn; how many feeds and entries there are. */
function wellFormed(xml: string) {
  const open: string[] = [];
  const count = { feed: 0, entry: 0 };
  for (const [, close, name, , empty] of xml.matchAll(/<(\/?)(\w+)((?: [\w:]+="[^"<]*")*)(\/?)>/g)) {
    if (close) expect(open.pop()).toBe(name);
    else if (!empty) open.push(name!);
    if (!close && (name === "feed" || name === "entry")) count[name] += 1;
  }
  expect(open).toEqual([]);
  expect(xml.replace(/<\/?\w+(?: [\w:]+="[^"<]*")*\/?>|<\?xml[^?]*\?>|&#\d+;/g, "")).not.toMatch(/[<>&]/);
  return count;
}
