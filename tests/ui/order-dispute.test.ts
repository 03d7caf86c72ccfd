import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { messages } from "#app/words.ts";
import { fateOf } from "#app/disputes/dispute.ts";
import { LanguageProvider } from "#app/ui/language.tsx";
import { DisputeForm } from "#app/disputes/dispute-form.tsx";
import { OrderDispute } from "#app/routes/orders_.$number/order-dispute.tsx";

const t = messages("id");

/** What an owner reads on his order that a salesman placed. */
function said(held: boolean, dispute: { held: boolean; outcome: "OWNER_AGREES" | null } | null) {
  const order = { number: "ORD-2026-000001", status: "SUBMITTED" as const, held, shadow: true, placedBy: "Sari" };
  const page = createElement(OrderDispute, { order, owner: true, dispute, hq: "628110000000" });
  return renderToStaticMarkup(createElement(LanguageProvider, { lang: "id", children: page })).replace(/<[^>]+>/g, "|");
}

test("an order that something else still holds is said to be held, whatever was decided on the owner's report", () => {
  const both = said(true, { held: true, outcome: "OWNER_AGREES" });
  expect(both).toContain(t.disputes.outcomes.OWNER_AGREES);
  expect(both).toContain(t.orders.held.plain);
  expect(both, "and whom to ask").toContain(t.accounts.ended.phone);
  expect(both).not.toContain("dilanjutkan");
  expect(said(false, { held: true, outcome: "OWNER_AGREES" })).not.toContain(t.orders.held.plain);
});

test("while his report is open the owner reads of it alone, and is not asked again", () => {
  const open = said(true, { held: true, outcome: null });
  expect(open).toContain(t.disputes.card.held);
  for (const word of [t.orders.held.plain, t.disputes.open]) expect(open).not.toContain(word);
  expect(said(true, null)).toContain(t.disputes.open);
});

test("before he says so, no line promises to stop an order that was shipped or has ended", () => {
  const shown = (status: "SUBMITTED" | "SHIPPED" | "COMPLETED" | "CANCELLED") => {
    const order = {
      number: "ORD-2026-000001",
      store: "Salon Budi",
      salesman: "Sari",
      total: 100,
      placedAt: new Date(0),
      status,
      lines: 1,
    };
    const page = createElement(DisputeForm, { order, fate: fateOf(order), action: "/" });
    return renderToStaticMarkup(createElement(LanguageProvider, { lang: "id", children: page }));
  };
  expect(shown("SUBMITTED")).toContain("langsung kami tahan");
  for (const status of ["SHIPPED", "COMPLETED", "CANCELLED"] as const)
    expect(shown(status)).not.toMatch(/menghentikannya|kami tahan/);
});
