import { z } from "zod";
import { append, readRows } from "#mocks/file.ts";

/** `slow`: it never answers; `lost`: the message is taken and the answer never arrives. */
export const slackModes = ["up", "down", "500", "429", "gone", "slow", "lost"] as const;
export type SlackMode = (typeof slackModes)[number];

export const slackShape = z.object({ text: z.string().min(1) });
const messageShape = slackShape.extend({ channel: z.string(), received_at: z.string() });
export type SlackMessage = z.output<typeof messageShape>;

/** What the pretended Slack took, newest last; with a file (one JSON object per line) it survives a restart. */
export class SlackState {
  mode: SlackMode = "up";
  private messages: SlackMessage[] = [];
  private readonly file: string | null;

  constructor(options: { file?: string } = {}) {
    this.file = options.file ?? null;
    this.messages = readRows(this.file, messageShape);
  }

  accept(channel: string, text: string): void {
    const message = { channel, text, received_at: new Date().toISOString() };
    this.messages.push(message);
    if (this.file !== null) append(this.file, `${JSON.stringify(message)}\n`);
  }

  /** Newest first. */
  list = (): SlackMessage[] => [...this.messages].reverse();
}
