// Small line icons, drawn on a 24-unit grid. Decorative: the words beside them say the same.
import type { ReactNode } from 'react';

function Icon({ children }: { readonly children: ReactNode }) {
  return (
    <svg
      viewBox="0 0 24 24"
      width="100%"
      height="100%"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {children}
    </svg>
  );
}

/** A camera with a line through it: no photo. */
export const NoPhotoIcon = () => (
  <Icon>
    <path d="M8.5 6 10 4h4l1.5 2H19a2 2 0 0 1 2 2v9.5M17 19H5a2 2 0 0 1-2-2V8a2 2 0 0 1 1.2-1.8" />
    <path d="M14.6 15.2A3.6 3.6 0 0 1 9.6 10" />
    <path d="m3 3 18 18" />
  </Icon>
);

export const KeypadIcon = () => (
  <Icon>
    <rect x="4" y="3" width="16" height="18" rx="3" />
    <path d="M8.5 8h.01M12 8h.01M15.5 8h.01M8.5 12h.01M12 12h.01M15.5 12h.01M12 16h.01" strokeWidth="2.6" />
  </Icon>
);

export const CloudOffIcon = () => (
  <Icon>
    <path d="M9 6.3A6 6 0 0 1 17.7 10H18a4 4 0 0 1 3 6.6M17 18H7a4.5 4.5 0 0 1-1.4-8.8" />
    <path d="m4 4 16 16" />
  </Icon>
);

export const CautionIcon = () => (
  <Icon>
    <path d="M12 3.5 22 20.5H2Z" />
    <path d="M12 10v4.5M12 17.5v.01" />
  </Icon>
);

export const BackspaceIcon = () => (
  <Icon>
    <path d="M9 5h10a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H9l-6-7 6-7Z" />
    <path d="m12 9.5 5 5m0-5-5 5" />
  </Icon>
);

export const SpeakerIcon = ({ isOn }: { readonly isOn: boolean }) => (
  <Icon>
    <path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5H4Z" />
    {isOn ? <path d="M15.5 9a4 4 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11" /> : <path d="m16 9.5 5 5m0-5-5 5" />}
  </Icon>
);

export const UndoIcon = () => (
  <Icon>
    <path d="M4 9h10a6 6 0 0 1 0 12H9" />
    <path d="m8.5 4.5-4.5 4.5 4.5 4.5" />
  </Icon>
);
