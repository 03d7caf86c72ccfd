import { suspendedFor as english } from "#app/abuse/words.suspended.en.ts";
import { suspendedFor as indonesian } from "#app/abuse/words.suspended.id.ts";
import { counted, sayIn } from "#app/ui/say.ts";
import { ActionLink, email, Figures, MailLayout, Paragraph } from "./layout.tsx";

/** To the admins: a salesman's work looks wrong. */
export const salesmanFlagged = email({
  example: {
    salesman: "Sari",
    code: "SLS-001",
    score: 65,
    severity: 3,
    incident: "INC-2026-00001",
    path: "/admin/cases/SLS-001",
    appUrl: "https://b2b.example",
  },
  subject: ({ salesman, code, score, severity }, lang) =>
    lang === "id"
      ? `SEV-${severity}: ${salesman} (${code}) perlu diperiksa, skor ${score}`
      : `SEV-${severity}: ${salesman} (${code}) needs a look, score ${score}`,
  body: ({ salesman, code, score, severity, incident, path, appUrl }, lang) => {
    const id = lang === "id";
    const text = id
      ? `Order yang dibuat ${salesman} (${code}) atas nama toko tampak tidak wajar. Skor bukan bukti: periksa dulu ` +
        "kasusnya."
      : `Orders that ${salesman} (${code}) placed for stores look unusual. A score is no proof: look into the case ` +
        "first.";
    return (
      <MailLayout lang={lang} preview={text}>
        <Paragraph>{text}</Paragraph>
        <Figures
          rows={[
            { label: id ? "Skor" : "Score", value: String(score) },
            { label: id ? "Insiden" : "Incident", value: `${incident}, SEV-${severity}` },
          ]}
        />
        <ActionLink href={`${appUrl}${path}`}>{id ? "Buka kasus" : "Open the case"}</ActionLink>
      </MailLayout>
    );
  },
});

/** To the admins: somebody was shut out. */
export const accountSuspended = email({
  example: {
    code: "SLS-001",
    name: "Sari",
    reason: "Pemilik toko mengeluh",
    score: 0,
    rules: [{ rule: "SAME_BASKET" }],
    by: "ADM-001",
    held: 3,
    appUrl: "https://b2b.example",
  },
  subject: ({ code, name }, lang) =>
    lang === "id" ? `Akun ${code} (${name}) dibekukan` : `Account ${code} (${name}) is suspended`,
  body: ({ code, name, reason, score, rules, by, held, appUrl }, lang) => {
    const id = lang === "id";
    const suspendedFor = id ? indonesian : english;
    const codes = rules.map(({ rule }) => rule);
    const why = codes.length > 0 ? suspendedFor(score, codes) : reason;
    const who = by === "SYSTEM" ? (id ? "sistem" : "the system") : by;
    const text = id
      ? `Akun ${code} (${name}) dibekukan oleh ${who}. Semua sesinya berakhir.`
      : `Account ${code} (${name}) was suspended by ${who}. All its sessions have ended.`;
    return (
      <MailLayout lang={lang} preview={text}>
        <Paragraph>{text}</Paragraph>
        <Figures
          rows={[
            { label: id ? "Alasan" : "Reason", value: why },
            { label: id ? "Order yang ditahan" : "Orders held", value: String(held) },
          ]}
        />
        <ActionLink href={`${appUrl}/admin/accounts/${code}`}>{id ? "Buka akun" : "Open the account"}</ActionLink>
      </MailLayout>
    );
  },
});

/** To the admins: one of them asks to let somebody in again, and another one has to agree. */
export const liftRequested = email({
  example: {
    code: "SLS-001",
    name: "Sari",
    reason: "Sudah diperiksa",
    by: "ADM-001",
    path: "/admin/accounts/SLS-001",
    appUrl: "https://b2b.example",
  },
  subject: ({ code, name }, lang) =>
    lang === "id" ? `Permintaan membuka akun ${code} (${name})` : `Asked to lift the suspension of ${code} (${name})`,
  body: ({ code, name, reason, by, path, appUrl }, lang) => {
    const id = lang === "id";
    const text = id
      ? `${by} meminta pembekuan akun ${code} (${name}) dicabut. Admin lain harus menyetujuinya.`
      : `${by} asks to lift the suspension of account ${code} (${name}). Another admin has to agree.`;
    return (
      <MailLayout lang={lang} preview={text}>
        <Paragraph>{text}</Paragraph>
        <Figures rows={[{ label: id ? "Alasan" : "Reason", value: reason }]} />
        <ActionLink href={`${appUrl}${path}`}>{id ? "Buka akun" : "Open the account"}</ActionLink>
      </MailLayout>
    );
  },
});

/** To whoever was shut out: he may sign in again. What was held with him stays so, and is said to. */
export const suspensionLifted = email({
  example: { name: "Sari", code: "SLS-001", role: "SALESMAN", held: 3, appUrl: "https://b2b.example" },
  subject: (_, lang) =>
    lang === "id" ? "Akun Alfa Beauty Cosmetica Anda dibuka lagi" : "Your Alfa Beauty Cosmetica account is open again",
  body: ({ name, code, role, held, appUrl }, lang) => {
    const id = lang === "id";
    const text = id
      ? `Pembekuan akun ${name} (${code}) sudah dicabut. Silakan masuk lagi dengan kata sandi yang sama.`
      : `The suspension of the account ${name} (${code}) was lifted. You can sign in again with the same password.`;
    return (
      <MailLayout lang={lang} preview={text}>
        <Paragraph>{text}</Paragraph>
        {role === "SALESMAN" ? <Paragraph>{shadowAgain[lang]}</Paragraph> : null}
        {held > 0 ? <Paragraph>{stillHeld[lang](held, role === "SALESMAN")}</Paragraph> : null}
        <ActionLink href={`${appUrl}/login`}>{id ? "Masuk" : "Sign in"}</ActionLink>
      </MailLayout>
    );
  },
});

const shadowAgain = {
  id: "Shadow Mode dapat dipakai lagi. Sesi yang lama sudah berakhir: mulai yang baru dari daftar toko.",
  en: "You can use Shadow Mode again. The old session has ended: start a new one from the list of stores.",
};

const stillHeld = {
  id: (held: number, forStores: boolean) =>
    sayIn("id")`${held} order ${forStores ? "yang Anda buat atas nama toko" : "Anda"} masih ditahan. Kantor pusat ` +
    "memutuskannya satu per satu.",
  en: (held: number, forStores: boolean) =>
    `${counted(held, "order")} ${forStores ? "that you placed for stores" : "of yours"} ${held === 1 ? "is" : "are"} ` +
    "still held. Head office decides about each.",
};
