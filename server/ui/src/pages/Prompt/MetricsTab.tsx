import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { usesQuery, type PromptUse } from '../../api/prompts.ts';
import { Failure } from '../../components/State.tsx';
import { ago, cost, count, duration, exact, exactCost, exactTime, plural, UNKNOWN } from '../../model/figures.ts';
import { bounds, PRESETS } from '../../model/time.ts';
import styles from './prompt.module.css';

/** What each version took, cost and was judged. */
export function MetricsTab({ projectId, name, version }: { projectId: string; name: string; version: number }) {
  const [range, setRange] = useState('30d');
  // The bound is rounded, so that the same question is asked again and not a new one each second.
  const from = bounds({ range }, Math.floor(Date.now() / 60_000) * 60_000).from;
  const query = useQuery(usesQuery(projectId, name, from));
  if (query.error) return <Failure error={query.error} retry={() => void query.refetch()} />;
  const uses = query.data ?? [];
  const scores = [...new Set(uses.flatMap((use) => Object.keys(use.scores)))].sort();
  return (
    <>
      <label className={styles.pick}>
        Generations of the
        <select value={range} onChange={(event) => setRange(event.target.value)}>
          {PRESETS.map((preset) => (
            <option key={preset.key} value={preset.key}>
              {preset.label.toLowerCase()}
            </option>
          ))}
        </select>
      </label>
      {query.data && uses.length === 0 ? (
        <p className={styles.meta}>No generation names this prompt in that time. The code under “Use it” links them.</p>
      ) : (
        <div className={styles.scroll} tabIndex={0} role="region" aria-label="Figures by version">
          <table className={styles.table}>
            <thead>
              <tr>
                {['Version', 'Uses', 'Failed', 'Median time', 'Tokens a use', 'Cost a use', 'Cost', ...scores.map((score) => `mean ${score}`), 'Last used'].map((head) => (
                  <th key={head} scope="col">{head}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {uses.map((use) => (
                <Row key={use.version} use={use} scores={scores} chosen={use.version === version} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

function Row({ use, scores, chosen }: { use: PromptUse; scores: string[]; chosen: boolean }) {
  const each = use.cost === null || use.priced === 0 ? null : use.cost / use.priced;
  const tokens = use.inputUsage + use.outputUsage;
  const score = (name: string) => (use.scores[name] === undefined ? UNKNOWN : Number(use.scores[name].toFixed(3)));
  return (
    <tr>
      <td>{chosen ? <b>{use.version}</b> : use.version}</td>
      <td title={plural(use.uses, 'generation')}>{count(use.uses)}</td>
      <td>{use.failed === 0 ? '0' : `${exact(use.failed)} · ${Math.round((100 * use.failed) / use.uses)} %`}</td>
      <td>{duration(use.medianMs)}</td>
      <td title={`${exact(use.inputUsage)} in, ${exact(use.outputUsage)} out, in all`}>{tokens === 0 ? UNKNOWN : count(Math.round(tokens / use.uses))}</td>
      <td title={each === null ? undefined : `mean of the ${plural(use.priced, 'generation')} with a price`}>{cost(each)}</td>
      <td title={exactCost(use.cost)}>{cost(use.cost)}</td>
      {scores.map((name) => (
        <td key={name}>{score(name)}</td>
      ))}
      <td title={exactTime(Date.parse(use.lastUsed))}>{ago(Date.parse(use.lastUsed), Date.now())}</td>
    </tr>
  );
}
