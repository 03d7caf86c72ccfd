import { expect, test } from "vitest";
import { openLog } from "#app/logger.ts";
import { onBehalfOf, requestIdFrom, requestNow, traceparent } from "#app/trace.ts";

const id = "4bf92f3577b34da6a3ce929d0e0e4736";
const own = /^[0-9a-f]{32}$/;

test.each([
  [`00-${id}-00f067aa0ba902b7-01`, true],
  [`00-${id}-00f067aa0ba902b7-00`, true],
  [`cc-${id}-00f067aa0ba902b7-01-later`, true], // A version to come may say more.
  [`00-${id}-00f067aa0ba902b7-01-more`, false],
  [`ff-${id}-00f067aa0ba902b7-01`, false],
  [`00-${"0".repeat(32)}-00f067aa0ba902b7-01`, false],
  [`00-${id}-${"0".repeat(16)}-01`, false],
  [`00-${id.toUpperCase()}-00f067aa0ba902b7-01`, false],
  [`00-${id.slice(1)}-00f067aa0ba902b7-01`, false],
  [`00-${id}-00f067aa0ba902b7-01\n<script>`, false],
  ["", false],
  [undefined, false],
])("of %j the number is taken: %s", (header, taken) => {
  const found = requestIdFrom(header);
  expect(found === id).toBe(taken);
  expect(found).toMatch(own);
  expect(found).not.toBe("0".repeat(32));
});

test("work at the same time keeps its own number, in what it logs and calls", async () => {
  const lines: string[] = [];
  const log = openLog("worker", {}, { write: (line) => lines.push(line) });
  const ids = ["a".repeat(32), "b".repeat(32)];
  const calls = await Promise.all(
    ids.map((one) =>
      onBehalfOf(one, async () => {
        await new Promise((resolve) => setImmediate(resolve));
        log.info({ order: "x" }, "worked");
        return { now: requestNow(), call: traceparent() };
      }),
    ),
  );
  expect(calls.map(({ now }) => now)).toEqual(ids);
  for (const [index, { call }] of calls.entries())
    expect(call).toMatch(new RegExp(`^00-${ids[index]}-[0-9a-f]{16}-01$`));
  expect(lines.map((line) => (JSON.parse(line) as { requestId: string }).requestId).sort()).toEqual(ids);
  // Outside of any, a call has a number of its own; what is no number is not believed.
  expect(traceparent()).not.toBe(traceparent());
  expect(onBehalfOf("'; drop table", requestNow)).toMatch(own);
});
