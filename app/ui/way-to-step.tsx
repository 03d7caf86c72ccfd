import { stepBehind } from "./back.ts";
import { Icon } from "./icons.tsx";
import { useMessages } from "./language.tsx";

/** On every page that a playbook's step leads to: back to it, when what it asked for is done. */
export function WayToStep({ path }: { path: string }) {
  const { way } = useMessages().playbooks.run;
  const step = stepBehind(path);
  return step ? (
    <p className="back-line no-print">
      <a className="back" href={step}>
        <Icon name="chevron" />
        {way}
      </a>
    </p>
  ) : null;
}
