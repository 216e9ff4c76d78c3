import { useQuery } from '@tanstack/react-query';
import { versionQuery, type PromptDetail, type PromptVersion } from '../../api/prompts.ts';
import { DiffView } from '../../components/DiffView.tsx';
import { Failure } from '../../components/State.tsx';
import { asText } from '../../model/template.ts';
import styles from './prompt.module.css';

interface Props {
  projectId: string;
  prompt: PromptDetail;
  versions: readonly PromptVersion[];
  /** The version to compare with. */
  against: number | null;
  choose: (version: number) => void;
}

/** What changed between two versions, in words and in settings. */
export function DiffTab({ projectId, prompt, versions, against, choose }: Props) {
  const others = versions.filter((one) => one.version !== prompt.version);
  const other = others.find((one) => one.version === against) ?? others.find((one) => one.version < prompt.version) ?? others[0];
  if (!other) return <p className={styles.meta}>There is only one version: nothing to compare with yet.</p>;
  return (
    <>
      <label className={styles.pick}>
        Version {prompt.version} compared with
        <select value={other.version} onChange={(event) => choose(Number(event.target.value))}>
          {others.map((one) => (
            <option key={one.version} value={one.version}>
              version {one.version}
              {one.labels.length > 0 ? ` (${one.labels.join(', ')})` : ''}
            </option>
          ))}
        </select>
      </label>
      <VersionDiff projectId={projectId} prompt={prompt} other={other.version} />
    </>
  );
}

/** The difference to another version, the older one at the left. */
export function VersionDiff({ projectId, prompt, other }: { projectId: string; prompt: PromptDetail; other: number }) {
  const query = useQuery(versionQuery(projectId, prompt.name, other));
  if (query.error) return <Failure error={query.error} retry={() => void query.refetch()} />;
  if (!query.data || query.isPlaceholderData) return null;
  const [left, right] = query.data.version < prompt.version ? [query.data, prompt] : [prompt, query.data];
  const names: [string, string] = [`Version ${left.version}`, `Version ${right.version}`];
  return (
    <>
      <DiffView label="Prompt" left={asText(left.prompt)} right={asText(right.prompt)} names={names} />
      <br />
      <DiffView label="Settings" left={JSON.stringify(left.config, null, 2)} right={JSON.stringify(right.config, null, 2)} names={names} />
    </>
  );
}
