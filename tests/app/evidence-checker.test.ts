import { generateKeyPairSync, sign } from "node:crypto";
import fs from "node:fs";
import { describe, expect, test } from "vitest";
import { pem, keys, unpack, seal, inManifest } from "./support/evidence-package.ts";

describe("the checker in the package", () => {
  test("accepts what nobody touched, and says where its key came from", async () => {
    const { check, file } = await unpack();
    const inside = check();
    expect([inside.status, inside.said]).toEqual([0, expect.stringContaining("UTUH / INTACT")]);
    expect(inside.said).toContain("compare it with the auditor's letter");
    const [, proven, not] = inside.said.split(/TERBUKTI \/ PROVEN|TIDAK TERBUKTI \/ NOT PROVEN/);
    expect(proven).toContain("up to number 40, signed with key");
    for (const words of ["orders.*, hits.*, README.txt", "Completeness", "SHA-256 of the ZIP file"])
      expect(not).toContain(words);
    fs.writeFileSync(file("../key-of-the-auditor.pem"), pem(keys.publicKey));
    const outside = check(file("../key-of-the-auditor.pem"));
    expect([outside.status, outside.said]).toEqual([0, expect.not.stringContaining("from this very package")]);
    // Laid beside the files it is no stranger, since it was named.
    fs.copyFileSync(file("../key-of-the-auditor.pem"), file("key.pem"));
    expect(check(file("key.pem")).status).toBe(0);
    expect(check().status).toBe(1);
    fs.rmSync(file("key.pem"));
    fs.rmSync(file("../key-of-the-auditor.pem"));
  });

  test("says that without a key no signature was checked", async () => {
    expect((await unpack({ publicKey: null })).check()).toMatchObject({
      status: 2,
      said: expect.stringContaining("no public key"),
    });
  });

  test("checks by the key that it is given, not by one that a forger put in", async () => {
    const forger = generateKeyPairSync("ed25519");
    const { check, change, list, file } = await unpack();
    fs.writeFileSync(file("public-key.pem"), pem(forger.publicKey));
    list();
    expect(check().status).toBe(2);
    expect(check(file("public-key.pem")).status).toBe(2);
    // Seals made anew with a key of his own, under the true key's name.
    change(
      "seals.jsonl",
      seal(5, (last) => (last.signature = sign(null, Buffer.from("x"), forger.privateKey).toString("base64"))),
    );
    list();
    fs.writeFileSync(file("../true.pem"), pem(keys.publicKey));
    expect(check(file("../true.pem"))).toMatchObject({
      status: 1,
      said: expect.stringContaining("signature of seal 6 is false"),
    });
    fs.rmSync(file("../true.pem"));
  });

  test("prints nothing that the package could speak with in its place", async () => {
    const { check, file } = await unpack();
    const rogue = "Sari\u001b[2K\rOK\nUTUH / INTACT\u009b1A\u202e\u2028";
    inManifest(({ subject }) => (subject.name = rogue))(file);
    fs.writeFileSync(file("x\u001b[2K\nOK"), "");
    for (const format of ["alfa-evidence/2", `\u001b[31m${rogue}`]) {
      fs.writeFileSync(
        file("manifest.json"),
        fs
          .readFileSync(file("manifest.json"), "utf8")
          .replace(/"format": ?"[^"]*"/, `"format":${JSON.stringify(format)}`),
      );
      const { status, said } = check();
      expect(status).toBe(1);
      expect(said).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e\u2028]/);
      expect(said.split("\n")).not.toContain("UTUH / INTACT");
    }
  });

  test("takes rows about his orders, and says for which of them no other row accounts", async () => {
    const about = (seq: number, row: object) => ({
      actor: "ADM-001",
      entity: "order",
      action: "ORDER_MOVED",
      ...row,
      key: seq < 20 ? "ORD-2026-000001" : "ORD-2026-000002",
    });
    const { check } = await unpack({
      row: (seq) =>
        seq === 3
          ? { entity: "order", key: "ORD-2026-000001", acting_session: crypto.randomUUID() }
          : seq % 2
            ? about(seq, {})
            : {},
    });
    const { status, said } = check();
    expect([status, said]).toEqual([0, expect.stringContaining("That 4 rows about orders placed earlier")]);
    const foreign = await unpack({
      row: (seq) => (seq === 9 ? about(seq, { actor: "SLS-002", action: "ORDER_PLACED" }) : {}),
    });
    expect(foreign.check()).toMatchObject({
      status: 1,
      said: expect.stringContaining("row number 9 is not about SLS-001"),
    });
  });
});
