import { readForm } from "./read-form.server.ts";
import { problem } from "./problem.server.ts";

/** A program's body that is larger than this, in bytes, is none of ours. */
export const largestSent = 16 * 1024;

/** What a program sent, as JSON or, where it may, as a form; or what is wrong with it. Null fields are left out. */
export async function readSent(request: Request, mayBeForm: boolean): Promise<Record<string, unknown> | Response> {
  const type = (request.headers.get("content-type") ?? "").split(";", 1)[0]!.trim().toLowerCase();
  const isForm = mayBeForm && (type === "application/x-www-form-urlencoded" || type === "multipart/form-data");
  if (!isForm && type !== "application/json") return problem("unsupported-media-type");
  const body = await request.clone().arrayBuffer();
  if (body.byteLength > largestSent) return problem("too-large");
  try {
    if (isForm) return await readForm(request);
    const sent: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
    if (typeof sent !== "object" || sent === null || Array.isArray(sent)) return problem("unreadable-body");
    return Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== null));
  } catch {
    return problem("unreadable-body");
  }
}
