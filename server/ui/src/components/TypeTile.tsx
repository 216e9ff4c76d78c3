import styles from './controls.module.css';

const LETTERS: Record<string, string> = {
  generation: 'G',
  agent: 'A',
  tool: 'T',
  chain: 'C',
  retriever: 'R',
  embedding: 'E',
  evaluator: 'V',
  guardrail: 'D',
  span: 'S',
  event: '•',
  orphans: '?',
};

/** The letter of an observation's type in its colour. */
export function TypeTile({ type }: { type: string }) {
  const kind = type.toLowerCase();
  return (
    <span className={styles.tile} data-type={kind} role="img" aria-label={kind} title={kind}>
      {LETTERS[kind] ?? 'S'}
    </span>
  );
}
