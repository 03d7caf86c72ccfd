import { randomUUID } from "node:crypto";
import bcrypt from "bcrypt";
import pg from "pg";
import { fieldOf } from "#app/db/thrown.ts";

/**
 * The database refuses a login of a suspended account, which the embedded auth server calls an internal error. Hosted
 * Supabase calls it `user_banned`; so do we, to whoever gave the right password or link: a wrong one never gets as far.
 */
export function bannedSpeaker(databaseUrl: string) {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: 1,
    allowExitOnIdle: true,
    connectionTimeoutMillis: 2_000,
  });
  pool.on("error", () => undefined); // The database went away while nobody asked.
  const answer = () => Response.json({ code: 400, error_code: "user_banned", msg: "User is banned" }, { status: 400 });

  return {
    /** What the request asks about, read before the auth server takes its body. Null: nothing that opens a login. */
    async subject(request: Request): Promise<Subject | null> {
      if (request.method !== "POST" || !/^\/auth\/v1\/(token|verify)$/.test(new URL(request.url).pathname)) return null;
      const body: unknown = await request
        .clone()
        .json()
        .catch(() => ({}));
      return {
        email: text(fieldOf(body, "email")).toLowerCase(),
        link: text(fieldOf(body, "token_hash")),
        password: text(fieldOf(body, "password")),
      };
    },
    /**
     * Hashes a password that was refused for an address that nobody has. The auth server hashes for those alone whom it
     * knows: the time would tell who has an account.
     */
    async even({ email, password }: Subject) {
      if (!email || !password) return;
      const { rows } = await pool.query<{ known: boolean }>(
        "select exists (select from auth.users where email = $1) as known",
        [email],
      );
      if (!rows[0]?.known) await bcrypt.compare(password, await nobodys);
    },
    /** The answer instead of a 500, when that is what it meant. */
    async explain({ email, link }: Subject): Promise<Response | null> {
      const { rows } = await pool.query<{ banned: boolean }>(
        `
          select exists (select from auth.users where banned_until > now()
            and (email = $1 or recovery_token = nullif($2, ''))) as banned`,
        [email, link],
      );
      return rows[0]?.banned ? answer() : null;
    },
    /** @throws whatever keeps the database from answering. */
    there: async () => void (await pool.query("select from auth.users limit 1")),
    close: () => pool.end(),
  };
}

type Subject = { email: string; link: string; password: string };
/** Of no password; as dear as the auth server's own. */
const nobodys = bcrypt.hash(randomUUID(), 10);
const text = (value: unknown) => (typeof value === "string" ? value : "");
