import { useState } from 'react';
import { allowed } from '../model/filter.ts';
import styles from './filter.module.css';
import { Icon } from './Icon.tsx';
import { setPreference, usePreference } from './preferences.ts';

export interface FacetValues {
  field: string;
  title: string;
  values: { value: string; count: number }[] | undefined;
}

interface Props {
  facets: FacetValues[];
  q: string;
  toggle: (key: string, value: string) => void;
}

/** As many values are shown at first. */
const FEW = 8;

/** Values to tick, with how many rows have them. */
export function FacetPanel({ facets, q, toggle }: Props) {
  return (
    <aside className={styles.facets} aria-label="Facets" tabIndex={0}>
      {facets.map((facet) => (
        <FacetSection key={facet.field} facet={facet} ticked={allowed(q, facet.field)} toggle={toggle} />
      ))}
    </aside>
  );
}

function FacetSection({ facet, ticked, toggle }: { facet: FacetValues; ticked: string[]; toggle: Props['toggle'] }) {
  const key = `facet.${facet.field}`;
  const open = usePreference(key, 'open') === 'open';
  const [all, setAll] = useState(false);
  const values = (facet.values ?? []).filter((v, i) => all || i < FEW || ticked.includes(v.value));
  const more = (facet.values?.length ?? 0) - values.length;
  const missing = ticked.filter((value) => !values.some((v) => v.value === value)).map((value) => ({ value, count: 0 }));
  if (facet.values !== undefined && values.length + missing.length === 0) return null;
  return (
    <section className={styles.facet}>
      <button type="button" aria-expanded={open} onClick={() => setPreference(key, open ? 'folded' : 'open')}>
        <Icon name="chevron" size={12} />
        {facet.title}
      </button>
      {open &&
        [...missing, ...values].map(({ value, count }) => (
          <label key={value} title={value}>
            <input type="checkbox" checked={ticked.includes(value)} onChange={() => toggle(facet.field, value)} />
            <span>{value === '' ? '(empty)' : value}</span>
            <small>{count.toLocaleString('en-US')}</small>
          </label>
        ))}
      {open && more > 0 && (
        <button type="button" className={styles.moreValues} onClick={() => setAll(true)}>
          {more} more
        </button>
      )}
    </section>
  );
}
