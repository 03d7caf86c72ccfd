import { listAddress } from "./list.ts";

/** The lists of staff that a page can be opened out of. */
export const staffLists = [
  "/admin/orders",
  "/admin/approvals",
  "/admin/reconcile",
  "/admin/tasks",
  "/admin/incidents",
  "/admin/disputes",
  "/admin/alerts",
  "/admin/accounts",
  "/admin/cases",
  "/admin/reviews",
  "/admin/exports",
] as const;

const parts = (address: string) => new URL(address, "http://ours.invalid");

/**
 * The list that a page was opened out of, with its filters and its page, as the page's address says (`back`). Null for
 * whatever is no list of ours: its path is one of those above, letter by letter, and its query is written anew, so that
 * it leads nowhere else.
 */
export function listBehind(address: string): string | null {
  const from = parts(address).searchParams.get("back");
  if (!from || from.length > 1000) return null;
  const [path, query = ""] = from.split("?", 2);
  const list = staffLists.find((known) => known === path);
  return list ? listAddress(list, Object.fromEntries(new URLSearchParams(query))) : null;
}

/** An address that remembers the list behind it. */
export function openedFrom(href: string, from: string | null): string {
  if (!from) return href;
  const { pathname, searchParams, hash } = parts(href);
  searchParams.set("back", from);
  return `${pathname}?${searchParams}${hash}`;
}

/**
 * The step of a playbook's run that a page was opened out of, as its address says (`playbook`): the way back to it.
 * Null for whatever names none.
 */
export function stepBehind(address: string): string | null {
  const [, slug, run, step] = steps.exec(parts(address).searchParams.get("playbook") ?? "") ?? [];
  return slug && run ? `/admin/playbooks/${slug}/${run}${step ? `#${step}` : ""}` : null;
}

const steps = /^([a-z-]{1,40})\.(\d{1,12})(?:\.([a-z-]{1,40}))?$/;

// From page to page of what a step asks for, and through its forms, the step goes along.
function withStep(href: string, here: string): string {
  if (!stepBehind(here) || href.startsWith("/admin/playbooks")) return href;
  const { pathname, searchParams, hash } = parts(href);
  searchParams.set("playbook", parts(here).searchParams.get("playbook")!);
  return `${pathname}?${searchParams}${hash}`;
}

/**
 * A link or form of a page as it keeps the list behind: out of a filtered list it says which, and within what was
 * opened it goes along; so does the step of a playbook. `here`: the page's own address.
 */
export function onward(href: string, here: string): string {
  if (!href.startsWith("/admin/") || !here.startsWith("/admin/")) return href;
  return withStep(withList(href, here), here);
}

function withList(href: string, here: string): string {
  const { pathname, search } = parts(here);
  const to = parts(href).pathname;
  if (staffLists.some((list) => list === pathname))
    return search && to.startsWith(`${pathname}/`) ? openedFrom(href, here) : href;
  return thing(to) && thing(to) === thing(pathname) ? openedFrom(href, listBehind(here)) : href;
}

/** Where a page of `here` goes when it goes back to `href`: into that list as it was, if it was opened out of it. */
export function backward(href: string, here: string): string {
  const from = listBehind(here);
  return from && parts(from).pathname === parts(href).pathname ? withStep(from, here) : onward(href, here);
}

// "/admin/orders/ORD-2026-000001", of any page about it.
const thing = (path: string) => /^\/admin\/[^/]+\/[^/]+/.exec(path)?.[0];
