import type { ReactNode } from "react";
import { useOnward } from "#app/ui/here.tsx";
import type { IncidentData } from "./incident-page.tsx";

type Props = {
  incident: Pick<IncidentData["incident"], "ref" | "state">;
  mayWrite: boolean;
  href: string;
  kind?: "main" | "quiet" | "link";
  children: ReactNode;
};

/** The way to a page beside the incident: a button of its one form, so that what was filled in there is saved on it. */
export function Way({ incident: { ref, state }, mayWrite, href, kind, children }: Props) {
  const onward = useOnward();
  const look = kind && `button button--${kind}`;
  // Nothing is written down at what is closed, nor by who only reads.
  if (!mayWrite || state === "CLOSED")
    return (
      <a className={look} href={onward(href)}>
        {children}
      </a>
    );
  return (
    <button
      type="submit"
      form="tangani"
      formAction={`/admin/incidents/${ref}/leave`}
      name="go"
      value={onward(href)}
      className={look ?? "as-link"}
    >
      {children}
    </button>
  );
}
