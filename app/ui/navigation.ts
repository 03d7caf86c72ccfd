import type { Messages } from "#app/words.ts";
import type { IconName } from "./icons.tsx";

/** `count` stands beside the label; `countLabel` says what it counts. */
export type NavItem = { href: string; label: string; icon: IconName; count?: number; countLabel?: string };

const workKinds = [
  "orders",
  "approvals",
  "reconcile",
  "tasks",
  "incidents",
  "disputes",
  "alerts",
  "accounts",
  "leads",
  "reviews",
] as const;
/** How much waits in each list of staff, counted up to one more than mostCounted. */
export type Work = Partial<Record<(typeof workKinds)[number], number>>;

const mostCounted = 99;
/** A count of the menu as it is read: «99+» when there are more. */
export const shortCount = (n: number) => (n > mostCounted ? `${mostCounted}+` : String(n));

/** Whoever works at the company's desk: pages of their own, and styles for them. */
export const isStaff = (role: string | null | undefined): role is "ADMIN" | "AUDITOR" =>
  role === "ADMIN" || role === "AUDITOR";

export type NavGroup = { label: string; items: NavItem[] };
/** The entries of the bar, and what stands behind its last one where there is more than a bar can hold. */
export type Navigation = { items: NavItem[]; more: NavGroup[] };

/** The ways on for each kind of person. A salesman gets the shop's own pages while he represents a store. */
export function navigation(
  t: Messages,
  role: keyof Messages["accounts"]["roles"] | null,
  acting: boolean,
  cartItems: number,
  work: Work,
): Navigation {
  if (isStaff(role)) return staffNavigation(t, role, work);
  return { items: shopNavigation(t, role, acting, cartItems), more: [] };
}

function shopNavigation(
  t: Messages,
  role: "PARTNER" | "SALESMAN" | null,
  acting: boolean,
  cartItems: number,
): NavItem[] {
  const home: NavItem = { href: "/dashboard", label: t.ui.nav.home, icon: "home" };
  const catalogue: NavItem = { href: "/products", label: t.ui.nav.catalogue, icon: "catalogue" };
  const cart: NavItem = {
    href: "/cart",
    label: t.ui.nav.cart,
    icon: "cart",
    count: cartItems,
    countLabel: t.carts.items(cartItems),
  };
  const orders: NavItem = { href: "/orders", label: t.ui.nav.orders, icon: "orders" };
  const clients: NavItem = { href: "/clients", label: t.ui.nav.clients, icon: "clients" };
  switch (role) {
    case null:
      return [
        { ...home, href: "/" },
        catalogue,
        { href: "/mitra", label: t.company.links.partner, icon: "clients" },
        { href: "/login", label: t.ui.nav.signIn, icon: "signIn" },
      ];
    case "PARTNER":
      return [home, catalogue, cart, orders, { href: "/shadow", label: t.ui.nav.shadow, icon: "clients" }];
    case "SALESMAN":
      return acting ? [home, clients, catalogue, cart, orders] : [home, clients, catalogue];
  }
}

/** How the system is, and what it is told to be. */
function systemItems(t: Messages, at: (path: string, label: string, icon: IconName) => NavItem): NavItem[] {
  const words = t.ui.nav;
  return [
    at("/now", t.vitals.now.title, "bolt"),
    at("/erp", words.erp, "clock"),
    at("/detectors", t.incidents.detectors.title, "alert"),
    at("/playbooks", t.playbooks.title, "check"),
    at("/vitals", t.vitals.title, "chart"),
    at("/slo", t.vitals.objectives.title, "chart"),
    at("/services", t.vitals.services.title, "bolt"),
    at("/logs", t.vitals.logs.title, "tasks"),
    at("/privacy", t.privacy.title, "person"),
    at("/settings", words.settings, "check"),
    at("/status", t.status.admin.title, "alert"),
  ];
}

// What each of them opens every day stands in the bar, everything else in groups behind "more".
function staffNavigation(t: Messages, role: "ADMIN" | "AUDITOR", work: Work): Navigation {
  const words = t.ui.nav;
  const at = (path: string, label: string, icon: IconName): NavItem => {
    const kind = workKinds.find((one) => path === `/${one}`);
    const count = (kind && work[kind]) ?? 0;
    return { href: `/admin${path}`, label, icon, count, countLabel: words.waiting(shortCount(count)) };
  };
  const home = at("", words.overview, "home");
  const orders = at("/orders", words.orders, "orders");
  const approvals = at("/approvals", words.approvals, "check");
  const reconcile = at("/reconcile", words.reconcile, "tasks");
  const tasks = at("/tasks", words.tasks, "tasks");
  const incidents = at("/incidents", words.incidents, "bolt");
  const reviews = at("/reviews", words.reviews, "chart");
  const cases = at("/cases", words.cases, "search");
  const trail = at("/audit", words.audit, "clock");
  const reports = [
    at("/disputes", words.disputes, "person"),
    at("/alerts", words.alerts, "alert"),
    at("/exports", words.exports, "orders"),
  ];
  const catalogue: NavItem = { href: "/products", label: words.catalogue, icon: "catalogue" };
  const rest: NavGroup[] = [
    {
      label: words.groups.people,
      items: [at("/leads", words.leads, "person"), at("/accounts", words.accounts, "clients"), catalogue],
    },
    { label: words.groups.system, items: systemItems(t, at) },
  ];
  return role === "ADMIN"
    ? {
        items: [home, orders, tasks, incidents],
        more: [
          { label: words.groups.work, items: [approvals, reconcile] },
          { label: words.groups.shadow, items: [...reports, cases, reviews] },
          ...rest,
        ],
      }
    : {
        items: [home, reviews, cases, trail],
        more: [
          { label: words.groups.work, items: [orders, approvals, reconcile, tasks, incidents] },
          { label: words.groups.shadow, items: reports },
          ...rest,
        ],
      };
}

/** The entry whose page this is: the longest address that the path begins with. A first page is nobody's beginning. */
export function currentItem(items: NavItem[], path: string): NavItem | undefined {
  const fitting = items.filter(
    ({ href }) => path === href || (!["/", "/admin"].includes(href) && path.startsWith(`${href}/`)),
  );
  return fitting.sort((a, b) => b.href.length - a.href.length)[0];
}
