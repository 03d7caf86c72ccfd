/** A lead that nobody is: with our secret it is taken to the end, rolled back, and mailed to nobody. */
const lead = {
  business_name: "Pemeriksaan otomatis",
  contact_name: "Pemeriksaan otomatis",
  phone_whatsapp: "6281100000000",
  city: "Jakarta",
  salon_type: "OTHER",
  consent: "yes",
};
const deadlineMs = 12_000;

/** Whether leads are taken; what was answered. */
export async function tryLead(site: string, secret: string): Promise<{ ok: boolean; status: number }> {
  const response = await fetch(`${site}/api/leads`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${secret}` },
    body: JSON.stringify(lead),
    redirect: "manual",
    signal: AbortSignal.timeout(deadlineMs),
  });
  await response.body?.cancel();
  return { ok: response.status === 202, status: response.status };
}
