/** The line icons, 16 px, drawn for this project. */
const PATHS = {
  tracing: 'M2 4h8M5 8h8M7 12h6',
  search: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9ZM10.4 10.4 14 14',
  clock: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM8 5v3.2l2.2 1.3',
  chevron: 'm6 4 4 4-4 4',
  down: 'm4 6 4 4 4-4',
  up: 'm4 10 4-4 4 4',
  close: 'm4 4 8 8M12 4l-8 8',
  copy: 'M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8Z',
  check: 'm3 8.5 3.2 3.2L13 5',
  sun: 'M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6ZM8 1.5v1.3M8 13.2v1.3M1.5 8h1.3M13.2 8h1.3M3.4 3.4l.9.9M11.7 11.7l.9.9M12.6 3.4l-.9.9M4.3 11.7l-.9.9',
  moon: 'M13 9.6A5.5 5.5 0 0 1 6.4 3a5.5 5.5 0 1 0 6.6 6.6Z',
  system: 'M2 3h12v8H2ZM6 14h4M8 11v3',
  help: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM6.2 6.3A1.9 1.9 0 1 1 8 8.5v.8M8 11.4v.1',
  sidebar: 'M2 3h12v10H2ZM6 3v10',
  filter: 'M2 3.5h12M4.5 8h7M6.5 12.5h3',
  user: 'M8 2.5a2.6 2.6 0 1 0 0 5.2 2.6 2.6 0 0 0 0-5.2ZM2.8 13.5c.6-2.4 2.6-3.8 5.2-3.8s4.6 1.4 5.2 3.8',
  session: 'M2.5 3h11v7.5H8L5 13v-2.500H2.5Z',
  tag: 'M2.5 2.5h5l6 6-5 5-6-6ZM5.3 5.3h.1',
  users: 'M6 3a2.300 2.300 0 1 0 0 4.600A2.300 2.300 0 0 0 6 3ZM1.800 13c.4-2.200 2-3.500 4.200-3.500s3.800 1.300 4.200 3.500M10.500 3.300a2.200 2.200 0 0 1 0 4.100M11.700 9.800c1.300.5 2.200 1.600 2.500 3.200',
  prompt: 'M3 2.500h7l3 3v8H3ZM5.500 7h5M5.500 9.500h5',
  score: 'm8 2.200 1.800 3.700 4 .5-3 2.800.8 4L8 11.200l-3.600 2 .8-4-3-2.800 4-.5Z',
  settings: 'M2 4.500h6M11 4.500h3M9.500 3v3M2 11.500h2M7 11.500h7M5.500 10v3',
  folder: 'M2 4h4.500l1.500 2h6v7H2Z',
  plus: 'M8 3v10M3 8h10',
  trash: 'M3 4.500h10M6.500 4.500v-2h3v2M4.500 4.500l.6 9h5.800l.6-9',
  key: 'M10.500 2.500a3 3 0 1 0 0 6 3 3 0 0 0 0-6ZM8.300 7.700 3 13M4.500 11.500l1.500 1.500',
  columns: 'M2 3h12v10H2ZM6 3v10M10 3v10',
  download: 'M8 2.500v8M4.500 7.500 8 11l3.500-3.500M2.500 13.500h11',
  view: 'M4 2.500h8v11L8 10.500l-4 3Z',
  diff: 'M5 2.500v8M2.500 8 5 10.500 7.500 8M11 13.500v-8M8.500 8 11 5.500 13.500 8',
  link: 'M6.8 9.2a2.4 2.4 0 0 0 3.4 0l2.4-2.4a2.4 2.4 0 0 0-3.4-3.4l-.8.8M9.2 6.800a2.4 2.4 0 0 0-3.4 0L3.4 9.2a2.4 2.4 0 0 0 3.4 3.4l.8-.8',
  warning: 'M8 2.5 14.2 13H1.8ZM8 6.500v3M8 11.2v.1',
  more: 'M3.500 8h.1M8 8h.1M12.4 8h.1',
  menu: 'M2 4h12M2 8h12M2 12h12',
  density: 'M2 3h12M2 6.300h12M2 9.700h12M2 13h12',
  signout: 'M6 2.500H2.500v11H6M10 5l3 3-3 3M13 8H6',
  fold: 'm5 2.500 3 3 3-3M5 13.500l3-3 3 3',
  unfold: 'm5 5.500 3-3 3 3M5 10.500l3 3 3-3',
  thread: 'M4 2v12M12 2v12M4 5c4 0 4 6 8 6',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.4" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
