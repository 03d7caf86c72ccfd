/** Columns of a CSV: its heading, and the value in a row of the JSONL. */
type Columns<Row> = Array<[heading: string, value: (row: Row) => unknown]>;
type Json = Record<string, unknown>;
type Order = Json & {
  lines: unknown[] | null;
  trace: Json | null;
  alerts: Array<Json & { channel: string }> | null;
  dispute: Json | null;
  holds: unknown[] | null;
};

const plain = (...names: string[]): Columns<Json> => names.map((name) => [name, (row) => row[name]]);

/** A row of the trail, as it was hashed. */
export const auditColumns: Columns<Json> = plain(
  "id",
  "at",
  "actor",
  "action",
  "target",
  "entity",
  "key",
  "before",
  "after",
  "detail",
  "ip",
  "user_agent",
  "acting_session",
  "request",
  "actor_id",
  "partner_id",
  "xid",
);

/** What people wrote beside a row of the trail: `seq` is the row's place in the chain. */
export const wordColumns: Columns<Json> = plain("seq", "action", "key", "reason", "note", "attended", "address");

// What told the owner of an order by one channel.
function alerted(channel: string, heading: string): Columns<Order> {
  const of = ({ alerts }: Order) => alerts?.find((alert) => alert.channel === channel);
  return [
    [`${heading}Alert`, (order) => of(order)?.state],
    [`${heading}AlertSentAt`, (order) => of(order)?.sentAt],
  ];
}

export const orderColumns: Columns<Order> = [
  ...plain(
    "number",
    "placedAt",
    "store",
    "storeName",
    "total",
    "tier",
    "credit",
    "status",
    "held",
    "sync",
    "erpDocument",
    "actingReason",
  ),
  ["lines", ({ lines }) => lines],
  ["verdict", ({ trace }) => trace?.verdict],
  ["distanceKm", ({ trace }) => trace?.distanceKm],
  ["assigned", ({ trace }) => trace?.assigned],
  ["ip", ({ trace }) => trace?.ip],
  ["device", ({ trace }) => trace?.device],
  ["sentDevice", ({ trace }) => trace?.sentDevice],
  ["userAgent", ({ trace }) => trace?.userAgent],
  ["place", ({ trace }) => trace?.place],
  ["why", ({ trace }) => trace?.why],
  ...alerted("EMAIL", "email"),
  ...alerted("SMS", "sms"),
  ["disputedAt", ({ dispute }) => dispute?.disputedAt],
  ["disputeNote", ({ dispute }) => dispute?.note],
  ["disputeOutcome", ({ dispute }) => dispute?.outcome],
  ["resolvedAt", ({ dispute }) => dispute?.resolvedAt],
  ["resolutionNote", ({ dispute }) => dispute?.resolutionNote],
  ["holds", ({ holds }) => holds],
];

export const hitColumns: Columns<Json> = plain(
  "id",
  "at",
  "order",
  "rule",
  "ruleVersion",
  "weight",
  "geographic",
  "inputs",
);
