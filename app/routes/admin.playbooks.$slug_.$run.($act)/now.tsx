import type { ReactNode } from "react";
import { PaperText } from "#app/playbooks/paper-text.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Banner, Bypass, Degraded, LastRun, Snapshot, Switches } from "./now-erp.tsx";
import { Erasures, Maintenance, OrderText, Paper, Recipient } from "./now-other.tsx";
import { Evidence, Logins, Places, Standing } from "./now-salesman.tsx";
import type { RunData } from "./run-page.tsx";

type Shown = (props: { data: RunData }) => ReactNode;

// By playbook and step: each shows nothing where there is nothing to be known.
const shown: Record<string, Shown> = {
  "erp-heartattack.degraded": Degraded,
  "erp-heartattack.bypass": Bypass,
  "erp-heartattack.snapshot": Snapshot,
  "erp-heartattack.banner": Banner,
  "erp-heartattack.bridge": Degraded,
  "erp-heartattack.reconcile": LastRun,
  "erp-heartattack.bypass-off": Switches,
  "agent-abuse.force-logout": Logins,
  "agent-abuse.suspend": Standing,
  "agent-abuse.places": Places,
  "agent-abuse.evidence": Evidence,
  "whatsapp-link.copy": OrderText,
  "whatsapp-link.paste": Recipient,
  "kiamat-digital.paper": Paper,
  "kiamat-digital.tell-salesmen": ({ data: { hq } }) => <PaperText hq={hq} />,
  "maintenance.enable": Maintenance,
  "maintenance.end": Maintenance,
  "data-deletion.request": Erasures,
};

/** What a step changes, as it is now: so that nobody ticks what did not happen. */
export function Now({ step, data }: { step: string; data: RunData }) {
  const { run: t } = useMessages().playbooks;
  const Show = shown[`${data.run.slug}.${step}`];
  if (!Show) return null;
  return (
    <div className="playbook__now stack stack--tight">
      <p className="quiet">
        {t.now}: <Moment at={data.readAt} />
      </p>
      <Show data={data} />
    </div>
  );
}
