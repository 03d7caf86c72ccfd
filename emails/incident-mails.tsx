import { ActionLink, email, MailLayout, Paragraph, Small } from "./layout.tsx";

const lines = (text: string) => text.split("\n").filter(Boolean);

/** To people of ours who have to know of an incident: opened, raised, nobody has answered. */
export const incidentTold = email({
  example: {
    ref: "INC-2026-00001",
    severity: 1,
    happened: "Belum ada yang menanggapi",
    cause: "ERP tidak dapat dihubungi",
    subject: "",
    acknowledgedBy: "",
    url: "https://b2b.example/admin/incidents/INC-2026-00001",
    // Told line by line.
    steps: "",
  },
  subject: ({ ref, severity, happened, cause }) => `SEV-${severity} ${happened}: ${cause} (${ref})`,
  body: ({ ref, severity, happened, cause, subject, acknowledgedBy, url, steps }, lang) => {
    const id = lang === "id";
    return (
      <MailLayout lang={lang} preview={`${happened}: ${cause}`}>
        <Paragraph>{`${happened}: ${cause}.`}</Paragraph>
        {lines(steps).map((step) => (
          <Paragraph key={step}>{step}</Paragraph>
        ))}
        <Small>{`${id ? "Insiden" : "Incident"}: ${ref} · SEV-${severity}`}</Small>
        {subject ? <Small>{`${id ? "Tentang" : "About"}: ${subject}`}</Small> : null}
        <Small>
          {acknowledgedBy
            ? `${id ? "Ditangani" : "In hand of"}: ${acknowledgedBy}`
            : id
              ? "Belum ada yang menangani. Buka insidennya dan tekan «Saya tangani»."
              : "Nobody has it yet. Open the incident and press “I have it”."}
        </Small>
        <ActionLink href={url}>{id ? "Buka insiden" : "Open the incident"}</ActionLink>
      </MailLayout>
    );
  },
});
