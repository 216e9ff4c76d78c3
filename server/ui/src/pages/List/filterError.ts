import { ApiError } from '../../api/http.ts';
import type { FilterError } from '../../components/FilterBar.tsx';

/** A filter the server did not understand; null for other failures. */
export function filterError(error: unknown): FilterError | null {
  if (!(error instanceof ApiError) || error.status !== 400 || error.code !== 'InvalidFilter') return null;
  const { position, length, suggestion } = error.body;
  return {
    message: error.message,
    position: typeof position === 'number' ? position : 0,
    length: typeof length === 'number' ? length : 1,
    suggestion: typeof suggestion === 'string' ? suggestion : null,
  };
}
