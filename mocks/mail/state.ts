import { randomUUID } from "node:crypto";
import { z } from "zod";
import { append, readRows, writeAtomically } from "#mocks/file.ts";

/** `lost`: the mail is accepted and the answer never arrives. */
export const mailModes = ["up", "down", "500", "429", "reject", "lost"] as const;
export type MailMode = (typeof mailModes)[number];

const keyLifetimeMs = 24 * 60 * 60 * 1000;

const addresses = z.union([z.string(), z.array(z.string())]).transform((to) => (Array.isArray(to) ? to : [to]));
export const emailShape = z.object({
  from: z.string().min(1),
  to: addresses.refine((to) => to.length > 0 && to.every((address) => address.includes("@"))),
  subject: z.string(),
  html: z.string().optional(),
  text: z.string().optional(),
  tags: z.array(z.object({ name: z.string(), value: z.string() })).optional(),
  headers: z.record(z.string(), z.string()).optional(),
});
const messageShape = emailShape.extend({
  id: z.string(),
  received_at: z.string(),
  idempotency_key: z.string().nullable(),
});

export type Message = z.output<typeof messageShape>;

/**
 * What the pretended mail provider accepted, newest last; with a file (one JSON object per line) it survives a restart.
 */
export class MailState {
  mode: MailMode = "up";
  /** Each request takes up to so long, by chance. */
  delayMs = 0;
  /**
   * Requests to send; those answered from the memory of their key; those whose mail was another one than their key's.
   */
  counts = { requests: 0, repeats: 0, conflicts: 0 };
  private messages: Message[] = [];
  private readonly file: string | null;

  constructor(options: { file?: string } = {}) {
    this.file = options.file ?? null;
    this.messages = readRows(this.file, messageShape);
  }

  /**
   * Stores a mail once per idempotency key and 24 hours. The same key again gives the first id; the same key with
   * another mail is "conflict", as the real provider answers.
   */
  accept(email: z.output<typeof emailShape>, key: string | null): Message | "conflict" {
    const earlier = key === null ? undefined : this.messages.find((message) => isSameKey(message, key));
    if (earlier) {
      const same = isSameMail(earlier, email);
      this.counts[same ? "repeats" : "conflicts"] += 1;
      return same ? earlier : "conflict";
    }
    const message = { ...email, id: randomUUID(), received_at: new Date().toISOString(), idempotency_key: key };
    if (this.file !== null) {
      append(this.file, `${JSON.stringify(message)}\n`);
    }
    this.messages.push(message);
    return message;
  }

  /** Newest first; `to` narrows to one address, whatever its case. */
  list(to: string | null = null): Message[] {
    const wanted = to?.toLowerCase();
    return this.messages
      .filter((message) => wanted === undefined || message.to.some((address) => address.toLowerCase().includes(wanted)))
      .reverse();
  }

  find(id: string): Message | null {
    return this.messages.find((message) => message.id === id) ?? null;
  }

  clear(): void {
    this.messages = [];
    if (this.file !== null) writeAtomically(this.file, "");
  }
}

function isSameKey(message: Message, key: string): boolean {
  return message.idempotency_key === key && Date.now() - Date.parse(message.received_at) < keyLifetimeMs;
}

function isSameMail(message: Message, email: z.output<typeof emailShape>): boolean {
  return (
    message.subject === email.subject &&
    message.from === email.from &&
    message.html === email.html &&
    message.text === email.text &&
    JSON.stringify([message.tags, message.headers]) === JSON.stringify([email.tags, email.headers]) &&
    message.to.join() === email.to.join()
  );
}
