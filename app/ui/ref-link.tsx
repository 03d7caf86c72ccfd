import { Fragment } from "react";
import { useOnward } from "./here.tsx";
import { usePerson } from "./people.tsx";
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
 * For staff: a number or code, with the name of what it stands for where that is known (a person's always is), as the
 * link to its page. What has no page («SYSTEM») is text.
 */
export function Ref({ code, name: given }: { code: string; name?: string | null }) {
  const onward = useOnward();
  const person = usePerson();
  const place = placeOf(code);
  const name = given ?? person(code)?.name;
  const text = name ? `${name} (${code})` : code;
  if (!place) return text;
  return name ? <a href={onward(place)}>{text}</a> : <RefLink href={place}>{text}</RefLink>;
}

/** For staff: who did something, as it was written then: by code or by name. */
export function Who({ children }: { children: string }) {
  const person = usePerson()(children);
  return person ? <Ref {...person} /> : <Linked>{children}</Linked>;
}

/** For staff: an SKU as the link to its article. */
export function ArticleRef({ sku }: { sku: string }) {
  return <RefLink href={articlePlace(sku)}>{sku}</RefLink>;
}

const codes = /\b((?:ORD|INV|INC|EXP)-\d{4}-\d{5,9}|(?:PTR|SLS|ADM|AUD)-\d{3,6})\b/;

/**
 * For staff: a sentence of ours in which each number and code is the way to its page; `skus`, those too. A person's
 * code gets his name, unless it stands in parentheses, where the name is before it, or right behind a colon, as in the
 * log lines that are kept word for word (Agent:SLS-001).
 */
export function Linked({ children, skus = [] }: { children: string; skus?: string[] }) {
  const named = skus.length > 0 ? new RegExp(`${codes.source}|(?<!\\w)(${skus.join("|")})(?!\\w)`) : codes;
  const parts = children.split(named).filter(Boolean);
  return parts.map((part, index) => (
    <Fragment key={index}>
      {skus.includes(part) ? (
        <ArticleRef sku={part} />
      ) : !placeOf(part) ? (
        part
      ) : /[(:]$/.test(parts[index - 1] ?? "") ? (
        <RefLink href={placeOf(part)!}>{part}</RefLink>
      ) : (
        <Ref code={part} />
      )}
    </Fragment>
  ));
}
