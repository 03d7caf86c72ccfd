import { Resolver } from "node:dns/promises";
import { bad, type Finding, ok, unknown, wordOf } from "./finding.ts";

/** As Resend asks for it: what sends, what signs, and what receivers do with what is neither. */
const records = [
  { name: "SPF", at: (domain: string) => [`send.${domain}`, domain], is: /^v=spf1\b/i },
  { name: "DKIM", at: (domain: string) => [`resend._domainkey.${domain}`], is: /\bp=[\w+/=]{40,}/ },
  { name: "DMARC", at: (domain: string) => [`_dmarc.${domain}`], is: /^v=DMARC1\b/i },
];
const nothing = new Set(["ENOTFOUND", "ENODATA"]);

/** Whether the domain that we send from says that we may. `server`: whom to ask, host:port; the machine's otherwise. */
export async function checkMailDomain(from: string | undefined, server?: string): Promise<Finding[]> {
  const domain = /@([\w.-]+\.[a-z]{2,})>?\s*$/i.exec(from ?? "")?.[1]?.toLowerCase();
  if (!domain) return [unknown("mail domain", "MAIL_FROM names none", "Set MAIL_FROM, such as order@your-company.id.")];
  // Nobody can register these (RFC 2606): a demo's.
  if (/\.(test|example|invalid)$/.test(domain)) return [ok("mail domain", `${domain} is for trying: no mail leaves`)];
  const resolver = new Resolver({ timeout: 2_000, tries: 2 });
  if (server) resolver.setServers([server]);
  return Promise.all(
    records.map(async ({ name, at, is }) => {
      const places = at(domain);
      const answers = await Promise.all(places.map((place) => textsAt(resolver, place)));
      if (answers.some((texts) => Array.isArray(texts) && texts.some((text) => is.test(text))))
        return ok("mail domain", `${name} of ${domain}`);
      const failed = answers.find((answer) => typeof answer === "string");
      return failed
        ? unknown(
            "mail domain",
            `${name} of ${domain} could not be asked (${failed})`,
            "See that this machine can ask DNS.",
          )
        : bad(
            "mail domain",
            `${domain} has no ${name} record`,
            `Add the TXT record at ${places[0]} that the mail provider shows for this domain.`,
          );
    }),
  );
}

/** The texts at a name, or why they are not known. */
async function textsAt(resolver: Resolver, name: string): Promise<string[] | string> {
  try {
    return (await resolver.resolveTxt(name)).map((parts) => parts.join(""));
  } catch (error) {
    const word = wordOf(error);
    return nothing.has(word) ? [] : word;
  }
}
