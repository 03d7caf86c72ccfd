export type What =
  | "EVENT_MISSING"
  | "EVENT_CHANGED"
  | "LINK_MISSING"
  | "LINK_CHANGED"
  | "LINK_UNSEALED"
  | "SEAL_MISSING"
  | "SEAL_CHANGED"
  | "SIGNATURE_MISSING"
  | "SIGNATURE_WRONG"
  | "KEY_UNKNOWN"
  | "KEY_RETIRED"
  | "HEAD_DIFFERS"
  | "HEADS_DAMAGED"
  | "TAIL_CUT"
  | "ROW_STRAY"
  | "ROW_UNSEALABLE"
  | "ROW_BACKDATED"
  | "ROW_FUTURE"
  | "CLOCK_BACK"
  | "QUEUE_STALE";

/**
 * Something that is not as it was sealed. `seq` is its place in the chain, `event` the number of the row of the trail.
 */
export type Finding = { what: What; seq: number | null; event: number | null; words: string };
export type Tell = (what: What, seq: number | null, event: number | null, words: string) => Promise<void>;
export type Findings = ReturnType<typeof openFindings>;

type Options = {
  most?: number;
  signal?: AbortSignal;
  onFinding?: (finding: Finding) => Promise<unknown>;
};

/** Collects findings in the order in which they are told, no more than `most`. */
export function openFindings({ most = 20, signal, onFinding }: Options) {
  const all: Finding[] = [];
  let aborted = false;
  const tell: Tell = async (what, seq, event, words) => {
    if (all.length >= most) return;
    const finding = { what, seq, event, words };
    all.push(finding);
    await onFinding?.(finding);
  };
  return {
    all,
    tell,
    /** Whether to look no further: so much is wrong, or somebody wants it to end. */
    enough: () => (aborted ||= signal?.aborted ?? false) || all.length >= most,
    wasAborted: () => aborted,
  };
}
