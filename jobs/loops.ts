import type { Mail } from "#emails/layout.tsx";
import { sweepAbuse } from "./abuse.ts";
import { openAlerts, sendDueSms } from "./alerts.ts";
import type { Audit } from "./audit/audit.ts";
import type { Deliver } from "./deliver.ts";
import type { Erp } from "./erp/erp.ts";
import { locate } from "./geo/locate.ts";
import { type IncidentTools, incidentLoops } from "./incidents/loops.ts";
import { inspectDueOrders } from "./inspect.ts";
import { type JourneyTools, openJourney } from "./journey/journey.ts";
import { watchLogins } from "./logins.ts";
import { openLogs } from "./logs.ts";
import { sendDueMails } from "./mails.ts";
import { watchNotifications } from "./notifications.ts";
import type { WorkerQueries } from "./queries.ts";
import { keepReviews } from "./reviews.ts";
import type { Wake, Row } from "./run-loops.ts";
import { openShutOuts } from "./shut-outs.ts";
import { keepErpWeek } from "./stock-check.ts";

export type Tools = {
  queries: WorkerQueries;
  deliver: Deliver<Mail>;
  /** Null: no SMS gateway is set up. */
  deliverText: Deliver<string> | null;
  appUrl: string;
  whatsapp: string;
  salesInbox: string;
  audit: Audit;
  erp: Erp;
  wake: Wake;
  /** By this process' environment; what the setting says, the claims ask for themselves. */
  maintenance: boolean;
  /** Null: no store that only tries is set up. */
  journey: Pick<JourneyTools, "account" | "uptimeSecret"> | null;
} & Pick<IncidentTools, "slack" | "deadManUrl">;

const statusMs = 5_000;
/** What does nothing for as long as the environment says so: it is read once, when the process starts. */
const waiting = () => Promise.resolve(60_000);
const unless = (maintenance: boolean, pass: () => Promise<number>) => (maintenance ? waiting : pass);

/**
 * All that the worker does. Each loop makes a pass at the start, then one after each pause (in front of its row) and
 * one whenever it is woken for: by SQL that put a job into its queue, by the clock (`cron`), by another loop.
 */
export function workerLoops(tools: Tools): Row[] {
  const { queries, deliver, deliverText, audit, erp, wake, appUrl, whatsapp, maintenance, salesInbox } = tools;
  const ours = { queries, appUrl, whatsapp };
  const mails = { ...ours, deliver, salesInbox };
  return [
    // 2 s: e-mails to owners about orders in their name; the first pass says which channels we serve.
    {
      name: "alerts",
      queue: "order.shadow-placed.alert",
      pass: unless(maintenance, openAlerts({ ...mails, channels: deliverText ? ["EMAIL", "SMS"] : ["EMAIL"] })),
    },
    // 2 s: the same by SMS.
    {
      name: "texts",
      queue: "order.shadow-placed.alert",
      pass: deliverText && unless(maintenance, () => sendDueSms({ ...ours, deliver: deliverText })),
    },
    // 5 s: all other mails.
    { name: "mails", queue: "mail.written.send", pass: () => sendDueMails({ ...mails, toStores: !maintenance }) },
    // 5 s: maintenance that begins or ends by the clock, and the history of the status page.
    { name: "status", pass: async () => (await queries.watchStatus(), statusMs) },
    ...incidentLoops(tools),
    // 1 min: does what a store does, to know that it works.
    { name: "journey", pass: tools.journey && openJourney({ queries, site: appUrl, ...tools.journey }) },
    // 5 s: where each order in an owner's name came from, and the rules of abuse about it.
    { name: "inspections", queue: "order.shadow-placed.inspect", pass: () => inspectDueOrders({ queries, locate }) },
    // 5 min: signs of abuse that no single order shows.
    { name: "abuse", queue: "abuse.time-passed.sweep", cron: "*/5 * * * *", pass: () => sweepAbuse(queries) },
    // 1 min: is Postgres' queue of notifications filling up?
    { name: "notifications", pass: () => watchNotifications(queries) },
    // 10 s: are our database logins what they should be?
    { name: "logins", pass: () => watchLogins(queries) },
    // 0.5 s: does anybody wait to shut somebody out?
    { name: "shut outs", pass: openShutOuts(queries) },
    logRow(queries),
    // 1 h: monthly reviews to make, and those that nobody signed.
    { name: "reviews", queue: "review.month-ended.make", cron: "0 7 1 * *", pass: () => keepReviews(queries) },

    // 2 s: seals the audit trail, signs it, writes the heads outside; logs acts in Shadow Mode; looks each minute
    // whether auditors are owed a head by mail, each hour whether the trail has its next month.
    { name: "audit seal", pass: audit.seal, uses: audit },
    // Once a day (looks each minute): verifies the whole chain.
    { name: "audit check", pass: audit.check, uses: audit },
    // 1 min: does anybody seal?
    { name: "audit watch", pass: audit.watch, uses: audit },

    ...erpLoops(maintenance ? { ...erp, syncOrders: waiting } : erp),
    // 1 h: what is due every week about the ERP: a checkpoint to ask for, stock to compare.
    {
      name: "erp-week",
      queue: "erp.week-ended.check",
      cron: "0 7,22 * * 0,1",
      pass: () => keepErpWeek(queries, () => void wake("stock-check.due")),
    },

    // By the clock alone, every hour: clears away what nobody needs any more.
    { name: "leftovers", queue: "leftover.piled-up.sweep", cron: "17 * * * *", job: () => queries.sweepLeftovers() },
  ];
}

/** 2 s: the worker's log, into the database; its next days, each hour. */
function logRow(queries: WorkerQueries): Row {
  const logs = openLogs(queries);
  return { name: "logs", pass: logs.pass, uses: logs };
}

/** The part that talks to the ERP. Any number of processes may do so: whose turn it is stands in the database. */
export const erpLoops = (erp: Erp): Row[] => [
  // As the breaker says (heartbeat or probe): is the ERP there?
  { name: "watch", pass: erp.watch, uses: erp },
  // 2 s, or 5 s while the breaker is open: brings orders to the ERP.
  { name: "orders", queue: "order.placed.sync", wokenBy: ["erp.back"], pass: erp.syncOrders, uses: erp },
  // 5 s: pulls stock and credit figures that are due; a job each minute wakes it too.
  {
    name: "pulls",
    queue: "feed.grown-stale.pull",
    cron: "* * * * *",
    wokenBy: ["erp.back", "stock-check.due"],
    pass: erp.pullFeeds,
    uses: erp,
  },
];
