// One figure per movement of guided enrolment and of the challenge: a head that makes the movement, and an arrow that shows it standing still.
// Sides are those of a mirror, as the person sees themselves.
import type { ReactNode } from 'react';
import type { Asked, CaptureStep } from '../../contract/views.js';
import { Figure, Head, motion } from './figure.js';

const OUTLINE = <ellipse cx="60" cy="62" rx="31" ry="40" fill="currentColor" fillOpacity="0.14" />;
const STRAIGHT = (
  <g transform="translate(60 60) scale(1.25) translate(-60 -60)">
    <Head filled />
  </g>
);

/** A face that looks to the right; turned about for the left. */
const ASIDE = (
  <>
    <path d="M63 54v4M80 54v4" strokeWidth="7" />
    <path d="M76 60l4 9h-6" strokeWidth="5" />
    <path d="M62 83q9 5 16 0" strokeWidth="5" />
  </>
);

type Movement = Exclude<CaptureStep, 'look'> | Asked['action'];

const FIGURES: Readonly<Record<Movement, ReactNode>> = {
  front: STRAIGHT,
  other: STRAIGHT,
  rest: STRAIGHT,
  left: (
    <>
      {OUTLINE}
      <g className={motion['face-left']}>
        <g transform="translate(120 0) scale(-1 1)">{ASIDE}</g>
      </g>
      <path d="M20 62H-10m13-14-13 14 13 14" strokeWidth="8" />
    </>
  ),
  right: (
    <>
      {OUTLINE}
      <g className={motion['face-right']}>{ASIDE}</g>
      <path d="M100 62h30m-13-14 13 14-13 14" strokeWidth="8" />
    </>
  ),
  up: (
    <>
      {OUTLINE}
      <g className={motion['face-up']}>
        <path d="M50 42v4M70 42v4" strokeWidth="7" />
        <path d="M57 58h6" strokeWidth="5" />
        <path d="M51 70q9 6 18 0" strokeWidth="5" />
      </g>
      <path d="M108 78V28m-12 13 12-13 12 13" strokeWidth="8" />
    </>
  ),
  down: (
    <>
      {OUTLINE}
      <g className={motion['face-down']}>
        <path d="M50 66v4M70 66v4" strokeWidth="7" />
        <path d="M57 80h6" strokeWidth="5" />
        <path d="M51 88q9 6 18 0" strokeWidth="5" />
      </g>
      <path d="M108 34v50m-12-13 12 13 12-13" strokeWidth="8" />
    </>
  ),
  mouth: (
    <>
      {OUTLINE}
      <path d="M48 48v4M72 48v4" strokeWidth="7" />
      <ellipse className={motion['mouth-open']} cx="60" cy="80" rx="9" ry="12" fill="currentColor" />
    </>
  ),
  smile: (
    <>
      {OUTLINE}
      <path d="M48 48v4M72 48v4" strokeWidth="7" />
      <path d="M42 72q18 22 36 0" strokeWidth="7" />
    </>
  ),
};

export function PoseFigure({ step }: { readonly step: Movement }) {
  return <Figure>{FIGURES[step]}</Figure>;
}
