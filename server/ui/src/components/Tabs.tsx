import { type KeyboardEvent } from 'react';
import styles from './controls.module.css';

export interface Tab {
  key: string;
  label: string;
  badge?: string | number | undefined;
}

/** A row of tabs; the panel belongs to the caller and carries `tabpanel-<key>` as its id. */
export function Tabs({ label, tabs, chosen, choose }: { label: string; tabs: readonly Tab[]; chosen: string; choose: (key: string) => void }) {
  const press = (event: KeyboardEvent<HTMLButtonElement>) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    event.stopPropagation();
    const at = (tabs.findIndex((t) => t.key === chosen) + step + tabs.length) % tabs.length;
    choose(tabs[at]!.key);
    (event.currentTarget.parentElement?.children[at] as HTMLElement | undefined)?.focus();
  };
  return (
    <div className={styles.tabs} role="tablist" aria-label={label}>
      {tabs.map((tab) => (
        <button
          type="button"
          key={tab.key}
          className={styles.tab}
          role="tab"
          id={`tab-${tab.key}`}
          aria-selected={tab.key === chosen}
          aria-controls={tab.key === chosen ? `tabpanel-${tab.key}` : undefined}
          tabIndex={tab.key === chosen ? 0 : -1}
          onClick={() => choose(tab.key)}
          onKeyDown={press}
        >
          {tab.label}
          {tab.badge !== undefined && <span className={styles.badge}>{tab.badge}</span>}
        </button>
      ))}
    </div>
  );
}
