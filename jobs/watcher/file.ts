import fs from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { nothingKnown, readState, type State } from "./state.ts";

/**
 * The watcher's memory: one file, replaced as a whole and forced onto the disk, so that whatever cuts it off leaves the
 * old one or the new one. What nobody can read is put aside, and the watcher begins anew.
 */
export function openFile(file: string, say: (words: string) => void) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const answered = `${file}.answered`;
  const takenBySlack = () => (fs.existsSync(answered) ? fs.readFileSync(answered, "utf8").split("\n") : []);
  return {
    read(): State {
      if (!fs.existsSync(file)) return nothingKnown();
      const state = readState(fs.readFileSync(file, "utf8"));
      const taken = takenBySlack();
      if (state) return { ...state, messages: state.messages.filter(({ id }) => !taken.includes(id)) };
      fs.renameSync(file, `${file}.unreadable`);
      say("the state file could not be read and was put aside");
      return nothingKnown();
    },
    write(state: State): void {
      const fresh = `${file}.new`;
      const handle = fs.openSync(fresh, "w", 0o600);
      try {
        fs.writeSync(handle, JSON.stringify(state));
        fs.fsyncSync(handle);
      } finally {
        fs.closeSync(handle);
      }
      fs.renameSync(fresh, file);
      fs.rmSync(answered, { force: true });
    },
    /** That Slack took this message: a line, not forced onto the disk, stands there sooner than a file. */
    answered: (id: string): void => fs.appendFileSync(answered, `${id}\n`, { mode: 0o600 }),
  };
}

/**
 * Lets one watcher at a time work with a file, whatever container it runs in: the lock is the kernel's, and goes with
 * whoever held it, however he ended. `null`: another one has it. Where none can be had, on a full disk say, that is
 * told and gone on without: better told twice than not at all.
 */
export function lockOf(file: string, say: (words: string) => void): { release: () => void } | null {
  let lock: DatabaseSync | undefined;
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    lock = new DatabaseSync(`${file}.lock`, { timeout: 0 });
    lock.exec("pragma journal_mode = off; begin exclusive");
    held.add(lock);
    return { release: () => (held.delete(lock!), lock!.close()) };
  } catch (error) {
    lock?.close();
    if (error instanceof Error && "errcode" in error && error.errcode === busy) return null;
    say("the state file cannot be locked: see that no other watcher works with it");
    return { release: () => undefined };
  }
}
const busy = 5; // SQLITE_BUSY
// What nobody refers to is collected, and its lock with it.
const held = new Set<DatabaseSync>();
