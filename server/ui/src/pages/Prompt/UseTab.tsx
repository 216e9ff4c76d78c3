import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { onboardingQuery } from '../../api/onboarding.ts';
import type { PromptDetail } from '../../api/prompts.ts';
import { CodeBox } from '../../components/CodeBox.tsx';
import { setPreference, usePreference } from '../../components/preferences.ts';
import { Tabs } from '../../components/Tabs.tsx';
import { promptCode } from '../../model/promptCode.ts';
import styles from './prompt.module.css';

/** How programs get this prompt, by a label or by its number. */
export function UseTab({ projectId, prompt }: { projectId: string; prompt: PromptDetail }) {
  const onboarding = useQuery(onboardingQuery(projectId));
  const labels = prompt.labels.length > 0 ? prompt.labels : ['production'];
  const [wanted, setWanted] = useState(labels.includes('production') ? 'production' : labels[0]!);
  const language = usePreference('language', 'java');
  if (!onboarding.data) return null;
  const codes = promptCode(onboarding.data.host, onboarding.data.publicKey ?? 'pk-lf-…', prompt, wanted === '' ? { version: prompt.version } : { label: wanted });
  const chosen = codes.find((code) => code.key === language) ?? codes[0]!;
  return (
    <div className={styles.wide}>
      <label className={styles.pick}>
        Fetch
        <select value={wanted} onChange={(event) => setWanted(event.target.value)}>
          {labels.map((label) => (
            <option key={label} value={label}>
              what carries {label}
            </option>
          ))}
          <option value="">exactly version {prompt.version}</option>
        </select>
      </label>
      <div className={styles.message}>
        <Tabs label="Language" tabs={codes.map(({ key, label }) => ({ key, label }))} chosen={chosen.key} choose={(key) => setPreference('language', key)} />
        <div role="tabpanel" id={`tabpanel-${chosen.key}`} aria-labelledby={`tab-${chosen.key}`}>
          <p className={styles.meta}>{chosen.note}</p>
          <CodeBox code={chosen.code} label="Copy the code" />
        </div>
      </div>
    </div>
  );
}
