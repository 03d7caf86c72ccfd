import type { FormReply } from "#app/http/reply.server.ts";
import { Confirm } from "#app/ui/confirm.tsx";
import { formatRupiah } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";

type Props = { approval: { number: string; total: number; storeName: string }; reply?: FormReply };

/** What cannot be undone is asked on a page of its own, with the words that the store will read. */
export function RejectOrder({ approval: { number, total, storeName }, reply }: Props) {
  const lang = useLang();
  const t = useMessages().approvals;
  return (
    <Confirm
      back={{ href: `/admin/approvals/${number}`, label: number }}
      title={t.rejectTitle(number)}
      address={`/admin/approvals/${number}/decision`}
      hidden={{ outcome: "REJECTED", seen: total }}
      field={{ name: "note", label: t.rejectNote, hint: t.rejectHint, maxLength: 300 }}
      submit={t.reject}
      reply={reply}
    >
      <p className="lead">{t.rejectText(storeName, formatRupiah(total, lang))}</p>
    </Confirm>
  );
}
