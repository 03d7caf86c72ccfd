/** What the first shared integer says: whose turn it is. Both sides sleep on it with Atomics. */
export const turn = { idle: 0, request: 1, chunk: 2, lastChunk: 3, taken: 4 } as const;

export type BridgeData = {
  port: number;
  /** Two Int32: the turn, and the length of the present chunk. */
  control: SharedArrayBuffer;
  bytes: SharedArrayBuffer;
  requests: import("node:worker_threads").MessagePort;
};
