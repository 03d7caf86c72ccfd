import { Webhook } from "standardwebhooks";

const headers = { id: "svix-id", timestamp: "svix-timestamp", signature: "svix-signature" } as const;
const longestId = 200;

/** A signed message: its id, the same however often it is sent, and what it says. */
export type Signed = { id: string; content: unknown };

/**
 * Reads what another company's server signed: HMAC-SHA256 over id, time and the body to the byte, at most five minutes
 * old. Null when anything about it is wrong.
 */
export async function readSigned(request: Request, secret: string): Promise<Signed | null> {
  const body = await request.text();
  const id = request.headers.get(headers.id) ?? "";
  if (id.length > longestId) return null;
  try {
    const content: unknown = new Webhook(secret).verify(body, {
      "webhook-id": id,
      "webhook-timestamp": request.headers.get(headers.timestamp) ?? "",
      "webhook-signature": request.headers.get(headers.signature) ?? "",
    });
    return { id, content };
  } catch {
    return null;
  }
}
