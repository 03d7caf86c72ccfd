import type { Page } from "@playwright/test";

// What stands in the way of somebody with large letters or a small screen, as the page itself measures it. Its only
// helpers are its own: it is sent to the browser as it stands.

/** Faults of the page as it stands: what makes it scroll sideways, what is cut off, what lies over something else. */
export function misfits(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`[${[cutOff, overEachOther, covered].map((look) => `...(${look})()`).join()}]`);
}

/** What is wider than the screen or than its own box. */
function cutOff(): string[] {
  const found: string[] = [];
  const name = (el: Element) => `${el.tagName}.${el.className} «${el.textContent!.trim().slice(0, 40)}»`;
  const forEars = (el: Element | null): boolean =>
    el !== null && (getComputedStyle(el).clipPath === "inset(50%)" || forEars(el.parentElement));
  const all = [...document.body.querySelectorAll<HTMLElement>("*:not(svg, svg *)")].filter(
    (el) => el.checkVisibility() && !forEars(el) && !el.closest(".skip"),
  );
  const { scrollWidth } = document.documentElement;
  if (scrollWidth > innerWidth) {
    const wide = all.filter((el) => el.getBoundingClientRect().right > innerWidth + 0.5);
    const inner = wide.filter((el) => !wide.some((other) => other !== el && el.contains(other)));
    found.push(`${scrollWidth} px wide: ${inner.slice(0, 4).map(name).join(", ")}`);
  }
  for (const el of all) {
    if (el.scrollWidth <= el.clientWidth + 1 || /^(INPUT|TEXTAREA|SELECT)$/.test(el.tagName)) continue;
    if (getComputedStyle(el).overflowX !== "visible") found.push(`cut off: ${name(el)}`);
    else if (el.matches("a, button, summary")) found.push(`sticks out: ${name(el)}`);
  }
  return found;
}

/** Links, buttons and fields that share a place, bars apart, which stay while the rest goes by under them. */
function overEachOther(): string[] {
  const found: string[] = [];
  const name = (el: Element) => `${el.tagName}.${el.className} «${el.textContent!.trim().slice(0, 40)}»`;
  const stays = (el: Element | null): boolean =>
    el !== null && (/fixed|sticky/.test(getComputedStyle(el).position) || stays(el.parentElement));
  const controls = [...document.body.querySelectorAll<HTMLElement>("a[href], button, input, select, textarea, summary")]
    .filter((el) => el.checkVisibility() && !el.closest(".skip, .hidden") && !stays(el))
    .map((el) => ({ el, rects: [...el.getClientRects()] }));
  for (const [index, one] of controls.entries())
    for (const other of controls.slice(index + 1)) {
      if (one.el.contains(other.el)) continue;
      const meet = (a: DOMRect, b: DOMRect) =>
        Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 &&
        Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2;
      if (one.rects.some((a) => other.rects.some((b) => meet(a, b))))
        found.push(`over each other: ${name(one.el)} and ${name(other.el)}`);
    }
  return found;
}

/** Bars that stay leave more than half of the screen to the page, and never cover what has the focus. */
function covered(): string[] {
  const found: string[] = [];
  const name = (el: Element) => `${el.tagName}.${el.className} «${el.textContent!.trim().slice(0, 40)}»`;
  const barOf = (el: Element | null): Element | null =>
    el && (/fixed|sticky/.test(getComputedStyle(el).position) ? el : barOf(el.parentElement));
  const bars = [...document.querySelectorAll(".acting, .nav, .action-bar, .pick-bar")].filter((el) => barOf(el) === el);
  const tall = bars.reduce((sum, bar) => sum + bar.getBoundingClientRect().height, 0);
  if (tall > innerHeight * 0.45) found.push(`bars of ${Math.round(tall)} px: ${bars.map(name).join(", ")}`);
  if (bars.length === 0) return found;
  for (const el of document.querySelectorAll<HTMLElement>(
    "main :is(a[href], button, input, select, textarea, summary)",
  )) {
    if (barOf(el) || !el.checkVisibility()) continue;
    el.focus();
    const { left, right, top, bottom } = el.getBoundingClientRect();
    // Of a field of many lines the browser brings the line into sight where one writes: the first.
    const y = el.localName === "textarea" ? top + 16 : (top + bottom) / 2;
    const bar = barOf(document.elementFromPoint((left + right) / 2, y));
    if (bar) found.push(`focused under ${name(bar)}: ${name(el)}`);
  }
  (document.activeElement as HTMLElement | null)?.blur();
  scrollTo(0, 0);
  return found;
}

/** Where the entries of the main bar are, by where they lead to. */
export const entries = (page: Page): Promise<Record<string, string>> =>
  page.evaluate(() => {
    scrollTo(0, 0);
    return Object.fromEntries(
      [...document.querySelectorAll(".nav > ul > li > :first-child")].map((entry) => {
        const { left, top, width } = entry.getBoundingClientRect();
        return [entry.getAttribute("href") ?? "more", [left, top, width].map(Math.round).join()];
      }),
    );
  });
