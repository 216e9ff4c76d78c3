import controls from '../../components/controls.module.css';
import { Dialog } from '../../components/Dialog.tsx';
import { setPreference, usePreference } from '../../components/preferences.ts';
import { SHORTCUTS } from '../../model/shortcuts.ts';
import styles from './shell.module.css';

/** All keys, and the switch that turns single ones off. */
export function ShortcutsDialog({ close }: { close: () => void }) {
  const on = usePreference('keys', 'on') === 'on';
  return (
    <Dialog title="Keyboard shortcuts" close={close}>
      <div className={styles.keys}>
        {SHORTCUTS.map((group) => (
          <section key={group.title}>
            <h3>{group.title}</h3>
            <dl>
              {group.keys.map(([keys, what]) => (
                <div key={what}>
                  <dt>{what}</dt>
                  <dd>
                    {keys.split(' ').map((key) => (
                      <kbd className={controls.kbd} key={key}>
                        {key}
                      </kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <label className={styles.keysFoot}>
        <input type="checkbox" checked={on} onChange={(event) => setPreference('keys', event.target.checked ? 'on' : 'off')} />
        Single keys act at once
      </label>
    </Dialog>
  );
}
