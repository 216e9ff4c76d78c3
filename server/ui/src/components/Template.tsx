import { Fragment, type ReactNode } from 'react';
import { piecesOf, type Piece } from '../model/template.ts';
import styles from './form.module.css';

/** A prompt's text with its variables and references lit. */
export function Template({ text, link }: { text: string; link?: (reference: Extract<Piece, { kind: 'reference' }>, shown: string) => ReactNode }) {
  return (
    <div className={styles.template}>
      {piecesOf(text).map((piece, i) => {
        if (piece.kind === 'text') return <Fragment key={i}>{piece.text}</Fragment>;
        if (piece.kind === 'variable') {
          return (
            <span key={i} className={styles.variable} title={`variable ${piece.name}`}>
              {piece.text}
            </span>
          );
        }
        const shown = `${piece.name} @ ${piece.version ?? piece.label ?? 'production'}`;
        return (
          <span key={i} className={styles.reference} title={piece.text}>
            {link ? link(piece, shown) : shown}
          </span>
        );
      })}
    </div>
  );
}
