/** Services of other companies that we stand on. Their words: words.services.*.ts. */
export const outside = [
  "database",
  "signIn",
  "erp",
  "mail",
  "sms",
  "whatsapp",
  "slack",
  "sentry",
  "places",
  "uptime",
] as const;
export type Outside = (typeof outside)[number];

/** Services of ours that have a promise: the company's own sheet. `p95`: milliseconds; null: answered at once. */
export const promised = [
  { name: "leads", key: "POST /api/leads", p95: 1_000, needs: ["database", "mail"] },
  { name: "products", key: "GET /api/products", p95: 500, needs: ["database"] },
  { name: "health", key: "GET /api/health", p95: 200, needs: [] },
  { name: "rum", key: "POST /api/rum", p95: null, needs: [] },
  { name: "login", key: "POST /login", p95: 300, needs: ["database", "signIn"] },
  { name: "catalogue", key: "GET /products", p95: 300, needs: ["database"] },
  { name: "credit", key: "GET /api/credit/status", p95: 150, needs: ["database"] },
  { name: "leadsExport", key: "GET /api/leads/export", p95: 2_000, needs: ["database"] },
  { name: "order", key: "POST /checkout", p95: 500, needs: ["database"] },
] as const satisfies ReadonlyArray<{ name: string; key: string; p95: number | null; needs: readonly Outside[] }>;

/** The patterns to look for. */
export const promisedRoutes = promised.map(({ key }) => key.split(" ")[1]!);
