type Words = { copyTitle: string; copyLead: string };

const escape = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** A copy of somebody's data as a page that stands alone: nothing is fetched, and nothing in it runs. */
export const copyAsPage = (copy: Record<string, unknown>, t: Words): string =>
  `<!doctype html><html><head><meta charset="utf-8"><title>${escape(t.copyTitle)}</title>` +
  "<meta http-equiv=\"content-security-policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">" +
  "<style>body{font:16px/1.5 sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem}" +
  "dt{font-weight:600}dd{margin:0 0 .5rem 1rem;overflow-wrap:anywhere}</style></head><body>" +
  `<h1>${escape(t.copyTitle)}</h1><p>${escape(t.copyLead)}</p>${shown(copy)}</body></html>`;

function shown(value: unknown): string {
  if (value === null || value === undefined || value === "") return "–";
  if (Array.isArray(value))
    return value.length === 0 ? "–" : `<ol>${value.map((one) => `<li>${shown(one)}</li>`).join("")}</ol>`;
  if (typeof value !== "object") return escape(String(value));
  const rows = Object.entries(value).map(([name, inner]) => `<dt>${escape(name)}</dt><dd>${shown(inner)}</dd>`);
  return `<dl>${rows.join("")}</dl>`;
}
