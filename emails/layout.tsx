import { Body, Container, Head, Hr, Html, Link, Preview, render, Text } from "react-email";
import type { ReactElement, ReactNode } from "react";
import { plain, type Lang } from "./format.ts";

const ink = "#1d1a20";
const paper = "#fbf9f7";
const plum = "#6d2b57";
const hairline = "#d9d3cf";
const font = "-apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";

/** A finished mail, ready for the provider. */
export type Mail = { subject: string; html: string; text: string };

/** What people may write: text, figures, moments. Text is cleaned before a template sees it. */
type Props = Record<string, string | number | Date | null>;

type Template<P extends Props> = {
  /** Preview, test and documentation at once; the props are inferred from it. */
  example: P;
  subject: (props: P, lang: Lang) => string;
  body: (props: P, lang: Lang) => ReactElement;
};

/** Makes a template a function of language and props. Direction marks and control characters in the props are dropped. */
export function email<P extends Props>({ example, subject, body }: Template<P>) {
  const write = async (lang: Lang, props: P): Promise<Mail> => {
    const cleaned = Object.fromEntries(
      Object.entries(props).map(([name, value]) => [name, typeof value === "string" ? plain(value) : value]),
    ) as P;
    const letter = body(cleaned, lang);
    return {
      subject: subject(cleaned, lang),
      html: await render(letter),
      text: await render(letter, { plainText: true, htmlToTextOptions: { wordwrap: false } }),
    };
  };
  return Object.assign(write, { example });
}

/** The sheet of paper: one column, readable at 360 px, no picture and no web font. */
export function Letter({ lang, preview, children }: { lang: Lang; preview: string; children: ReactNode }) {
  return (
    <Html lang={lang}>
      <Head />
      <Preview>{preview}</Preview>
      <Body style={{ margin: 0, padding: "24px 12px", backgroundColor: paper, color: ink, fontFamily: font }}>
        <Container
          style={{ maxWidth: "520px", padding: "24px", backgroundColor: "#ffffff", border: `1px solid ${hairline}`, borderRadius: "8px" }}
        >
          <Text style={{ margin: "0 0 16px", fontSize: "14px", fontWeight: 600, color: plum }}>Alfa Beauty Cosmetica</Text>
          {children}
        </Container>
      </Body>
    </Html>
  );
}

export function Paragraph({ children }: { children: ReactNode }) {
  return <Text style={{ margin: "0 0 16px", fontSize: "16px", lineHeight: "24px" }}>{children}</Text>;
}

export function Small({ children }: { children: ReactNode }) {
  return <Text style={{ margin: "0 0 8px", fontSize: "14px", lineHeight: "20px", color: "#5c5560" }}>{children}</Text>;
}

export function Divider() {
  return <Hr style={{ margin: "8px 0 16px", borderColor: hairline }} />;
}

/** The one thing to do, large enough for a thumb. */
export function ActionLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Text style={{ margin: "0 0 24px" }}>
      <Link
        href={href}
        style={{ display: "inline-block", padding: "12px 20px", borderRadius: "6px", backgroundColor: plum, color: "#ffffff", fontSize: "16px", fontWeight: 600, textDecoration: "none" }}
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
