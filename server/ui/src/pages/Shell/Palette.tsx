import { useNavigate } from '@tanstack/react-router';
import { useState, type KeyboardEvent } from 'react';
import { Dialog } from '../../components/Dialog.tsx';
import { setPreference } from '../../components/preferences.ts';
import { PAGES } from './pages.ts';
import styles from './shell.module.css';

interface Entry {
  label: string;
  hint: string;
  run: () => void;
}

/** Ids are made by clients: any single word of some length may be one. */
const ID = /^[\w.:-]{8,128}$/;

/** One field that leads everywhere: pages, settings, and any trace by its id. */
export function Palette({ projectId, close }: { projectId: string; close: () => void }) {
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const words = typed.trim();
  const theme = (name: string): Entry => ({ label: `Theme: ${name}`, hint: 'setting', run: () => setPreference('theme', name) });
  const fixed: Entry[] = [
    ...PAGES.map((page) => ({ label: page.name, hint: 'page', run: () => void navigate({ to: page.to, params: { projectId } }) })),
    { label: 'Traces with errors', hint: 'page', run: () => void navigate({ to: '/project/$projectId/traces', params: { projectId }, search: { q: 'level:ERROR' } }) },
    theme('light'),
    theme('dark'),
    theme('system'),
  ];
  const found = fixed.filter((e) => e.label.toLowerCase().includes(words.toLowerCase()));
  if (words !== '' && ID.test(words)) {
    found.unshift({ label: `Trace ${words}`, hint: 'open by id', run: () => void navigate({ to: '/project/$projectId/traces/$traceId', params: { projectId, traceId: words } }) });
  }
  if (words !== '') {
    found.push({ label: `Filter traces by “${words}”`, hint: 'search', run: () => void navigate({ to: '/project/$projectId/traces', params: { projectId }, search: { q: words } }) });
  }
  const chosen = Math.min(at, found.length - 1);
  const run = (entry: Entry | undefined) => {
    close();
    entry?.run();
  };
  const press = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) setAt((chosen + step + found.length) % found.length);
    else if (event.key === 'Enter') run(found[chosen]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title="Go to" close={close} bare>
      <div className={styles.palette}>
        <input
          autoFocus
          role="combobox"
          aria-label="Go to a page, or paste a trace id"
          aria-expanded="true"
          aria-controls="palette-entries"
          aria-activedescendant={`palette-${chosen}`}
          placeholder="Go to a page, or paste a trace id"
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setAt(0);
          }}
          onKeyDown={press}
        />
        <ul role="listbox" id="palette-entries" aria-label="Entries">
          {found.map((entry, i) => (
            <li key={entry.label} id={`palette-${i}`} role="option" aria-selected={i === chosen} onMouseMove={() => setAt(i)} onClick={() => run(entry)}>
              {entry.label}
              <small>{entry.hint}</small>
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}
