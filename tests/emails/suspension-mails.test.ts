import { expect, test } from "vitest";
import { suspensionLifted } from "#emails/suspension-mails.tsx";

const { example } = suspensionLifted;
const text = async (lang: "id" | "en", facts: Partial<typeof example> = {}) =>
  (await suspensionLifted(lang, { ...example, ...facts })).text;

test("who is let in again reads that he may sign in, what of Shadow Mode, and what is still held", async () => {
  const salesman = await text("id");
  for (const part of [
    "Pembekuan akun Sari (SLS-001) sudah dicabut. Silakan masuk lagi",
    "Shadow Mode dapat dipakai lagi",
    "3 order yang Anda buat atas nama toko masih ditahan",
    "https://b2b.example/login",
  ])
    expect(salesman).toContain(part);
  const store = await text("id", { role: "PARTNER" });
  expect(store).toContain("3 order Anda masih ditahan");
  expect(store).not.toContain("Shadow Mode");
  expect(await text("id", { held: 0 })).not.toContain("ditahan");
});

test("in English one order is one", async () => {
  expect(await text("en", { held: 1 })).toContain("1 order that you placed for stores is still held");
  expect(await text("en", { held: 1_200, role: "PARTNER" })).toContain("1,200 orders of yours are still held");
});
