import type { Lang, Messages } from "#app/words.ts";
import { suspensionWords } from "#app/abuse/abuse.ts";
import type { Case } from "#app/cases/case.ts";
import { formatRupiah, formatWib } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { Timeline, type TimelineEvent } from "#app/ui/timeline.tsx";
import { wordFor } from "#app/ui/word.ts";

/** Everything of a page in the order in which it happened, newest first. */
export function CaseTimeline(page: Case) {
  const t = useMessages();
  const lang = useLang();
  const events = eventsOf(page, t, lang).sort((a, b) => new Date(b.at).getTime() - new Date(a.at).getTime());
  return (
    <section className="card card--padded">
      <h2>{t.cases.timeline}</h2>
      {page.cut.length > 0 ? (
        <p className="quiet">{t.cases.cut(page.cut.map((kind) => t.cases.kinds[kind]).join(", "))}</p>
      ) : null}
      <Timeline staff events={events} />
    </section>
  );
}

function eventsOf(
  { orders, sessions, hits, disputes, suspensions, notes }: Case,
  t: Messages,
  lang: Lang,
): TimelineEvent[] {
  const words = t.cases.events;
  // A session is told with the order that came of it; by itself only where none did.
  const told = new Set(orders.map(({ session }) => session));
  const during = (reason: string | null, session: string | null) =>
    session ? words.during(reason ?? "", formatWib(session, lang)) : null;
  return [
    ...orders.map(({ at, number, store, total, verdict, reason, session }) => ({
      at,
      title: words.order(number, store.name, formatRupiah(total, lang)),
      detail: [during(reason, session), verdict && `${t.cases.verdict}: ${t.cases.verdicts[verdict]}`]
        .filter(Boolean)
        .join(" · "),
    })),
    ...sessions
      .filter((session) => !told.has(session.at))
      .map(({ at, store, reason, endedAt, endedReason }) => ({
        at,
        title: words.session(store),
        detail: endedAt
          ? `${reason} (${wordFor(words.ended, endedReason ?? "") ?? endedReason}, ${formatWib(endedAt, lang)})`
          : reason,
      })),
    ...hits.map(({ at, rule, weight, order }) => ({
      at,
      title: words.hit(wordFor(t.abuse.rules, rule) ?? rule),
      by: order,
      detail: t.cases.weighs(weight),
    })),
    ...disputes.map(({ at, order, store, note, outcome, resolvedBy, resolution }) => ({
      at,
      title: words.dispute(order, store),
      detail:
        [note, outcome && `${words.outcome[outcome]} · ${resolvedBy}: ${resolution ?? ""}`]
          .filter(Boolean)
          .join(" · ") || null,
    })),
    ...suspensions.flatMap(({ at, by, reason, liftedAt, liftedBy, liftReason }) => [
      { at, title: words.suspended, by, detail: suspensionWords(t.abuse.suspendedFor, reason) },
      ...(liftedAt ? [{ at: liftedAt, title: words.lifted, by: liftedBy, detail: liftReason }] : []),
    ]),
    ...notes.map(({ at, author, note }) => ({ at, title: words.note, by: author, detail: note })),
  ];
}
