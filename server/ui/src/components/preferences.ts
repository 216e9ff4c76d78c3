import { useSyncExternalStore } from 'react';

/** Remembered per browser. Without storage the choice lives as long as the page. */
const memory = new Map<string, string>();
const listeners = new Set<() => void>();

function read(key: string): string | null {
  try {
    return localStorage.getItem(`sonde.${key}`);
  } catch {
    return memory.get(key) ?? null;
  }
}

export function setPreference(key: string, value: string): void {
  try {
    localStorage.setItem(`sonde.${key}`, value);
  } catch {
    memory.set(key, value);
  }
  if (key === 'theme') window.dispatchEvent(new Event('sonde:theme'));
  listeners.forEach((listener) => listener());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

/** A small choice that outlives the page: theme, sidebar, density. */
export function usePreference(key: string, otherwise: string): string {
  return useSyncExternalStore(subscribe, () => read(key)) ?? otherwise;
}
