/** A number or code of the business, as the link to what it stands for. */
export function RefLink({ href, children }: { href: string; children: string }) {
  return (
    <a className="figures" href={href}>
      {children}
    </a>
  );
}
