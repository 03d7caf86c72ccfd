import { ActionLink, email, MailLayout, Paragraph, Small } from "./layout.tsx";

/** To whoever reported a problem or asked: the answer, and what it answers. */
export const reportAnswered = email({
  example: {
    ref: "INC-2026-00001",
    asked: "Gambar produk tidak muncul",
    answer: "Sudah kami perbaiki. Terima kasih sudah memberi tahu.",
    path: "/lapor",
    appUrl: "https://b2b.example",
  },
  subject: ({ ref }, lang) => (lang === "id" ? `Jawaban atas laporan Anda (${ref})` : `Our answer to you (${ref})`),
  body: ({ ref, asked, answer, path, appUrl }, lang) => {
    const id = lang === "id";
    return (
      <MailLayout lang={lang} preview={answer}>
        <Paragraph>{answer}</Paragraph>
        <Small>{`${id ? "Anda menulis" : "You wrote"}: «${asked}»`}</Small>
        <Small>{`${id ? "Nomor" : "Number"}: ${ref}`}</Small>
        {path ? (
          <ActionLink href={`${appUrl}${path}`}>{id ? "Buka laporan Anda" : "Open what you sent"}</ActionLink>
        ) : null}
      </MailLayout>
    );
  },
});
