import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { root } from "#scripts/places.ts";

/** In a process of its own: a connection that is kept for somebody dies, and he asks over it. */
const script = `
  const { default: postgres } = await import("postgres");
  const sql = postgres(process.env.DATABASE_URL, { max: 1, backoff: () => 0.05 });
  const kept = await sql.reserve();
  const [{ pid }] = await kept\`select pg_backend_pid() as pid\`;
  process.kill(pid, "SIGTERM"); // What pg_terminate_backend sends.
  for (let there = true; there; await new Promise((next) => setTimeout(next, 5))) {
    try { process.kill(pid, 0); } catch { there = false; }
  }
  const outcome = await kept\`select 1\`.then(() => "answered", (error) => "told: " + error.code);
  console.log(outcome);
  const [{ one }] = await sql.begin((again) => again\`select 1 as one\`).catch(() => [{ one: "none" }]);
  console.log("and again: " + one);
  process.exit(0);
`;

async function run(before: string) {
  const child = spawn(process.execPath, ["--input-type=module", "-e", before + script], {
    cwd: root,
    env: { ...process.env, NODE_OPTIONS: "" },
  });
  const [out, err, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise((resolve) => child.once("exit", resolve)),
  ]);
  return { code, out, err };
}

test("the control: as it comes, the driver of the sign-in stand-in ends its process with a connection", async () => {
  const { code, err } = await run("");
  expect(code).toBe(1);
  expect(err).toContain("Cannot read properties of null (reading 'write')");
});

test("mended, it tells who asked", async () => {
  const { code, out, err } = await run(`await import("./supabase/local/sound-postgres.mjs");`);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toContain("told: CONNECTION_CLOSED");
});
