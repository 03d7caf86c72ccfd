/**
 * A number as people type it here. Groups of three digits are thousands, whichever sign stands between them, and one or
 * two digits after the last sign are decimals: «10.000» and «10,000» are ten thousand, «2,5» and «2.5» two and a half,
 * «1.000,50» and «1,000.50» the same. «Rp» and spaces around it do not matter. Null: it is no such number.
 */
export function typedNumber(typed: string): number | null {
  const text = typed.trim().replace(/^rp\.?\s*/i, "");
  if (!/^[+-]?\d[\d.,\s]*$/.test(text) || text.length > 20) return null;
  if (/^[+-]?\d{1,15}$/.test(text)) return Number(text);
  if (/^[+-]?[1-9]\d{0,2}([.,\s])\d{3}(\1\d{3})*$/.test(text)) return Number(text.replace(/[.,\s]/g, ""));
  const decimals =
    /^([+-]?(?:\d{1,12}|[1-9]\d{0,2}(?:(?:\.\d{3})+(?=,)|(?:,\d{3})+(?=\.)|(?:\s\d{3})+)))[.,](\d{1,2})$/.exec(text);
  return decimals && Number(`${decimals[1]!.replace(/[.,\s]/g, "")}.${decimals[2]}`);
}
