import { generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";
import { publicKeys } from "#app/env-rules.ts";

const { publicKey, privateKey } = generateKeyPairSync("ed25519");
const pem = publicKey.export({ type: "spki", format: "pem" }).toString();
const base64 = publicKey.export({ type: "spki", format: "der" }).toString("base64");

test.each([
  ["PEM", pem, pem],
  ["PEM on one line of a settings file", pem.replaceAll("\n", "\\n"), pem],
  ["base64", base64, pem],
  ["two with a comma between", `${base64},${base64}`, pem + pem],
])("a public key as %s becomes PEM", (_, given, read) => expect(publicKeys.parse(given)).toBe(read));

test.each([
  ["nothing of the kind", "changeme"],
  ["the private half", privateKey.export({ type: "pkcs8", format: "pem" }).toString()],
  [
    "a key of another kind",
    generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey.export({ type: "spki", format: "pem" }).toString(),
  ],
  ["one that is cut short", base64.slice(0, 50)],
])("%s is refused, without repeating it", (_, given) => {
  const { error } = publicKeys.safeParse(given);
  expect(error?.issues.map(({ message }) => message)).toEqual(["is not an Ed25519 public key"]);
});
