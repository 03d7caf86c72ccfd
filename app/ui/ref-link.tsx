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
  const place = placeOf(code);
  const text = name ? `${name} (${code})` : code;
  if (!place) return text;
  return name ? <a href={place}>{text}</a> : <RefLink href={place}>{text}</RefLink>;
}

/** For staff: an SKU as the link to its article. */
export function ArticleRef({ sku }: { sku: string }) {
  return <RefLink href={articlePlace(sku)}>{sku}</RefLink>;
}
