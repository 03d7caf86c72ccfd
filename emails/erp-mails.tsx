import { ActionLink, email, MailLayout, Paragraph, Small } from "./layout.tsx";

/** To the admins: the breaker has opened. */
export const erpDown = email({
  example: {
    incident: "INC-2026-00001",
    error: "timeout: no complete answer within 4000 ms",
    path: "/admin/erp",
    appUrl: "https://b2b.example",
  },
  subject: ({ incident }, lang) =>
    lang === "id" ? `SEV-2: ERP tidak menjawab (${incident})` : `SEV-2: the ERP does not answer (${incident})`,
  body: ({ incident, error, path, appUrl }, lang) => {
    const id = lang === "id";
    const text = id
      ? "ERP tidak menjawab. Toko tetap dapat memesan: order diterima dengan data terakhir dan menunggu sampai ERP " +
        "kembali. Hubungi tim TI yang mengelola ERP."
      : "The ERP does not answer. Stores can still order: orders are taken with the last known figures and wait " +
        "until the ERP is back. Call the IT team that runs the ERP.";
    return (
      <MailLayout lang={lang} preview={text}>
        <Paragraph>{text}</Paragraph>
        {error ? <Small>{`${id ? "Pesan dari sistem" : "The system's words"}: ${error}`}</Small> : null}
        <Small>{`${id ? "Insiden" : "Incident"}: ${incident}`}</Small>
        <ActionLink href={`${appUrl}${path}`}>{id ? "Lihat keadaan ERP" : "See the state of the ERP"}</ActionLink>
      </MailLayout>
    );
  },
});

/** To the admins: our stock and the ERP's are more than five per cent apart. */
export const stockDrift = email({
  example: {
    week: "2026-11-22",
    percent: 7.31,
    articles: 42,
    incident: "INC-2026-00001",
    path: "/admin/erp/stock",
    appUrl: "https://b2b.example",
  },
  subject: ({ percent }, lang) =>
    lang === "id"
      ? `SEV-2: stok berbeda ${decimal(percent)}% dari ERP`
      : `SEV-2: stock differs from the ERP's by ${decimal(percent)}%`,
  body: ({ week, percent, articles, incident, path, appUrl }, lang) => {
    const id = lang === "id";
    const text = id
      ? `Pemeriksaan stok ${week}: stok yang kami tampilkan berbeda ${decimal(percent)}% dari stok ERP (${articles} ` +
        "barang). Targetnya di bawah 1%. Stok ERP yang baru sudah berlaku; periksa mengapa selisihnya besar."
      : `Stock comparison of ${week}: the stock that we showed differs by ${decimal(percent)}% from the ERP's ` +
        `(${articles} articles). The target is below 1%. The ERP's fresh stock is live already; find out why the ` +
        "difference was large.";
    return (
      <MailLayout lang={lang} preview={text}>
        <Paragraph>{text}</Paragraph>
        {incident ? <Small>{`${id ? "Insiden" : "Incident"}: ${incident}`}</Small> : null}
        <ActionLink href={`${appUrl}${path}`}>{id ? "Lihat rinciannya" : "See the details"}</ActionLink>
      </MailLayout>
    );
  },
});

const decimal = (value: number) =>
  value
    .toFixed(2)
    .replace(/\.?0+$/, "")
    .replace(".", ",");
