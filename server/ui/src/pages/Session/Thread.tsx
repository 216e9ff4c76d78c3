import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { Turn } from '../../api/groups.ts';
import { useKeys } from '../../components/keys.ts';
import { duration, plural } from '../../model/figures.ts';
import type { ThreadItem } from '../../model/thread.ts';
import { JumpList } from './JumpList.tsx';
import styles from './session.module.css';
import { TurnCard } from './TurnCard.tsx';

interface Props {
  projectId: string;
  items: readonly ThreadItem<Turn>[];
  /** All turns there are; more may follow those that are here. */
  total: number;
  more: (() => void) | null;
}

/** The turns below each other, as far as one scrolls, with a list to jump by. */
export function Thread({ projectId, items, total, more }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({ count: items.length, getScrollElement: () => box.current, estimateSize: (i) => (items[i]!.kind === 'gap' ? 37 : 220), overscan: 3 });
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more && last >= items.length - 5) more();
  }, [last, items.length, more]);
  const offset = virtual.scrollOffset ?? 0;
  const current = shown.find((row) => row.end > offset + 8 && items[row.index]?.kind === 'turn')?.index ?? 0;
  const go = (index: number) => virtual.scrollToIndex(index, { align: 'start' });
  const step = (by: 1 | -1) => {
    for (let i = current + by; i >= 0 && i < items.length; i += by) if (items[i]!.kind === 'turn') return go(i);
  };
  useKeys({ j: () => step(1), k: () => step(-1) });
  return (
    <div className={styles.split}>
      <JumpList items={items} current={current} go={go} total={total} />
      <div className={styles.thread} ref={box} tabIndex={0} aria-label="Turns" role="feed" aria-busy={more === null && items.length === 0}>
        <div className={styles.turns} style={{ height: virtual.getTotalSize() }}>
          {shown.map((row) => {
            const item = items[row.index]!;
            return (
              <div key={row.key} ref={virtual.measureElement} data-index={row.index} className={styles.place} style={{ transform: `translateY(${row.start}px)` }}>
                {item.kind === 'gap' ? (
                  <p className={styles.gap}>{duration(item.millis)} idle</p>
                ) : (
                  <TurnCard projectId={projectId} turn={item.turn} number={item.number} total={total} />
                )}
              </div>
            );
          })}
        </div>
        {items.length === 0 && <p className={styles.gap}>{plural(0, 'turn')}</p>}
      </div>
    </div>
  );
}
