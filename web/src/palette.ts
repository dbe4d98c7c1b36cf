/** The colours of the style sheet, for the canvas. They are registered properties, so what is read is a plain colour. */

let colours = new Map<string, string>();

export function colour(name: string): string {
  let value = colours.get(name);
  if (value === undefined) {
    value = getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
    colours.set(name, value);
  }
  return value;
}

/** To be called when the theme has changed. */
export function forgetColours(): void {
  colours = new Map();
}

/** How lines are told apart: by colour and by dash, so that either is enough. Index 0 to 7. */
export const lineColour = (index: number): string => colour(`line-${(index % 8) + 1}`);

const dashes: number[][] = [[], [6, 3], [2, 3], [8, 3, 2, 3]];

export const lineDash = (index: number): number[] => dashes[index % dashes.length]!;
