import { Icon } from "./icons.tsx";

/** The way back to the list that a page came from. */
export function BackLink({ href, children }: { href: string; children: string }) {
  return (
    <p className="back-line">
      <a className="back" href={href}>
        <Icon name="chevron" />
        {children}
      </a>
    </p>
  );
}
