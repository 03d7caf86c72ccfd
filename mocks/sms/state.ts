import { randomUUID } from "node:crypto";
import { z } from "zod";
import { append, readRows, writeAtomically } from "#mocks/file.ts";

/** `lost`: the text is accepted and the answer never arrives. */
export const smsModes = ["up", "down", "500", "429", "reject", "lost"] as const;
export type SmsMode = (typeof smsModes)[number];

export const smsShape = z.object({
  to: z.string().regex(/^62\d{8,13}$/),
  text: z.string().min(1),
  sender: z.string().min(1),
  reference: z.string().optional(),
});
const messageShape = smsShape.extend({
  id: z.string(),
  received_at: z.string(),
  idempotency_key: z.string().nullable(),
});
export type Sms = z.output<typeof messageShape>;

/**
 * What the pretended gateway accepted, newest last, once per key; with a file (one JSON object per line) it survives a
 * restart.
 */
export class SmsState {
  mode: SmsMode = "up";
  private messages: Sms[] = [];
  private readonly file: string | null;

  constructor(options: { file?: string } = {}) {
    this.file = options.file ?? null;
    this.messages = readRows(this.file, messageShape);
  }

  accept(sms: z.output<typeof smsShape>, key: string | null): Sms {
    const earlier = this.messages.find((message) => key !== null && message.idempotency_key === key);
    if (earlier) return earlier;
    const message = { ...sms, id: randomUUID(), received_at: new Date().toISOString(), idempotency_key: key };
    this.messages.push(message);
    if (this.file !== null) {
      append(this.file, `${JSON.stringify(message)}\n`);
    }
    return message;
  }

  /** Newest first; `to` narrows to one number. */
  list(to: string | null = null): Sms[] {
    return this.messages.filter((message) => to === null || message.to === to).reverse();
  }

  clear(): void {
    this.messages = [];
    if (this.file !== null) writeAtomically(this.file, "");
  }
}
