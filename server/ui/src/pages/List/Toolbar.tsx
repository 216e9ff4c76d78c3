import { useState, type ReactNode } from 'react';
import { useParams } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { facetsQuery, type Facets } from '../../api/facets.ts';
import type { TraceQuestion } from '../../api/traces.ts';
import { FilterBar, type FilterError } from '../../components/FilterBar.tsx';
import filter from '../../components/filter.module.css';
import controls from '../../components/controls.module.css';
import { Icon } from '../../components/Icon.tsx';
import { Menu } from '../../components/Menu.tsx';
import { setPreference, usePreference } from '../../components/preferences.ts';
import { RangeMenu } from './RangeMenu.tsx';
import styles from './list.module.css';

const ALIASES: Record<string, string> = { environment: 'env', userId: 'user', sessionId: 'session', tags: 'tag' };

interface Props {
  question: TraceQuestion;
  ask: (next: TraceQuestion) => void;
  error: FilterError | null;
  /** What the facets beside the list know; absent where a list has none. */
  facets?: { values: Facets | undefined } | undefined;
  placeholder: string;
  children?: ReactNode;
}

/** The row above the table: what is asked for. */
export function Toolbar({ question, ask, error, facets, placeholder, children }: Props) {
  const { projectId } = useParams({ from: '/project/$projectId' });
  const [wanted, setWanted] = useState(false);
  const facetsOpen = usePreference('facets', 'open') === 'open';
  const density = usePreference('density', 'S');
  // While a filter is wrong there are no facets under it; completion then knows the values of the whole time range.
  const whole = useQuery({ ...facetsQuery(projectId, { ...question, q: undefined }), enabled: wanted });
  const values = (key: string) => whole.data?.[ALIASES[key] ?? key] ?? facets?.values?.[ALIASES[key] ?? key] ?? [];
  return (
    <>
      <div className={styles.toolbar} onFocus={() => setWanted(true)}>
        <FilterBar
          value={question.q ?? ''}
          change={(q) => ask({ q: q === '' ? undefined : q })}
          error={error}
          valuesOf={values}
          placeholder={placeholder}
        />
        {facets && (
          <button
            type="button"
            className={`${controls.button} ${styles.facetsButton}`}
            aria-pressed={facetsOpen}
            onClick={() => setPreference('facets', facetsOpen ? 'folded' : 'open')}
            title="Show or hide facets (F)"
          >
            <Icon name="filter" size={14} /> Facets
          </button>
        )}
        <RangeMenu question={question} ask={ask} />
        <span className={styles.densityButton}>
          <Menu
            label="Density"
            align="end"
            button={<Icon name="density" size={14} />}
            choices={[{ key: 'S', label: 'One line' }, { key: 'M', label: 'Three lines' }, { key: 'L', label: 'Eight lines' }]}
            chosen={density}
            choose={(key) => setPreference('density', key)}
          />
        </span>
        {children}
      </div>
      {error !== null && (
        <p className={filter.message} role="alert">
          {error.message}
          {error.suggestion !== null && (
            <button
              type="button"
              onClick={() => {
                const q = question.q ?? '';
                ask({ q: q.slice(0, error.position) + error.suggestion + q.slice(error.position + error.length) });
              }}
            >
              Use {error.suggestion}
            </button>
          )}
        </p>
      )}
    </>
  );
}
