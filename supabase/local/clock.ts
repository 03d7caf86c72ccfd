import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

type Settings = Record<string, string>;

// Where Debian and its kin keep it (package "libfaketime"); the build for programs with threads.
const folders: Partial<Record<NodeJS.Architecture, string>> = {
  x64: "/usr/lib/x86_64-linux-gnu",
  arm64: "/usr/lib/aarch64-linux-gnu",
};

/** The library that moves a process' clock, or null where it cannot be had. `FAKETIME_LIBRARY` names another place. */
export function faketimeLibrary(): string | null {
  const places = [process.env.FAKETIME_LIBRARY, `${folders[process.arch] ?? ""}/faketime/libfaketimeMT.so.1`];
  return places.find((file) => file && fs.existsSync(file)) ?? null;
}

/** Why what needs a moved clock did not run, for a person. */
export const noFaketime =
  'A moved clock needs libfaketime (Debian: "sudo apt-get install libfaketime", or its place in FAKETIME_LIBRARY).';

/**
 * A copy of the library that leaves epoll_wait and epoll_pwait alone. Its own of these let whatever interrupts them see
 * the true clock: Postgres, asked by its alarm whether a time limit has passed, then finds that it has not for as long
 * as the clock is ahead, and statement_timeout and lock_timeout never end anything. Under names that nobody asks for,
 * those of libc are taken.
 */
function forPostgres(library: string): string {
  const whole = fs.readFileSync(library);
  const folder = fileURLToPath(new URL("../../node_modules/.cache", import.meta.url));
  const copy = path.join(folder, `faketime-${createHash("sha256").update(whole).digest("hex").slice(0, 16)}.so`);
  if (fs.existsSync(copy)) return copy;
  for (const name of ["\0epoll_wait\0", "\0epoll_pwait\0"]) {
    // The first of them is the name under which it is found; others are what the library looks for itself.
    const at = whole.indexOf(name, 0, "latin1");
    if (at >= 0) whole.write("E", at + 1);
  }
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(`${copy}.${process.pid}`, whole, { mode: 0o644 });
  fs.renameSync(`${copy}.${process.pid}`, copy);
  return copy;
}

// Time that passes stays true (timeouts, pauses), and so do the times of files: only what o'clock it is changes.
function moved(by: Settings): Settings {
  const library = faketimeLibrary();
  if (!library) throw new Error(noFaketime);
  return { LD_PRELOAD: forPostgres(library), FAKETIME_DONT_FAKE_MONOTONIC: "1", NO_FAKE_STAT: "1", ...by };
}

const offset = (at: number) => {
  // Counted from the true time, also by a process whose own clock is shifted.
  const seconds = (at - Date.now()) / 1000 + Number(process.env.FAKETIME ?? 0);
  return `${seconds < 0 ? "-" : "+"}${Math.abs(seconds).toFixed(3)}`;
};

/**
 * Settings under which a process and its children take this instant (milliseconds) for now; their clock goes on from
 * there.
 */
export const shiftedClock = (at: number): Settings => moved({ FAKETIME: offset(at) });

/**
 * A clock that can be set while processes run under it. Each look at it reads a file, a thousand times slower than a
 * true one: not for Node.
 */
export class MovableClock {
  readonly #folder = fs.mkdtempSync(path.join(os.tmpdir(), "alfa-clock-"));
  readonly #file = path.join(this.#folder, "offset");

  constructor(at: number) {
    fs.chmodSync(this.#folder, 0o755);
    this.set(at);
  }

  /** For the process whose clock it is to be. */
  get settings(): Settings {
    return moved({ FAKETIME_TIMESTAMP_FILE: this.#file, FAKETIME_NO_CACHE: "1" });
  }

  /** From now on it is this instant (milliseconds), and time goes on from there. */
  set(at: number): void {
    // In one step: nobody may read a file that is half written.
    fs.writeFileSync(`${this.#file}.new`, `${offset(at)}\n`, { mode: 0o644 });
    fs.renameSync(`${this.#file}.new`, this.#file);
  }

  remove(): void {
    fs.rmSync(this.#folder, { recursive: true, force: true });
  }
}

const names = [
  "LD_PRELOAD",
  "FAKETIME",
  "FAKETIME_TIMESTAMP_FILE",
  "FAKETIME_NO_CACHE",
  "FAKETIME_DONT_FAKE_MONOTONIC",
  "NO_FAKE_STAT",
];

/**
 * The clock that this process was started under, for children that get an environment of their own. Empty when it is
 * the true one.
 */
export const sameClock = (): Settings =>
  Object.fromEntries(names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));

/** This process' environment with the true clock, for a program that is no part of ours. */
export const trueClock = (): Settings =>
  Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value === undefined || names.includes(name) || name === "FAKETIME_SHARED" ? [] : [[name, value]],
    ),
  );
