import type { Maintenance } from "./maintenance.ts";

export const services = ["ORDERING", "ERP", "MAIL", "SMS"] as const;
export type Service = (typeof services)[number];
export const serviceStates = ["OK", "DEGRADED", "DOWN"] as const;
export type ServiceState = (typeof serviceStates)[number];
/** `days`: ninety letters, the last is today: O, D or X for the worst of the day, - where nothing is known. */
export type ServiceStatus = { service: Service; state: ServiceState; why: "MAINTENANCE" | null; days: string };
export type Update = {
  id: number;
  at: string;
  service: Service;
  state: ServiceState;
  textId: string;
  textEn: string;
};
/** What stores were told of one incident, newest first. */
export type PublicIncident = {
  id: number;
  open: boolean;
  from: string;
  until: string | null;
  updates: Update[];
};
export type Status = { at: string; maintenance: Maintenance; services: ServiceStatus[]; incidents: PublicIncident[] };
/** `away`: the database does not answer, and all but that is as it was at `at`. */
export type ShownStatus = Status & { away: boolean };

/** Days of the history. */
export const shownDays = 90;

/** What is known where nothing was ever read. */
export const nothingKnown = (at: Date): Status => ({
  at: at.toISOString(),
  maintenance: { mode: "OFF", period: null },
  services: [{ service: "ORDERING", state: "OK", why: null, days: "-".repeat(shownDays) }],
  incidents: [],
});

/** Over what the database knew: that it is away, so nobody orders, and what this process' environment says. */
export function shownNow(status: Status, away: boolean, maintenance: Maintenance): ShownStatus {
  const { mode } = maintenance;
  const least: ServiceState = away || mode === "FULL" ? "DOWN" : mode === "READ_ONLY" ? "DEGRADED" : "OK";
  const worse = (one: ServiceState, two: ServiceState) =>
    serviceStates.indexOf(one) >= serviceStates.indexOf(two) ? one : two;
  return {
    ...status,
    away,
    maintenance: mode === "OFF" ? status.maintenance : maintenance,
    services: status.services.map((one) =>
      one.service === "ORDERING"
        ? { ...one, state: worse(one.state, least), why: mode === "OFF" ? one.why : ("MAINTENANCE" as const) }
        : one,
    ),
  };
}

/** The worst of them: what the page says first of all. */
export const worstOf = (all: ServiceStatus[]): ServiceState =>
  serviceStates.findLast((state) => all.some((one) => one.state === state)) ?? "OK";
