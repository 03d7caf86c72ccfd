import { http, HttpResponse } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { sharedRefresh } from "#app/http/refresh.server.ts";

let asked = 0;
let status = 200;
const auth = setupServer(
  http.post("http://auth.test/auth/v1/token", () => {
    asked += 1;
    return HttpResponse.json({ access_token: `token-${asked}` }, { status });
  }),
);
beforeAll(() => auth.listen({ onUnhandledFrame: "error" }));
afterEach(() => {
  asked = 0;
  status = 200;
});
afterAll(() => auth.close());

const renew = async (token: string, grant = "refresh_token") => {
  const response = await sharedRefresh(`http://auth.test/auth/v1/token?grant_type=${grant}`, {
    method: "POST",
    body: JSON.stringify({ refresh_token: token }),
  });
  return z.object({ access_token: z.string() }).parse(await response.json());
};

test("twenty requests of one browser renew its token once and all get the same", async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => renew("r1")));
  expect(asked).toBe(1);
  expect(new Set(answers.map((answer) => answer.access_token))).toEqual(new Set(["token-1"]));
  await renew("r1"); // A straggler that still sends the old cookie.
  expect(asked).toBe(1);
});

test("different browsers, and sign-ins, are asked each for itself", async () => {
  await Promise.all([renew("a"), renew("b")]);
  await Promise.all([renew("same", "password"), renew("same", "password")]);
  expect(asked).toBe(4);
});
