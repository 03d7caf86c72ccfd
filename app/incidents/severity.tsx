import { useMessages } from "#app/ui/language.tsx";
import { wordFor } from "#app/ui/word.ts";

/**
 * The level of an incident, one look everywhere: its number, and bars as many as it is grave, so that colour is never
 * the only sign. `respond`: with the time that it leaves.
 */
export function Severity({ level, respond = false }: { level: number; respond?: boolean }) {
  const t = useMessages().incidents.severities;
  return (
    <span className={`badge severity severity--${level}`}>
      <svg className="severity__bars" viewBox="0 0 16 12" aria-hidden="true" focusable="false">
        {[4, 3, 2, 1].map((grave, index) => (
          <rect
            key={grave}
            x={index * 4}
            y={9 - index * 3}
            width="3"
            height={3 + index * 3}
            fill="currentColor"
            opacity={level <= grave ? 1 : 0.25}
          />
        ))}
      </svg>
      <span>
        {t.level(level)}
        {respond ? ` · ${wordFor(t.respond, String(level))}` : null}
      </span>
    </span>
  );
}
