import type { Mail } from "#emails/layout.tsx";
import type { Deliver } from "#jobs/deliver.ts";
import type { WorkerQueries } from "#jobs/queries.ts";
import type { Row } from "#jobs/run-loops.ts";
import { auditNotifications } from "./auditor.ts";
import { openDetectors } from "./detectors.ts";
import type { NotificationChannel } from "./queries.ts";
import { tellByMail, tellBySlack, tellBySms, type Webhooks } from "./tell.ts";
import { askDrills, chaseActions, ringTimers } from "./timers.ts";

export type IncidentTools = {
  queries: WorkerQueries;
  deliver: Deliver<Mail>;
  /** Null: no SMS gateway is set up. */
  deliverText: Deliver<string> | null;
  /** Null: no Slack is set up. */
  slack: Webhooks | null;
  deadManUrl: string | undefined;
  appUrl: string;
  whatsapp: string;
};

/** What the worker does about incidents. */
export function incidentLoops({ queries, deliver, deliverText, slack, deadManUrl, ...rest }: IncidentTools): Row[] {
  const tools = { queries, ...rest };
  const channels: NotificationChannel[] = [
    ...(slack ? (["SLACK"] as const) : []),
    "MAIL",
    ...(deliverText ? (["SMS"] as const) : []),
  ];
  let declared = false;
  return [
    // 5 s: timers that are due, each rung once whoever sweeps.
    { name: "timers", pass: () => ringTimers(queries) },
    // 2 s, and at once when SQL says so: what people of ours have to hear. The first pass says by which channels.
    {
      name: "slack",
      queue: "incident.changed.slack",
      pass: slack && (() => tellBySlack(slack, tools)),
    },
    {
      name: "incident mails",
      queue: "incident.changed.mail",
      pass: async () => {
        if (!declared) await queries.declareNotificationChannels(channels);
        declared = true;
        return tellByMail(deliver, tools);
      },
    },
    {
      name: "incident texts",
      queue: "incident.changed.sms",
      pass: deliverText && (() => tellBySms(deliverText, tools)),
    },
    // 10 s: looks whether anything is wrong.
    { name: "detectors", pass: openDetectors(queries) },
    // 1 min: adds up what the detectors and the page of objectives judge by.
    { name: "objectives", pass: async () => (await queries.countObjectives(), 60_000) },
    // 1 min: proves that nobody was forgotten, and says so to the outside.
    { name: "notification audit", pass: () => auditNotifications({ queries, deadManUrl }) },
    // 1 h: late actions of post-mortems.
    { name: "post-mortem actions", pass: () => chaseActions(queries) },
    // 1 h: playbooks that are to be practised.
    { name: "drills", pass: () => askDrills(queries) },
    // 1 day: public holidays.
    {
      name: "holidays",
      // The calendar takes a moment to load, and nothing waits for it.
      pass: async () => (await import("./holidays.ts")).keepHolidays(queries),
    },
  ];
}
