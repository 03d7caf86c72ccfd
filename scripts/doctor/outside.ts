import { erpClient } from "#jobs/erp/client.ts";
import { ErpFailure } from "#jobs/erp/failure.ts";
import { bad, type Finding, ok, unknown, wordOf } from "./finding.ts";

const askMs = 5_000;

/** Whether the ERP answers with our key. While it does not, orders are taken and wait. */
export async function checkErp(settings: NodeJS.Dict<string>): Promise<Finding> {
  const { ERP_BASE_URL: baseUrl, ERP_API_KEY: apiKey, ERP_TIMEOUT_MS } = settings;
  if (!baseUrl || !apiKey)
    return unknown("erp", "ERP_BASE_URL or ERP_API_KEY is missing", "Set both, as the worker has them.");
  try {
    await erpClient({ baseUrl, apiKey, deadlineMs: Number(ERP_TIMEOUT_MS || 3_000) }).ping();
    return ok("erp", "answers");
  } catch (error) {
    const why = error instanceof ErpFailure ? error.kind : wordOf(error);
    return bad(
      "erp",
      `does not answer as it should (${why})`,
      "Playbook erp-heartattack; its state: /admin/erp. Orders are taken and wait.",
    );
  }
}

/** Whether sign-in answers. */
export async function checkAuth({
  SUPABASE_URL: url,
  SUPABASE_PUBLISHABLE_KEY: apikey = "",
}: NodeJS.Dict<string>): Promise<Finding> {
  if (!url) return unknown("sign-in", "SUPABASE_URL is missing", "Set it, as the web has it.");
  try {
    const { status } = await fetch(`${url.replace(/\/$/, "")}/auth/v1/health`, {
      headers: { apikey },
      signal: AbortSignal.timeout(askMs),
    });
    return status === 200
      ? ok("sign-in", "answers")
      : bad("sign-in", `answers ${status}`, "See the project's Auth in its dashboard, and SUPABASE_PUBLISHABLE_KEY.");
  } catch (error) {
    return bad("sign-in", `cannot be reached (${wordOf(error)})`, "See SUPABASE_URL and the way to it.");
  }
}
