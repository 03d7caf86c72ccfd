import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { keepLead, type Kept, storeKept } from "#app/leads/spool.server.ts";

let folder: string;
beforeEach(async () => void (folder = await fs.mkdtemp(path.join(os.tmpdir(), "alfa-leads-"))));
afterEach(async () => {
  vi.restoreAllMocks();
  await fs.rm(folder, { recursive: true });
});

const lead = {
  key: "sent/1",
  lang: "id",
  receivedAt: new Date("2026-11-30T03:00:00Z"),
  lead: {
    business_name: "Salon Rahayu",
    contact_name: "Ibu Rahayu",
    phone_whatsapp: "6281234567890",
    city: "Bandung",
    salon_type: "SALON",
    consent: true,
  },
} as Kept;
const stored = async () => {
  const leads: Kept[] = [];
  await storeKept(folder, (one) => Promise.resolve(leads.push(one)));
  return leads.map(({ key }) => key);
};

test("a lead is kept as a file for our login alone, and stored once", async () => {
  await keepLead(folder, lead);
  const [name] = await fs.readdir(folder);
  expect((await fs.stat(path.join(folder, name!))).mode & 0o777).toBe(0o600);
  expect([await stored(), await stored(), await fs.readdir(folder)]).toEqual([["sent/1"], [], []]);
});

test("on a full disk nothing of a person is left lying about", async () => {
  const open = fs.open.bind(fs);
  vi.spyOn(fs, "open").mockImplementation(async (...given) => {
    const file = await open(...given);
    file.sync = () => Promise.reject(Object.assign(new Error("full"), { code: "ENOSPC" }));
    return file;
  });
  await expect(keepLead(folder, lead)).rejects.toThrow("full");
  expect(await fs.readdir(folder)).toEqual([]);
});

test("what a killed process left half done is stored, or put aside; what is being written is left alone", async () => {
  const leave = async (name: string, text: string, secondsAgo: number) => {
    await fs.writeFile(path.join(folder, name), text);
    const then = Date.now() / 1_000 - secondsAgo;
    await fs.utimes(path.join(folder, name), then, then);
  };
  const whole = JSON.stringify(lead);
  await leave(".whole", whole, 120);
  await leave(".half", whole.slice(0, 40), 120);
  await leave(".now", whole.slice(0, 40), 5);
  expect(await stored()).toEqual(["sent/1"]);
  expect((await fs.readdir(folder)).sort()).toEqual([".now", "unfinished-half.unreadable"]);
});
