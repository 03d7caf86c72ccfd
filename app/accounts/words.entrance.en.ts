import type * as source from "./words.entrance.id.ts";
import { sayIn } from "#app/ui/say.ts";

const say = sayIn("en");

/** Signing in. */
export const login: typeof source.login = {
  resumeTitle: "Go on where you were",
  resumeLead: "You are signed in. What you typed is still here; send it if it still fits.",
  resumeSubmit: "Send now",
  resumeCancel: "Never mind",
  fields: { note: "Note", reason: "Reason", quantity: "Quantity", sku: "Product" },
  title: "Sign in",
  lead: "For partners, salesmen and the Alfa Beauty team.",
  email: "E-mail",
  password: "Password",
  submit: "Sign in",
  forgot: "Forgot your password?",
  keptForm: "What you typed is kept. After signing in you return to that page.",
  signedOut: "You are signed out.",
  noAccount: "Not a partner yet? Contact our salesman in your region.",
  limited: (minutes, at) =>
    say`Too many attempts to sign in. For your safety, try again in ` +
    say`${minutes} ${minutes === 1 ? "minute" : "minutes"} (${at}) or make a new password.`,
};

/** Asking for a link to a new password. */
export const forgot: typeof source.forgot = {
  title: "Forgot your password",
  lead: "Write the e-mail address of your account. We send a link to make a new password.",
  submit: "Send the link",
  sentTitle: "Check your e-mail",
  sentText: "If the address is registered, the link arrives in a few minutes. It works once.",
  backToLogin: "Back to sign in",
};

/** Choosing a new password. */
export const reset: typeof source.reset = {
  title: "New password",
  lead: "Write the new password for your account.",
  password: "New password",
  passwordHint: "At least 12 characters.",
  repeat: "Repeat the new password",
  submit: "Save password",
  done: "The new password is saved and you are signed in. All other sessions have ended.",
  signIn: "The new password is saved. All sessions have ended: please sign in.",
  invalidTitle: "This link no longer works",
  invalidText: "A link works once and for a limited time. Ask for a new one; it takes a moment.",
  again: "Ask for a new link",
};

/** What somebody is told whose logins were ended. */
export const ended: typeof source.ended = {
  FORCED: {
    title: "Head office has signed you out",
    text:
      "Head office ended all logins of your account to keep it safe. Your account stays active: please sign in " +
      "again. If you do not know why, contact head office.",
    form: "What you typed was not sent, but it is kept on this page and offered again after you sign in.",
  },
  SUSPENDED: {
    title: "Your account is suspended",
    text:
      "Head office has suspended your account for now, and until that ends you cannot sign in. Contact head office " +
      "for an explanation. Once the suspension is lifted, sign in again with the same password.",
    form: "What you typed was not sent. The cart and everything else stay as they were last saved.",
  },
  phone: "Contact head office on WhatsApp",
};

/** A form that was shown to another person, store or session. */
export const mismatch: typeof source.mismatch = {
  title: "Nothing has been sent",
  otherPerson: (shown, now) => `This form was opened for ${shown}. Now ${now} is signed in on this device.`,
  otherStore: (shown, now) => `This form was opened for ${shown}. Now you are acting as ${now}.`,
  otherSession: (store) =>
    `This form belongs to a Shadow Mode session for ${store} that has ended. A new one has begun since.`,
  noStore: (shown) =>
    `This form was opened for ${shown}. That Shadow Mode session has ended; the store's cart is kept.`,
  fromNoStore: (now) => `This form was opened when you were not acting for a store. Now you are acting as ${now}.`,
  nothing: "Nothing has changed.",
  typed: "What you filled in",
  notKept: "This does not come along. Copy it first if you still need it.",
  toStore: (store) => `Back to ${store}`,
  goOn: (name) => `Go on as ${name}`,
  toCart: "Open the cart",
  signOut: (name) => `Sign out, then sign in as ${name}`,
};
