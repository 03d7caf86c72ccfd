import { spokenNumber } from "./phone.ts";

/** How somebody is reached: both lead to where he is written to. `whatsapp`: the number, 62... */
export function ContactFacts({ email, whatsapp }: { email: string; whatsapp: string }) {
  return (
    <span className="row">
      <a className="break" href={`mailto:${email}`}>
        {email}
      </a>
      <a className="figures" href={`https://wa.me/${whatsapp}`} target="_blank" rel="noopener noreferrer">
        {spokenNumber(whatsapp)}
      </a>
    </span>
  );
}
