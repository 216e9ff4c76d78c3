import { expect, test } from 'vitest';
import { keySetup } from './keySetup.ts';

test('keySetup_writesThePairForEachKindOfProgram', () => {
  const [env, shell, agent, otel] = keySetup('https://sonde.example', 'pk-lf-1', 'sk-lf-2').map((one) => one.code);

  expect(env).toBe('LANGFUSE_HOST=https://sonde.example\nLANGFUSE_PUBLIC_KEY=pk-lf-1\nLANGFUSE_SECRET_KEY=sk-lf-2');
  expect(shell!.split('\n')[2]).toBe('export LANGFUSE_SECRET_KEY=sk-lf-2');
  expect(agent).toContain('java -javaagent:sonde-agent.jar');
  const header = /Basic%20(.*)$/.exec(otel!)![1]!;
  expect(atob(decodeURIComponent(header))).toBe('pk-lf-1:sk-lf-2');
});
