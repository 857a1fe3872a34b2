// The mark: an oval with a tick, as on the tablet.
export function Logo({ className }: { className?: string | undefined }) {
  return (
    <svg viewBox="0 0 32 32" className={className} aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="var(--mantine-primary-color-filled)" />
      <path
        d="M16 6.500c4.4 0 7 3.2 7 7.8 0 5.7-3.3 10.7-7 10.700s-7-5-7-10.700c0-4.6 2.6-7.8 7-7.800z"
        fill="none"
        stroke="#fff"
        strokeWidth="2.2"
      />
      <path
        d="M12.6 15.400l2.6 2.6 4.4-4.8"
        fill="none"
        stroke="#fff"
        strokeWidth="2.2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
