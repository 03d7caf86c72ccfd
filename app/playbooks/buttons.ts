import { whatsappLink } from "#app/ui/whatsapp.ts";
import type { playbooks as words } from "./words.id.ts";
import type { Slug } from "./playbook.ts";
import { paper } from "./paper.ts";

/** What a run is about, as far as it is known, and who reads. */
export type About = {
  mayAct: boolean;
  incident: string | null;
  salesman: string | null;
  order: string | null;
  /** The head office's number, 62… */
  hq: string;
  /** The run of a page that has one: the way back to it goes along. */
  run?: number;
};

/** What the buttons of a run have to know of it. */
export const aboutOf = (
  run: { id: number; incident: { ref: string } | null; salesman: string | null; order: string | null },
  mayAct: boolean,
  hq: string,
): About => ({
  mayAct,
  incident: run.incident?.ref ?? null,
  salesman: run.salesman,
  order: run.order,
  hq,
  run: run.id,
});

export type ButtonName = keyof (typeof words)["buttons"];
export type Button = { name: ButtonName; href: string };

type Ways = Record<string, (about: About) => Array<[ButtonName, string | null]>>;

const bypass = "/admin/settings/CREDIT_CHECK_BYPASS";
const force = "/admin/settings/erp.force_degraded";
const services: Ways[string] = () => [
  ["services", "/admin/services"],
  ["erp", "/admin/erp"],
];
const of = (code: string | null, path: (code: string) => string) => (code ? path(code) : null);
const someone = (salesman: string | null) => (salesman ? null : "/admin/accounts?role=SALESMAN");

const ways: Record<Slug, Ways> = {
  "erp-heartattack": {
    degraded: () => [
      ["erp", "/admin/erp"],
      ["force", force],
    ],
    bypass: () => [["bypass", bypass]],
    snapshot: () => [["feeds", "/admin/erp#feeds"]],
    banner: () => [
      ["update", "/admin/status#kabar"],
      ["status", "/status"],
    ],
    bridge: () => [["test", "/admin/erp#uji"]],
    reconcile: () => [["reconcile", "/admin/reconcile"]],
    "bypass-off": () => [
      ["bypass", bypass],
      ["force", force],
    ],
  },
  "agent-abuse": {
    "force-logout": ({ salesman, mayAct }) => [
      [mayAct ? "logout" : "account", of(salesman, (code) => `/admin/accounts/${code}${mayAct ? "/logout" : ""}`)],
      ["accounts", someone(salesman)],
    ],
    suspend: ({ salesman, mayAct }) => [
      [mayAct ? "suspend" : "account", of(salesman, (code) => `/admin/accounts/${code}${mayAct ? "/suspension" : ""}`)],
      ["accounts", someone(salesman)],
    ],
    trail: ({ salesman, mayAct }) => [
      ["case", of(salesman, (code) => `/admin/cases/${code}`)],
      ["trail", mayAct ? null : `/admin/audit${salesman ? `?actor=${salesman}` : ""}`],
    ],
    places: ({ salesman }) => [["case", of(salesman, (code) => `/admin/cases/${code}#order`)]],
    evidence: ({ salesman, mayAct }) => [
      ["export", mayAct ? null : of(salesman, (code) => `/admin/cases/${code}/export`)],
      ["exports", `/admin/exports${salesman ? `?code=${salesman}` : ""}`],
    ],
  },
  "whatsapp-link": {
    copy: ({ order }) => [order ? ["order", `/admin/orders/${order}`] : ["orders", "/admin/orders"]],
    paste: () => [],
  },
  "kiamat-digital": {
    pack: () => [],
    paper: () => [],
    "tell-salesmen": ({ hq }) => [["tellSalesmen", whatsappLink("", paper(hq))]],
    photos: ({ hq }) => [["photos", `https://wa.me/${hq}`]],
    restore: () => [["restore", "/admin/playbooks/database-restore"]],
  },
  "database-restore": {
    dashboard: () => [["supabase", "https://supabase.com/dashboard"]],
    backups: () => [["backups", "https://supabase.com/dashboard/project/_/database/backups"]],
    snapshot: () => [],
    restore: () => [],
    "look-after": (about) => [["orders", "/admin/orders"], ...services(about)],
  },
  "key-rotation": {
    regenerate: () => [["keys", "https://supabase.com/dashboard/project/_/settings/api-keys"]],
    environment: () => [],
    redeploy: () => [],
    "look-after": services,
  },
  maintenance: {
    enable: () => [["maintenance", "/admin/status#pemeliharaan"]],
    tell: () => [
      ["update", "/admin/status#kabar"],
      ["status", "/status"],
    ],
    end: () => [["maintenance", "/admin/status#pemeliharaan"]],
  },
  rollback: {
    instant: () => [],
    "look-after": () => [
      ["services", "/admin/services"],
      ["vitals", "/admin/vitals"],
    ],
    "post-mortem": ({ incident }) => [["postMortem", of(incident, (ref) => `/admin/incidents/${ref}/post-mortem`)]],
  },
  "data-deletion": {
    routine: () => [["logs", "/admin/logs"]],
    request: () => [["erasures", "/admin/leads/erasures"]],
    receipt: () => [["erasures", "/admin/leads/erasures"]],
  },
};

/** The pages on which a step is done, prefilled with what the run is about. */
export function buttonsOf(slug: Slug, step: string, about: About): Button[] {
  return (ways[slug][step]?.(about) ?? []).flatMap(([name, href]) =>
    href === null ? [] : [{ name, href: about.run === undefined ? href : leavingStep(href, slug, about.run, step) }],
  );
}

/** What a step's button sends that leaves for its page (`go`), and where that is: null where it names none. */
export const goTo = (step: string, name: ButtonName): string => `${step}.${name}`;
export function wayOf(slug: Slug, go: string, about: About): { step: string; href: string | null } {
  const [step = "", name] = go.split(".", 2);
  return { step, href: buttonsOf(slug, step, about).find((button) => button.name === name)?.href ?? null };
}
/** On another's site it opens beside this page. */
export const isOutside = (href: string): boolean => href.startsWith("https:");

// The page opened knows the step that it was opened out of: see stepBehind in app/ui/back.ts.
function leavingStep(href: string, slug: Slug, run: number, step: string): string {
  if (!href.startsWith("/admin/") || href.startsWith("/admin/playbooks")) return href;
  const [address = "", anchor] = href.split("#", 2);
  const [path, query] = address.split("?", 2);
  const params = new URLSearchParams(query);
  params.set("playbook", `${slug}.${run}.${step}`);
  return `${path}?${params}${anchor ? `#${anchor}` : ""}`;
}
