import { describe, expect, test } from "vitest";
import { againForm } from "#app/alerts/alerts.ts";
import { phone } from "#app/env-rules.ts";
import { phoneNumber } from "#app/ui/phone.ts";
import { noNumbers, otherNumbers, sameNumber, theNumber } from "#tests/support/phones.ts";

const form = (address: string) => againForm.safeParse({ channel: "SMS", address, reason: "nomor lama tidak aktif" });

describe.each([
  ["the function", phoneNumber],
  ["the form that sends an SMS again", (typed: string) => form(typed).data?.address ?? null],
  ["the setting HQ_WHATSAPP", (typed: string) => phone.safeParse(typed).data ?? null],
])("%s", (_, read) => {
  test.each(sameNumber)("%j is one number", (typed) => expect(read(typed)).toBe(theNumber));
  test.each(otherNumbers)("%j is %s", (typed, number) => expect(read(typed)).toBe(number));
  test.each(noNumbers)("%j is no number", (typed) => expect(read(typed)).toBeNull());
});

test("what is no number is refused beside the field, as a number", () => {
  expect(form("021 5551 2345").error?.issues).toMatchObject([{ path: ["address"], message: "PHONE" }]);
  expect(againForm.safeParse({ channel: "EMAIL", address: "budi", reason: "salah ketik" }).error?.issues).toMatchObject(
    [{ path: ["address"], message: "ADDRESS" }],
  );
});
