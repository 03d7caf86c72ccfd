import pg from "pg";

const connectMs = 5_000;

/** Opens a connection, or says why there is none. */
export async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: connectMs,
    query_timeout: 20_000,
  });
  client.on("error", () => undefined); // Whoever waits for an answer is told.
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
