import type { ObservationDetail } from '../../api/observations.ts';
import { costByModel, costLines, perMillion } from '../../model/costs.ts';
import { cost, exact, exactCost, UNKNOWN } from '../../model/figures.ts';
import type { Skeleton } from '../../model/skeleton.ts';
import styles from './detail.module.css';

/** Why this cost: usage by price, line by line. */
export function ObservationCost({ observation }: { observation: ObservationDetail }) {
  const use = observation.model;
  if (use === null || (use.totalCost === null && Object.keys(use.usage).length === 0)) return <p className={styles.empty}>This observation used no model.</p>;
  const lines = costLines(use);
  return (
    <>
      <table className={styles.table}>
        <thead>
          <tr>
            <th>Usage</th>
            <th className={styles.n}>Units</th>
            <th className={styles.n}>Price</th>
            <th className={styles.n}>Cost</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.kind}>
              <td>{line.kind.replaceAll('_', ' ')}</td>
              <td className={styles.n}>{exact(line.usage)}</td>
              <td className={styles.n}>{line.price === null ? UNKNOWN : `× ${perMillion(line.price)}`}</td>
              <td className={styles.n} title={exactCost(line.cost)}>
                {line.cost === null ? UNKNOWN : cost(line.cost)}
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td>Total</td>
            <td className={styles.n}>{exact(use.usage['total'])}</td>
            <td />
            <td className={styles.n} title={exactCost(use.totalCost)}>
              {use.totalCost === null ? 'no price' : cost(use.totalCost)}
            </td>
          </tr>
        </tfoot>
      </table>
      <p className={styles.note}>{reason(observation)}</p>
    </>
  );
}

function reason({ model }: ObservationDetail): string {
  if (model === null) return '';
  if (model.costProvided) return 'The client sent this cost; it was taken as it is.';
  if (model.totalCost === null) return `There is no price for ${model.name ?? 'this model'}: usage is counted, cost is not guessed.`;
  const priced = model.modelId !== null && model.modelId !== model.name ? `the price list’s entry ${model.modelId}` : 'the price list';
  return `${model.name ?? 'The model'} was priced by ${priced}${model.tier !== null ? `, tier ${model.tier}` : ''}.`;
}

/** What the trace cost, by model. */
export function ModelCosts({ skeleton }: { skeleton: Skeleton }) {
  const models = costByModel(skeleton);
  if (models.length === 0) return <p className={styles.empty}>No observation of this trace used a model.</p>;
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th>Model</th>
          <th className={styles.n}>Calls</th>
          <th className={styles.n}>In</th>
          <th className={styles.n}>Out</th>
          <th className={styles.n}>Cost</th>
        </tr>
      </thead>
      <tbody>
        {models.map((m) => (
          <tr key={m.model}>
            <td>{m.model === '' ? '(no model)' : m.model}</td>
            <td className={styles.n}>{exact(m.calls)}</td>
            <td className={styles.n}>{exact(m.input)}</td>
            <td className={styles.n}>{exact(m.output)}</td>
            <td className={styles.n} title={exactCost(m.cost)}>
              {m.cost === null ? 'no price' : cost(m.cost)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
