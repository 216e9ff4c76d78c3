import { terms, type Term } from '../model/filter.ts';
import styles from './filter.module.css';
import { Icon } from './Icon.tsx';

/** A filter as one looks at it: a pill for each term. */
export function Pills({ text, edit, remove }: { text: string; edit: () => void; remove: (term: Term) => void }) {
  return (
    <div className={styles.pills} onClick={edit}>
      {terms(text).map((term) =>
        term.kind === 'term' || term.kind === 'text' ? (
          <span className={styles.pill} key={term.start} data-negated={term.negated ? '' : undefined}>
            {term.key !== null && <span className={styles.pillKey}>{`${term.negated ? 'not ' : ''}${term.key}`}</span>}
            <span className={styles.pillValue}>{term.value}</span>
            <button
              type="button"
              aria-label={`Remove ${text.slice(term.start, term.end)}`}
              onClick={(event) => {
                event.stopPropagation();
                remove(term);
              }}
            >
              <Icon name="close" size={12} />
            </button>
          </span>
        ) : (
          <span className={styles.joint} key={term.start}>
            {term.value}
          </span>
        ),
      )}
    </div>
  );
}
