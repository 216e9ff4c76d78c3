import { Icon } from '../../components/Icon.tsx';
import { Menu } from '../../components/Menu.tsx';
import { DEFAULT_RANGE, PRESETS, rangeLabel, type TimeRange } from '../../model/time.ts';

/** Chooses the time range of a page. */
export function RangeMenu({ question, ask }: { question: TimeRange; ask: (next: TimeRange) => void }) {
  return (
    <Menu
      label="Time range"
      align="end"
      button={<Icon name="clock" size={14} />}
      text={rangeLabel(question)}
      choices={PRESETS.map((p) => ({ key: p.key, label: p.label }))}
      chosen={question.from || question.to ? '' : (question.range ?? DEFAULT_RANGE)}
      choose={(range) => ask({ range: range === DEFAULT_RANGE ? undefined : range, from: undefined, to: undefined })}
    />
  );
}
