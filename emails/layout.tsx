import { Body, Container, Head, Hr, Html, Link, Preview, render, Text } from "react-email";
import { createContext, useContext, type ReactElement, type ReactNode } from "react";
import { plain, wib, type Lang } from "./format.ts";

const ink = "#1d1a20";
const paper = "#fbf9f7";
const plum = "#6d2b57";
const hairline = "#d9d3cf";
const font = "-apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";

/** A finished mail, ready for the provider. */
export type Mail = { subject: string; html: string; text: string; headers?: Record<string, string> };

type Value = string | number | boolean | Date | null;
/** What people may write: text, figures, moments, and lines of them. Text is cleaned before a template sees it. */
export type Props = Record<string, Value | Array<Record<string, Value>>>;

type Template<P extends Props> = {
  /** Preview, test and documentation at once; the props are inferred from it. */
  example: P;
  subject: (props: P, lang: Lang) => string;
  body: (props: P, lang: Lang) => ReactElement;
  /** Beside the usual ones. */
  headers?: (props: P) => Record<string, string>;
};

const AsOf = createContext<Date | null>(null);

/**
 * Makes a template a function of language, props and the moment whose facts it tells. Direction marks and control
 * characters in the props are dropped.
 */
export function email<P extends Props>({ example, subject, body, headers }: Template<P>) {
  const write = async (lang: Lang, props: P, asOf: Date | null = null): Promise<Mail> => {
    const cleaned = clean(props);
    const mail = <AsOf.Provider value={asOf}>{body(cleaned, lang)}</AsOf.Provider>;
    return {
      subject: subject(cleaned, lang),
      html: await render(mail),
      text: await render(mail, { plainText: true, htmlToTextOptions: { wordwrap: false } }),
      ...(headers && { headers: headers(cleaned) }),
    };
  };
  return Object.assign(write, { example });
}

function clean<T>(value: T): T {
  if (typeof value === "string") return plain(value) as T;
  if (Array.isArray(value)) return value.map(clean) as T;
  if (value === null || typeof value !== "object" || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, clean(inner)])) as T;
}

/**
 * The sheet of paper: one column, readable at 360 px, no picture and no web font. A mail may be sent hours after it was
 * due and read days later: at its end it says of what moment it speaks.
 */
export function MailLayout({ lang, preview, children }: { lang: Lang; preview: string; children: ReactNode }) {
  const asOf = useContext(AsOf);
  return (
    <Html lang={lang}>
      <Head />
      <Preview>{preview}</Preview>
      <Body
        lang={lang}
        style={{ margin: 0, padding: "24px 12px", backgroundColor: paper, color: ink, fontFamily: font }}
      >
        <Container
          style={{
            maxWidth: "520px",
            padding: "24px",
            backgroundColor: "#ffffff",
            border: `1px solid ${hairline}`,
            borderRadius: "8px",
          }}
        >
          <Text style={{ margin: "0 0 16px", fontSize: "14px", fontWeight: 600, color: plum }}>
            Alfa Beauty Cosmetica
          </Text>
          {children}
          {asOf ? <Small>{moment[lang](wib(asOf, lang))}</Small> : null}
        </Container>
      </Body>
    </Html>
  );
}

const moment = {
  id: (at: string) => `E-mail ini menyampaikan keadaan pada ${at}. Setelah itu keadaannya dapat berubah.`,
  en: (at: string) => `This e-mail tells how things stood at ${at}. They may have changed since.`,
};

export function Paragraph({ children }: { children: ReactNode }) {
  return <Text style={{ margin: "0 0 16px", fontSize: "16px", lineHeight: "24px" }}>{children}</Text>;
}

export function Small({ children }: { children: ReactNode }) {
  return <Text style={{ margin: "0 0 8px", fontSize: "14px", lineHeight: "20px", color: "#5c5560" }}>{children}</Text>;
}

export function Divider() {
  return <Hr style={{ margin: "8px 0 16px", borderColor: hairline }} />;
}

/** Names with their figures, and under a line what they come to. */
export function Figures({
  rows,
  sum,
}: {
  rows: Array<{ label: string; note?: string; value: string }>;
  sum?: { label: string; value: string };
}) {
  const cell = {
    padding: "6px 0",
    fontSize: "14px",
    lineHeight: "20px",
    borderBottom: `1px solid ${hairline}`,
    verticalAlign: "top",
  } as const;
  return (
    <table
      role="presentation"
      width="100%"
      cellPadding={0}
      cellSpacing={0}
      style={{ margin: "0 0 16px", borderCollapse: "collapse" }}
    >
      <tbody>
        {rows.map(({ label, note, value }, index) => (
          <tr key={index}>
            <td style={cell}>
              {label}
              {note ? <span style={{ color: "#5c5560" }}>{` (${note})`}</span> : null}
            </td>
            <td align="right" style={{ ...cell, paddingLeft: "12px", whiteSpace: "nowrap" }}>
              {value}
            </td>
          </tr>
        ))}
        {sum ? (
          <tr>
            <td style={{ ...cell, fontWeight: 600, border: 0 }}>{sum.label}</td>
            <td
              align="right"
              style={{ ...cell, paddingLeft: "12px", fontWeight: 600, border: 0, whiteSpace: "nowrap" }}
            >
              {sum.value}
            </td>
          </tr>
        ) : null}
      </tbody>
    </table>
  );
}

/** The one thing to do, large enough for a thumb; `quiet` for the one beside it. */
export function ActionLink({
  href,
  kind = "main",
  children,
}: {
  href: string;
  kind?: "main" | "quiet";
  children: ReactNode;
}) {
  const look =
    kind === "main" ? { backgroundColor: plum, color: "#ffffff" } : { backgroundColor: "#ffffff", color: plum };
  return (
    <Text style={{ margin: "0 0 24px" }}>
      <Link
        href={href}
        style={{
          display: "inline-block",
          padding: "11px 19px",
          border: `1px solid ${plum}`,
          borderRadius: "6px",
          ...look,
          fontSize: "16px",
          fontWeight: 600,
          textDecoration: "none",
        }}
      >
        {children}
      </Link>
    </Text>
  );
}

export function PlainLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} style={{ color: plum }}>
      {children}
    </Link>
  );
}
