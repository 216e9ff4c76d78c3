/** Every key, by where it works, as the shortcuts dialog lists them. */
export const SHORTCUTS: readonly { title: string; keys: readonly (readonly [string, string])[] }[] = [
  {
    title: 'Everywhere',
    keys: [
      ['⌘K', 'Go to, or paste an id'],
      ['?', 'These shortcuts'],
      ['[', 'Fold the sidebar'],
      ['T', 'Theme'],
      ['L', 'Live on or off'],
      ['G T', 'Go to Tracing'],
      ['G S', 'Go to Sessions'],
      ['G U', 'Go to Users'],
      ['G P', 'Go to Prompts'],
      ['G ,', 'Go to Settings'],
    ],
  },
  {
    title: 'Lists',
    keys: [
      ['/', 'Filter'],
      ['F', 'Facets'],
      ['J K', 'Next, previous row'],
      ['Enter', 'Open'],
      ['⇧D', 'Density'],
      ['Alt+click', 'Filter for a value'],
    ],
  },
  {
    title: 'Trace',
    keys: [
      ['↑ ↓', 'Previous, next observation'],
      ['← →', 'Fold, unfold'],
      ['*', 'Unfold everything'],
      ['/', 'Find in names'],
      ['N ⇧N', 'Next, previous match'],
      ['E', 'Next error'],
      ['+ − 0', 'Zoom the waterfall'],
      ['Esc', 'Back to the whole trace'],
    ],
  },
  {
    title: 'Copy',
    keys: [
      ['Y', 'Link to what you see'],
      ['⇧Y', 'Id'],
    ],
  },
];
