import { Fragment } from "react";
import { useOnward } from "./here.tsx";
import { articlePlace, placeOf } from "./places.ts";

/** A number or code of the business, as the link to what it stands for. */
export function RefLink({ href, children }: { href: string; children: string }) {
  const onward = useOnward();
  return (
    <a className="figures" href={onward(href)}>
      {children}
    </a>
  );
}

/**
 * For staff: a number or code, with the name of what it stands for where that is known, as the link to its page. What
 * has no page («SYSTEM») is text.
 */
export function Ref({ code, name }: { code: string; name?: string | null }) {
  const onward = useOnward();
  const place = placeOf(code);
  const text = name ? `${name} (${code})` : code;
  if (!place) return text;
  return name ? <a href={onward(place)}>{text}</a> : <RefLink href={place}>{text}</RefLink>;
}

/** For staff: an SKU as the link to its article. */
export function ArticleRef({ sku }: { sku: string }) {
  return <RefLink href={articlePlace(sku)}>{sku}</RefLink>;
}

const codes = /\b((?:ORD|INV|INC|EXP)-\d{4}-\d{5,9}|(?:PTR|SLS|ADM|AUD)-\d{3,6})\b/;

/** For staff: a sentence of ours in which each number and code is the way to its page; `skus`, those too. */
export function Linked({ children, skus = [] }: { children: string; skus?: string[] }) {
  const named = skus.length > 0 ? new RegExp(`${codes.source}|(?<!\\w)(${skus.join("|")})(?!\\w)`) : codes;
  return children
    .split(named)
    .filter(Boolean)
    .map((part, index) => {
      const place = skus.includes(part) ? articlePlace(part) : placeOf(part);
      return <Fragment key={index}>{place ? <RefLink href={place}>{part}</RefLink> : part}</Fragment>;
    });
}
