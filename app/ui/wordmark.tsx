/** The name of the house: a lock of hair in a stroke, and two words. */
export function Wordmark() {
  return (
    <>
      <svg className="wordmark__sign" viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="8" fill="#6d2b57" />
        <path
          d="M8 24C8 12 14 7 20 7c3 0 4.5 2 4.5 4 0 6-10 5-10 12"
          fill="none"
          stroke="#fbf9f7"
          strokeWidth="2.4"
          strokeLinecap="round"
        />
        <path d="M19 24c0-4 5-5 5.5-9" fill="none" stroke="#e3a5cd" strokeWidth="2.4" strokeLinecap="round" />
      </svg>
      <span>
        Alfa <em>Beauty</em>
      </span>
    </>
  );
}
