// A template's quality as a word: numbers of two cameras cannot be compared, so none is shown.

const GOOD_FROM = 0.66;
const FAIR_FROM = 0.33;

/** @param quality 0 (useless) to 1 */
export function templateQuality(quality: number): 'good' | 'fair' | 'poor' {
  if (quality >= GOOD_FROM) return 'good';
  return quality >= FAIR_FROM ? 'fair' : 'poor';
}
