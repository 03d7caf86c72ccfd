import { z } from "zod";
import { waitingLevels } from "#app/routing/waiting.ts";

// What the API answers with, and what it is asked for where no form of ours says so. Nothing but what stands here
// leaves it.

const rupiah = (what: string) => z.int().describe(`${what}, whole rupiah.`);
const moment = (what: string) => z.iso.datetime().describe(what);
const path = z.string().regex(/^\//);

export const health = z.strictObject({ status: z.literal("ok") });

const check = (shape: z.ZodRawShape) => z.strictObject({ ok: z.boolean(), ...shape });
export const readiness = z.strictObject({
  status: z.enum(["ready", "not-ready"]),
  checks: z.strictObject({
    database: check({ ms: z.number().describe("Until it answered; 300 at most.") }),
    worker: check({ heard_seconds_ago: z.int().nullable() }),
    schema: check({}).describe("Whether the database was made of the schema that this process was written for."),
  }),
});

export const accepted = z.strictObject({ status: z.literal("accepted") });

const product = z.strictObject({
  sku: z.string(),
  name: z.string(),
  brand: z.string(),
  category: z.string(),
  unit: z.string(),
  url: path,
  picture: path,
  price: z
    .strictObject({
      own: rupiah("A piece, for this store"),
      market: rupiah("A piece at the SILVER price"),
      volume: z.strictObject({ minimum: z.int(), price: rupiah("A piece from `minimum` on") }).nullable(),
    })
    .nullable()
    .describe("Null for whoever is not a store."),
  stock: z.enum(["HIGH", "LOW", "ZERO"]).nullable().describe("Null for whoever is not a store."),
});
export const productList = z.strictObject({
  total: z.int().describe("How many the whole list holds."),
  products: z.array(product),
  previous: path.nullable().describe("The page before this one."),
  next: path.nullable().describe("The page after this one."),
  meant: z
    .string()
    .nullable()
    .describe("What was probably meant, and is listed, when nothing is called what was asked."),
  missing: z.array(z.string()).describe("What of a list of SKUs is no article."),
});

/** A number of whole rupiah in an address. */
const amount = z
  .string()
  .regex(/^[1-9]\d{0,12}$/, "amount: whole rupiah, 13 digits at most")
  .transform(Number)
  .nullable();
export const creditQuery = z.object({ amount });
export const creditStatus = z.strictObject({
  light: z.enum(["GREEN", "AMBER"]).describe("AMBER: an order of `amount` waits for head office."),
  reason: z.enum(["WITHIN_LIMIT", "OVER_LIMIT", "OLD_DATA", "NO_DATA", "MANUAL"]),
  limit: rupiah("What may be owed"),
  exposure: rupiah("What is owed and ordered already"),
  room: rupiah("What is left; below zero when more is owed than may be"),
  as_of: z.iso.datetime({ offset: true }).nullable().describe("When the ERP's figure was read."),
});

const feed = z.strictObject({
  name: z.enum(["stock", "credit"]),
  as_of: moment("When the figures in use were read from the ERP.").nullable(),
  last_tried_at: moment("The latest try.").nullable(),
  last_try_failed: z.boolean(),
});
export const syncStatus = z.strictObject({
  degraded: z.boolean().describe("Orders are taken and wait for a person."),
  stock: z.strictObject({
    as_of: moment("When the stock in use was read from the ERP.").nullable(),
    age_minutes: z.int().nullable(),
    stale: z.boolean().describe("Older than 30 minutes, or never read."),
  }),
  erp: z
    .strictObject({ breaker: z.enum(["CLOSED", "OPEN", "HALF_OPEN"]), feeds: z.array(feed) })
    .nullable()
    .describe("For head office; null for everybody else."),
});

export const regionList = z.strictObject({ regions: z.array(z.strictObject({ code: z.string(), name: z.string() })) });

export const invoiceStates = ["UNPAID", "PARTIAL", "PAID", "CANCELLED"] as const;
export const invoiceQuery = z.object({
  status: z.enum(invoiceStates, `status: one of ${invoiceStates.join(", ")}`).nullable(),
  store: z
    .string()
    .regex(/^PTR-\d{4,6}$/, "store: a code, PTR-0001")
    .nullable(),
  after: z.string().max(400, "after: not a cursor of ours").nullable(),
});
const day = z.iso.date();
export const invoiceList = z.strictObject({
  invoices: z.array(
    z.strictObject({
      number: z.string(),
      order: z.string(),
      store: z.string(),
      status: z.enum(invoiceStates),
      amount: rupiah("What it is about"),
      paid: rupiah("What of it is paid"),
      issued_on: day,
      due_on: day,
      overdue_days: z.int().min(0).describe("0: not overdue, paid or cancelled."),
    }),
  ),
  next: path.nullable().describe("The page after this one."),
});

export const waitingQuery = z.object({ after: z.string().max(400, "after: not a cursor of ours").nullable() });
export const waitingList = z.strictObject({
  orders: z.array(
    z.strictObject({
      number: z.string(),
      store: z.string(),
      region: z.string().nullable(),
      sub_distributor: z.string().nullable().describe("Null: head office has it itself."),
      status: z.enum(["SUBMITTED", "PROCESSING", "APPROVED"]),
      since: moment("When it was handed over, or moved on for the last time."),
      waited_minutes: z.int().min(0).describe("Since then, without the time in which it was held."),
      level: z.enum(waitingLevels).describe("By the hours of the settings `sla.…`, 18, 24 and 48 at first."),
    }),
  ),
  next: path.nullable().describe("The page after this one."),
});

export const leadsExportQuery = z.object({
  format: z.enum(["csv", "xlsx"], "format: csv or xlsx").nullable(),
  state: z.string().max(20, "state: a state of a lead").nullable(),
  q: z.string().max(80, "q: 80 characters at most").nullable(),
});

/** Places the cart of whoever is signed in. */
export const orderBody = z.strictObject({
  note: z
    .string("REQUIRED")
    .max(500, "TOO_LONG")
    .regex(/^[^\0]*$/, "BAD_TEXT")
    .default(""),
  preorder: z.boolean("BAD_INPUT").default(false).describe("Agrees to wait for what there is too little of."),
  request_approval: z
    .boolean("BAD_INPUT")
    .default(false)
    .describe("Sends an order that does not fit into the credit too: it waits for head office."),
});
export const orderPlaced = z.strictObject({
  number: z.string(),
  light: z.enum(["GREEN", "AMBER"]),
  url: path,
});
