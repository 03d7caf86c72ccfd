import { expect, test } from "vitest";
import { messages } from "#app/words.ts";
import { signedIn } from "#tests/support/signed-in.ts";
import { servedApp } from "#tests/support/site.ts";
import { ask, cookieOf } from "./support/whole-app.ts";

const { persons } = signedIn("sari");
const site = servedApp();

test.each(["/cart", "/checkout", "/orders"])(
  "a salesman whose hour is over and who opens %s is led to his stores, and told why",
  async (path) => {
    const cookie = await cookieOf(persons.sari);
    const answer = await ask(site.origin, path, { headers: { cookie } });
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/clients"]);
    const brought = answer.headers.getSetCookie().map((one) => one.split(";")[0]!);
    const clients = async (cookies: string[]) =>
      (await ask(site.origin, "/clients", { headers: { cookie: cookies.join("; ") } })).text();
    const said = messages("id").shadow.acting.pickFirst;
    expect(await clients([cookie, ...brought])).toContain(said);
    expect(await clients([cookie]), "control: who came by himself").not.toContain(said);
  },
);
