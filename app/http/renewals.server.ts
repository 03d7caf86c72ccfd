import { createHash } from "node:crypto";

const windowMs = 15 * 60_000;
const mostOfLogin = 5;
const mostOfAddress = 50;
/** So many keys of each kind at most: the oldest go first, and memory stays small whatever is sent. */
const mostKeys = 10_000;

/** How often each of many keys has failed in the running quarter of an hour. */
class Failures {
  #since = new Map<string, { from: number; times: number }>();

  count(key: string): number {
    const known = this.#since.get(key);
    return known && known.from > Date.now() - windowMs ? known.times : 0;
  }

  note(key: string) {
    const times = this.count(key) + 1;
    const from = times > 1 ? this.#since.get(key)!.from : Date.now();
    this.#since.delete(key);
    this.#since.set(key, { from, times });
    if (this.#since.size > mostKeys) this.#since.delete(this.#since.keys().next().value!);
  }
}

const byToken = new Failures();
const byLogin = new Failures();
const byAddress = new Failures();

/**
 * One renewal: the renewal token, the login that the (signed) access token names, and where it comes from (see
 * `network`).
 */
export type Renewal = { refreshToken: string; sessionId: string; address: string };

/**
 * Whether the auth server is to be asked. Not again for a token that it refused; not for a login that tries one token
 * after another; and from an address with many refusals not for a login that has had one. Renewals that succeed are
 * never counted, and one that never failed is never kept waiting: whole towns share an address.
 */
export const mayRenew = ({ refreshToken, sessionId, address }: Renewal): boolean =>
  byToken.count(hash(refreshToken)) === 0 &&
  byLogin.count(sessionId) < (byAddress.count(address) < mostOfAddress ? mostOfLogin : 1);

/** The auth server said no. */
export function noteRefusal({ refreshToken, sessionId, address }: Renewal) {
  byToken.note(hash(refreshToken));
  byLogin.note(sessionId);
  byAddress.note(address);
}

const hash = (text: string) => createHash("sha256").update(text).digest("base64url");
