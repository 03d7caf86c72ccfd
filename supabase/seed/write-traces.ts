import type pg from "pg";
import { judge, type Network, type Place, type Point, type Previous, radiusKm } from "#app/cases/geo.ts";
import { hour } from "./calendar.ts";
import { agus, partners, sari } from "./people.ts";
import { Chance } from "./random.ts";

type Home = { mobile: string; fixed: string };

/** The first address of a block that the operator holds there: a network's, not a person's. */
export const addresses: Record<string, Home> = {
  Surabaya: { mobile: "114.125.65.0", fixed: "112.78.181.0" },
  Malang: { mobile: "182.4.132.0", fixed: "36.70.252.0" },
  Sidoarjo: { mobile: "112.215.153.0", fixed: "23.32.244.0" },
  Kediri: { mobile: "114.121.192.0", fixed: "36.68.220.0" },
  Gresik: { mobile: "114.79.19.0", fixed: "23.32.244.0" },
  Jember: { mobile: "114.125.84.0", fixed: "36.67.34.0" },
  Jakarta: { mobile: "39.192.0.0", fixed: "61.247.0.0" },
  Bogor: { mobile: "112.215.161.0", fixed: "36.64.14.0" },
  Medan: { mobile: "114.122.4.0", fixed: "36.64.125.0" },
  Binjai: { mobile: "114.122.4.0", fixed: "36.65.177.0" },
  Pematangsiantar: { mobile: "114.122.41.0", fixed: "180.241.35.0" },
  "Lubuk Pakam": { mobile: "114.122.4.0", fixed: "36.65.184.0" },
  Denpasar: { mobile: "114.10.156.0", fixed: "36.65.130.0" },
  Gianyar: { mobile: "114.10.156.0", fixed: "36.65.131.0" },
  Singaraja: { mobile: "114.122.138.0", fixed: "36.71.241.0" },
  Mataram: { mobile: "114.122.145.0", fixed: "36.68.116.0" },
};
const jayapura: Spot = { ip: "114.124.132.0", latitude: -2.53, longitude: 140.7, network: "MOBILE" };
const london: Spot = { ip: "51.140.0.0", latitude: 51.5, longitude: -0.13, network: "UNKNOWN" };
const userAgents = {
  phone:
    "Mozilla/5.0 (Linux; Android 13; SM-A146P) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile " +
    "Safari/537.36",
  laptop: "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0",
};

type Trace = { order_id: string; salesman: string; city: string; reason: string; at: Date };
export type Spot = Point & { ip: string; network: Network };

/**
 * Gives the past shadow orders an address near their stores, as the web would have noted it; the worker then finds
 * their places. Who could not have been there by then ordered by telephone from where he was. Agus has a few orders
 * that nobody could have placed: soon after one in Medan or Jakarta from Jayapura, or some hours after from London.
 */
export async function writeTraces(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<Trace>(`
    select t.order_id, a.code as salesman, p.city, s.reason, t.at
      from app.shadow_traces t join app.accounts a on a.id = t.salesman_id join app.partners p on p.id = t.partner_id
      join app.orders o on o.id = t.order_id join app.acting_sessions s on s.id = o.acting_session_id
     order by t.at, t.order_id`);
  const chance = new Chance(4_711);
  const devices = new Map([sari, agus].map(({ code }) => [code, { phone: chance.uuid(), laptop: chance.uuid() }]));
  const found = [sari, agus].flatMap(({ code }) => {
    const his = rows.filter(({ salesman }) => salesman === code);
    const odd = code === agus.code ? oddOnes(his) : new Map<Trace, Spot>();
    let last: (Spot & { at: Date }) | null = null;
    return his.map((trace) => {
      const spot = odd.get(trace) ?? reachable(last, spotAt(trace, chance), trace.at);
      if (!odd.has(trace)) last = { ...spot, at: trace.at };
      const device = spot.network === "MOBILE" ? ("phone" as const) : ("laptop" as const);
      return {
        order_id: trace.order_id,
        ip: spot.ip,
        user_agent: userAgents[device],
        device: devices.get(code)![device],
      };
    });
  });
  await client.query(
    `
    update app.shadow_traces t set ip = f.ip, user_agent = f.user_agent, device = f.device, sent_device = f.device
      from jsonb_to_recordset($1) as f (order_id bigint, ip text, user_agent text, device text)
        where t.order_id = f.order_id`,
    [JSON.stringify(found)],
  );
}

function spotAt({ city, reason }: Trace, chance: Chance): Spot {
  const network = chance.is(reason.includes("telepon") ? 0.3 : 0.75) ? "MOBILE" : "FIXED";
  return spotIn(city, network);
}

/** Where a salesman is in a city, or in Jakarta for a city that has no address here. */
export function spotIn(city: string, network: "MOBILE" | "FIXED"): Spot {
  const { mobile, fixed } = addresses[city] ?? addresses.Jakarta!;
  const { latitude, longitude } = partners.find((partner) => partner.city === city)!;
  return { ip: network === "MOBILE" ? mobile : fixed, latitude, longitude, network };
}

// The database knows places only nearly: so many km nearer or farther, at both ends.
const margins = [-40, -30, -20, -10, 0, 10, 20, 30, 40];

/**
 * The place he wants to be at, if he can be there by then; else where he was. For each way within the
 * margin: a longer one may pass as a flight where a shorter one would have to be driven.
 */
export function reachable(last: (Spot & { at: Date }) | null, wanted: Spot, at: Date): Spot {
  if (!last) return wanted;
  const tooFar = margins.some((margin) => {
    const place = asPlace(wanted, margin);
    const previous: Previous = { ...asPlace(last, margin), order: "", at: last.at };
    return judge({ place, nowhere: null, source: place.source }, at, null, previous).verdict === "IMPLAUSIBLE";
  });
  return tooFar ? last : wanted;
}

const asPlace = ({ latitude, longitude, network }: Spot, margin: number): Place => ({
  latitude,
  longitude,
  network,
  radiusKm: Math.max(0, radiusKm[network] - margin),
  city: "",
  region: "",
  country: "ID",
  operator: null,
  source: { name: "", built: "" },
});

/**
 * The three latest that follow another too soon for the way: half a day for London, less for the far end of Indonesia.
 */
function oddOnes(his: Trace[]): Map<Trace, Spot> {
  const gap = (i: number) => his[i]!.at.getTime() - his[i - 1]!.at.getTime();
  const soon = his.flatMap((trace, i) =>
    i > 0 && gap(i) < 10.5 * hour ? [[trace, gap(i) < 3.5 * hour ? jayapura : london] as const] : [],
  );
  return new Map(soon.slice(-3));
}
