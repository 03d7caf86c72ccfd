// What stands between digits, invisible marks that a copied contact brings along too. After NFKC, which makes plain
// digits of full ones and plain spaces of fixed ones.
const between = /[\s().\u00ad\u2010-\u2015\u2212\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff-]/g;
const mobile = /^(?:\+62|0062|62)?0?(8[1-9]\d{7,10})$/;

/**
 * An Indonesian mobile number however it is typed, as wa.me and the SMS gateway want it: 0812..., +62 812...,
 * +62 (0)812..., 62812... and 812... all become 62812...; null for anything else. private.phone says the same.
 */
export function phoneNumber(typed: string): string | null {
  const number = mobile.exec(typed.normalize("NFKC").replace(between, ""))?.[1];
  return number ? `62${number}` : null;
}

/** A number as we keep it, as it is read aloud: +62 812-3456-7890. */
export const spokenNumber = (number: string): string =>
  number.replace(/^62(\d{3})(\d{4})(\d+)$/, "+62 $1-$2-$3").replace(/^(?=\d)/, "+");
