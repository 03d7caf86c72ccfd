import { isSuspensionScore, suspensionWords } from "#app/abuse/abuse.ts";
import type { AuditEvent } from "#app/audit/audit.server.ts";
import { slugs } from "#app/playbooks/playbook.ts";
import { formatRupiah, formatWib } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { wordFor } from "#app/ui/word.ts";
import { type Lang, type Messages, ofEveryRoom } from "#app/words.ts";

const amounts = new Set(["total", "cap", "credit_limit", "over"]);

type Words = Readonly<Record<string, string>>;

/** Where the words of a fact's codes stand, by its name. */
const codesOf = (t: Messages): Record<string, Words[]> => {
  const status = [t.orders.statuses, t.accounts.statuses];
  return {
    status,
    from: [...status, t.leads.states],
    to: [...status, t.audit.values, t.leads.states],
    light: [t.credit.lights],
    reason: [t.audit.values, t.approvals.reasons, t.orders.held.reasons],
    action: [ofEveryRoom(t, "trail")],
    cause: [t.incidents.causes],
    channel: [t.alerts.channels],
    decision: [t.reviews.decisions, t.incidents.tasks.decisions],
    kind: [t.incidents.tasks.kinds, t.incidents.linkKinds, t.alerts.channels, t.privacy.kinds],
    field: [t.privacy.fields],
    how: [t.privacy.proofs],
    mode: [t.status.maintenance.modes],
    service: [t.status.services],
    step: [t.status.steps, t.privacy.breach.steps, stepsOf(t)],
    playbook: [Object.fromEntries(slugs.map((slug) => [slug, t.playbooks.books[slug].title]))],
    post: [t.incidents.posts],
    role: [t.incidents.roles],
    outcome: [t.disputes.reports.outcomes, t.privacy.outcomes],
    resolution: [t.reconcile.resolutions],
    result: [t.reconcile.results, t.playbooks.run.results],
    state: [t.alerts.states, t.status.states],
    sync: [t.orders.syncStatuses],
    via: [t.disputes.reports.vias],
    why: [t.audit.values],
    sort: [t.orders.list.sorts],
  };
};

/** Steps of playbooks; a name that several have means what each of them says. */
const stepsOf = (t: Messages): Words => {
  const all = slugs.flatMap((slug) => Object.entries<{ text: string }>(t.playbooks.books[slug].steps));
  const byName = Map.groupBy(all, ([name]) => name);
  return Object.fromEntries([...byName].map(([name, steps]) => [name, steps.map(([, { text }]) => text).join(" / ")]));
};

/** What a fact of the trail is called; its own name where it has no word. */
export const nameOf = (t: Messages, key: string): string =>
  wordFor(t.audit.firstKeys, key) ?? wordFor(ofEveryRoom(t, "trailFacts"), key) ?? key;

/** A fact of the trail in words; a code that has none is shown as it is. */
export function sayIn(t: Messages, lang: Lang): (key: string, value: unknown) => string {
  const codes = codesOf(t);
  return (key, value) => {
    if (value === null || value === undefined || value === "") return "–";
    if (typeof value === "boolean") return value ? t.ui.yes : t.ui.no;
    if (amounts.has(key) && typeof value === "number") return formatRupiah(value, lang);
    if (key === "until" && typeof value === "string") return formatWib(value, lang);
    if (key === "reason" && isSuspensionScore(value)) return suspensionWords(t.abuse.suspendedFor, value);
    if (typeof value === "string") {
      const known = Object.hasOwn(codes, key) ? codes[key]!.find((words) => wordFor(words, value)) : undefined;
      return known ? wordFor(known, value)! : value;
    }
    return typeof value === "object" ? JSON.stringify(value) : String(value);
  };
}

/** What a row of the trail says, in words: facts beside the act, and what was before and after it. */
export function useDetail() {
  const t = useMessages();
  const said = sayIn(t, useLang());
  // In an order of ours, since jsonb keeps none; "by salesman: no" is not worth a line.
  const rank = (key: string) => Object.keys(t.audit.firstKeys).indexOf(key) + 1 || 99;
  const facts = ({ detail }: AuditEvent) =>
    Object.entries(detail)
      .filter(([key, value]) => value !== null && value !== "" && !(key === "shadow" && value === false))
      .sort(([a], [b]) => rank(a) - rank(b));
  const changes = ({ before, after }: AuditEvent) =>
    [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
      .filter((key) => JSON.stringify(before?.[key] ?? null) !== JSON.stringify(after?.[key] ?? null))
      .map((key) => ({ key, from: said(key, before?.[key]), to: said(key, after?.[key]) }));
  return { said, facts, changes };
}
