import { usePreference } from '../../components/preferences.ts';

const DENSITIES: Record<string, { height: number; lines: number; next: string }> = {
  S: { height: 28, lines: 1, next: 'M' },
  M: { height: 64, lines: 3, next: 'L' },
  L: { height: 160, lines: 8, next: 'S' },
};

/** How high the rows of lists are, in pixels and in lines of text, and what comes after. */
export function useDensity(): { height: number; lines: number; next: string } {
  return DENSITIES[usePreference('density', 'S')] ?? DENSITIES['S']!;
}
