import { describe, expect, it } from 'vitest';
import { fitFrame } from './fit-frame.js';

describe('fitFrame', () => {
  it.each([
    [1280, 720, { width: 640, height: 360 }],
    [640, 480, { width: 640, height: 480 }],
    [1920, 1440, { width: 640, height: 480 }],
    [720, 1280, { width: 360, height: 640 }],
    [1080, 1080, { width: 480, height: 480 }],
    [320, 240, { width: 320, height: 240 }],
  ])('%s×%s', (width, height, expected) => {
    expect(fitFrame(width, height)).toEqual(expected);
  });
  it('says nothing before the camera gave a picture', () => {
    expect(fitFrame(0, 0)).toBeNull();
    expect(fitFrame(Number.NaN, 10)).toBeNull();
  });
});
