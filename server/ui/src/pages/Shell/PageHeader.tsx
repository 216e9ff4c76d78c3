import { use, type ReactNode } from 'react';
import controls from '../../components/controls.module.css';
import { Icon } from '../../components/Icon.tsx';
import { useKeys } from '../../components/keys.ts';
import { setPreference, usePreference } from '../../components/preferences.ts';
import { ShellContext } from './shellContext.ts';
import styles from './shell.module.css';

/** The bar on top of a page: where one is, what one can do. */
export function PageHeader({ crumbs = [], title, children }: { crumbs?: ReactNode[]; title: ReactNode; children?: ReactNode }) {
  const { openSidebar } = use(ShellContext);
  return (
    <header className={styles.header}>
      <button type="button" className={`${controls.ghost} ${styles.menuButton}`} aria-label="Open menu" onClick={openSidebar}>
        <Icon name="menu" />
      </button>
      <nav className={styles.crumbs} aria-label="Breadcrumb">
        <ol>
          {crumbs.map((crumb, i) => (
            <li key={i}>
              {crumb}
              <Icon name="chevron" size={12} />
            </li>
          ))}
          <li aria-current="page">
            <h1>{title}</h1>
          </li>
        </ol>
      </nav>
      <div className={styles.actions}>{children}</div>
    </header>
  );
}

/** Whether pages follow what arrives; one switch for all of them. */
export function useLiveSwitch(): boolean {
  return usePreference('live', 'on') === 'on';
}

export function LiveSwitch() {
  const on = useLiveSwitch();
  const flip = () => setPreference('live', on ? 'off' : 'on');
  useKeys({ l: flip });
  return (
    <button type="button" role="switch" aria-checked={on} aria-label="Live" className={controls.ghost} onClick={flip} title={on ? 'Following new data (L)' : 'Not following (L)'}>
      <span className={styles.live} />
      <span className={styles.wide}>Live</span>
    </button>
  );
}
