import { useEffect, useRef } from 'react';
import { usePreference } from './preferences.ts';

type Bindings = Record<string, (event: KeyboardEvent) => void>;

const FIELDS = new Set(['INPUT', 'TEXTAREA', 'SELECT']);
let pendingPrefix: { key: string; at: number } | null = null;

function nameOf(event: KeyboardEvent): string {
  const mod = event.metaKey || event.ctrlKey ? 'mod+' : '';
  const shift = event.shiftKey && (event.key.length > 1 || /[a-z]/i.test(event.key)) ? 'shift+' : '';
  return mod + shift + (event.key.length === 1 ? event.key.toLowerCase() : event.key);
}

/**
 * Binds keys while the component is there: `j`, `shift+y`, `mod+k`, `g t` (one after the other within a second). Single keys
 * are ignored in text fields, in dialogs that did not ask for them, and when they are switched off.
 */
export function useKeys(bindings: Bindings, on = true): void {
  const single = usePreference('keys', 'on') === 'on';
  const latest = useRef(bindings);
  useEffect(() => {
    latest.current = bindings;
  });
  useEffect(() => {
    if (!on) return;
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey || event.isComposing) return;
      const name = nameOf(event);
      const target = event.target as HTMLElement;
      const typing = FIELDS.has(target.tagName) || target.isContentEditable;
      if (!name.startsWith('mod+') && (typing || !single || document.querySelector('dialog[open]'))) return;
      const recent = pendingPrefix !== null && event.timeStamp - pendingPrefix.at < 1000 ? `${pendingPrefix.key} ${name}` : name;
      const action = latest.current[recent] ?? latest.current[name];
      if (!action) {
        if (name === 'g') pendingPrefix = { key: name, at: event.timeStamp };
        return;
      }
      pendingPrefix = null;
      event.preventDefault();
      action(event);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [on, single]);
}
