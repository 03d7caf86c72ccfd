import type { IncomingMessage } from "node:http";

/** What somebody had typed, as it is offered to him again. Fields in their order, doubles too. */
export type KeptForm = {
  fields: Array<[name: string, value: string]>;
  /** Names of passwords that were in it: to be typed again. */
  passwords: string[];
  /** It held a key out of a mail, which does not come back: the mail's link has to be opened again. */
  needsLink: boolean;
};

// The whole word: a field about a bypass is no password.
const password = /password|^repeat$/i;
const token = /token|secret/i;

/**
 * The form of a request, for the page that hands it back. Passwords, keys and files do not come back: a page may be
 * kept or photographed. Null for what is no form.
 */
export async function keptForm(request: IncomingMessage, body: Buffer | null): Promise<KeptForm | null> {
  const type = request.headers["content-type"] ?? "";
  if (!body || !/^(application\/x-www-form-urlencoded|multipart\/form-data)/i.test(type)) return null;
  const kept: KeptForm = { fields: [], passwords: [], needsLink: false };
  try {
    for (const [name, value] of await new Response(new Uint8Array(body), {
      headers: { "content-type": type },
    }).formData()) {
      if (typeof value !== "string") continue;
      if (password.test(name)) kept.passwords.push(name);
      else if (token.test(name)) kept.needsLink = true;
      else kept.fields.push([name, value]);
    }
    return kept;
  } catch {
    return null;
  }
}
