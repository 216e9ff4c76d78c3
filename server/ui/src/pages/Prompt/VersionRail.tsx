import type { PromptVersion } from '../../api/prompts.ts';
import { ago, exactTime } from '../../model/figures.ts';
import styles from './prompt.module.css';

/** A label of a version; what programs get by default stands out. */
export function Label({ name }: { name: string }) {
  return (
    <span className={styles.label} data-production={name === 'production' ? '' : undefined}>
      {name}
    </span>
  );
}

/** All versions, highest first: number, labels, why, who and when. */
export function VersionRail({ versions, chosen, choose }: { versions: readonly PromptVersion[]; chosen: number; choose: (version: number) => void }) {
  const now = Date.now();
  return (
    <nav className={styles.rail} aria-label="Versions" tabIndex={0}>
      {versions.map((one) => {
        const at = Date.parse(one.createdAt);
        return (
          <button type="button" key={one.version} className={styles.version} aria-current={one.version === chosen ? 'true' : undefined} onClick={() => choose(one.version)}>
            <span>
              <b>Version {one.version}</b>
              {one.labels.map((label) => (
                <Label key={label} name={label} />
              ))}
            </span>
            <p title={one.commitMessage ?? undefined}>{one.commitMessage ?? 'no message'}</p>
            <small title={exactTime(at)}>
              {one.author} · {ago(at, now)}
            </small>
          </button>
        );
      })}
    </nav>
  );
}
