import { deflateRawSync } from "node:zlib";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { demoPassword, sari, staff } from "#supabase/seed/people.ts";
import { sealTrail, signingKey } from "#supabase/tests/seal.ts";
import { Visitor } from "./clients.ts";
import { residentBytes } from "./resident.ts";
import type { System } from "./system.ts";
import { type Line, megabytes } from "./table.ts";

const limitSeconds = 20;
const limitBytes = 200 * 1024 * 1024;
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

/**
 * A package of 100,000 rows of the trail, asked for by a form and downloaded from the web process, beside what Postgres
 * and zlib need for its bytes.
 */
export async function measureEvidence(system: System, { rows = 100_000 } = {}): Promise<Line[]> {
  await system.freshWeb();
  await system.need("auth");
  // The trail is sealed here, with a key of our own: the worker's turn at it has to be over.
  await system.stack.halt("worker");
  const owner = new pg.Client({ connectionString: system.stack.at.admin });
  await owner.connect();
  const auditor = new Visitor(system.stack.at.app);
  try {
    await fillTrail(owner, rows);
    await auditor.signIn(staff.find(({ role }) => role === "AUDITOR")!.email, demoPassword);
    const asked = await auditor.post(`/admin/cases/${sari.code}/export`, {
      from: day(30),
      to: day(0),
      reason: "bench of an export",
    });
    const path = asked.headers.location;
    if (asked.status !== 303 || !path) throw new Error(`Asking for an export answered ${asked.status}.`);
    const memory = watchMemory(system);
    const answer = await auditor.get(`${path}/evidence.zip`);
    const peak = memory.stop();
    const {
      rows: [made],
    } = await owner.query<{ audit_rows: number; bytes: number }>(
      "select audit_rows, bytes::int from app.evidence_exports order by id desc limit 1",
    );
    if (answer.status !== 200 || made?.bytes !== answer.body.length || made.audit_rows < rows)
      throw new Error(
        `The export of ${made?.audit_rows} rows answered ${answer.status} with ${answer.body.length} bytes.`,
      );
    const floor = await floorOf(owner, rows);
    return [
      {
        what: `Evidence: form to page, ${made.audit_rows} rows fixed`,
        figure: seconds(asked.ms),
        limit: "",
        floor: "",
        meets: null,
      },
      {
        what: `Evidence: download of ${made.audit_rows} rows, ${megabytes(answer.body.length)} of ZIP`,
        figure: seconds(answer.ms),
        limit: `< ${limitSeconds} s`,
        floor:
          `${seconds(floor.read + floor.deflate)}: reading the lines once ${seconds(floor.read)}, deflating ` +
          `${megabytes(floor.bytes)} ${seconds(floor.deflate)}`,
        meets: answer.ms + asked.ms < limitSeconds * 1000,
      },
      {
        what: "Evidence: web process in memory meanwhile",
        figure: megabytes(peak),
        limit: `< ${megabytes(limitBytes)}`,
        floor: `${megabytes(memory.before)} before`,
        meets: peak < limitBytes,
      },
    ];
  } finally {
    auditor.close();
    await owner.end();
  }
}

const day = (ago: number) => new Date(Date.now() + 7 * 3_600_000 - ago * 86_400_000).toISOString().slice(0, 10);

/** Acts of one salesman as they are written, among acts of others; sealed in batches of a few seconds' work. */
async function fillTrail(owner: pg.Client, rows: number) {
  await owner.query(
    `
    insert into app.audit_events (at, actor_id, actor_code, target_code, action, entity, entity_key, detail, ip,
      user_agent, request_id)
    select now() - interval '20 days' + make_interval(secs => n * 10), case when n % 6 > 0 then $2::uuid end, case
      when n % 6 > 0 then $3 else 'SYSTEM' end,
           'PTR-0001', 'CART_CHANGED', 'cart', 'PTR-0001', jsonb_build_object('sku', 'ALF-' || n % 900, 'quantity',
             n % 24, 'mode', 'set', 'shadow', true),
           '203.0.113.' || n % 250,
             'Mozilla/5.0 (Linux; Android 13; SM-A047F) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36',
             gen_random_uuid()
      from generate_series(1, $1::int) n`,
    [Math.ceil(rows * 1.2), sari.id, sari.code],
  );
  await owner.query("analyze app.audit_events");
  const turnIsFree = async () =>
    (await owner.query<{ free: boolean }>("select jobs.seal_audit(1) is not null as free")).rows[0]!.free;
  for (const end = Date.now() + 60_000; !(await turnIsFree()) && Date.now() < end;) await pause(500);
  await sealTrail(owner, signingKey(), 500);
  await owner.query("analyze audit.links");
}

/**
 * The lines as one plain query gives them, and the deflating of what the package holds of them: as JSONL, as CSV, and
 * the chain.
 */
async function floorOf(owner: pg.Client, rows: number) {
  const started = performance.now();
  const { rows: found } = await owner.query<{ line: string; digest: string }>(
    `
    select private.audit_line(e) as line, encode(l.digest, 'hex') as digest from audit.links l
      join app.audit_events e on e.id = l.event_id and e.at = l.event_at
     where e.actor_id = $1 order by l.seq limit $2`,
    [sari.id, rows],
  );
  const read = performance.now() - started;
  const bytes = Buffer.from(
    `${found
      .map(({ line }) => line)
      .join("\n")
      .repeat(2)}${found.map(({ digest }, index) => `${index},${digest}`).join("\r\n")}`,
  );
  const before = performance.now();
  deflateRawSync(bytes, { level: 6 });
  return { read, deflate: performance.now() - before, bytes: bytes.length };
}

function watchMemory(system: System) {
  const before = residentBytes(system);
  let peak = before;
  const timer = setInterval(() => (peak = Math.max(peak, residentBytes(system))), 20);
  return { before, stop: () => (clearInterval(timer), Math.max(peak, residentBytes(system))) };
}
