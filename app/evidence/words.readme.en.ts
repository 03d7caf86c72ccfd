import type { Scope } from "./package.server.ts";

/** The same as in Bahasa Indonesia. */
export const readme = ({ lastSeq, head, ...scope }: Scope) => `EVIDENCE PACKAGE — ${scope.name} (${scope.code})
Period ${scope.from} to ${scope.to}, by the calendar of Jakarta (WIB). Times inside the files: UTC, in .xlsx WIB.

Contents
- audit.jsonl   Rows of the audit trail about this salesman: what he did, what was done to him,
                his sessions as a store, and the orders that he placed in a store's name.
                Each line exactly as it was sealed.
- words.jsonl   What people wrote about those rows: reasons and notes. seq is the row's number.
                The sealed rows themselves hold codes and numbers alone.
- orders.jsonl  Orders in a store's name in this period: contents, origin of the request, judgement
                of the distance, alert to the owner, "Bukan saya" reports, holds.
- hits.jsonl    Detection rules that fired, with what they saw.
- *.xlsx        The same for reading in Excel. Times: WIB, fractions of a second do not show;
                text of more than 32,767 characters is cut.
- *.csv         The same for other programs, separated by commas. Text that could run as a formula
                has an apostrophe before it; the exact text is in the .jsonl files.
- chain.csv     The SHA-256 digest of every row of this stretch of the chain, whoever it is about.
- seals.jsonl   The seal of each batch of rows, and its signature (Ed25519).
- manifest.json SHA-256 of each file, and the head of the chain.
- verify.mjs    The checker: node verify.mjs [public-key.pem]

What it proves
The rows in audit.jsonl are the ones that were sealed, and the stretch of the chain up to seal
${String(scope.lastBatch)} (number ${String(lastSeq)}, head ${head.slice(0, 16)}…) was signed with a key that was never
in the database. Those rows name this salesman and are of this period; audit.csv and
audit.xlsx say the same.
${
  scope.publicKey
    ? "public-key.pem is in this package; compare it with the auditor's, because a forged package can carry a forged " +
      "key."
    : "This package was made without a public key; ask the auditor for it to check the signatures."
}

What it does not prove
- Completeness: anybody can take a line out of audit.jsonl, widen the period and write a new
  manifest. Compare the SHA-256 of the ZIP file with the export's page and with the row
  EVIDENCE_COMPLETED of the audit trail; nothing else proves it.
- words, orders and hits (.jsonl, .csv and .xlsx), this file, and the name and times of the manifest are not in
  the chain; the SHA-256 of the ZIP file alone proves them too. They were read at ${scope.frozenAt}.
- That changes of orders placed before this period are about this salesman's orders: such rows
  name the order's number alone. verify.mjs says how many there are.
- Who sat in front of the screen. Rows name an account, not a person.

WEAK EVIDENCE: the place of an IP address, the distance, and the judgement PLAUSIBLE / IMPLAUSIBLE.
On mobile networks that place is off by about 200 km. Name and date of the IP database are
written with each order (place, why). They support a case and never decide one.`;
