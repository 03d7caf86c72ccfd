/**
 * Where staff reads of what a number or code of the business stands for, by its prefix; null for what has no page. An
 * invoice's is its order's, which the search knows.
 */
export function placeOf(code: string): string | null {
  if (/^ORD-\d{4}-\d+$/.test(code)) return `/admin/orders/${code}`;
  if (/^INV-\d{4}-\d+$/.test(code)) return `/admin/search?q=${code}`;
  if (/^INC-\d{4}-\d+$/.test(code)) return `/admin/incidents/${code}`;
  if (/^EXP-\d{4}-\d+$/.test(code)) return `/admin/exports/${code}`;
  if (/^LEAD-\d{4}-\d+$/.test(code)) return `/admin/leads/${code}`;
  if (/^PDP-\d{4}-\d+$/.test(code)) return `/admin/privacy/${code}`;
  if (/^PRV-\d{4}-\d+$/.test(code)) return `/admin/leads/erasures/${code}`;
  if (/^PTR-\d+$/.test(code)) return `/admin/stores/${code}`;
  return /^(SLS|ADM|AUD)-\d+$/.test(code) ? `/admin/accounts/${code}` : null;
}

/** The page of an article, for staff. */
export const articlePlace = (sku: string) => `/admin/articles/${sku}`;
