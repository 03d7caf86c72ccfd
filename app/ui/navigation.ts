import type { Messages } from "#app/locales/messages.ts";
import type { IconName } from "./icons.tsx";

export type Role = keyof Messages["role"];
export type NavItem = { href: string; label: string; icon: IconName; count?: number; countLabel?: string };

/** The ways on for each kind of person. A salesman gets the shop's own pages while he represents a store. */
export function navigation(t: Messages, role: Role | null, acting: boolean, cartItems: number): NavItem[] {
  const home: NavItem = { href: "/dashboard", label: t.nav.home, icon: "home" };
  const catalogue: NavItem = { href: "/products", label: t.nav.catalogue, icon: "catalogue" };
  const cart: NavItem = { href: "/cart", label: t.nav.cart, icon: "cart", count: cartItems, countLabel: t.cart.items(cartItems) };
  const orders: NavItem = { href: "/orders", label: t.nav.orders, icon: "orders" };
  const clients: NavItem = { href: "/clients", label: t.nav.clients, icon: "clients" };
  switch (role) {
    case null:
      return [{ ...home, href: "/" }, catalogue, { href: "/login", label: t.nav.signIn, icon: "signIn" }];
    case "PARTNER":
      return [home, catalogue, cart, orders];
    case "SALESMAN":
      return acting ? [home, clients, catalogue, cart, orders] : [home, clients, catalogue];
    case "ADMIN":
    case "AUDITOR":
      return [
        { href: "/admin", label: t.nav.admin, icon: "home" },
        { href: "/admin/orders", label: t.nav.orders, icon: "orders" },
        { href: "/admin/alerts", label: t.nav.alerts, icon: "alert" },
        { href: "/admin/accounts", label: t.nav.accounts, icon: "person" },
        { href: "/admin/erp", label: t.nav.erp, icon: "clock" },
        { href: "/admin/settings", label: t.nav.settings, icon: "check" },
        ...(role === "AUDITOR" ? [{ href: "/admin/audit", label: t.nav.audit, icon: "search" } as const] : []),
        catalogue,
      ];
  }
}

/** The entry whose page this is: the longest address that the path begins with. */
export function currentItem(items: NavItem[], path: string): NavItem | undefined {
  const fitting = items.filter(({ href }) => path === href || (href !== "/" && path.startsWith(`${href}/`)));
  return fitting.sort((a, b) => b.href.length - a.href.length)[0];
}
