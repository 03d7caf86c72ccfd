const paths = {
  home: "M3 11.5 12 4l9 7.5M5.5 10v9.5h13V10M10 19.5V14h4v5.5",
  catalogue: "M4 5h7v7H4zM13 5h7v7h-7zM4 14h7v5H4zM13 14h7v5h-7z",
  cart: "M3 4h2.5l2 11.5h10.2L20 8H6.2M9 20a1 1 0 1 0 0-.01M16.5 20a1 1 0 1 0 0-.01",
  orders: "M6 3.5h12v17l-3-1.8-3 1.8-3-1.8-3 1.8zM9 8.5h6M9 12.5h6",
  clients:
    "M4 9.5 5.5 4h13L20 9.5M4 9.5a2.7 2.7 0 0 0 5.3 0 2.7 2.7 0 0 0 5.4 0 2.7 2.7 0 0 0 5.3 0M5.5 12v8h13v-8M10 " +
    "20v-4.5h4V20",
  signIn: "M10 4h9v16h-9M4 12h10M10.5 8l4 4-4 4",
  signOut: "M14 4H5v16h9M10 12h10M16.5 8l4 4-4 4",
  search: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5 20 20",
  alert: "M12 4 2.8 19.5h18.4zM12 10v4.5M12 17v.2",
  clock: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM12 7.5V12l3 2",
  check: "M5 12.5 10 17.5 19.5 7",
  person: "M12 11.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5c.8-4 3.7-6 7.5-6s6.7 2 7.5 6",
  tasks: "M4 6.5 5.5 8 8.5 4.5M4 12.5 5.5 14 8.5 10.5M4 18.5 5.5 20 8.5 16.5M12 6.5h8M12 12.5h8M12 18.5h8",
  bolt: "M13 3 5.5 13.5H11L9.5 21 18 10h-5.5z",
  chart: "M4 20h16M6.5 20v-7M12 20V5M17.5 20v-10",
  more: "M4 7h16M4 12h16M4 17h16",
  chevron: "M9 5l7 7-7 7",
} as const;

export type IconName = keyof typeof paths;

/** A line drawing beside a word; always decoration, the word says it. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path
        d={paths[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.75"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
