import { useState } from 'react';
import { exact } from '../model/figures.ts';
import styles from './payload.module.css';

const LINES = 40;
/** A single endless line counts as many. */
const CHARACTERS = 6_000;

/** Text as it is, folded when long; it says how much is hidden. */
export function LongText({ text, className = '' }: { text: string; className?: string | undefined }) {
  const [open, setOpen] = useState(false);
  const lines = text.split('\n');
  const head = lines.slice(0, LINES).join('\n').slice(0, CHARACTERS);
  const rest = text.length - head.length;
  const hidden = lines.length > LINES ? `${exact(lines.length - LINES)} more lines` : `${exact(rest)} more characters`;
  return (
    <div>
      <div className={`${styles.text} ${className}`}>{open ? text : head}</div>
      {rest > 0 && (
        <button type="button" className={styles.more} onClick={() => setOpen(!open)}>
          {open ? 'Show less' : `Show ${hidden}`}
        </button>
      )}
    </div>
  );
}
