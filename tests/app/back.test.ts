import { expect, test } from "vitest";
import { backward, listBehind, onward, openedFrom, staffLists, stepBehind } from "#app/ui/back.ts";
import { siteMap } from "#tests/routes/support/whole-app.ts";

const behind = (back: string) => `/admin/orders/ORD-2026-000001?${new URLSearchParams({ back })}`;

test("a page leads back to the list that it was opened out of, with filters and page", () => {
  for (const list of staffLists) {
    const here = `${list}?status=SUBMITTED&after=abc`;
    const opened = onward(`${list}/X-1`, here);
    expect(listBehind(opened)).toBe(here);
    expect(backward(list, opened)).toBe(here);
    // What it sends and asks goes along, and so does the page after; what is another thing does not.
    expect(listBehind(onward(`${list}/X-1/status`, opened))).toBe(here);
    expect(listBehind(backward(`${list}/X-1#riwayat`, `${list}/X-1/status?${opened.split("?")[1]}`))).toBe(here);
    expect(onward(`${list}/X-2`, opened)).toBe(`${list}/X-2`);
  }
  expect(onward("/admin/orders/X-1", "/admin/orders")).toBe("/admin/orders/X-1");
  expect(backward("/admin/orders", "/admin/orders/X-1")).toBe("/admin/orders");
  expect(openedFrom("/admin/orders/X-1?to=CANCELLED#a", "/admin/orders?q=a")).toBe(
    "/admin/orders/X-1?to=CANCELLED&back=%2Fadmin%2Forders%3Fq%3Da#a",
  );
});

test("whatever somebody writes into the address, it leads to a list of ours or nowhere", () => {
  const known = listBehind(behind("/admin/orders?q=%2F%2Fevil.test"));
  expect(known).toBe("/admin/orders?q=%2F%2Fevil.test");
  for (const back of [
    "https://evil.test/admin/orders",
    "//evil.test/admin/orders",
    "/\\evil.test",
    "/admin/orders/../../evil",
    "/admin/orders/ORD-2026-000001",
    "/admin/orders/",
    "/admin/orders#x",
    "/admin/ORDERS",
    "/logout",
    "/admin/settings",
    "javascript:alert(1)",
    "/admin/orders\r\nlocation: https://evil.test",
    "\t/admin/orders",
    "@evil.test",
    "",
    `/admin/orders?q=${"x".repeat(1000)}`,
  ])
    expect([back, listBehind(behind(back))]).toEqual([back, null]);
  const newline = listBehind(behind("/admin/orders?q=a\r\nset-cookie: b"));
  expect(newline).toMatch(/^\/admin\/orders\?q=a%0D%0A/);
});

test("the lists are pages of ours", () => {
  const pages = siteMap().map(({ path = "" }) => `/${path}`);
  expect(staffLists.filter((list) => !pages.includes(list))).toEqual([]);
});

test("out of a playbook's step its way back goes along, through lists and forms, and no further than our pages", () => {
  const step = "/admin/playbooks/erp-heartattack/12#bypass";
  const opened = "/admin/settings/CREDIT_CHECK_BYPASS?playbook=erp-heartattack.12.bypass";
  expect(stepBehind(opened)).toBe(step);
  // The form's own address, where its answer leads to, and from there on.
  expect(stepBehind(onward("/admin/settings/CREDIT_CHECK_BYPASS", opened))).toBe(step);
  expect(backward("/admin/settings#x", opened)).toBe("/admin/settings?playbook=erp-heartattack.12.bypass#x");
  const list = `/admin/orders?status=SUBMITTED&playbook=whatsapp-link.3.copy`;
  const order = onward("/admin/orders/ORD-2026-000001", list);
  expect([stepBehind(order), listBehind(order)]).toEqual([
    "/admin/playbooks/whatsapp-link/3#copy",
    "/admin/orders?status=SUBMITTED&playbook=whatsapp-link.3.copy",
  ]);
  // Back on the playbook, out of the staff's pages, and without a step: nothing.
  expect(onward("/admin/playbooks/rollback", opened)).toBe("/admin/playbooks/rollback");
  expect(onward("/status", opened)).toBe("/status");
  expect(onward("/admin/settings", "/admin/settings/x")).toBe("/admin/settings");
  for (const bad of ["//evil.test", "a.1.b/../c", "x.y.z", "A.1.b", "a.1.b.c", "a.1.%0d%0ab", "", "a.0x1"])
    expect([bad, stepBehind(`/admin/settings?playbook=${bad}`)]).toEqual([bad, null]);
});
