import { expect, test } from "vitest";
import { messages } from "#app/words.ts";
import { incidentPages } from "./support/incidents.ts";

const t = messages("id");
const words = t.incidents.duty;
const { db, get, send } = incidentPages();
const duty = "/admin/incidents/duty";

test("until somebody is on duty the page says that every admin gets the mails; then who it is", async () => {
  expect((await get("auditor", duty)).html).toContain(words.emptyRota);
  // Nobody can be chosen yet; the page of it says what comes first.
  expect((await get("admin", `${duty}/rota`)).html).toContain(words.noPerson);

  const person = { id: "", name: "Admin HQ", email: "admin", phone: "0812-3456-7890", language: "en", active: "yes" };
  const wrong = await send("admin", `${duty}/person`, person);
  expect(wrong.status).toBe(400);
  expect(wrong.html).toContain('id="email-error"');
  expect(wrong.html).toContain('value="0812-3456-7890"');
  expect(wrong.html).toMatch(/<option value="en" selected/);
  const good = { ...person, email: "jaga@demo.test" };
  expect((await send("admin", `${duty}/person`, { ...good, phone: "12" })).html).toContain('id="phone-error"');
  expect((await send("admin", `${duty}/person`, good)).status).toBe(303);
  const twice = await send("admin", `${duty}/person`, { ...good, email: "JAGA@demo.test" });
  expect([twice.status, twice.html.includes(t.incidents.codes.TAKEN)]).toEqual([400, true]);
  const id = String(await db.value<number>("select id from app.responders where email = 'jaga@demo.test'"));

  const days = await send("admin", `${duty}/rota`, {
    post: "CTO",
    responder: id,
    from: "2026-12-02",
    to: "2026-12-01",
  });
  expect([days.status, days.html.includes('id="to-error"'), days.html.includes('value="2026-12-02"')]).toEqual([
    400,
    true,
    true,
  ]);
  expect((await send("admin", `${duty}/rota`, { post: "", responder: "", from: "x", to: "" })).status).toBe(400);
  expect((await send("admin", `${duty}/rota`, { post: "CTO", responder: id, from: "2026-01-01", to: "" })).status).toBe(
    303,
  );
  const { html } = await get("auditor", duty);
  expect(html).not.toContain(words.emptyRota);
  expect(html).toContain("jaga@demo.test");
  expect(html).toContain("+6281234567890");

  const line = String(await db.value<number>("select max(id) from app.rota"));
  expect((await send("admin", duty, { rota: line })).status).toBe(303);
  expect((await send("admin", duty, { rota: line })).status).toBe(303); // Said twice is said once.
  expect((await get("admin", duty)).html).toContain(words.emptyRota);

  // Changed, and not active any more: kept, and marked.
  const edit = await get("admin", `${duty}/person?id=${id}`);
  expect(edit.html).toContain('value="jaga@demo.test"');
  const { active: _unticked, ...inactive } = { ...good, id };
  expect((await send("admin", `${duty}/person`, inactive)).status).toBe(303);
  expect((await get("admin", duty)).html).toContain(words.inactive);
  expect((await get("admin", `${duty}/person?id=999999`)).status).toBe(404);
});

test("the escalation matrix is the database's: every level, step and post of it", async () => {
  const { html } = await get("auditor", duty);
  const text = html.replace(/<[^>]+>/g, " ");
  const steps = await db.rows<{ channel: "MAIL" | "SMS"; posts: Array<keyof typeof t.incidents.posts>; n: number }>(
    `select channel, posts, (extract(epoch from after) / 60)::int as n from app.escalation_steps
      order by severity, step`,
  );
  expect(steps.length).toBeGreaterThan(10);
  let at = text.indexOf(words.matrix);
  for (const { channel, posts, n } of steps) {
    const time = n % 60 === 0 ? words.span.hours(n / 60) : words.span.minutes(n);
    const said = posts.map((post) => t.incidents.posts[post]).join(", ");
    at = text.indexOf(`${t.incidents.channels[channel]} · ${said}`, at + 1);
    expect([channel, said, at > 0 && text.slice(at - 30, at).includes(time)]).toEqual([channel, said, true]);
  }
});

test("what the worker can send by is shown as it declared it", async () => {
  await db.sql.query("select jobs.declare_notification_channels('{MAIL}')");
  const shown = async () => (await get("auditor", duty)).html.split(words.channelOn).length - 1;
  expect(await shown()).toBe(1);
  await db.sql.query("select jobs.declare_notification_channels('{MAIL,SLACK,SMS}')");
  expect(await shown()).toBe(3);
});
