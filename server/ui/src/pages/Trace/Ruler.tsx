import { useRef, useState, type PointerEvent } from 'react';
import { fraction, tickLabel, ticks, type Range } from '../../model/scale.ts';
import styles from './trace.module.css';

const MOST_TICKS = 6;

/** The list's header: column names and the time scale. Dragging over the scale zooms; a double click shows the whole. */
export function Ruler({ range, setRange }: { range: Range; setRange: (range: Range | null) => void }) {
  const ref = useRef<HTMLDivElement>(null);
  const [drag, setDrag] = useState<{ from: number; to: number } | null>(null);
  const marks = ticks(range, MOST_TICKS);
  const step = marks.length > 1 ? marks[1]! - marks[0]! : range.to - range.from;
  const share = (event: PointerEvent) => {
    const box = ref.current!.getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
  };
  const end = () => {
    setDrag(null);
    if (!drag || Math.abs(drag.to - drag.from) < 0.01) return;
    const time = (x: number) => range.from + x * (range.to - range.from);
    setRange({ from: time(Math.min(drag.from, drag.to)), to: time(Math.max(drag.from, drag.to)) });
  };
  return (
    <div role="rowgroup" className={styles.head}>
      <div role="row" aria-rowindex={1} className={styles.columns}>
        <div role="columnheader" style={{ paddingLeft: 12 }}>Observation</div>
        <div role="columnheader" className={styles.numeric} style={{ paddingRight: 8 }}>Time</div>
        <div role="columnheader" className={styles.numeric} style={{ paddingRight: 8 }}>Cost</div>
        <div
          role="columnheader"
          aria-label="Waterfall"
          data-ruler=""
          ref={ref}
          className={styles.ruler}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            setDrag({ from: share(event), to: share(event) });
          }}
          onPointerMove={(event) => drag && setDrag({ ...drag, to: share(event) })}
          onPointerUp={end}
          onDoubleClick={() => setRange(null)}
        >
          {marks.map((at) => {
            const x = fraction(range, at);
            return (
              <span key={at} data-end={x > 0.86 ? '' : undefined} style={{ left: `${x * 100}%` }}>
                {tickLabel(at, step)}
              </span>
            );
          })}
          {drag && <i style={{ left: `${Math.min(drag.from, drag.to) * 100}%`, width: `${Math.abs(drag.to - drag.from) * 100}%` }} />}
        </div>
      </div>
    </div>
  );
}

/** One gradient that draws the ruler's lines through a row. */
export function gridLines(range: Range): string {
  const stops = ticks(range, MOST_TICKS).flatMap((tick) => {
    const x = `${(100 * fraction(range, tick)).toFixed(3)}%`;
    return [`transparent ${x}`, `var(--line) ${x}`, `var(--line) calc(${x} + 1px)`, `transparent calc(${x} + 1px)`];
  });
  return stops.length === 0 ? 'none' : `linear-gradient(to right, transparent 0, ${stops.join(', ')}, transparent 100%)`;
}
