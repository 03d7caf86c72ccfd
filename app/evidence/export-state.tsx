import { Badge } from "#app/ui/badges.tsx";
import { useMessages } from "#app/ui/language.tsx";

/** Whether the reader can download it, and whether it was taken whole. */
export function ExportState({ open, completedAt }: { open: boolean; completedAt: Date | string | null }) {
  const t = useMessages().evidence.states;
  if (completedAt) return <Badge tone="good">{t.COMPLETE}</Badge>;
  return open ? <Badge tone="accent">{t.OPEN}</Badge> : <Badge tone="plain">{t.CLOSED}</Badge>;
}
