import { parseArgs } from "node:util";
import { seedBig } from "./big.ts";

const { values } = parseArgs({
  options: {
    orders: { type: "string", default: "1000000" },
    partners: { type: "string", default: "10000" },
    products: { type: "string", default: "2000" },
  },
});
const url = process.env.ADMIN_DATABASE_URL;
const counts = Object.fromEntries(Object.entries(values).map(([name, text]) => [name, Number(text)])) as Record<
  keyof typeof values,
  number
>;
const wrong = Object.entries(counts).find(([, count]) => !Number.isInteger(count) || count < 1);

if (!url || wrong) {
  console.error(
    wrong
      ? `--${wrong[0]} wants a whole number above zero`
      : "ADMIN_DATABASE_URL is missing: the login postgres of a database that is not production",
  );
  process.exitCode = 1;
} else {
  const report = await seedBig(url, { ...counts, log: (line) => console.log(line) });
  console.log(
    `${report.orders.toLocaleString("en")} orders in ${report.seconds} s (${report.ordersPerSecond}/s), ` +
      `${report.databaseMegabytes} MB of database, at most ${report.peakMegabytes} MB of memory here`,
  );
}
