// npm run audit:verify                      the demo's trail, or that of the settings in .env
// npm run audit:verify -- --heads FILE      compared with a copy of the signed heads that was kept elsewhere
//
// Settings: WORKER_DATABASE_URL; AUDIT_PUBLIC_KEY (or AUDIT_SIGNING_KEY); AUDIT_HEADS_FILE unless --heads is given.
// Ends with 0 when the trail is whole, 1 when it is broken, 2 when it could not be looked at.
import { parseArgs } from "node:util";
import fs from "node:fs";
import { openHeads } from "../audit/heads.ts";
import { keysById, openPublicKeys, openSigner } from "../audit/keys.ts";
import { openLedger } from "../audit/ledger.ts";
import { type Report, verifyChain } from "../audit/verify.ts";
import type { Finding } from "../audit/verify/findings.ts";
import { log, reasonOf } from "../log.ts";

/** Written by `npm run demo`: where its database, its public key and its heads are. */
const demoSettings = ".data/demo/audit.env";
const progressMs = 2_000;

log.level = "silent"; // This is for a person.
const { values } = parseArgs({ options: { heads: { type: "string" } } });
process.exitCode = await verify().catch((error: unknown) => {
  console.error(`The audit trail could not be verified: ${reasonOf(error)}`);
  return 2;
});

async function verify(): Promise<number> {
  if (!process.env.WORKER_DATABASE_URL && fs.existsSync(demoSettings)) process.loadEnvFile(demoSettings);
  const { WORKER_DATABASE_URL: url, AUDIT_PUBLIC_KEY, AUDIT_SIGNING_KEY, AUDIT_HEADS_FILE } = process.env;
  if (!url) throw new Error("WORKER_DATABASE_URL is missing, and there is no demo in .data/demo");
  const keys = keysById([
    ...(AUDIT_PUBLIC_KEY ? openPublicKeys(AUDIT_PUBLIC_KEY) : []),
    ...(AUDIT_SIGNING_KEY ? [openSigner(AUDIT_SIGNING_KEY).publicKey] : []),
  ]);
  if (keys.size === 0) throw new Error("AUDIT_PUBLIC_KEY is missing");
  const file = values.heads ?? AUDIT_HEADS_FILE;
  const heads = file ? await openHeads(file) : null;
  if (values.heads && !heads) throw new Error(`${values.heads} is not there`);
  if (!heads)
    console.error(
      "No file of heads to compare with: a tail that was cut off is not seen, nor is a chain made anew before its " +
        "first signature.",
    );

  const ledger = openLedger(url);
  const started = performance.now();
  let shown = started;
  try {
    const report = await verifyChain(ledger, {
      keys,
      heads,
      async onPage({ seq, of }) {
        if (performance.now() - shown < progressMs) return;
        shown = performance.now();
        console.error(`  ${count(seq)} of ${count(of)} rows, ${rate(seq, started)}`);
      },
    });
    tell(report, rate(report.rows, started), heads ? file! : null);
    return report.findings.length > 0 ? 1 : 0;
  } finally {
    await ledger.close();
  }
}

function tell(report: Report, speed: string, file: string | null) {
  const [first, ...more] = report.findings;
  if (first) {
    console.log(`BROKEN ${place(first)}: ${first.words} (${first.what})`);
    for (const finding of more) console.log(`  also ${place(finding)}: ${finding.words} (${finding.what})`);
  } else {
    console.log(
      `The audit trail is whole: ${count(report.seq)} rows in ${count(report.batch)} sealed ` +
        `${report.batch === 1 ? "batch" : "batches"}${file ? `, as ${file} has them` : ""}.`,
    );
  }
  if (report.unsigned > 0) console.log(`  ${count(report.unsigned)} sealed without a signature yet.`);
  if (report.waiting > 0)
    console.log(`  ${report.waiting >= 10_000 ? "10.000 or more" : count(report.waiting)} rows wait for their seal.`);
  if (report.notInHeads > 0) console.log(`  Signed and not in the file of heads: ${count(report.notInHeads)}.`);
  if (report.oddDates > 0)
    console.log(
      `  ${count(report.oddDates)} ${report.oddDates === 1 ? "row is dated where it" : "rows are dated where they"} ` +
        "cannot be from.",
    );
  console.log(`  ${count(report.rows)} rows read, ${speed}.`);
}

function place({ seq, event }: Finding): string {
  const parts = [seq === null ? "" : `at no. ${seq} of the chain`, event === null ? "" : `event ${event}`].filter(
    Boolean,
  );
  return parts.length > 0 ? parts.join(", ") : "beside the chain";
}

function count(n: number): string {
  return n.toString().replace(/\B(?=(\d{3})+$)/g, ".");
}

function rate(rows: number, started: number): string {
  return `${count(Math.round(rows / ((performance.now() - started) / 1000)))} rows/s`;
}
