import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { serverUser } from "#supabase/local/postgres-binaries.ts";
import { freePorts } from "#supabase/local/ports.ts";

const places = ["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/usr/local/bin/pgbouncer"];

/** Debian's PgBouncer, installed by whoever may; null where it cannot be had. */
export function findPgbouncer(): string | null {
  const found = () => places.find((file) => fs.existsSync(file)) ?? null;
  if (found() || process.getuid?.() !== 0) return found();
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  spawnSync("apt-get", ["update"], { stdio: "ignore", env });
  spawnSync("apt-get", ["install", "-y", "--no-install-recommends", "pgbouncer"], { stdio: "ignore", env });
  return found();
}

/** A PgBouncer in transaction mode in front of a database, with fewer connections to it than clients ask for. */
export async function startPgbouncer(program: string, url: string) {
  const { port: postgres, username, password } = new URL(url);
  const [port] = await freePorts(1);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "alfa-pgbouncer-"));
  const file = (name: string) => path.join(folder, name);
  fs.writeFileSync(file("users.txt"), `"${username}" "${decodeURIComponent(password)}"\n`);
  fs.writeFileSync(
    file("pgbouncer.ini"),
    `[databases]
postgres = host=127.0.0.1 port=${postgres} dbname=postgres
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${file("users.txt")}
pool_mode = transaction
default_pool_size = 4
max_client_conn = 100
`,
  );
  const user = serverUser();
  for (const owned of [folder, file("users.txt"), file("pgbouncer.ini")])
    if (user.uid !== undefined) fs.chownSync(owned, user.uid, user.gid!);
  const child = spawn(program, [file("pgbouncer.ini")], { ...user, cwd: folder, stdio: "ignore" });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const there = new URL(url);
  there.port = String(port);
  const asks = async () => {
    const client = new pg.Client({ connectionString: there.href });
    client.on("error", () => undefined);
    await client.connect();
    await client.end();
  };
  for (let tries = 0; ; tries += 1) {
    try {
      await asks();
      break;
    } catch (error) {
      if (tries > 100 || child.exitCode !== null) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  return {
    url: there.href,
    async stop() {
      child.kill("SIGINT");
      await ended;
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}
