import { fork } from "node:child_process";
import path from "node:path";
import type { Claims } from "./source.ts";

/** What the web's source says about its queries, read by a process of its own: the compiler needs room. */
export const readClaims = (): Promise<Claims> =>
  new Promise((resolve, reject) =>
    fork(path.join(import.meta.dirname, "source.ts"), {
      env: { ...process.env, NODE_OPTIONS: "" },
      serialization: "advanced",
    })
      .once("message", (claims) => resolve(claims as Claims))
      .once("exit", (code) => reject(new Error(`The source could not be read: ${code}`))),
  );
