import { redirect } from "@remix-run/node";
import { z } from "zod";
import { cookie, readCookie } from "./cookies.server.ts";

export type ToastMessage = { message: string; tone?: "good" | "warn" };
const written = z.object({ message: z.string(), tone: z.string().optional() });

/** After a change: on to the next page (303), which shows the message once. */
export function redirectWithToast(to: string, message: string, tone: "good" | "warn" = "good") {
  const value = Buffer.from(JSON.stringify({ message: message.slice(0, 300), tone })).toString("base64url");
  return redirect(to, { status: 303, headers: { "set-cookie": cookie("toast", value, 60) } });
}

/** The message waiting for this page, and the header that takes it away. */
export function takeToast(request: Request): { toast: ToastMessage; headers: { "set-cookie": string } } | null {
  const value = readCookie(request, "toast");
  if (!value) return null;
  try {
    const { message, tone } = written.parse(JSON.parse(Buffer.from(value, "base64url").toString()));
    return {
      toast: { message, tone: tone === "warn" ? "warn" : "good" },
      headers: { "set-cookie": cookie("toast", "", 0) },
    };
  } catch {
    return null;
  }
}
