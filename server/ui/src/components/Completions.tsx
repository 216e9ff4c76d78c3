import type { Choice } from '../model/completion.ts';
import styles from './filter.module.css';

/** The list under the filter bar. */
export function Completions({ id, choices, chosen, pick }: { id: string; choices: Choice[]; chosen: number; pick: (choice: Choice) => void }) {
  return (
    <ul className={styles.list} role="listbox" id={id} aria-label="Completions">
      {choices.map((choice, i) => (
        <li
          key={choice.label}
          id={`${id}-${i}`}
          role="option"
          aria-selected={i === chosen}
          onPointerDown={(event) => {
            event.preventDefault();
            pick(choice);
          }}
        >
          <span>{choice.label}</span>
          <small>{choice.hint}</small>
        </li>
      ))}
    </ul>
  );
}
