import { ActionLink, email, MailLayout, Paragraph } from "./layout.tsx";

const example = { month: "2026-11", salesmen: 10, path: "/admin/reviews/2026-11", appUrl: "https://b2b.example" };

/** To the auditors: the list of the month waits for their signatures. */
export const reviewReady = email({
  example,
  subject: ({ month }, lang) =>
    lang === "id" ? `Tinjauan bulanan ${month} siap ditandatangani` : `The monthly review of ${month} is ready to sign`,
  body: ({ month, salesmen, path, appUrl }, lang) => {
    const text =
      lang === "id"
        ? `Top 10 Agents by Impersonation Count bulan ${month} sudah dibuat: ${salesmen} salesman menunggu ` +
          "keputusan dan catatan Anda."
        : `Top 10 Agents by Impersonation Count of ${month} is there: ${salesmen} salesmen wait for your decision ` +
          "and note.";
    return <ReviewMail lang={lang} text={text} href={`${appUrl}${path}`} />;
  },
});

/** To the auditors: five working days have passed. */
export const reviewOverdue = email({
  example,
  subject: ({ month }, lang) =>
    lang === "id"
      ? `Terlambat: tinjauan bulanan ${month} belum ditandatangani`
      : `Overdue: the monthly review of ${month} is not signed`,
  body: ({ month, salesmen, path, appUrl }, lang) => {
    const text =
      lang === "id"
        ? `Tinjauan bulan ${month} melewati 5 hari kerja: ${salesmen} salesman belum ditandatangani. Insiden SEV-3 ` +
          "sudah dibuka."
        : `The review of ${month} is more than 5 working days old: ${salesmen} salesmen are not signed. A SEV-3 ` +
          "incident is open.";
    return <ReviewMail lang={lang} text={text} href={`${appUrl}${path}`} />;
  },
});

function ReviewMail({ lang, text, href }: { lang: "id" | "en"; text: string; href: string }) {
  return (
    <MailLayout lang={lang} preview={text}>
      <Paragraph>{text}</Paragraph>
      <ActionLink href={href}>{lang === "id" ? "Buka tinjauan" : "Open the review"}</ActionLink>
    </MailLayout>
  );
}
