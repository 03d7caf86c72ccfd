// Checks this package. / Memeriksa paket ini.   node verify.mjs [public-key.pem]
//
// Give it the public key that you got from the auditor or from the company's papers: the one inside this folder proves
// nothing if somebody made the whole folder anew. Exit code: 0 nothing is wrong and the end of the chain is signed, 1
// something is wrong, 2 nothing is wrong but no signature could be checked. What that proves and what it does not is
// said at the end.
import { createHash, createPublicKey, verify } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { createInflateRaw } from "node:zlib";

const folder = path.dirname(fileURLToPath(import.meta.url));
const at = (name) => path.join(folder, name);
// What the files say could be made to look like words of ours: no control characters, no lines, nothing that turns the
// text around.
const print = (text = "") =>
  console.log(
    String(text)
      .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "?")
      .slice(0, 500),
  );
let wrong = 0;
const say = (ok, id, en) => {
  if (!ok) wrong += 1;
  if (ok || wrong <= 20) print(`${ok ? "OK   " : "WRONG"}  ${id} / ${en}`);
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

const belonging = [
  "README.txt",
  "audit.jsonl",
  "audit.csv",
  "audit.xlsx",
  "words.jsonl",
  "words.csv",
  "words.xlsx",
  "orders.jsonl",
  "orders.csv",
  "orders.xlsx",
  "hits.jsonl",
  "hits.csv",
  "hits.xlsx",
  "chain.csv",
  "seals.jsonl",
  "verify.mjs",
];

async function checkFiles({ files }, given) {
  const known = new Set([...belonging, "public-key.pem"]);
  const listed = new Set(files.map(({ name }) => name));
  for (const name of listed)
    if (!known.has(name))
      say(false, `${name}: bukan berkas paket bukti`, "no file of an evidence package, though it is listed");
  for (const name of belonging) if (!listed.has(name)) say(false, `${name}: tidak ada di daftar`, "not listed");
  // Your own key may lie here, since you named it.
  const mine = given && path.resolve(given);
  for (const name of fs.readdirSync(folder)) {
    if (name !== "manifest.json" && !listed.has(name) && at(name) !== mine)
      say(false, `${name}: tidak termasuk paket`, "not part of the package");
  }
  for (const { name, sha256: sum } of files) {
    if (!known.has(name)) continue;
    if (!fs.existsSync(at(name))) {
      say(false, `${name}: tidak ada`, "missing");
      continue;
    }
    const same = (await sumOf(name)) === sum;
    say(same, `${name}: ${same ? "sama dengan daftar" : "berubah"}`, same ? "as listed" : "changed");
  }
}

async function sumOf(name) {
  const hash = createHash("sha256");
  for await (const chunk of fs.createReadStream(at(name))) hash.update(chunk);
  return hash.digest("hex");
}

// audit.csv as the package writes it.
const columns = [
  "id",
  "at",
  "actor",
  "action",
  "target",
  "entity",
  "key",
  "before",
  "after",
  "detail",
  "ip",
  "user_agent",
  "acting_session",
  "request",
  "actor_id",
  "partner_id",
  "xid",
];
const formula = "[=+\\-@\uFF1D\uFF0B\uFF0D\uFF20\\t\\r\\n\\0]";
const atStart = new RegExp(`^[ \\u00a0\\ufeff]*${formula}`);
const afterSeparator = new RegExp(`([,;|"\\t\\n])(?=[ \\u00a0]*${formula})`, "g");
const record = (values) => `${values.map(field).join(",")}\r\n`;
function field(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return `"${text.replace(afterSeparator, "$1'").replace(atStart, "'$&").replaceAll('"', '""')}"`;
}

// The table of audit.xlsx as the package writes it.
const cellText = (value) => {
  const text = (typeof value === "string" ? value : JSON.stringify(value))
    .replace(/\r\n?/g, "\n")
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu, "\ufffd")
    .replace(/_(?=x[0-9a-f]{4}_)/gi, "_x005F_");
  return text.length > 32_767 ? `${text.slice(0, 32_766).replace(/\p{Cs}$/u, "")}…` : text;
};
function cell(ref, value, style = "") {
  if (value === null || value === undefined || value === "") return "";
  if (typeof value === "number") return `<c r="${ref}"${style}><v>${value}</v></c>`;
  if (typeof value === "boolean") return `<c r="${ref}" t="b"><v>${Number(value)}</v></c>`;
  const text = cellText(value);
  const xml = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const space = /^ |[\n\t]| $/.test(text) ? ' xml:space="preserve"' : "";
  return `<c r="${ref}" t="inlineStr"${style}><is><t${space}>${xml}</t></is></c>`;
}
const serial = (moment) => (Date.parse(moment) + 7 * 3_600_000) / 86_400_000 + 25_569;
const momentColumn = 1 + columns.indexOf("at");
function sheetRow(n, values) {
  const cells = values.map((value, i) =>
    cell(`${String.fromCharCode(65 + i)}${n}`, value, i === momentColumn ? ' s="1"' : ""),
  );
  return `<row r="${n}">${cells.join("")}</row>`;
}

// What else is in audit.xlsx, and its table up to the first row: the same in every package.
const workbook = "6b60c87357ae9c07eef5618a5b0c0ba2d7a33c064a203b2ebd9f794df54f8302";
const sheetName = "xl/worksheets/sheet1.xml";

// The parts of a ZIP as its directory lists them, each as a stream.
function* parts(name) {
  const zip = fs.readFileSync(at(name));
  const end = zip.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  let place = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [packed, long, extra, comment] = [20, 28, 30, 32].map((offset, i) =>
      i === 0 ? zip.readUInt32LE(place + offset) : zip.readUInt16LE(place + offset),
    );
    const head = zip.readUInt32LE(place + 42);
    const start = head + 30 + zip.readUInt16LE(head + 26) + zip.readUInt16LE(head + 28);
    const inflate = createInflateRaw();
    inflate.end(zip.subarray(start, start + packed));
    yield { part: zip.toString("utf8", place + 46, place + 46 + long), stream: inflate };
    place += 46 + long + extra + comment;
  }
}

// Two sums of a workbook: of what is the same in every package, and of its table from the first row on.
async function workbookSums(name) {
  const frame = createHash("sha256");
  const table = createHash("sha256");
  for (const { part, stream } of parts(name)) {
    frame.update(`${part}\n`);
    let begun = part === sheetName ? Buffer.alloc(0) : null;
    let inTable = false;
    for await (const chunk of stream) {
      if (inTable) table.update(chunk);
      else if (begun === null) frame.update(chunk);
      else {
        begun = Buffer.concat([begun, chunk]);
        const first = begun.indexOf("<row ");
        if (first < 0) continue;
        frame.update(begun.subarray(0, first));
        table.update(begun.subarray(first));
        inTable = true;
      }
    }
    if (begun !== null && !inTable) frame.update(begun);
  }
  return { frame: frame.digest("hex"), table: table.digest("hex") };
}

// Is each row about the one that the manifest names, and of its days? Orders that he placed before are told of in rows
// that name the order alone; how many of those no other row of his accounts for is returned.
async function checkRows({ subject, period }) {
  const day = /^\d{4}-\d{2}-\d{2}$/;
  if (!day.test(period.from) || !day.test(period.to) || period.timeZone !== "Asia/Jakarta")
    return say(false, "periode tidak terbaca", "the period cannot be read");
  const midnight = (date, days) =>
    new Date(Date.parse(`${date}T00:00:00+07:00`) + days * 86_400_000).toISOString().slice(0, 19);
  const [from, until] = [midnight(period.from, 0), midnight(period.to, 1)];
  const csv = createHash("sha256").update(`\uFEFF${record(["seq", ...columns])}`);
  const headings = ["seq", ...columns.map((name) => (name === "at" ? "at (WIB)" : name))];
  const table = createHash("sha256").update(sheetRow(1, headings));
  const own = new Set();
  const elsewhere = new Map();
  const before = wrong;
  let count = 0;
  for await (const line of lines("audit.jsonl")) {
    const { seq, row } = JSON.parse(line);
    count += 1;
    csv.update(record([seq, ...columns.map((name) => row[name])]));
    table.update(sheetRow(count + 1, [seq, ...columns.map((name) => (name === "at" ? serial(row.at) : row[name]))]));
    if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/.test(row.at) || row.at < from || row.at >= until)
      say(false, `catatan nomor ${seq} di luar periode`, `row number ${seq} is not of the period`);
    const his =
      row.actor === subject.code ||
      row.target === subject.code ||
      (row.entity === "account" && row.key === subject.code);
    if (row.entity === "order" && row.actor === subject.code && row.acting_session) own.add(row.key);
    if (his) continue;
    if (row.entity === "order" && row.action !== "ORDER_PLACED")
      elsewhere.set(row.key, (elsewhere.get(row.key) ?? 0) + 1);
    else
      say(
        false,
        `catatan nomor ${seq} bukan tentang ${subject.code}`,
        `row number ${seq} is not about ${subject.code}`,
      );
  }
  for (const number of own) elsewhere.delete(number);
  const unaccounted = [...elsewhere.values()].reduce((sum, n) => sum + n, 0);
  if (wrong === before)
    say(
      true,
      `catatan tentang ${subject.code} dan dari periode itu`,
      `rows are about ${subject.code} and of the period (${count - unaccounted} of ${count})`,
    );
  const agrees = (name, same) =>
    say(
      same,
      `${name} ${same ? "sama dengan" : "berbeda dari"} audit.jsonl`,
      same ? "says the same" : "says something else than audit.jsonl",
    );
  agrees("audit.csv", csv.digest("hex") === (await sumOf("audit.csv")));
  table.update("</sheetData></worksheet>");
  const sums = await workbookSums("audit.xlsx").catch(() => null);
  agrees("audit.xlsx", sums?.frame === workbook && sums.table === table.digest("hex"));
  return { count, unaccounted };
}

function publicKeys(file) {
  if (!fs.existsSync(file)) return new Map();
  const blocks = fs.readFileSync(file, "utf8").match(/-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----/g) ?? [];
  return new Map(
    blocks.map((pem) => {
      const key = createPublicKey(pem);
      return [sha256(key.export({ type: "spki", format: "der" })).slice(0, 16), key];
    }),
  );
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
  let expected = chain.firstSeq,
    batch = chain.firstBatch,
    matched = 0,
    signed = 0,
    unchecked = 0,
    last = null;
  say(seal?.previous === chain.previous, "awal rantai", "start of the chain");
  let heading = true;
  for await (const line of lines("chain.csv")) {
    if (heading) {
      heading = false;
      continue;
    }
    const [place, digest] = line.trimEnd().split(",");
    const seq = Number(place);
    if (seq !== expected)
      return say(false, `rantai putus pada nomor ${expected}`, `the chain breaks at number ${expected}`);
    expected += 1;
    hash = createHash("sha256").update(hash).update(Buffer.from(digest, "hex")).digest();
    if (row && row.seq === seq) {
      matched += 1;
      if (row.digest !== digest) say(false, `catatan nomor ${seq} berubah`, `row number ${seq} was changed`);
      row = (await rows.next()).value;
    }
    if (seal && seq === seal.lastSeq) {
      const head = hash.toString("hex");
      if (seal.batch !== batch || head !== seal.head)
        return say(
          false,
          `segel ${batch} tidak cocok: ada catatan yang berubah, hilang atau ditambah`,
          `seal ${batch} does not fit: a row was changed, removed or added`,
        );
      const key = keys.get(seal.keyId);
      const text = Buffer.from(`alfa-audit-seal/1\n${seal.batch}\n${seal.firstSeq}\n${seal.lastSeq}\n${seal.head}`);
      if (!key) unchecked += 1;
      else if (verify(null, text, key, Buffer.from(seal.signature, "base64"))) signed += 1;
      else say(false, `tanda tangan segel ${batch} palsu`, `the signature of seal ${batch} is false`);
      last = { seal, signed: Boolean(key) };
      batch += 1;
      const next = (await seals.next()).value;
      const following = next ? JSON.parse(next) : null;
      if (following && (following.firstSeq !== seq + 1 || following.previous !== head))
        return say(false, `segel ${batch} tidak menyambung`, `seal ${batch} does not follow`);
      seal = following;
    }
  }
  say(
    !row,
    row ? `catatan nomor ${row.seq} tidak ada di rantai` : "setiap catatan ada di rantai",
    row ? `row number ${row.seq} is not in the chain` : `every row is in the chain (${matched})`,
  );
  say(
    !seal && last?.seal.lastSeq === chain.lastSeq && expected === chain.lastSeq + 1 && last.seal.head === chain.head,
    "rantai sampai segel terakhir",
    `the chain up to the last seal (${chain.lastBatch}, ${chain.head})`,
  );
  return { signed, unchecked, last };
}

async function main(given) {
  const manifest = JSON.parse(fs.readFileSync(at("manifest.json"), "utf8"));
  if (manifest.format !== "alfa-evidence/2") throw new Error(`unknown format ${manifest.format}`);
  const { subject, period } = manifest;
  print(`${subject.code} ${subject.name}, ${period.from} – ${period.to}`);
  print();
  await checkFiles(manifest, given);
  const keys = publicKeys(given ?? at("public-key.pem"));
  const chain = await checkChain(manifest, keys).catch((error) =>
    say(false, "rantai tidak dapat dibaca", `the chain cannot be read: ${error.message}`),
  );
  const rows = await checkRows(manifest).catch((error) =>
    say(false, "catatan tidak dapat dibaca", `the rows cannot be read: ${error.message}`),
  );
  const signed = Boolean(chain?.last?.signed);
  print();
  if (chain)
    print(
      `${chain.signed} tanda tangan benar / signatures good, ${chain.unchecked} tidak dapat diperiksa / could not ` +
        "be checked",
    );
  if (wrong > 0) print(`TIDAK UTUH, TIDAK ADA YANG TERBUKTI / NOT INTACT, NOTHING IS PROVEN (${wrong})`);
  else if (!signed)
    print("UTUH, TANPA BUKTI TANDA TANGAN: tidak ada kunci publik / INTACT, UNSIGNED: no public key to check with");
  else print("UTUH / INTACT");
  if (wrong === 0) conclude(manifest, { signed, given, ...rows, id: chain.last.seal.keyId });
  return wrong > 0 ? 1 : signed ? 0 : 2;
}

function conclude({ subject, chain }, { signed, given, count, unaccounted, id }) {
  print();
  print("TERBUKTI / PROVEN");
  if (signed) {
    print(
      `+ audit.jsonl: setiap catatan persis seperti disegel, sampai nomor ${chain.lastSeq}, ditandatangani dengan ` +
        `kunci ${id} / every row is exactly as it was sealed, up to number ${chain.lastSeq}, signed with key ${id}`,
    );
  } else print("+ Tidak ada; berkas hanya cocok satu sama lain / Nothing; the files only agree with each other");
  if (signed)
    print(
      `+ ${count - unaccounted} dari ${count} catatan tentang ${subject.code}, semua dari periode itu; audit.csv ` +
        `dan audit.xlsx sama isinya / ${count - unaccounted} of ${count} rows are about ${subject.code}, all are ` +
        "of the period; audit.csv and audit.xlsx say the same",
    );
  print();
  print("TIDAK TERBUKTI / NOT PROVEN");
  if (signed && !given)
    print(
      `- Bahwa kunci ${id} milik perusahaan: kunci dari paket ini sendiri / That key ${id} is the company's: it is ` +
        "from this very package, compare it with the auditor's letter",
    );
  if (unaccounted > 0)
    print(
      `- Bahwa ${unaccounted} catatan order adalah order ${subject.code} / That ${unaccounted} rows about orders ` +
        `placed earlier are about orders of ${subject.code}`,
    );
  print(
    "- orders.*, hits.*, README.txt, nama dan waktu di manifest: tidak ada di rantai / not in the chain, nor are " +
      "the name and the times of the manifest",
  );
  print(
    "- Kelengkapan: catatan dapat dihilangkan dan periode dilebarkan / Completeness: rows can be left out and the " +
      "period widened",
  );
  print(
    "  Bandingkan SHA-256 berkas ZIP dengan halaman ekspor; hanya itu yang membuktikannya / Compare the SHA-256 of " +
      "the ZIP file with the export's page; nothing else proves these",
  );
}

process.exitCode = await main(process.argv[2]).catch((error) => {
  say(false, "paket tidak terbaca", `the package cannot be read: ${error.message}`);
  return 1;
});
