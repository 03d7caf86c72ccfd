import { randomUUID } from "node:crypto";
import { postToSlack } from "#app/incidents/slack.ts";
import { askAll } from "./ask.ts";
import { forgetDone, type Message, observe, type Outage, type State } from "./state.ts";
import { channelOf, wordsOf } from "./words.ts";

const deadlineMs = 5_000;
const minuteMs = 60_000;
const retryMs = { first: 5_000, longest: 5 * minuteMs };
/** Slack itself says ten minutes at most. */
const longestPauseMs = 11 * minuteMs;

export type WatcherTools = {
  /** Each web process, by itself. */
  sites: string[];
  appUrl: string;
  readyToken: string;
  uptimeSecret: string;
  /** Null: nobody is told but the log. */
  slack: Record<"critical" | "production" | "warning", string> | null;
  deadManUrl: string | undefined;
  memory: { read: () => State; write: (state: State) => void; answered: (id: string) => void };
  say: (facts: object, words: string) => void;
};

/**
 * One round: asks, remembers, tells people, and writes into the database what it was not there to see. Each step stands
 * in the file before it is taken, so that a round that is cut off anywhere is taken up by the next one.
 */
export function openWatcher(tools: WatcherTools): () => Promise<void> {
  const { memory, sites, readyToken, deadManUrl } = tools;
  const kept = { state: memory.read(), written: true };
  let signedAt = -Infinity;
  const keep: Keep = (change) => {
    const next = change(kept.state);
    const changed = JSON.stringify(next) !== JSON.stringify(kept.state);
    kept.state = next;
    if (changed || !kept.written) kept.written = onDisk(() => memory.write(next), kept.written ? tools.say : nothing);
  };
  return async () => {
    const seen = await askAll(sites, readyToken);
    keep((state) => observe(state, seen, Date.now(), randomUUID));
    for (const message of kept.state.messages.filter(isDue)) await send(message, keep, tools);
    if (seen.DATABASE) for (const outage of kept.state.outages) await write(outage, kept.state, keep, tools);
    keep(forgetDone);
    if (performance.now() - signedAt < minuteMs) return;
    signedAt = performance.now();
    if (seen.DATABASE) await tell({ alive: true }, tools);
    if (deadManUrl) await post(deadManUrl, {});
  };
}

const nothing = () => undefined;
/** A disk that takes nothing silences nobody: the watcher goes on with what it knows, and tries again. Said once. */
function onDisk(write: () => void, say: WatcherTools["say"]): boolean {
  try {
    write();
    return true;
  } catch (error) {
    say({ err: error }, "the state file cannot be written");
    return false;
  }
}

type Keep = (change: (state: State) => State) => void;

/** Later than any pause: this machine's clock was set back since. */
const isDue = ({ dueAt }: Message) => dueAt <= Date.now() || dueAt > Date.now() + longestPauseMs;

/** Slack knows no key by which it would know a message again: after a cut it is sent once more, and says so. */
async function send(message: Message, keep: Keep, tools: WatcherTools): Promise<void> {
  const { slack, appUrl, say, memory } = tools;
  const channel = channelOf(message.what);
  const words = wordsOf(message, appUrl);
  const become = (more: Partial<Message> | null) =>
    keep((state) => ({
      ...state,
      messages: state.messages.flatMap((one) =>
        one.id !== message.id ? one : more === null ? [] : { ...one, ...more },
      ),
    }));
  if (!slack) {
    say({ outcome: "no Slack is set up" }, words);
    return become(null);
  }
  become({ sending: true, tries: message.tries + 1 });
  const outcome = await postToSlack(slack[channel], words, deadlineMs);
  if (outcome.kind === "accepted") onDisk(() => memory.answered(message.id), nothing);
  say({ channel, kind: message.kind, outcome: outcome.kind }, "told of an outage");
  if (outcome.kind === "accepted") return become(null);
  const said = "afterSeconds" in outcome ? outcome.afterSeconds : undefined;
  const wait = said ? said * 1_000 : Math.min(retryMs.longest, retryMs.first * 2 ** message.tries);
  // Only where surely nothing arrived is it sent as if for the first time.
  become({ sending: outcome.kind === "ambiguous" || message.sending, dueAt: Date.now() + wait });
}

/** What has not been written yet of an outage: that it began, or that it is over. */
async function write(outage: Outage, { messages }: State, keep: Keep, tools: WatcherTools): Promise<void> {
  const written = outage.ended === null ? "BEGUN" : "ENDED";
  // What nobody could have written meanwhile is written once, as a whole.
  if (outage.written === written || (written === "BEGUN" && (outage.what === "DATABASE" || outage.what === "SITE")))
    return;
  const ago = (moment: number) => Math.max(0, (Date.now() - moment) / 1_000);
  const taken = await tell(
    {
      id: outage.id,
      what: outage.what,
      beganAgo: ago(outage.began),
      endedAgo: outage.ended === null ? null : ago(outage.ended),
      told: tools.slack !== null && !messages.some((message) => message.outage === outage.id),
    },
    tools,
  );
  if (!taken) return;
  keep((state) => ({
    ...state,
    outages: state.outages.map((one) => (one.id === outage.id ? { ...one, written } : one)),
  }));
}

/** To whichever site takes it; the same again to another one when the first did not. */
async function tell(content: object, { sites, uptimeSecret, say }: WatcherTools): Promise<boolean> {
  for (const site of sites) {
    const status = await post(`${site}/webhooks/uptime`, content, uptimeSecret);
    if (status === 204) return true;
    say({ status }, "the database was not told");
  }
  return false;
}

async function post(url: string, content: object, secret?: string): Promise<number | null> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", ...(secret ? { authorization: `Bearer ${secret}` } : {}) },
      body: JSON.stringify(content),
      redirect: "error",
      signal: AbortSignal.timeout(deadlineMs),
    });
    await response.body?.cancel();
    return response.status;
  } catch {
    return null;
  }
}
