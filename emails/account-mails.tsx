import { ActionLink, email, MailLayout, Paragraph } from "./layout.tsx";

/**
 * To whoever owns an account: its password is another one. Sent however that was done, so that he hears of it who did
 * not do it.
 */
export const passwordChanged = email({
  example: { name: "Salon Budi", at: "2026-11-21 14.05", whatsapp: "628110000000", appUrl: "https://b2b.example" },
  subject: (_, lang) => (lang === "id" ? "Kata sandi akun Anda diganti" : "Your password was changed"),
  body: ({ name, at, whatsapp, appUrl }, lang) => {
    const id = lang === "id";
    const text = id
      ? `Kata sandi akun Alfa Beauty Cosmetica untuk ${name} diganti pada ${at} WIB. Semua sesi yang terbuka sebelum ` +
        "itu berakhir."
      : `The password of the Alfa Beauty Cosmetica account of ${name} was changed at ${at} WIB. All sessions that ` +
        "were open before have ended.";
    return (
      <MailLayout lang={lang} preview={text}>
        <Paragraph>{text}</Paragraph>
        <Paragraph>
          {id
            ? "Kalau itu Anda sendiri, tidak ada yang perlu dilakukan. Kalau bukan Anda, segera buat kata sandi baru " +
              "lewat tombol ini dan hubungi kami."
            : "If that was you, there is nothing to do. If it was not, choose a new password at once by this button " +
              "and call us."}
        </Paragraph>
        <ActionLink href={`${appUrl}/password/forgot`}>
          {id ? "Buat kata sandi baru" : "Choose a new password"}
        </ActionLink>
        <ActionLink href={`https://wa.me/${whatsapp}`}>
          {id ? "Hubungi kami lewat WhatsApp" : "Call us on WhatsApp"}
        </ActionLink>
      </MailLayout>
    );
  },
});
