import { useMemo } from 'react';
import { parseJson } from '../model/json.ts';
import { JsonView } from './JsonView.tsx';
import { LongText } from './LongText.tsx';

/** A payload as it was sent: JSON as a tree, anything else as text. */
export function Payload({ raw, label }: { raw: string; label: string }) {
  const value = useMemo(() => parseJson(raw), [raw]);
  return typeof value === 'object' && value !== null ? <JsonView value={value} label={label} /> : <LongText text={typeof value === 'string' ? value : raw} />;
}
