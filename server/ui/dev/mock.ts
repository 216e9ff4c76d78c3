import type { Plugin } from 'vite';

/** The UI's API answered from memory, for working on the UI without a server. */
export function mockApi(): Plugin {
  return { name: 'sonde-mock-api' };
}
