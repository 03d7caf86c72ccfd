import fs from "node:fs";
import path from "node:path";
import { nothingKnown, readState, type State } from "./state.ts";

/**
 * The watcher's memory: one file, replaced as a whole and forced onto the disk, so that whatever cuts it off leaves the
 * old one or the new one. What nobody can read is put aside, and the watcher begins anew.
 */
export function openFile(file: string, say: (words: string) => void) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  return {
    read(): State {
      if (!fs.existsSync(file)) return nothingKnown();
      const state = readState(fs.readFileSync(file, "utf8"));
      if (state) return state;
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
    },
  };
}
