import { expect, test } from 'vitest';
import { snippets } from './snippets.ts';

test('everySnippet_holdsTheAddressAndThePublicKey', () => {
  for (const snippet of snippets('http://sonde.test:3000', 'pk-lf-1')) {
    expect(snippet.code, snippet.key).toContain('http://sonde.test:3000');
    expect(snippet.code, snippet.key).toContain('pk-lf-1');
  }
});
