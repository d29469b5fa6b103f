/** Symbols for the middle of a ring: small solid paths on a grid of 24. */

/** The symbols by meaning. */
export const GLYPHS = {
  arrow: 'M11.1 7.5h1.8v5l1.7-1.7 1.2 1.2-3.8 3.8L8.2 12l1.2-1.2 1.7 1.7z',
  pause: 'M9.6 8.8h1.7v6.4H9.6zm3.1 0h1.7v6.4h-1.7z',
  play: 'M10.2 8.4v7.2l5.6-3.6z',
  bang: 'M11.1 7.4h1.8l-.3 5.8h-1.2zM11 14.8h2v2h-2z',
} as const;
