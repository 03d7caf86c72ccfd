import { Browser, namesOf, type Page, valueOf } from "./browser.ts";

/** Where a try ended, and with what answer. */
export type Tried = { ok: boolean; step: Step; status: number };
export type Step = "SIGN_IN" | "ARTICLES" | "CART" | "CHECKOUT" | "SEND";
export type Account = { email: string; password: string };

const hourMs = 3_600_000;
/** A door that is closed is tried every other minute: the site counts tries. */
const signInAgainMs = 110_000;

class Ended extends Error {
  readonly tried: Tried;
  constructor(step: Step, status: number) {
    super(step);
    this.tried = { ok: false, step, status };
  }
}

/**
 * What a store does, as the store that only tries: it looks at articles and cart, and sends an order, which the
 * database rolls back. It signs in once an hour. Null: nothing was proven; it could not come in
 * a moment ago and waits, or what it had in the cart is not sold any more.
 */
export function openOrderJourney(site: string, account: Account): () => Promise<Tried | null> {
  let browser: Browser | null = null;
  let signedInAt = -Infinity;
  let knockedAt = -Infinity;

  async function signIn(): Promise<Browser> {
    if (browser) await leave(browser);
    browser = null;
    knockedAt = performance.now();
    const fresh = new Browser(site);
    expectStatus("SIGN_IN", await fresh.get("/login"), 200);
    const answer = await fresh.post("/login", { ...account, next: "/products" });
    if (answer.status !== 303 || answer.location !== "/products") throw new Ended("SIGN_IN", answer.status);
    signedInAt = performance.now();
    return fresh;
  }

  return async () => {
    try {
      if (!browser || performance.now() - signedInAt > hourMs) {
        if (!browser && performance.now() - knockedAt < signInAgainMs) return null;
        browser = await signIn();
      }
      return await order(browser);
    } catch (error) {
      // Its login may have ended: the next try comes in anew.
      if (error instanceof Ended && error.tried.step !== "SEND") browser = null;
      if (error instanceof Ended) return error.tried;
      throw error;
    }
  };
}

async function order(browser: Browser): Promise<Tried | null> {
  const articles = expectStatus("ARTICLES", await browser.get("/products"), 200);
  let cart = expectStatus("CART", await browser.get("/cart"), 200);
  if (namesOf(cart.html, "quantity-").length === 0) {
    const [field] = namesOf(articles.html, "quantity-");
    if (!field) throw new Ended("ARTICLES", articles.status);
    await browser.post("/products", { ...shownFor(articles), [field]: "1", add: field.slice("quantity-".length) });
    cart = expectStatus("CART", await browser.get("/cart"), 200);
    if (namesOf(cart.html, "quantity-").length === 0) throw new Ended("CART", cart.status);
  }
  const checkout = expectStatus("CHECKOUT", await browser.get("/checkout"), 200);
  const withdrawn = valueOf(checkout.html, "remove");
  if (withdrawn) {
    // What is not sold any more goes, and the next try takes something else; this one proves nothing.
    await browser.post("/checkout", { ...shownFor(checkout), remove: withdrawn });
    return null;
  }
  const key = valueOf(checkout.html, "checkout_key");
  if (!key) throw new Ended("CHECKOUT", checkout.status);
  const sent = await browser.post("/checkout", { ...shownFor(checkout), checkout_key: key, preorder: "yes", note: "" });
  // Back to the checkout: all was done and rolled back. An order of its own would lead to the order.
  return { ok: sent.status === 303 && sent.location === "/checkout", step: "SEND", status: sent.status };
}

async function leave(browser: Browser) {
  const page = await browser.get("/cart");
  await browser.post("/logout", shownFor(page));
}

function shownFor({ html }: Page): Record<string, string> {
  const shown = valueOf(html, "shown_for");
  return shown === null ? {} : { shown_for: shown };
}

function expectStatus(step: Step, page: Page, status: number): Page {
  if (page.status !== status) throw new Ended(step, page.status);
  return page;
}
