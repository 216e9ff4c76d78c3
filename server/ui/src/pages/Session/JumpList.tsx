import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { Turn } from '../../api/groups.ts';
import { clock, duration, exact } from '../../model/figures.ts';
import type { ThreadItem } from '../../model/thread.ts';
import styles from './session.module.css';

/** The turns as a list of contents; the one being read is marked. */
export function JumpList({ items, current, go, total }: { items: readonly ThreadItem<Turn>[]; current: number; go: (index: number) => void; total: number }) {
  const now = Date.now();
  const box = useRef<HTMLElement>(null);
  const virtual = useVirtualizer({ count: items.length, getScrollElement: () => box.current, estimateSize: (i) => (items[i]!.kind === 'gap' ? 22 : 44), overscan: 10 });
  useEffect(() => virtual.scrollToIndex(current), [current, virtual]);
  return (
    <nav className={styles.jumps} aria-label={`Jump to one of ${exact(total)} turns`} ref={box} tabIndex={0}>
      <div className={styles.turns} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((row) => {
          const item = items[row.index]!;
          return (
            <div key={row.key} className={styles.place} style={{ height: row.size, transform: `translateY(${row.start}px)` }}>
              {item.kind === 'gap' ? (
                <small className={styles.jumpGap}>{duration(item.millis)}</small>
              ) : (
                <button type="button" className={styles.jump} aria-current={row.index === current ? 'true' : undefined} onClick={() => go(row.index)}>
                  <span>{item.turn.inputPreview ?? item.turn.name ?? item.turn.id}</span>
                  <small data-error={item.turn.errorCount > 0 ? '' : undefined}>
                    {item.number} · {clock(Date.parse(item.turn.timestamp), now)}
                    {item.turn.errorCount > 0 && ' · failed'}
                  </small>
                </button>
              )}
            </div>
          );
        })}
      </div>
    </nav>
  );
}
