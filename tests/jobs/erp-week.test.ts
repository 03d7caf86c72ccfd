import { expect, test } from "vitest";
import { keepErpWeek } from "#jobs/stock-check.ts";
import { workerRows } from "./support/worker-rows.ts";

const pass = async (due: boolean) => {
  const done: string[] = [];
  const queries = {
    askErpCheckpoints: () => (done.push("ask"), Promise.resolve(1)),
    wantStockCheck: () => (done.push("want"), Promise.resolve(due)),
  };
  const pause = await keepErpWeek(queries, () => void done.push("pull"));
  expect(pause).toBeLessThanOrEqual(3_600_000);
  return done;
};

test("each pass asks for missing checkpoints and, with a stock comparison due, has stock pulled at once", async () => {
  expect(await pass(false)).toEqual(["ask", "want"]);
  expect(await pass(true)).toEqual(["ask", "want", "pull"]);
});

test("the clock knocks on Sunday at ten in the evening and on Monday at seven", () => {
  const row = workerRows.find(({ name }) => name === "erp-week");
  const [minute, hours, , , days] = row!.cron!.split(" ");
  expect([minute, hours!.split(","), days!.split(",")]).toEqual([
    "0",
    expect.arrayContaining(["7", "22"]),
    expect.arrayContaining(["0", "1"]),
  ]);
  expect(row).toMatchObject({ queue: "erp.week-ended.check" });
});
