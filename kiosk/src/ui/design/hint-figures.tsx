// One figure per hint: what to do, shown as a movement, for people who do not read. Each also makes sense standing
// still, for those who asked for reduced motion.
import type { ReactNode } from 'react';
import type { Hint } from '../../contract/views.js';
import { Figure, Head, motion } from './figure.js';

const OVAL = <ellipse cx="60" cy="60" rx="44" ry="54" strokeDasharray="3 13" strokeWidth="5" />;
const SUN = (
  <>
    <circle cx="22" cy="26" r="10" fill="currentColor" />
    <path d="M22 4v3M22 45v3M44 26h-3M3 26H0M38 10l-2 2M6 42l2-2M38 42l-2-2M6 10l2 2" strokeWidth="5" />
  </>
);

const FIGURES: Readonly<Record<Hint, ReactNode>> = {
  LOOK_HERE: (
    <>
      {OVAL}
      <Head filled />
    </>
  ),
  MOVE_CLOSER: (
    <>
      {OVAL}
      <g className={motion['grow']}>
        <Head filled />
      </g>
      <path
        d="M14 22 6 12m0 9v-9h9M106 22l8-10m0 9v-9h-9M14 98l-8 10m0-9v9h9M106 98l8 10m0-9v9h-9"
        strokeWidth="5"
      />
    </>
  ),
  MOVE_BACK: (
    <>
      {OVAL}
      <g className={motion['shrink']}>
        <Head filled />
      </g>
      <path
        d="M5 11l9 10m0-9v9H5M115 11l-9 10m0-9v9h9M5 109l9-10m0 9v-9H5M115 109l-9-10m0 9v-9h9"
        strokeWidth="5"
      />
    </>
  ),
  MOVE_TO_MIDDLE: (
    <>
      {OVAL}
      <g className={motion['slide']}>
        <Head filled />
      </g>
      <path d="M4 48l12 12L4 72M116 48l-12 12 12 12" />
    </>
  ),
  ONE_AT_A_TIME: (
    <>
      <g opacity="0.5" strokeWidth="5">
        <ellipse cx="20" cy="50" rx="14" ry="18" />
        <ellipse cx="100" cy="50" rx="14" ry="18" />
        <path d="M2 96q2-16 18-17M118 96q-2-16-18-17" />
      </g>
      <ellipse cx="60" cy="48" rx="22" ry="28" fill="currentColor" fillOpacity="0.14" />
      <path d="M52 44v3M68 44v3" strokeWidth="7" />
      <path d="M52 60q8 6 16 0" strokeWidth="5" />
      <path d="M24 114q4-26 36-26t36 26" />
    </>
  ),
  MORE_LIGHT: (
    <>
      <g className={motion['glow']}>{SUN}</g>
      <g transform="translate(10 12)">
        <g className={motion['turn']}>
          <Head filled />
        </g>
      </g>
    </>
  ),
  LESS_LIGHT: (
    <>
      {SUN}
      <path d="M2 52 46 4" strokeWidth="7" />
      <g transform="translate(14 14)">
        <g className={motion['slide']}>
          <Head filled />
        </g>
      </g>
    </>
  ),
  HOLD_STILL: (
    <>
      <path d="M10 34V14h20M110 34V14H90M10 86v20h20M110 86v20H90" />
      <g className={motion['settle']}>
        <Head filled />
      </g>
    </>
  ),
  FACE_THE_SCREEN: (
    <>
      {OVAL}
      <ellipse cx="60" cy="60" rx="25" ry="32" fill="currentColor" fillOpacity="0.14" />
      <g className={motion['turn']}>
        <path d="M51 55v3M69 55v3" strokeWidth="7" />
        <path d="M60 58v8M51 75q9 6 18 0" strokeWidth="5" />
      </g>
    </>
  ),
};

export function HintFigure({ hint }: { readonly hint: Hint }) {
  return <Figure>{FIGURES[hint]}</Figure>;
}
