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
  HEAD_STRAIGHT: (
    <>
      <path d="M60 4v10M60 106v10" />
      <g className={motion['upright']}>
        <Head filled />
      </g>
      <path d="M14 40q4-16 16-24m-12 0h12v12M106 40q-4-16-16-24m12 0H90v12" strokeWidth="5" />
    </>
  ),
  NOT_SO_FAR: (
    <>
      <ellipse cx="60" cy="60" rx="31" ry="40" fill="currentColor" fillOpacity="0.14" />
      <g className={motion['turn']}>
        <path d="M51 55v4M69 55v4" strokeWidth="7" />
        <path d="M51 78q9 6 18 0" strokeWidth="5" />
      </g>
      <path d="M2 60h16m-7-9 9 9-9 9M118 60h-16m7-9-9 9 9 9" strokeWidth="7" />
    </>
  ),
  UNCOVER_EYES: (
    <>
      <ellipse cx="60" cy="68" rx="34" ry="44" fill="currentColor" fillOpacity="0.14" />
      <path d="M47 65v3M73 65v3" strokeWidth="8" />
      <path d="M48 90q12 9 24 0" strokeWidth="5" />
      <g className={motion['lift']}>
        <path
          d="M30 54h24v8a12 12 0 0 1-24 0ZM66 54h24v8a12 12 0 0 1-24 0ZM54 56h12"
          fill="currentColor"
          transform="translate(0 -34)"
        />
      </g>
      <path d="M104 62V34m-9 9 9-9 9 9" />
    </>
  ),
  UNCOVER_FACE: (
    <>
      <ellipse cx="60" cy="52" rx="34" ry="44" fill="currentColor" fillOpacity="0.14" />
      <path d="M47 43v3M73 43v3" strokeWidth="8" />
      <path d="M48 70q12 9 24 0" strokeWidth="5" />
      <g className={motion['lower']}>
        <path
          d="M32 60q28-12 56 0v12q-8 22-28 24Q40 94 32 72ZM38 74h44M42 84h36"
          fill="var(--surface)"
          transform="translate(0 22)"
        />
      </g>
      <path d="M106 58v28m-9-9 9 9 9-9" />
    </>
  ),
  LIGHT_BEHIND: (
    <>
      <rect x="30" y="6" width="76" height="92" rx="6" strokeWidth="5" />
      <path d="M68 6v92M30 50h76" strokeWidth="4" opacity="0.5" />
      <g className={motion['aside']}>
        <g transform="translate(-20 22)">
          <ellipse cx="60" cy="60" rx="25" ry="32" fill="var(--surface)" />
          <Head filled />
        </g>
      </g>
      <path d="M22 112H4m8-8-8 8 8 8" strokeWidth="5" />
    </>
  ),
};

export function HintFigure({ hint }: { readonly hint: Hint }) {
  return <Figure>{FIGURES[hint]}</Figure>;
}
