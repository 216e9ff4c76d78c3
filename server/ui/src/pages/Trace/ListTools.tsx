import { useRef } from 'react';
import controls from '../../components/controls.module.css';
import { Icon } from '../../components/Icon.tsx';
import { useKeys } from '../../components/keys.ts';
import { exact, plural } from '../../model/figures.ts';
import styles from './trace.module.css';

interface Props {
  find: string;
  setFind: (find: string) => void;
  hits: number[];
  /** The selected node. */
  at: number;
  next: (by: number) => void;
  errors: number;
  nextError: () => void;
  foldAll: () => void;
  unfoldAll: () => void;
  openTrace: () => void;
  zoomed: boolean;
  unzoom: () => void;
}

/** What one can do with the list of observations. */
export function ListTools({ find, setFind, hits, at, next, errors, nextError, foldAll, unfoldAll, openTrace, zoomed, unzoom }: Props) {
  const input = useRef<HTMLInputElement>(null);
  useKeys({ '/': () => input.current?.focus() });
  const place = hits.indexOf(at);
  return (
    <div className={styles.tools}>
      <label className={styles.find}>
        <Icon name="search" size={14} />
        <input
          ref={input}
          aria-label="Find in names"
          placeholder="Find in names"
          value={find}
          spellCheck={false}
          onChange={(event) => setFind(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') next(event.shiftKey ? -1 : 1);
            else if (event.key === 'Escape') (setFind(''), input.current?.blur());
          }}
        />
        {find.trim() !== '' && <small role="status">{hits.length === 0 ? 'no match' : `${place < 0 ? '–' : exact(place + 1)} of ${exact(hits.length)}`}</small>}
      </label>
      {errors > 0 && (
        <button type="button" className={`${controls.ghost} ${styles.errors}`} onClick={nextError} title="Next error (E)">
          {plural(errors, 'error')}
        </button>
      )}
      {zoomed && (
        <button type="button" className={controls.ghost} onClick={unzoom} title="Show the whole trace (0)">
          Whole trace
        </button>
      )}
      <button type="button" className={`${controls.ghost} ${styles.phone}`} onClick={openTrace}>
        Trace detail
      </button>
      <button type="button" className={controls.ghost} onClick={foldAll} aria-label="Fold all" title="Fold all">
        <Icon name="fold" />
      </button>
      <button type="button" className={controls.ghost} onClick={unfoldAll} aria-label="Unfold all" title="Unfold all (*)">
        <Icon name="unfold" />
      </button>
    </div>
  );
}
