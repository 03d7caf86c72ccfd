// Checks this package. / Memeriksa paket ini.   node verify.mjs [public-key.pem]
//
// Give it the public key that you got from the auditor or from the company's papers: the one inside this folder proves
// nothing if somebody made the whole folder anew.
// Exit code: 0 everything is as it was signed, 1 something is not, 2 nothing is wrong but no signature could be checked.
import { createHash, createPublicKey, verify } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const folder = path.dirname(fileURLToPath(import.meta.url));
const at = (name) => path.join(folder, name);
let wrong = 0;
const say = (ok, id, en) => {
  if (!ok) wrong += 1;
  if (ok || wrong <= 20) console.log(`${ok ? "OK   " : "WRONG"}  ${id} / ${en}`);
};
const sha256 = (data) => createHash("sha256").update(data).digest("hex");

// Only a line feed ends a line: text of people may hold other characters that look like one.
async function* lines(name) {
  let rest = "";
  for await (const chunk of fs.createReadStream(at(name), { encoding: "utf8", highWaterMark: 1 << 18 })) {
    const found = (rest + chunk).split("\n");
    rest = found.pop();
    yield* found;
  }
  if (rest) yield rest;
}

async function checkFiles({ files }) {
  const listed = new Set(["manifest.json", ...files.map(({ name }) => name)]);
  for (const name of fs.readdirSync(folder)) if (!listed.has(name)) console.log(`NOTE   ${name}: tidak termasuk paket / not part of the package`);
  for (const { name, sha256: sum } of files) {
    if (!fs.existsSync(at(name))) {
      say(false, `${name}: tidak ada`, "missing");
      continue;
    }
    const hash = createHash("sha256");
    for await (const chunk of fs.createReadStream(at(name))) hash.update(chunk);
    const same = hash.digest("hex") === sum;
    say(same, `${name}: ${same ? "sama dengan daftar" : "berubah"}`, same ? "as listed" : "changed");
  }
}

function publicKeys(file) {
  if (!fs.existsSync(file)) return new Map();
  const blocks = fs.readFileSync(file, "utf8").match(/-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----/g) ?? [];
  return new Map(blocks.map((pem) => {
    const key = createPublicKey(pem);
    return [sha256(key.export({ type: "spki", format: "der" })).slice(0, 16), key];
  }));
}

// The rows of the trail that are in this package, one by one in step with the chain.
async function* exported() {
  for await (const line of lines("audit.jsonl")) {
    const [start, seq] = /^\{"seq":(\d+),"row":/.exec(line) ?? [];
    if (!start || !line.endsWith("}")) say(false, "audit.jsonl: baris tidak terbaca", "a line cannot be read");
    else yield { seq: Number(seq), digest: sha256(line.slice(start.length, -1)) };
  }
}

async function checkChain({ chain }, keys) {
  const seals = lines("seals.jsonl");
  const rows = exported();
  let row = (await rows.next()).value;
  let seal = JSON.parse((await seals.next()).value ?? "null");
  let hash = Buffer.from(chain.previous, "hex");
  let expected = chain.firstSeq, batch = chain.firstBatch, matched = 0, signed = 0, unchecked = 0, last = null;
  say(seal?.previous === chain.previous, "awal rantai", "start of the chain");
  let heading = true;
  for await (const line of lines("chain.csv")) {
    if (heading) {
      heading = false;
      continue;
    }
    const [place, digest] = line.trimEnd().split(",");
    const seq = Number(place);
    if (seq !== expected) return say(false, `rantai putus pada nomor ${expected}`, `the chain breaks at number ${expected}`);
    expected += 1;
    hash = createHash("sha256").update(hash).update(Buffer.from(digest, "hex")).digest();
    if (row && row.seq === seq) {
      matched += 1;
      if (row.digest !== digest) say(false, `catatan nomor ${seq} berubah`, `row number ${seq} was changed`);
      row = (await rows.next()).value;
    }
    if (seal && seq === seal.lastSeq) {
      const head = hash.toString("hex");
      if (seal.batch !== batch || head !== seal.head) return say(false, `segel ${batch} tidak cocok: ada catatan yang berubah, hilang atau ditambah`, `seal ${batch} does not fit: a row was changed, removed or added`);
      const key = keys.get(seal.keyId);
      const text = Buffer.from(`alfa-audit-seal/1\n${seal.batch}\n${seal.firstSeq}\n${seal.lastSeq}\n${seal.head}`);
      if (!key) unchecked += 1;
      else if (verify(null, text, key, Buffer.from(seal.signature, "base64"))) signed += 1;
      else say(false, `tanda tangan segel ${batch} palsu`, `the signature of seal ${batch} is false`);
      last = { seal, signed: Boolean(key) };
      batch += 1;
      const next = (await seals.next()).value;
      const following = next ? JSON.parse(next) : null;
      if (following && (following.firstSeq !== seq + 1 || following.previous !== head)) return say(false, `segel ${batch} tidak menyambung`, `seal ${batch} does not follow`);
      seal = following;
    }
  }
  say(!row, row ? `catatan nomor ${row.seq} tidak ada di rantai` : "setiap catatan ada di rantai", row ? `row number ${row.seq} is not in the chain` : `every row is in the chain (${matched})`);
  say(!seal && last?.seal.lastSeq === chain.lastSeq && expected === chain.lastSeq + 1 && last.seal.head === chain.head,
    "rantai sampai segel terakhir", `the chain up to the last seal (${chain.lastBatch}, ${chain.head})`);
  return { signed, unchecked, last };
}

const manifest = JSON.parse(fs.readFileSync(at("manifest.json"), "utf8"));
if (manifest.format !== "alfa-evidence/1") throw new Error(`This script does not know the format ${manifest.format}.`);
console.log(`${manifest.subject.code} ${manifest.subject.name}, ${manifest.period.from} – ${manifest.period.to}\n`);
await checkFiles(manifest);
const given = process.argv[2];
const keys = publicKeys(given ?? at("public-key.pem"));
const chain = await checkChain(manifest, keys).catch((error) => say(false, "rantai tidak dapat dibaca", `the chain cannot be read: ${error.message}`));
for (const id of keys.keys()) console.log(`\nKunci / key ${id}${given ? "" : ": dari paket ini sendiri, bandingkan dengan surat auditor / from this very package, compare it with the auditor's letter"}`);
if (chain) console.log(`${chain.signed} tanda tangan benar / signatures good, ${chain.unchecked} tidak dapat diperiksa / could not be checked`);
if (wrong > 0) console.log(`\nTIDAK UTUH / NOT INTACT (${wrong})`);
else if (!chain?.last?.signed) console.log("\nUTUH, TANPA BUKTI TANDA TANGAN: tidak ada kunci publik / INTACT, UNSIGNED: no public key to check with");
else console.log("\nUTUH / INTACT");
process.exit(wrong > 0 ? 1 : chain?.last?.signed ? 0 : 2);
