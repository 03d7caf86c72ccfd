import { redirect } from "@remix-run/node";
import { z } from "zod";
import type { Said } from "#app/ui/said.tsx";
import { cookie, readCookie } from "./cookies.server.ts";

const written = z.object({ message: z.string(), tone: z.string().optional(), at: z.string().optional() });

/**
 * After a change: on to the next page (303), which shows the message once. `at`: the id of what it is about, where the
 * next page shows that.
 */
export function redirectWithToast(to: string, message: string, tone: "good" | "warn" = "good", at?: string) {
  const value = Buffer.from(JSON.stringify({ message: message.slice(0, 1200), tone, at })).toString("base64url");
  return redirect(to, { status: 303, headers: { "set-cookie": cookie("toast", value, 60) } });
}

/** The message waiting for this page, and the header that takes it away. */
export function takeToast(request: Request): { toast: Said; headers: { "set-cookie": string } } | null {
  const value = readCookie(request, "toast");
  if (!value) return null;
  try {
    const { message, tone, at } = written.parse(JSON.parse(Buffer.from(value, "base64url").toString()));
    return {
      toast: { message, tone: tone === "warn" ? "warn" : "good", at },
      headers: { "set-cookie": cookie("toast", "", 0) },
    };
  } catch {
    return null;
  }
}
