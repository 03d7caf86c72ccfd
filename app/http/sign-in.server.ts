import type { SupabaseClient } from "@supabase/supabase-js";
import { Authenticator } from "remix-auth";
import { FormStrategy } from "remix-auth-form";
import { type Login, writeAs } from "#app/db/transaction.server.ts";
import { noteSignIn } from "#app/accounts/entrance.server.ts";
import { normalPassword } from "#app/accounts/sign-in.ts";
import { keepDevice } from "./device.server.ts";
import { evenly } from "./even.server.ts";
import { authClient, type Caller, type Outgoing, verify } from "./session.server.ts";
import { AuthUnavailable } from "./token.server.ts";
import type { Visit } from "./visit.server.ts";

/** The password was not right (or the account unknown: nobody is told which). */
export class SignInRefused extends Error {}
/** The account is suspended. */
export class SignInSuspended extends Error {}
/** The auth server did not answer, not sensibly, or has had enough of us for now. */
export class SignInUnavailable extends AuthUnavailable {}

type SignedIn = { login: NonNullable<Login>; client: SupabaseClient };

/**
 * Signs in with the `email` and `password` of a form. The session's cookies go out through `outgoing`.
 * Throws SignInRefused, SignInSuspended, SignInUnavailable.
 */
function signIn(
  request: Request,
  outgoing: Outgoing,
  caller: Caller,
  fields: { email: string; password: string },
): Promise<SignedIn> {
  const authenticator = new Authenticator<SignedIn>().use(
    new FormStrategy(async ({ form }) => {
      const client = authClient(request, outgoing, caller);
      const asked = { email: String(form.get("email")), password: String(form.get("password")) };
      const { data, error } = await refusedEvenly(async () => {
        const password = normalPassword(asked.password);
        const answer = await client.auth.signInWithPassword({ ...asked, password });
        // One that was set as it had been typed goes on opening its account, until it is chosen anew.
        const asTyped = password !== asked.password && answer.error?.code === "invalid_credentials";
        return asTyped ? client.auth.signInWithPassword(asked) : answer;
      });
      if (error?.code === "user_banned") throw new SignInSuspended(error.message);
      if (error)
        throw (error.status ?? 500) >= 500 || error.status === 429 || error.name === "AuthRetryableFetchError"
          ? new SignInUnavailable(error.message)
          : new SignInRefused(error.message);
      const login = await verify(data.session.access_token);
      if (!login) throw new SignInUnavailable("the auth server's token does not verify");
      return { login, client };
    }),
    "password",
  );
  // The form has been read and cleaned already; the strategy wants a request of its own.
  const form = new Request(request.url, { method: "POST", body: new URLSearchParams(fields) });
  return authenticator.authenticate("password", form);
}

/**
 * Signs in by a form of ours and notes the browser: the number that goes out with this very answer belongs to the login
 * from its first moment.
 */
export async function signInHere(
  request: Request,
  visit: Visit,
  fields: { email: string; password: string },
): Promise<NonNullable<Login>> {
  const { login } = await signIn(request, visit.outgoing, visit.origin, fields);
  const device = keepDevice(request, visit.outgoing);
  await writeAs(login, { ...visit.origin, device }, (db) => noteSignIn(db, fields.email, visit.origin.ip));
  return login;
}

// A right password is not kept waiting; a refusal takes the same time whether the account exists or not.
async function refusedEvenly<T extends { error: unknown }>(ask: () => Promise<T>): Promise<T> {
  const answer = ask();
  return Promise.race([
    answer.then((given) => (given.error ? new Promise<never>(() => undefined) : given)),
    evenly(() => answer),
  ]);
}
