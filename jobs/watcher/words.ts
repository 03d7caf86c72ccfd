import { causeIn } from "#app/incidents/notification.ts";
import type { Message, Watched } from "./state.ts";

const causes = { DATABASE: "DATABASE_DOWN", SITE: "SITE_DOWN", WEB: "WEB_DOWN", WORKER: "WORKER_SILENT" } as const;
/** As in the severity matrix: the business stands still, or a part of it is disturbed. */
const severities = { DATABASE: 1, SITE: 1, WEB: 2, WORKER: 2 } as const;
const channels = { 1: "critical", 2: "production" } as const;

export const channelOf = (what: Watched) => channels[severities[what]];

const clock = new Intl.DateTimeFormat("id-ID", {
  timeZone: "Asia/Jakarta",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});
const at = (moment: number) => `${clock.format(moment)} WIB`;
const minutes = (message: Message) => Math.max(1, Math.round((message.at - message.began) / 60_000));

/** Playbook D, after four hours without an order. */
const paperAfterMinutes = 240;

/** A line for a channel of ours, in the words of an incident's notification. */
export function wordsOf(message: Message, appUrl: string): string {
  const { what, kind, began } = message;
  const head = `SEV-${severities[what]} · ${causeIn("id", causes[what])}`;
  const again = message.sending ? " · mungkin sudah pernah dikirim" : "";
  if (kind === "ENDED")
    return `${head} · pulih ${at(message.at)}, setelah ${minutes(message)} menit · ${appUrl}/admin/incidents${again}`;
  const paper =
    severities[what] === 1 && minutes(message) >= paperAfterMinutes
      ? " · kembali ke nota kertas (playbook «Kiamat Digital»)"
      : "";
  const since = `sejak ${at(began)}`;
  const still = kind === "STILL" ? ` · masih, ${minutes(message)} menit` : "";
  return `${head} · ${since}${still}${paper} · ${appUrl} · dari pengawas di luar sistem${again}`;
}
