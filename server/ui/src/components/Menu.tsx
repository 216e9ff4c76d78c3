import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import styles from './controls.module.css';
import { Icon } from './Icon.tsx';

export interface MenuChoice {
  key: string;
  label: string;
  icon?: ReactNode;
}

interface Props {
  label: string;
  button: ReactNode;
  /** What the button says besides its icon. */
  text?: string;
  choices: readonly MenuChoice[];
  chosen?: string;
  choose: (key: string) => void;
  align?: 'start' | 'end';
  up?: boolean;
  ghost?: boolean;
}

/** A button that opens a list of choices; arrows move, Enter chooses, Esc closes. */
export function Menu({ label, button, text, choices, chosen, choose, align = 'start', up, ghost }: Props) {
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLDivElement>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const id = useId();
  useEffect(() => {
    if (!open) return;
    anchor.current?.querySelector<HTMLElement>('[aria-checked=true], [role^=menuitem]')?.focus();
    const away = (event: PointerEvent) => anchor.current?.contains(event.target as Node) || setOpen(false);
    window.addEventListener('pointerdown', away);
    return () => window.removeEventListener('pointerdown', away);
  }, [open]);
  const close = () => {
    setOpen(false);
    trigger.current?.focus();
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape') close();
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const items = [...anchor.current!.querySelectorAll<HTMLElement>('[role^=menuitem]')];
    const at = items.indexOf(document.activeElement as HTMLElement) + (event.key === 'ArrowDown' ? 1 : -1);
    items[(at + items.length) % items.length]?.focus();
    event.preventDefault();
  };
  const pick = (key: string) => {
    close();
    choose(key);
  };
  return (
    <div className={styles.menuAnchor} ref={anchor}>
      <button
        type="button"
        ref={trigger}
        className={ghost ? styles.ghost : styles.button}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-label={text === undefined ? label : `${label}: ${text}`}
        title={label}
        onClick={() => setOpen(!open)}
      >
        {button}
        {text}
      </button>
      {open && (
        <div className={styles.menu} role="menu" id={id} aria-label={label} data-align={align} data-up={up ? '' : undefined} onKeyDown={press}>
          {choices.map((choice) => (
            <button
              type="button"
              key={choice.key}
              className={styles.menuItem}
              role={chosen === undefined ? 'menuitem' : 'menuitemradio'}
              aria-checked={chosen === undefined ? undefined : choice.key === chosen}
              onClick={() => pick(choice.key)}
            >
              {choice.icon}
              {choice.label}
              {choice.key === chosen && <Icon name="check" size={14} />}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
