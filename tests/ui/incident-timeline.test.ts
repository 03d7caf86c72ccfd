import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { IncidentTimeline } from "#app/routes/admin.incidents.$ref.($act)/incident-timeline.tsx";
import { LanguageProvider } from "#app/ui/language.tsx";

const said = (lang: "id" | "en", detail: Record<string, unknown>) => {
  const page = createElement(IncidentTimeline, {
    events: [{ at: new Date(), kind: "NOTE", actor: "ADM-001", detail }],
    cut: false,
  });
  // As it reads: the order's number is a link.
  return renderToStaticMarkup(createElement(LanguageProvider, { lang, children: page })).replace(/<[^>]*>/g, "");
};

test("whatever was decided about an owner's report stands in the incident's story in the reader's words", () => {
  for (const [outcome, id, en] of [
    ["OWNER_AGREES", "Ternyata sesuai", "Turned out right"],
    ["MISTAKE", "Kekeliruan", "A mistake"],
    ["ABUSE", "Penyalahgunaan", "Abuse"],
  ]) {
    expect(said("id", { order: "ORD-2026-000001", outcome })).toContain(`Order: ORD-2026-000001 · Keputusan: ${id}`);
    expect(said("en", { order: "ORD-2026-000001", outcome })).toContain(`Order: ORD-2026-000001 · Decision: ${en}`);
  }
});
