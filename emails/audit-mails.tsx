import { ActionLink, email, MailLayout, Paragraph, Small } from "./layout.tsx";

/**
 * To the auditors: the head of the audit chain, so that it exists outside the database. Every value exactly as it was
 * signed.
 */
export const auditHead = email({
  example: {
    batch: 12,
    seq: 3400,
    head: "9f".repeat(32),
    sealedAt: "2026-11-21T07:05:00.000000Z",
    keyId: "0123456789abcdef",
    signature: "AbCd",
  },
  subject: ({ batch, seq }, lang) =>
    lang === "id"
      ? `Ujung jejak audit: segel ${batch}, baris ${seq}`
      : `Head of the audit trail: seal ${batch}, row ${seq}`,
  body: (props, lang) => {
    const text =
      lang === "id"
        ? "Simpan e-mail ini. Dengan nilai di bawah, siapa pun dapat menunjukkan apakah jejak audit setelahnya " +
          "diubah atau dipotong."
        : "Keep this e-mail. With the values below anybody can show whether the audit trail was changed or cut " +
          "afterwards.";
    return (
      <MailLayout lang={lang} preview={text}>
        <Paragraph>{text}</Paragraph>
        {Object.entries(props).map(([name, value]) => (
          <Small key={name}>
            <span style={{ fontFamily: "monospace", wordBreak: "break-all" }}>{`${name}: ${value}`}</span>
          </Small>
        ))}
      </MailLayout>
    );
  },
});

/** To admins and auditors: the chain does not fit. */
export const auditBroken = email({
  example: { what: "hash", seq: 3400, incident: "INC-2026-00001", appUrl: "https://b2b.example" },
  subject: ({ incident }, lang) =>
    lang === "id" ? `Jejak audit tidak utuh (${incident})` : `The audit trail is not intact (${incident})`,
  body: ({ what, seq, incident, appUrl }, lang) => {
    const id = lang === "id";
    const text = id
      ? `Pemeriksaan menemukan bahwa jejak audit tidak utuh pada baris ${seq} (${what}). Jangan mengubah apa pun di ` +
        "basis data sebelum salinannya diamankan."
      : `The check found that the audit trail is not intact at row ${seq} (${what}). Change nothing in the database ` +
        "before a copy of it is safe.";
    return (
      <MailLayout lang={lang} preview={text}>
        <Paragraph>{text}</Paragraph>
        <ActionLink href={`${appUrl}/admin/incidents/${incident}`}>
          {id ? "Buka insiden" : "Open the incident"}
        </ActionLink>
      </MailLayout>
    );
  },
});

/** To admins and auditors: a login of ours in the database is not what it should be. */
export const loginChanged = email({
  example: { what: "web: SETTING statement_timeout=0", incident: "INC-2026-00001", appUrl: "https://b2b.example" },
  subject: ({ incident }, lang) =>
    lang === "id" ? `Akun basis data berubah (${incident})` : `A database login has changed (${incident})`,
  body: ({ what, incident, appUrl }, lang) => {
    const id = lang === "id";
    const text = id
      ? "Akun basis data yang dipakai sistem tidak lagi seperti seharusnya. Bila tidak ada yang sedang mengubahnya, " +
        "anggap akun itu bocor: ganti kata sandinya dan hubungi pengelola basis data."
      : "A login that the site or the worker uses is not what it should be. Unless somebody is changing it right " +
        "now, take it as stolen: change its password and call whoever runs the database.";
    return (
      <MailLayout lang={lang} preview={text}>
        <Paragraph>{text}</Paragraph>
        <Small>{what}</Small>
        <ActionLink href={`${appUrl}/admin/incidents/${incident}`}>
          {id ? "Buka insiden" : "Open the incident"}
        </ActionLink>
      </MailLayout>
    );
  },
});
