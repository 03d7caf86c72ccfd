import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { readPlaces } from "#jobs/reconcile/places.ts";
import { keysOf } from "#app/ui/keys.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "places-"));
afterAll(() => fs.rmSync(folder, { recursive: true }));
const demo = {
  WORKER_DATABASE_URL: "postgres://worker:pw@127.0.0.1:54322/postgres",
  ERP_BASE_URL: "http://127.0.0.1:4020",
  ERP_API_KEY: "of-the-demo",
};
const real = {
  WORKER_DATABASE_URL: "postgres://worker:pw@db.alfa.test/postgres",
  ERP_BASE_URL: "https://erp.alfa.test",
  ERP_API_KEY: "9f2c4be07d1a9f2c",
};
const file = path.join(folder, "reconcile.env");
fs.writeFileSync(
  file,
  Object.entries(demo)
    .map(([name, value]) => `${name}=${value}\n`)
    .join(""),
);

const usual = { ERP_TIMEOUT_MS: 3_000 };

test("Reconcile_Orders takes all three from where it was told, or all three from the demo", () => {
  expect(readPlaces(real, file)).toEqual({ ...real, ...usual });
  expect(readPlaces({}, file)).toEqual({ ...demo, ...usual });
  expect(readPlaces({ WORKER_DATABASE_URL: "", ERP_BASE_URL: "", ERP_API_KEY: "" }, file)).toEqual({
    ...demo,
    ...usual,
  });
  expect(() => readPlaces({}, path.join(folder, "none"))).toThrow(/WORKER_DATABASE_URL is missing/);
});

test.each(keysOf(real))("the demo's %s never joins two real ones, nor the other way round", (name) => {
  const others = Object.keys(real).filter((other) => other !== name);
  expect(() => readPlaces({ ...real, [name]: "" }, file)).toThrow(
    new RegExp(`all three are needed, or none.*Missing: ${name}$`),
  );
  expect(() => readPlaces({ [name]: real[name] }, file)).toThrow(new RegExp(`Missing: ${others.join(", ")}$`));
});

test("one exchange with the ERP may take three seconds, or as long as the setting says", () => {
  expect(readPlaces({ ...real, ERP_TIMEOUT_MS: "1500" }, file).ERP_TIMEOUT_MS).toBe(1_500);
  for (const wrong of ["0", "499", "8001", "3 s", "1e9", "2.5"])
    expect(() => readPlaces({ ...real, ERP_TIMEOUT_MS: wrong }, file), wrong).toThrow(
      "ERP_TIMEOUT_MS is not a number of milliseconds from 500 to 8000",
    );
});
