import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import styles from './controls.module.css';

/** A line between two panes that can be dragged, or moved by arrow keys. `size` is the right pane's share in percent. */
export function Splitter({ label, size, resize, least = 20, most = 70 }: { label: string; size: number; resize: (percent: number) => void; least?: number; most?: number }) {
  const box = useRef<DOMRect | null>(null);
  const to = (percent: number) => resize(Math.round(Math.min(most, Math.max(least, percent)) * 10) / 10);
  const down = (event: PointerEvent<HTMLDivElement>) => {
    box.current = event.currentTarget.parentElement!.getBoundingClientRect();
    event.currentTarget.setPointerCapture(event.pointerId);
    event.preventDefault();
  };
  const move = (event: PointerEvent) => {
    if (box.current) to(((box.current.right - event.clientX) / box.current.width) * 100);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    event.stopPropagation();
    to(size + (event.key === 'ArrowLeft' ? 2 : -2));
  };
  return (
    <div
      className={styles.splitter}
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={Math.round(size)}
      aria-valuemin={least}
      aria-valuemax={most}
      tabIndex={0}
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={() => (box.current = null)}
      onKeyDown={press}
    />
  );
}
