import { useEffect, useRef, type RefObject } from 'react';
import { zoom, type Range } from '../../model/scale.ts';

/** Zooms the waterfall at the pointer while Ctrl is held. A listener of its own: React's cannot keep the browser from zooming. */
export function useWheelZoom(box: RefObject<HTMLElement | null>, range: Range, whole: Range, setRange: (range: Range) => void): void {
  const latest = useRef({ range, whole, setRange });
  useEffect(() => {
    latest.current = { range, whole, setRange };
  });
  useEffect(() => {
    const element = box.current!;
    const turn = (event: WheelEvent) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      const area = element.querySelector('[data-ruler]')!.getBoundingClientRect();
      if (area.width === 0) return;
      const now = latest.current;
      const around = now.range.from + ((event.clientX - area.left) / area.width) * (now.range.to - now.range.from);
      now.setRange(zoom(now.range, now.whole, around, event.deltaY > 0 ? 1.25 : 0.8));
    };
    element.addEventListener('wheel', turn, { passive: false });
    return () => element.removeEventListener('wheel', turn);
  }, [box]);
}
