// What happened, as a figure large enough to be read from the door. Each has its own outline, so that the answer
// never hangs on colour.
import type { ReactNode } from 'react';
import { Figure, Head, motion } from './figure.js';

const TICK = <path d="M42 62l13 13 24-30" pathLength={1} className={motion['draw']} strokeWidth="9" />;
const TICK_BADGE = (
  <>
    <circle cx="92" cy="92" r="23" fill="currentColor" stroke="var(--raised)" strokeWidth="7" />
    <path d="M83 92l6.5 7 12-14" stroke="var(--surface)" strokeWidth="6" />
  </>
);

const FIGURES = {
  in: (
    <>
      <path d="M56 16h34a8 8 0 0 1 8 8v72a8 8 0 0 1-8 8H56" />
      <g className={motion['rise']}>
        <path d="M8 60h58M44 36l24 24-24 24" strokeWidth="9" />
      </g>
      {TICK_BADGE}
    </>
  ),
  out: (
    <>
      <path d="M56 16H24a8 8 0 0 0-8 8v72a8 8 0 0 0 8 8h32" />
      <g className={motion['rise']}>
        <path d="M44 56h62M84 32l24 24-24 24" strokeWidth="9" />
      </g>
      {TICK_BADGE}
    </>
  ),
  duplicate: (
    <>
      <circle cx="56" cy="56" r="42" />
      <path d="M56 30v27l17 11" strokeWidth="8" />
      {TICK_BADGE}
    </>
  ),
  question: (
    <>
      <path d="M42 44a18 18 0 1 1 26 17c-6 3-8 6-8 13" strokeWidth="9" />
      <path d="M60 92v.5" strokeWidth="11" />
    </>
  ),
  'cloud-tick': (
    <>
      <path d="M34 92a24 24 0 0 1-3-48 32 32 0 0 1 61 6 21 21 0 0 1-4 42Z" />
      <g transform="translate(1 6)">{TICK}</g>
    </>
  ),
  stop: (
    <>
      <path d="M40 8h40l32 32v40l-32 32H40L8 80V40Z" fill="currentColor" fillOpacity="0.16" />
      <path d="M60 32v34" strokeWidth="11" />
      <path d="M60 87v.5" strokeWidth="13" />
    </>
  ),
  undo: <path d="M22 46h48a29 29 0 0 1 0 58H44M42 24 20 46l22 22" strokeWidth="9" />,
  ask: (
    <>
      <path d="M14 22a10 10 0 0 1 10-10h72a10 10 0 0 1 10 10v44a10 10 0 0 1-10 10H58L36 98V76H24a10 10 0 0 1-10-10Z" />
      <path d="M38 44v.5M60 44v.5M82 44v.5" strokeWidth="11" />
    </>
  ),
  enrolled: (
    <>
      <g transform="translate(60 54) scale(1.45) translate(-60 -60)">
        <Head />
      </g>
      {TICK_BADGE}
    </>
  ),
  keypad: (
    <>
      <rect x="24" y="10" width="72" height="100" rx="14" />
      <path
        d="M44 36v.5M60 36v.5M76 36v.5M44 58v.5M60 58v.5M76 58v.5M44 80v.5M60 80v.5M76 80v.5"
        strokeWidth="11"
      />
    </>
  ),
  camera: (
    <>
      <path d="M14 40a10 10 0 0 1 10-10h14l8-12h28l8 12h14a10 10 0 0 1 10 10v48a10 10 0 0 1-10 10H24a10 10 0 0 1-10-10Z" />
      <circle cx="60" cy="63" r="19" />
      <path d="M14 110 106 12" strokeWidth="8" />
    </>
  ),
  shield: (
    <>
      <path d="M60 8 100 22v34c0 28-18 46-40 56C38 102 20 84 20 56V22Z" />
      <path d="M60 36v28" strokeWidth="10" />
      <path d="M60 84v.5" strokeWidth="12" />
    </>
  ),
  wrench: (
    <path d="M102 34 86 50 70 46l-4-16 16-16a30 30 0 0 0-38 38L14 82a13 13 0 0 0 0 18l6 6a13 13 0 0 0 18 0l30-30a30 30 0 0 0 34-42Z" />
  ),
  'other-look': (
    <>
      <ellipse cx="60" cy="70" rx="31" ry="40" fill="currentColor" fillOpacity="0.14" />
      <path d="M51 92q9 6 18 0" strokeWidth="5" />
      <g className={motion['glow']}>
        <circle cx="46" cy="66" r="11" />
        <circle cx="74" cy="66" r="11" />
        <path d="M57 64h6" />
        <path d="M27 44Q24 8 60 8t33 36q-33-16-66 0Z" fill="var(--raised)" />
      </g>
    </>
  ),
  windows: (
    <>
      <rect x="10" y="12" width="72" height="60" rx="8" />
      <path d="M10 30h72" />
      <rect x="38" y="48" width="72" height="60" rx="8" fill="var(--raised)" />
      <path d="M38 66h72" />
      <path d="M60 87l10 9 18-17" strokeWidth="7" />
    </>
  ),
  disk: (
    <>
      <path d="M18 26a10 10 0 0 1 10-10h52l22 22v56a10 10 0 0 1-10 10H28a10 10 0 0 1-10-10Z" />
      <path d="M38 16v24h38V16M36 104V66h48v38" />
    </>
  ),
} as const satisfies Record<string, ReactNode>;
export type VerdictName = keyof typeof FIGURES;

export function VerdictFigure({ name }: { readonly name: VerdictName }) {
  return <Figure>{FIGURES[name]}</Figure>;
}
