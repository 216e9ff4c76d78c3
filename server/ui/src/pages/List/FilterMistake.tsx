import type { FilterError } from '../../components/FilterBar.tsx';
import filter from '../../components/filter.module.css';
import { State } from '../../components/State.tsx';

/** A filter that was not understood, with the place where it stopped making sense. */
export function FilterMistake({ q, error }: { q: string; error: FilterError }) {
  const end = error.position + Math.max(1, error.length);
  return (
    <State title="This filter cannot be read">
      <pre className={filter.quote}>
        {q.slice(0, error.position)}
        <span className={filter.wrong}>{q.slice(error.position, end) || ' '}</span>
        {q.slice(end)}
      </pre>
      <p>Terms are written key:value, as in user:ada, level:ERROR or latency:&gt;2s. Press / to change it.</p>
    </State>
  );
}
